"""Which track of the library a listen was of.

Names are compared folded, so case, accents and scripts do not count, and without marks such as
"Remastered 2011". A live version or a remix is another recording and never taken for the plain
one. A close spelling counts only when no other is nearly as close. What stays in doubt stays
unmatched: a wrong history is worse than a short one.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import select

from knowledge.database import Database
from knowledge.folding import fold, without_article, without_featuring
from knowledge.imports.models import Found
from knowledge.schema import albums, artists, track_artists, tracks
from knowledge.search.versions import SongTitle, Version, song_title

CLOSE_ENOUGH = 90.0
"""Of 100, by `rapidfuzz.fuzz.ratio`, for titles and for artists."""
_AHEAD = 4.0
"""How much closer than any other spelling the chosen one must be."""
_SHORTEST_FUZZY = 5
_SAME_RECORDING = Version.EDIT
"""Marks up to this one hardly make another recording."""
_SEVERAL = re.compile(r"\s*(?:,|;|/|&|\+| and | x | vs\.? | feat\.? | ft\.? )\s*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    song: SongTitle
    folded: str
    album: str


class LibraryMatcher:
    """The library's names in memory: about 500 bytes a track. Made for one import, then let go."""

    def __init__(self, rows: Iterable[tuple[int, str, str, str]]) -> None:
        """Take (track id, title, folded artist, album) of each credited artist of each track."""
        self._of_artist: dict[str, dict[str, list[_Known]]] = {}
        for track_id, title, artist, album in rows:
            song = song_title(title)
            known = _Known(track_id, song, fold(title), fold(album))
            titles = self._of_artist.setdefault(without_article(artist), {})
            for key in {song.key, song.short}:
                titles.setdefault(key, []).append(known)
        self._close_artists: dict[str, str | None] = {}
        self._found: dict[tuple[str, str, str], Found | None] = {}

    @classmethod
    def of(cls, database: Database) -> "LibraryMatcher":
        """Read the tracks that are not missing."""
        wanted = (
            select(tracks.c.id, tracks.c.title, artists.c.folded, albums.c.title)
            .join(track_artists, track_artists.c.track_id == tracks.c.id)
            .join(artists, artists.c.id == track_artists.c.artist_id)
            .outerjoin(albums, albums.c.id == tracks.c.album_id)
            .where(tracks.c.missing_since.is_(None))
            .order_by(tracks.c.id)
        )
        with database.read() as connection:
            rows = connection.execution_options(yield_per=5_000).execute(wanted)
            return cls((row[0], row[1], row[2], row[3] or "") for row in rows)

    def find(self, title: str, artist: str, album: str = "") -> Found | None:
        """The track, or None when there is none, or several that differ."""
        key = (title, artist, album)
        if key not in self._found:
            if len(self._found) > 200_000:
                self._found.clear()
            self._found[key] = self._find(title, artist, fold(album))
        return self._found[key]

    def _find(self, title: str, artist: str, album: str) -> Found | None:
        song = song_title(title)
        for name in _artist_names(artist):
            titles = self._of_artist.get(name)
            if titles and (found := _by_title(titles, song, fold(title), album)):
                return found
        close = self._close_artist(without_article(fold(without_featuring(artist))))
        titles = self._of_artist.get(close or "")
        found = _by_title(titles, song, fold(title), album) if titles else None
        return Found(found.track_id, found.certainty * 0.9) if found else None

    def _close_artist(self, name: str) -> str | None:
        if name not in self._close_artists:
            self._close_artists[name] = _closest(name, list(self._of_artist))
        return self._close_artists[name]


def _artist_names(artist: str) -> tuple[str, ...]:
    """The folded names an artist may be filed under: the whole, then each of several."""
    names = [artist, without_featuring(artist), *_SEVERAL.split(artist)[:8]]
    folded = (without_article(fold(name)) for name in names if name.strip())
    return tuple(dict.fromkeys(folded))


def _by_title(
    titles: dict[str, list[_Known]], song: SongTitle, folded: str, album: str
) -> Found | None:
    exact = titles.get(song.key) or titles.get(song.short)
    if exact:
        chosen = _chosen(exact, song, folded, album)
        return Found(chosen.id) if chosen else None
    close = _closest(song.key, list(titles))
    chosen = _chosen(titles[close], song, folded, album) if close else None
    return Found(chosen.id, fuzz.ratio(song.key, close) / 100) if chosen and close else None


def _chosen(
    candidates: Sequence[_Known], song: SongTitle, folded: str, album: str
) -> _Known | None:
    """The recording meant: the same marks, the same album, then the plainest and oldest."""
    fitting = [
        one
        for one in candidates
        if one.song.versions == song.versions
        or (song.rank <= _SAME_RECORDING and one.song.rank <= _SAME_RECORDING)
    ]
    return min(
        fitting,
        key=lambda one: (
            one.folded != folded,
            one.album != album if album else False,
            one.song.versions != song.versions,
            one.song.rank,
            one.id,
        ),
        default=None,
    )


def _closest(name: str, among: Sequence[str]) -> str | None:
    """The closest spelling, when it is close, the only one, and no number differs."""
    if len(name) < _SHORTEST_FUZZY or not among:
        return None
    best = process.extract(name, among, scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH - _AHEAD)
    best = [one for one in best if _DIGITS.findall(one[0]) == _DIGITS.findall(name)]
    if not best or best[0][1] < CLOSE_ENOUGH:
        return None
    if len(best) > 1 and best[0][1] - best[1][1] < _AHEAD:
        return None
    return best[0][0]
