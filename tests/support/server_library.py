"""A small library with real sound behind it, and a player that plays nothing."""

import math
import struct
import wave
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter, FileStamp, TrackDraft
from knowledge.database import Database
from knowledge.models import Track
from server.settings import Settings

RATE = 8_000
TITLES = ("Still Water", "Night Train", "Morning Dew", "Paper Boats", "Slow Glass")


def write_wav(path: Path, *, seconds: float = 1.0, hertz: float = 440.0) -> Path:
    """A quiet tone."""
    count = int(RATE * seconds)
    samples = (int(6000 * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(count))
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(b"".join(struct.pack("<h", one) for one in samples))
    return path


def add_tracks(settings: Settings, titles: tuple[str, ...] = TITLES) -> tuple[int, ...]:
    """Put one short recording for each title into the library; returns the track ids."""
    database = Database.at(settings.database_path)
    try:
        drafts = []
        for number, title in enumerate(titles, start=1):
            path = write_wav(settings.data / "music" / f"{number:02}.wav", hertz=200.0 + number)
            status = path.stat()
            drafts.append(
                TrackDraft(
                    audio_hash=f"{number:064x}",
                    title=title,
                    artists=(f"Artist {number % 2 + 1}",),
                    album="First Light",
                    album_artist="Various Artists",
                    track_no=number,
                    year=1960 + number,
                    genres=("Jazz",),
                    duration_s=1.0,
                    codec="pcm",
                    file=FileStamp(str(path), status.st_size, status.st_mtime_ns),
                )
            )
        written = CatalogWriter(database).add(drafts)
        return tuple(one.track_id for one in written)
    finally:
        database.close()


def first_track(settings: Settings) -> Track:
    """The first recording of that library."""
    database = Database.at(settings.database_path)
    try:
        return Catalog(database, settings.covers).list_tracks(limit=1)[0][0]
    finally:
        database.close()
