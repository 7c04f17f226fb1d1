"""Deciding: from a sentence to tool calls to honest words. Knows text and sessions, no audio."""
