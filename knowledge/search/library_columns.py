"""The library as columns: what wishes are compared with, without loading every track."""

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from knowledge.catalog_reading import PRESENT
from knowledge.database import Database
from knowledge.folding import fold, without_article, without_featuring
from knowledge.models import TrackId
from knowledge.revision import ANALYSIS_REVISION, LIBRARY_REVISION, read
from knowledge.schema import albums, artists, features, lyrics, track_artists, track_genres, tracks
from knowledge.search.spoken_languages import language_of_names
from knowledge.search.versions import Version, album_version, song_title
from knowledge.search.words import squeezed

Rows = NDArray[np.int64]
Mask = NDArray[np.bool_]
Column = NDArray[np.float32]

_QUICK_S, _REST = 0.1, 20.0
"""Up to so long, reading again happens at once; else after so many times as long."""
_SPREAD = 2_654_435_761
"""Knuth's multiplier: spreads equally good tracks over the library, the same way each time."""


@dataclass(frozen=True, slots=True)
class LibraryColumns:
    """All tracks that have a file, by ascending id. Row i of each column is one track."""

    revision: int
    ids: Rows
    years: Column
    """NaN where unknown."""
    works: Rows
    """The same number for recordings of one song by one artist."""
    versions: Rows
    """How far from the plain recording: a `Version`."""
    artist_numbers: Rows
    """The same number for the same main artist."""
    spread: Rows
    """A fixed order in which nothing stands together."""
    artists: Mapping[str, Rows]
    """Rows by folded name of everybody who is credited, or whose album it is on."""
    artist_names: tuple[str, ...]
    """The main artist as it is written."""
    albums: Mapping[str, Rows]
    titles: Mapping[str, Rows]
    """Rows by folded song, without what marks a version."""
    genres: Mapping[str, Rows]
    """Rows by folded genre of the files."""
    genre_names: Mapping[str, str]
    """How a folded genre is written."""
    untagged: Mask
    """Rows without any genre."""
    moods: Mapping[str, Rows]
    """Rows by folded mood of the files."""
    languages: Mapping[str, Rows]
    """Rows by language of their lyrics, ISO 639-1."""
    named_in: Mapping[str, Rows]
    """Rows by the language that titles of their artist are in."""
    with_lyrics: Mask
    covers: Mapping[str, Rows]
    """Rows by id of their cover."""
    signal_energy: Column
    """Place of the simple analysis' energy in the library, 0 to 1; NaN where it is not known."""
    signal_tempo: Column

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, track_ids: Iterable[TrackId]) -> Rows:
        """Rows of those tracks that are here, in the order given."""
        wanted = np.fromiter(track_ids, np.int64)
        if not len(self.ids) or not len(wanted):
            return np.zeros(0, np.int64)
        place = np.minimum(np.searchsorted(self.ids, wanted), len(self.ids) - 1)
        return np.asarray(place[self.ids[place] == wanted])

    def mask(self, rows: Collection[int] | Rows) -> Mask:
        """True in these rows."""
        made = np.zeros(len(self.ids), np.bool_)
        made[np.asarray(rows, np.int64)] = True
        return made

    def of_artist(self, name: str) -> Rows:
        """Rows of an artist; a leading "the" does not count."""
        folded = fold(name)
        keys = {folded, without_article(folded), f"the {folded}"}
        found = [self.artists[key] for key in keys if key in self.artists]
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)

    def of_album(self, title: str, artist: str) -> Rows:
        """Rows of an album that is filed under an artist; of a compilation all with its title."""
        rows = self.albums.get(fold(title), np.zeros(0, np.int64))
        theirs = np.intersect1d(rows, self.of_artist(artist))
        return theirs if len(theirs) else rows


