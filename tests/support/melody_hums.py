"""Hums that are known beforehand, and a library of tunes to find them in."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.melody.models import (
    FRAME_S,
    Contour,
    HumKind,
    HumProblem,
    MelodyLine,
    MelodyNote,
    Samples,
)
from knowledge.melody.rows import write_melody
from knowledge.melody.service import HummingService
from knowledge.models import TrackId
from library_drafts import draft, stamp

SOUND = np.zeros(16_000, np.float32)


def random_tune(seed: int, count: int = 60) -> list[tuple[float, float]]:
    """Pitches and lengths of a made-up tune; two seeds have nothing in common."""
    chance = np.random.default_rng(seed)
    steps = chance.choice([-5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 7], count)
    pitches = 60 + np.abs((np.cumsum(steps) + 14) % 28 - 14)
    lengths = chance.choice([0.25, 0.25, 0.5, 0.5, 0.75, 1.0], count)
    return [(float(p), float(length)) for p, length in zip(pitches, lengths, strict=True)]


def line_of_tune(tune: Iterable[tuple[float, float]], *, weight: float = 1.0) -> MelodyLine:
    rows, now = [], 0.0
    for pitch, length in tune:
        rows.append((now, length * 0.95, pitch, 1.0))
        now += length
    return MelodyLine(np.array(rows, np.float32).reshape(-1, 4), weight)


def hum(
    tune: Sequence[tuple[float, float]],
    *,
    up: float = 0.0,
    faster: float = 1.0,
    problem: HumProblem | None = None,
) -> Contour:
    """Hum some notes of a tune, in another key and tempo."""
    notes: list[MelodyNote] = []
    pitch: list[float] = []
    now = 0.0
    for height, length in tune:
        notes.append(MelodyNote(now, length / faster * 0.95, height + up, 0.9))
        frames = round((now + length / faster) / FRAME_S) - len(pitch)
        pitch += [height + up] * max(frames, 0)
        now += length / faster
    return Contour(np.array(pitch, np.float32), tuple(notes), HumKind.VOICE, problem)


class KnownEar:
    """Hears what it was told to hear."""

    def __init__(self) -> None:
        self.hears = hum(())

    def listen(self, samples: Samples, rate_hz: int) -> Contour:
        del samples, rate_hz
        return self.hears


class TuneLibrary:
    """A real library with made-up tunes, and the service that names them."""

    def __init__(self, home: Path) -> None:
        self.database = Database.at(home / "library.db")
        self.catalog = Catalog(self.database, home / "covers")
        self.ear = KnownEar()
        self.service = HummingService(self.database, self.catalog, listener=self.ear)
        self._writer = CatalogWriter(self.database)
        self._heard_at = 1.0

    def add(
        self,
        title: str,
        tune: Sequence[tuple[float, float]] | None,
        artist: str = "Nina Simone",
        *,
        audio: str = "",
    ) -> TrackId:
        """Put a recording into the library, its melody known unless `tune` is None."""
        added = draft(
            title, artist, audio=audio or title + artist, file=stamp(f"/m/{audio}{title}{artist}")
        )
        (written,) = self._writer.add([added])
        if tune is not None:
            self.hear(added.audio_hash, tune)
        return written.track_id

    def hear(self, audio_hash: str, tune: Sequence[tuple[float, float]]) -> None:
        """Say what the melody of a recording is."""
        self._heard_at += 1
        with self.database.write() as connection:
            write_melody(
                connection,
                audio_hash,
                (line_of_tune(tune),),
                analyser="melody/1",
                heard_at=self._heard_at,
                cpu_s=1.0,
            )

    def forget(self, title: str, artist: str = "Nina Simone", *, audio: str = "") -> None:
        """Let the file of a recording vanish."""
        self._writer.forget([f"/m/{audio}{title}{artist}"])

    def close(self) -> None:
        self.database.close()
