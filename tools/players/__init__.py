"""Players: one file for each kind of speaker, all behind one protocol."""
