"""Search by meaning: text documents of tracks, their vectors, and what is nearest to some words."""
