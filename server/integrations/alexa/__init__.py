"""Alexa: a custom skill of one's own, and each Echo a speaker with a queue of its own."""
