"""Siri and everything else that can send one request: words or a recording in, an answer out."""
