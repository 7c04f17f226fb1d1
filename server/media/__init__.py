"""Bytes for the page: recordings with Range, recordings converted for browsers, cover art."""
