"""Text to speech: from words to sound."""
