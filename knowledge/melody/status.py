"""How much of the library can be hummed."""

from dataclasses import dataclass

from sqlalchemy import func, select

from knowledge.catalog_reading import PRESENT
from knowledge.database import Database
from knowledge.jobs import JobState
from knowledge.melody.models import EXTRACTOR
from knowledge.schema import jobs, tracks
from knowledge.schema_melody import melodies, tune_files, written_tunes


@dataclass(frozen=True, slots=True)
class MelodyStatus:
    """How much of the library can be hummed."""

    indexed: int = 0
    """Recordings that were listened to for their tune, by whichever version."""
    waiting: int = 0
    """Recordings that are still to be listened to, or once more after an upgrade."""
    failed: int = 0
    """Recordings in which no tune could be looked for."""
    written: int = 0
    """Tunes that were read from MIDI, MusicXML and ABC files."""
    refused: int = 0
    """Such files that could not be read."""


def melody_status(database: Database) -> MelodyStatus:
    """Count the melodies of a library."""
    here = select(func.count()).select_from(tracks).where(PRESENT)
    heard = here.join(melodies, melodies.c.audio_hash == tracks.c.audio_hash)
    mine = here.join(jobs, jobs.c.audio_hash == tracks.c.audio_hash).where(
        jobs.c.analyser == EXTRACTOR
    )
    failed = mine.where(jobs.c.state == JobState.FAILED)
    done = mine.where(jobs.c.state == JobState.DONE)
    written = select(func.count(written_tunes.c.key.distinct()))
    refused = select(func.count()).where(tune_files.c.status == "refused")
    with database.read() as connection:
        counts = [
            int(connection.execute(query).scalar_one())
            for query in (here, heard, done, failed, written, refused)
        ]
    return MelodyStatus(
        indexed=counts[1],
        waiting=max(counts[0] - counts[2] - counts[3], 0),
        failed=counts[3],
        written=counts[4],
        refused=counts[5],
    )


def refused_tunes(database: Database, *, most: int = 100) -> tuple[tuple[str, str], ...]:
    """Return the files of notation that could not be read, each with its path and the reason."""
    query = (
        select(tune_files.c.path, tune_files.c.reason)
        .where(tune_files.c.status == "refused")
        .order_by(tune_files.c.path)
        .limit(most)
    )
    with database.read() as connection:
        return tuple((row.path, row.reason) for row in connection.execute(query))
