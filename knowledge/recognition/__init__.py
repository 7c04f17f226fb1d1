"""Recognition as a service of the library: what is known, what was heard, what stays unknown."""
