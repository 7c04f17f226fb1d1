"""The console script's commands, one module each, imported only when they run."""
