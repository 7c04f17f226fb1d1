"""What words say: BM25 over title, artists, album, genres and year."""

import numpy as np
from sqlalchemy import Connection, text

from knowledge.folding import fold
from knowledge.search.library_columns import Column
from knowledge.search.library_view import LibraryView

_MOST_WORDS = 24
_MOST_FOUND = 1_000
_SHORTEST_BEGUN = 5
"""Words from this length on may also be the beginning of a longer one: "weihnacht"."""
_MATCHING = text(
    "SELECT rowid, -bm25(track_search, 3.0, 2.0, 1.0, 2.0, 1.0) FROM track_search "
    "WHERE track_search MATCH :match ORDER BY rank LIMIT :most"
)


def bm25(connection: Connection, view: LibraryView, words: str) -> Column:
    """Score of each track for any of some words, 1 for the best; NaN where no word occurs.

    Robertson and Zaragoza 2009, as in SQLite's FTS5. Without such an index nothing is found.
    """
    scores = np.full(len(view), np.nan, np.float32)
    match = any_word(words)
    if not match or connection.dialect.name != "sqlite":
        return scores
    found = connection.execute(_MATCHING, {"match": match, "most": _MOST_FOUND}).all()
    if not found:
        return scores
    best = max(score for _, score in found) or 1.0
    by_id = {track_id: max(score, 0.0) / best for track_id, score in found}
    rows = view.library.rows(by_id)
    scores[rows] = [by_id[int(one)] for one in view.library.ids[rows]]
    return scores


def any_word(words: str) -> str:
    """Write words as an FTS5 expression that any of them meets; "" when there are none."""
    parts = []
    for word in dict.fromkeys(fold(words).split()[:_MOST_WORDS]):
        if word.isascii() and word.isalnum():
            parts.append(f'"{word}"')
            if len(word) >= _SHORTEST_BEGUN:
                parts.append(f'"{word}" *')
    return " OR ".join(parts)
