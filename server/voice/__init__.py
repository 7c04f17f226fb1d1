"""Hearing and speaking for every way in: the page, the terminal, the protocols."""
