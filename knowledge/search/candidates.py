"""Fetch the tracks that may be meant, by words, by exact title, by artist, album or facet.

Everything here reads the database itself, so a track can be found in the moment its row is
written; what is kept in memory elsewhere only helps to understand the query.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, text

from knowledge.people.current import current_person
from knowledge.search.versions import SongTitle, album_version, song_title, version_spellings
from knowledge.search.words import Word

MOST = 300
"""Candidates of one look at the index. The best titles are found by exact title and by artist as
well, so a cut-off here loses only some of very many equally vague matches."""
MOST_BY_ARTIST = 2000
_MAX_IDS = 500

_COLUMNS = """
SELECT t.id, t.title, t.artist, t.artist_folded, t.album_id, t.year,
       coalesce(a.folded, ''), coalesce(a.artist_folded, ''),
       coalesce(a.is_compilation, 0)
FROM tracks t LEFT JOIN albums a ON a.id = t.album_id
WHERE t.missing_since IS NULL
"""
# Spreads the tracks of a genre or a decade over artists and albums, the same way each time.
_SPREAD = "ORDER BY (t.id * 2654435761) % 4294967296"


@dataclass(frozen=True, slots=True)
class TrackRow:
    """A track with what its ranking needs."""

    id: int
    title: str
    artist: str
    artist_folded: str
    album_id: int | None
    year: int | None
    album_folded: str
    album_artist_folded: str
    is_compilation: bool

    song: SongTitle
    """The title taken apart; a recording on a live album is live whatever its title says."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What every candidate must fulfil."""

    artist_ids: frozenset[int] | None = None
    artist_names: frozenset[str] = frozenset()
    """Folded names of the same artists, for albums that are filed under them."""
    album_ids: frozenset[int] | None = None
    genres: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    liked: bool = False
    track_ids: frozenset[int] | None = None
    """Tracks of the mood that was asked for."""

    @property
    def narrows(self) -> bool:
        """Say whether there is any condition at all."""
        return self != Conditions()


class Candidates:
    """Looks at one consistent state of the library."""

    def __init__(self, connection: Connection, conditions: Conditions) -> None:
        self._connection = connection
        self._conditions = conditions
        self._where, self._values = _where(conditions)

    def holding(self, words: Sequence[Word]) -> tuple[TrackRow, ...]:
        """Tracks that hold every word in title, artists or album."""
        match = match_expression(words)
        if not match:
            return ()
        # A narrow condition must act before the limit, no condition must not slow the limit down.
        inner = "" if self._where else f"LIMIT {MOST}"
        return self._rows(
            f"AND t.id IN (SELECT rowid FROM track_search WHERE track_search MATCH :match {inner})",  # noqa: S608
            f"LIMIT {MOST}",
            match=match,
        )

    def titled(self, folded: Collection[str]) -> tuple[TrackRow, ...]:
        """Tracks whose folded title is one of these."""
        return self._rows("AND t.folded IN :folded", f"LIMIT {MOST}", folded=list(folded))

    def by_artists(self, ids: Collection[int], names: Collection[str]) -> tuple[TrackRow, ...]:
        """Tracks credited to one of the artists, or on an album filed under one of them."""
        found: dict[int, TrackRow] = {}
        for chunk in _chunks(sorted(ids)):
            rows = self._rows(
                "AND t.id IN (SELECT track_id FROM track_artists WHERE artist_id IN :ids)",
                f"LIMIT {MOST_BY_ARTIST}",
                ids=chunk,
            )
            found.update((row.id, row) for row in rows)
        for names_chunk in _chunks(sorted(names)):
            rows = self._rows(
                "AND t.album_id IN (SELECT id FROM albums WHERE artist_folded IN :names)",
                f"LIMIT {MOST_BY_ARTIST}",
                names=names_chunk,
            )
            found.update((row.id, row) for row in rows)
        return tuple(found.values())

    def on_albums(self, ids: Collection[int]) -> tuple[TrackRow, ...]:
        """Tracks on the albums."""
        chunk = sorted(ids)[:_MAX_IDS]
        return self._rows("AND t.album_id IN :ids", f"LIMIT {MOST_BY_ARTIST}", ids=chunk)

    def any(self) -> tuple[TrackRow, ...]:
        """Tracks that fulfil the conditions, spread over artists and albums."""
        if self._conditions.track_ids is not None and not self._where:
            chunk = sorted(self._conditions.track_ids)[:_MAX_IDS]
            return self._rows("AND t.id IN :ids", "", ids=chunk)
        return self._rows("", f"{_SPREAD} LIMIT {MOST}")

    def _rows(self, extra: str, order: str, **values: Any) -> tuple[TrackRow, ...]:
        every = {**self._values, **values}
        statement = text(f"{_COLUMNS} {self._where} {extra} {order}").bindparams(
            *(
                bindparam(name, expanding=True)
                for name, value in every.items()
                if isinstance(value, list)
            )
        )
        rows = self._connection.execute(statement, every)
        wanted = self._conditions.track_ids
        return tuple(_track_row(row) for row in rows if wanted is None or row[0] in wanted)


