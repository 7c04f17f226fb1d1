"""Which tunes a hum may be: melodies in arrays, searched in any key, tempo and from anywhere."""

from knowledge.melody.matching.index import MelodyIndex

__all__ = ["MelodyIndex"]
