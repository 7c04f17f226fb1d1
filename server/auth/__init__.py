"""Who may come in: token, host names, origins, rates and sizes."""
