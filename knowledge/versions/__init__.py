"""The same song by somebody else: live versions, covers, remixes. Never as sure as a recording."""
