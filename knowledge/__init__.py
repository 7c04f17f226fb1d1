"""The music world: what exists, what it sounds like, what was heard. Imports none of ours."""
