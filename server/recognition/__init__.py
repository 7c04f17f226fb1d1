"""Clips from uploads, addresses, microphones and radio streams, and what they turn out to be."""
