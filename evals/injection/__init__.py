"""Whether names and words of music can give orders."""
