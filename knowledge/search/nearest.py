"""What to offer when nothing qualifies: the closest names, whoever they are by."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from rapidfuzz import fuzz
from sqlalchemy import Connection, text

from knowledge.search.candidates import Candidates, Conditions, match_expression
from knowledge.search.library_words import LibraryWords
from knowledge.search.lookup import Pool
from knowledge.search.matching import Match
from knowledge.search.readings import Reading
from knowledge.search.words import Word, content, squeezed

_MOST = 5
_RAREST = 3
_LIKE = 0.62
_TITLE_LIKE = 60.0
_TITLE_SAID = 80.0

_RANKED = text(
    "SELECT rowid FROM track_search WHERE track_search MATCH :match ORDER BY rank LIMIT 60"
)


def nearest_matches(
    connection: Connection, library: LibraryWords, readings: Sequence[Reading]
) -> Pool:
    """Find near misses for readings of a query: of its title, its artist, its free words."""
    pool = Pool()
    for reading in readings:
        if not reading.words:
            continue
        for named in library.artists.similar(reading.text, at_least=_LIKE, limit=_MOST):
            pool.add(_offer("artist", named.name.id, named.closeness))
        for named in library.albums.similar(reading.text, at_least=_LIKE, limit=_MOST):
            pool.add(_offer("album", named.name.id, named.closeness))
        _tracks(connection, library, reading, pool)
    return pool


def _tracks(connection: Connection, library: LibraryWords, reading: Reading, pool: Pool) -> None:
    rarest = sorted(reading.words, key=lambda word: _count(word, library))
    known = [word for word in rarest if _count(word, library)][:_RAREST]
    match = match_expression([replace(word, is_prefix=False) for word in known], any_of=True)
    if not match:
        return
    ids = list(connection.execute(_RANKED, {"match": match}).scalars())
    wanted = squeezed(content(reading.tokens))
    said = set(reading.tokens)
    for row in Candidates(connection, Conditions(track_ids=frozenset(ids))).any():
        title = squeezed(content(row.song.short.split()))
        whole = title + squeezed(row.artist_folded.split())
        likeness = max(fuzz.ratio(wanted, title), fuzz.ratio(wanted, whole))
        if said.issuperset(row.song.key.split()):  # "hurt by somebody" is near to "Hurt"
            likeness = max(likeness, _TITLE_SAID)
        if likeness >= _TITLE_LIKE:
            pool.add(_offer("track", row.id, likeness / 100), row)


def _count(word: Word, library: LibraryWords) -> int:
    return sum(library.vocabulary.count(spelling) for spelling, _ in word.spellings)


def _offer(kind: Literal["track", "album", "artist"], number: int, likeness: float) -> Match:
    return Match(kind, number, 0.4 * likeness, exact=False, why="similar name")
