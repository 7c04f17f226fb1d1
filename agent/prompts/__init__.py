"""What a language model reads: text in files beside this one, and what changes from turn to turn."""
