"""What a library's sound takes on disk and in memory."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from evals.evaluation import Progress
from knowledge.analysis.sound import Sound
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.drafts import FileStamp, TrackDraft
from knowledge.sound.library import SoundLibrary
from knowledge.sound.rows import write_sound

_CHUNK = 500
_PAGES = Path("/proc/self/statm")


@dataclass(frozen=True, slots=True)
class Kept:
    """What many recordings cost."""

    tracks: int
    bytes_per_track: float
    """Growth of the database by the sound of one recording."""
    memory_mb: float
    """Growth of this process by the whole library's sound; 0 where the system does not say."""


def kept(sounds: tuple[Sound, ...], count: int, progress: Progress) -> Kept:
    """Store `count` recordings that sound like `sounds` in turn, and read them back."""
    progress.start("storing", count)
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
        file = Path(folder) / "library.db"
        database = Database.at(file)
        try:
            hashes = [hashlib.sha256(str(number).encode()).hexdigest() for number in range(count)]
            CatalogWriter(database).add(
                [
                    TrackDraft(
                        audio_hash=name,
                        title=f"Recording {number}",
                        artists=(f"Artist {number % 97}",),
                        file=FileStamp(f"/music/{number}.flac", 1, 1),
                    )
                    for number, name in enumerate(hashes)
                ]
            )
            before = _size(database, file)
            for start in range(0, count, _CHUNK):
                with database.write() as connection:
                    for number, name in enumerate(hashes[start : start + _CHUNK], start):
                        sound = sounds[number % len(sounds)]
                        write_sound(connection, name, sound, heard_at=float(number + 1))
                progress.advance(min(_CHUNK, count - start))
            grown = _size(database, file) - before
            resident = _resident_mb()
            library = SoundLibrary(database)
            library.warm()
            held = _resident_mb() - resident
            if len(library.table().ids) != count:
                raise RuntimeError(f"{count} recordings were stored, others were read")
        finally:
            database.close()
    return Kept(count, grown / count, max(held, 0.0))


def _size(database: Database, file: Path) -> int:
    """Size of the database, with nothing left in its log."""
    with database.write() as connection:
        connection.exec_driver_sql("SELECT 1")
    names = (file, file.with_name(file.name + "-wal"))
    return sum(name.stat().st_size for name in names if name.exists())


def _resident_mb() -> float:
    if not _PAGES.exists():
        return 0.0
    return int(_PAGES.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
