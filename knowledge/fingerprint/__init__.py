"""Which recording is this? Fingerprints of recordings, an index of them, and the search in it."""
