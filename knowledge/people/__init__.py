"""Who uses this installation, and whose history, taste and conversations are whose."""
