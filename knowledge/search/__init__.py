"""Find tracks, albums and artists by words.

A query becomes one or more readings (which words are a title, which an artist, which a year), the
catalogue says which readings hold, and the candidates are ranked by how well they explain every
word. `Searcher` is the way in.
"""

from knowledge.search.models import KINDS, MusicItem, SearchHit, SearchQuery, SearchResult
from knowledge.search.searcher import Searcher

__all__ = ["KINDS", "MusicItem", "SearchHit", "SearchQuery", "SearchResult", "Searcher"]