def _track_row(row: Sequence[Any]) -> TrackRow:
    track_id, title, artist, artist_folded, album_id, year, album, album_artist, compiled = row
    song = _song(title, album)
    return TrackRow(
        track_id, title, artist, artist_folded, album_id, year, album, album_artist, compiled, song
    )


def _song(title: str, album_folded: str) -> SongTitle:
    song = song_title(title)
    version = album_version(album_folded)
    return replace(song, versions=song.versions | {version}) if version else song


def match_expression(words: Sequence[Word], *, any_of: bool = False) -> str:
    """Write words as an FTS5 expression over title, artists and album; "" when none can be asked.

    Words are letters and digits only (`fold` saw to that) and quoted, so nothing in a query is
    ever an operator.
    """
    parts = [part for word in words if (part := _one_of(word))]
    if not parts or (len(parts) < len(words) and not any_of):
        return ""
    return "{title artists album} : (" + (" OR " if any_of else " AND ").join(parts) + ")"


def _one_of(word: Word) -> str:
    spellings = [form for spelling, _ in word.spellings for form in version_spellings(spelling)]
    quoted = [f'"{form}"' for form in dict.fromkeys(spellings) if form.isascii() and form.isalnum()]
    if word.is_prefix and len(word.text) > 1 and word.text.isascii() and word.text.isalnum():
        quoted.append(f'"{word.text}" *')
    return f"({' OR '.join(quoted)})" if quoted else ""


def _where(conditions: Conditions) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    values: dict[str, Any] = {}
    if conditions.artist_ids is not None:
        parts.append(
            "AND (EXISTS (SELECT 1 FROM track_artists x WHERE x.track_id = t.id "
            "AND x.artist_id IN :artist_ids) OR a.artist_folded IN :artist_names)"
        )
        values["artist_ids"] = sorted(conditions.artist_ids)[:_MAX_IDS]
        values["artist_names"] = sorted(conditions.artist_names)[:_MAX_IDS]
    if conditions.album_ids is not None:
        parts.append("AND t.album_id IN :album_ids")
        values["album_ids"] = sorted(conditions.album_ids)[:_MAX_IDS]
    if conditions.genres:
        parts.append(
            "AND EXISTS (SELECT 1 FROM track_genres g WHERE g.track_id = t.id "
            "AND g.folded IN :genres)"
        )
        values["genres"] = list(conditions.genres)[:_MAX_IDS]
    if conditions.year_from is not None:
        parts.append("AND t.year >= :year_from")
        values["year_from"] = conditions.year_from
    if conditions.year_to is not None:
        parts.append("AND t.year <= :year_to")
        values["year_to"] = conditions.year_to
    if conditions.liked:
        parts.append(
            "AND EXISTS (SELECT 1 FROM ratings r WHERE r.track_id = t.id AND r.liked "
            "AND r.person_id = :person)"
        )
        values["person"] = current_person()
    return " ".join(parts), values


def _chunks(values: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(values), _MAX_IDS):
        yield list(values[start : start + _MAX_IDS])
