"""The words of songs: read from tags and files, kept, and found by a line somebody remembers."""