class LibraryColumnsReader:
    """Reads the columns and keeps them until the library changes. Safe between threads."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._known: tuple[tuple[int, int], LibraryColumns] | None = None
        self._read_at = self._took_s = 0.0

    def read(self) -> LibraryColumns:
        """The library as it is now; the same object until it changes.

        In a large library that changes all the time (it is being analysed), what was read stays
        good for a while: reading takes at most one part in twenty.
        """
        with self._lock, self._database.read() as connection:
            revision = (read(connection, LIBRARY_REVISION), read(connection, ANALYSIS_REVISION))
            began = self._clock()
            if self._known is not None and (self._known[0] == revision or self._rests(began)):
                return self._known[1]
            columns = _read(connection, sum(revision))
            self._known = (revision, columns)
            self._read_at = self._clock()
            self._took_s = self._read_at - began
            return columns

    def _rests(self, now: float) -> bool:
        return self._took_s > _QUICK_S and now - self._read_at < _REST * self._took_s


_TRACKS = (
    select(
        tracks.c.id,
        tracks.c.title,
        tracks.c.artist,
        tracks.c.artist_folded,
        tracks.c.year,
        tracks.c.moods,
        tracks.c.cover_id,
        tracks.c.audio_hash,
        albums.c.folded.label("album"),
        albums.c.artist_folded.label("album_artist"),
        albums.c.cover_id.label("album_cover"),
        albums.c.is_compilation,
    )
    .select_from(tracks)
    .outerjoin(albums, albums.c.id == tracks.c.album_id)
    .where(PRESENT)
    .order_by(tracks.c.id)
)


class _Inverted:
    """Rows by key, being gathered."""

    def __init__(self) -> None:
        self._rows: dict[str, list[int]] = defaultdict(list)

    def add(self, key: str | None, row: int) -> None:
        if key:
            self._rows[key].append(row)

    def done(self) -> dict[str, Rows]:
        return {key: np.unique(np.asarray(rows, np.int64)) for key, rows in self._rows.items()}


def _read(connection: Connection, revision: int) -> LibraryColumns:
    rows = connection.execute(_TRACKS).all()
    place = {row.id: number for number, row in enumerate(rows)}
    count = len(rows)
    by_artist, by_album, by_title, by_mood, by_cover = (_Inverted() for _ in range(5))
    works: dict[tuple[str, str], int] = {}
    numbers: dict[str, int] = {}
    work_of, version_of, number_of = (np.zeros(count, np.int64) for _ in range(3))
    names: dict[int, list[str]] = defaultdict(list)
    for at, row in enumerate(rows):
        song = song_title(row.title)
        main = fold(without_featuring(row.artist).split(", ")[0])
        work = (squeezed(song.key.split()), squeezed(main.split()))
        work_of[at] = works.setdefault(work, len(works))
        version_of[at] = max(song.rank, album_version(row.album or ""))
        number_of[at] = numbers.setdefault(main, len(numbers))
        names[int(number_of[at])].append(row.title)
        by_artist.add(row.artist_folded, at)
        by_artist.add(main, at)
        if row.album_artist and not row.is_compilation:
            by_artist.add(row.album_artist, at)
        by_album.add(row.album, at)
        by_title.add(song.key, at)
        by_title.add(song.short, at)
        by_cover.add(row.cover_id or row.album_cover, at)
        for mood in row.moods or ():
            by_mood.add(fold(str(mood)), at)
    for track_id, folded in connection.execute(
        select(track_artists.c.track_id, artists.c.folded).join(
            artists, artists.c.id == track_artists.c.artist_id
        )
    ):
        if track_id in place:
            by_artist.add(folded, place[track_id])
    genres, genre_names = _genres(connection, place)
    tagged = np.zeros(count, np.bool_)
    for found in genres.values():
        tagged[found] = True
    languages, with_lyrics = _languages(connection, place)
    energy, tempo = _signal(connection, {row.audio_hash: at for at, row in enumerate(rows)})
    ids = np.asarray([row.id for row in rows], np.int64)
    return LibraryColumns(
        revision=revision,
        ids=ids,
        years=np.asarray([np.nan if row.year is None else row.year for row in rows], np.float32),
        works=work_of,
        versions=version_of,
        artist_numbers=number_of,
        spread=(ids * _SPREAD) % 4_294_967_296,
        artists=by_artist.done(),
        artist_names=tuple(without_featuring(row.artist).split(", ")[0] for row in rows),
        albums=by_album.done(),
        titles=by_title.done(),
        genres=genres,
        genre_names=genre_names,
        untagged=~tagged,
        moods=by_mood.done(),
        languages=languages,
        named_in=_named_in(names, number_of),
        with_lyrics=with_lyrics,
        covers=by_cover.done(),
        signal_energy=energy,
        signal_tempo=tempo,
    )


def _genres(
    connection: Connection, place: Mapping[TrackId, int]
) -> tuple[dict[str, Rows], dict[str, str]]:
    inverted = _Inverted()
    names: dict[str, str] = {}
    for track_id, folded, genre in connection.execute(
        select(track_genres.c.track_id, track_genres.c.folded, track_genres.c.genre)
    ):
        if track_id in place:
            inverted.add(folded, place[track_id])
            names.setdefault(folded, genre)
    return inverted.done(), names


def _languages(
    connection: Connection, place: Mapping[TrackId, int]
) -> tuple[dict[str, Rows], Mask]:
    inverted = _Inverted()
    sung = np.zeros(len(place), np.bool_)
    for track_id, language in connection.execute(select(lyrics.c.track_id, lyrics.c.language)):
        if track_id in place:
            inverted.add(language, place[track_id])
            sung[place[track_id]] = True
    return inverted.done(), sung


def _named_in(names: Mapping[int, Sequence[str]], number_of: Rows) -> dict[str, Rows]:
    """Which language the titles of each artist are in: a song alone has too few words to tell."""
    inverted: dict[str, list[int]] = defaultdict(list)
    for number, titles in names.items():
        language = language_of_names(titles)
        if language:
            inverted[language].append(number)
    return {
        language: np.flatnonzero(np.isin(number_of, numbers))
        for language, numbers in inverted.items()
    }


def _signal(connection: Connection, place: Mapping[str, int]) -> tuple[Column, Column]:
    energy, tempo = (np.full(len(place), np.nan, np.float32) for _ in range(2))
    query = select(
        features.c.audio_hash,
        features.c.energy,
        features.c.tempo_bpm,
        features.c.tempo_confidence,
    ).where(features.c.analyser.like("signal/%"))
    for audio_hash, value, bpm, confidence in connection.execute(query):
        at = place.get(audio_hash)
        if at is not None:
            energy[at] = value
            if bpm and confidence >= _TEMPO_TRUSTED:
                tempo[at] = bpm
    known = np.flatnonzero(np.isfinite(energy))
    if len(known):
        order = np.argsort(np.argsort(energy[known], kind="stable"), kind="stable")
        energy[known] = (order + 0.5) / len(known)
    return energy, tempo


_TEMPO_TRUSTED = 0.2


def is_version(columns: LibraryColumns, version: Version) -> Mask:
    """Rows that are marked as such a version."""
    return np.asarray(columns.versions == version)
