"""Conversations with real services, judged by the state they leave behind."""
