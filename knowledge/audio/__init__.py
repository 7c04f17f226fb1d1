"""From files to samples: what a file holds, and its audio as PCM."""
