"""What somebody wishes to hear, understood from words in twelve languages.

`parse_wish` turns a request into a `MusicWish`: genre, mood, activity, tempo, years, instruments,
voices, negations and the rest of it, each with the words that it comes from.
"""

from knowledge.wishes.names import LibraryNames, NamedThing, Names
from knowledge.wishes.parsing import parse_wish

__all__ = ["LibraryNames", "NamedThing", "Names", "parse_wish"]
