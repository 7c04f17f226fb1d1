"""The demo library: public-domain tunes, played by invented bands made of numbers.

Everything is synthesised here, deterministically, with its true tempo, key, mood and melody
written beside it in `truth.json`.
"""

from knowledge.demo.library import DemoLibrary, DemoTrack, make_demo_library

__all__ = ["DemoLibrary", "DemoTrack", "make_demo_library"]
