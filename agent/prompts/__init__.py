"""What a language model reads: a text that never changes, and the context of the turn."""
