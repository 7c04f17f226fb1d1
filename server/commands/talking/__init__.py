"""A spoken conversation in the terminal: sound in, sound out, and what is said about it."""
