"""What the melodies are called: versions of a song, and scores of it, are told once."""

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Connection, select

from knowledge.catalog import Catalog
from knowledge.catalog_reading import PRESENT
from knowledge.catalog_rows import chunks
from knowledge.database import Database
from knowledge.folding import fold, without_article, without_featuring
from knowledge.melody.models import HumHit, MelodyHit, MelodyKey
from knowledge.models import Track, TrackId
from knowledge.schema import tracks
from knowledge.schema_melody import written_tunes
from knowledge.search.versions import song_title

_TELLING_WORDS = 3
"""A title of so many words is not given to two songs by chance."""

SongName: TypeAlias = tuple[str, str]
"""What songs are told apart by: folded title and artist."""


@dataclass(slots=True)
class Song:
    """One answer: everything that is the same song by the same artist."""

    name: SongName
    title: str
    artist: str
    tracks: dict[TrackId, Track] = field(default_factory=dict)
    """Its recordings that are among the hits, or the one that a score was found to be of."""
    hits: list[tuple[MelodyHit, Track | None]] = field(default_factory=list)
    """Best first."""
    probability: float = 0.0

    @property
    def cost(self) -> float:
        """Of its best melody; infinite when it was only named."""
        return min((hit.cost for hit, _ in self.hits), default=math.inf)

    @classmethod
    def of(cls, track: Track) -> "Song":
        return cls(song_of(track), track.title, track.artist)

    def told(self) -> HumHit:
        """The song as it is answered: its likeliest recording, where there is one."""
        recorded = next(((hit, track) for hit, track in self.hits if track is not None), None)
        hit = self.hits[0][0] if self.hits else None
        track = next(iter(self.tracks.values()), None)
        start_s = end_s = 0.0
        if recorded is not None:
            hit, track = recorded
            start_s, end_s = hit.start_s, hit.end_s
        elif hit is not None and track is None:
            start_s, end_s = hit.start_s, hit.end_s
        return HumHit(
            title=self.title if track is None else track.title,
            artist=self.artist if track is None else track.artist,
            probability=self.probability,
            start_s=start_s,
            end_s=end_s,
            track=track,
            transposition=0.0 if hit is None else hit.transposition,
            tempo=1.0 if hit is None else hit.tempo,
        )


@dataclass(frozen=True, slots=True)
class _Written:
    title: str
    composer: str


class Songbook:
    """Says which songs hits are of."""

    def __init__(self, database: Database, catalog: Catalog) -> None:
        self._database = database
        self._catalog = catalog

    def songs(self, hits: Sequence[MelodyHit]) -> list[Song]:
        """Group hits into songs, the best fitting first; what left the library is left out."""
        keys = [hit.key for hit in hits]
        with self._database.read() as connection:
            recordings = _recordings(connection, keys)
            scores = _scores(connection, keys)
            namesakes = _namesakes(connection, scores.values())
        here = self.tracks({*recordings.values(), *namesakes})
        heard = {key: here[one] for key, one in recordings.items() if one in here}
        found: dict[SongName, Song] = {}
        for hit in hits:
            if hit.key in heard:
                song = _add(found, heard[hit.key])
                song.hits.append((hit, heard[hit.key]))
            elif hit.key in scores:
                song = _add_score(found, scores[hit.key], heard.values(), here.values())
                song.hits.append((hit, None))
            else:
                continue
            song.probability = min(song.probability + hit.probability, 1.0)
        return sorted(found.values(), key=lambda song: song.cost)

    def tracks(self, ids: Collection[TrackId]) -> dict[TrackId, Track]:
        """The tracks that are there."""
        return {track.id: track for track in self._catalog.tracks(sorted(ids))}

    def recording(self, track_id: TrackId) -> MelodyKey:
        """The key of a track.

        Raises:
            NotInLibrary: there is no such track.
        """
        self._catalog.track(track_id)
        with self._database.read() as connection:
            query = select(tracks.c.audio_hash).where(tracks.c.id == track_id)
            return str(connection.execute(query).scalar_one())


def _add(found: dict[SongName, Song], track: Track) -> Song:
    """The song of a track, made when it is new."""
    song = found.setdefault(song_of(track), Song.of(track))
    song.tracks.setdefault(track.id, track)
    return song


def _add_score(
    found: dict[SongName, Song], score: _Written, heard: Iterable[Track], here: Iterable[Track]
) -> Song:
    track = _recorded(score, heard, here)
    if track is not None:
        return _add(found, track)
    name = (_plain(score.title), fold(score.composer))
    return found.setdefault(name, Song(name, score.title, score.composer))


def song_of(track: Track) -> SongName:
    """The song and who performs it; a cover by somebody else is another song."""
    first = without_featuring(track.artist).split(", ")[0]
    return _plain(track.title), fold(first)


def _plain(title: str) -> str:
    return without_article(song_title(title).key)


def _recordings(connection: Connection, keys: Sequence[MelodyKey]) -> dict[MelodyKey, TrackId]:
    found: dict[MelodyKey, TrackId] = {}
    for chunk in chunks(keys):
        query = select(tracks.c.audio_hash, tracks.c.id).where(
            tracks.c.audio_hash.in_(chunk), PRESENT
        )
        found.update({row.audio_hash: row.id for row in connection.execute(query)})
    return found


def _scores(connection: Connection, keys: Sequence[MelodyKey]) -> dict[MelodyKey, _Written]:
    found: dict[MelodyKey, _Written] = {}
    for chunk in chunks(key for key in keys if key.startswith("tune/")):
        columns = (written_tunes.c.key, written_tunes.c.title, written_tunes.c.composer)
        query = select(*columns).where(written_tunes.c.key.in_(chunk))
        for row in connection.execute(query):
            found[row.key] = _Written(row.title, row.composer)
    return found


def _namesakes(connection: Connection, scores: Iterable[_Written]) -> list[TrackId]:
    """Tracks that are called like a score."""
    names = {name for score in scores for name in _spellings(score.title)}
    found: list[TrackId] = []
    for chunk in chunks(sorted(names)):
        query = select(tracks.c.id).where(tracks.c.folded.in_(chunk), PRESENT)
        found += connection.execute(query).scalars()
    return found


def _spellings(title: str) -> tuple[str, ...]:
    bare = without_article(fold(title))
    return fold(title), bare, f"the {bare}", f"a {bare}"


def _recorded(score: _Written, heard: Iterable[Track], here: Iterable[Track]) -> Track | None:
    """The track that a score is of; None when none has its title, or another artist does."""
    name, composer = _plain(score.title), fold(score.composer)
    by_ear = [track for track in heard if _plain(track.title) == name]
    named = [track for track in here if _plain(track.title) == name]
    by_composer = [track for track in named if _is_by(composer, fold(track.artist))]
    if by_composer:
        return by_composer[0]
    if by_ear:  # the same title, and the same hum fits both
        return by_ear[0]
    if named and (not composer or len(name.split()) >= _TELLING_WORDS):
        return named[0]
    return None


def _is_by(composer: str, artist: str) -> bool:
    """Whether a composer is among the artists, by surname at least."""
    surname = composer.split()[-1:]
    return bool(surname) and surname[0] in artist.split()
