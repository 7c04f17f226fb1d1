"""What a person likes: what they said, what their listening shows, and how to correct both."""
