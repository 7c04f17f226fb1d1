"""What the library sounds like: kept, looked up, compared, and drawn as a map."""
