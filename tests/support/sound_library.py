"""Libraries whose sound is known, written as the analysis would have written it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.analysis.sound import (
    AXES,
    SOUND,
    Axis,
    KeyHeard,
    Measured,
    Sound,
    SoundPart,
    TempoHeard,
)
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.sound.rows import write_sound
from knowledge.sound.tags import EMBEDDING_SIZE, TAG_NAMES
from library_drafts import draft, stamp

SEGMENT_S = 45.0


@dataclass(frozen=True, slots=True)
class Song:
    """A recording of such a library."""

    title: str
    segments: Sequence[Mapping[Axis, float]]
    """Axis values of each 45 s; what is not named is 0.5."""
    bpm: float | None = 120.0
    tags: Mapping[str, float] | None = None
    """Auto-tags above the usual 0.05; None as if no tagger had been there."""
    genres: tuple[str, ...] = ()
    moods: tuple[str, ...] = ()
    year: int | None = None
    key: KeyHeard | None = None


def sound_of(song: Song) -> Sound:
    """What the analysis would have heard in it."""
    segments = tuple(
        _part(song, place * SEGMENT_S, (place + 1) * SEGMENT_S, values)
        for place, values in enumerate(song.segments)
    )
    mean = {
        axis: float(np.mean([values.get(axis, 0.5) for values in song.segments])) for axis in AXES
    }
    return Sound(
        analyser=SOUND,
        whole=_part(song, 0.0, len(segments) * SEGMENT_S, mean),
        segments=segments,
        beats_s=np.arange(0, len(segments) * SEGMENT_S, 60 / (song.bpm or 60), dtype=np.float32),
        models=() if song.tags is None else ("musicnn",),
    )


def hold(database: Database, songs: Sequence[Song]) -> dict[str, int]:
    """Put songs into the library with their sound; return their ids by title."""
    CatalogWriter(database).add(
        [
            draft(
                song.title,
                file=stamp(f"/music/{song.title}.flac"),
                genres=song.genres,
                moods=song.moods,
                year=song.year,
                duration_s=len(song.segments) * SEGMENT_S,
            )
            for song in songs
        ]
    )
    ids = titles(database)
    for place, song in enumerate(songs):
        hear(database, song, heard_at=float(place + 1))
    return ids


def hear(database: Database, song: Song, *, heard_at: float) -> None:
    """Write the sound of a song that is in the library."""
    with database.write() as connection:
        audio_hash = connection.exec_driver_sql(
            "SELECT audio_hash FROM tracks WHERE title = ?", (song.title,)
        ).scalar_one()
        write_sound(connection, audio_hash, sound_of(song), heard_at=heard_at)


def titles(database: Database) -> dict[str, int]:
    """The ids of all tracks by title."""
    with database.read() as connection:
        rows = connection.exec_driver_sql("SELECT title, id FROM tracks").all()
    return {row[0]: row[1] for row in rows}


def _part(song: Song, start_s: float, end_s: float, values: Mapping[Axis, float]) -> SoundPart:
    embedding = np.zeros(0, np.float32)
    tags: dict[str, float] = {}
    if song.tags is not None:
        tags = {name: song.tags.get(name, 0.05) for name in TAG_NAMES}
        # As the real one, it says much the same as the tags.
        mixing = np.random.default_rng(1).normal(size=(len(TAG_NAMES), EMBEDDING_SIZE))
        embedding = (np.array(list(tags.values())) @ mixing).astype(np.float32)
    return SoundPart(
        start_s=start_s,
        end_s=end_s,
        axes={axis: Measured(values.get(axis, 0.5), 0.8) for axis in AXES},
        tempo=None if song.bpm is None else TempoHeard(song.bpm, 0.8, song.bpm / 2),
        key=song.key,
        loudness_lufs=-14.0,
        dynamics_db=6.0,
        tags=tags,
        embedding=embedding,
    )
