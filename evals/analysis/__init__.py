"""How right the analysis of music is: tempo, key, energy, tags, and what it costs."""
