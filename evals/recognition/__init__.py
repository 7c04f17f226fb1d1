"""Is the right recording named from a few bad seconds, and nothing when none is right?"""
