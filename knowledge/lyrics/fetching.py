"""Look up the words of recordings that have none."""

from sqlalchemy import select

from knowledge.database import Database
from knowledge.jobs import Job
from knowledge.lyrics.fetched import OWN, FetchedLyrics
from knowledge.lyrics.models import lyrics_from
from knowledge.schema import lyrics
from knowledge.sources.lrclib import Lrclib, Wanted
from knowledge.sources.recordings import recording_of

LOOKUP = "lrclib/1"
"""The jobs; with another version everything is asked again."""


class LyricsFetching:
    """Asks LRCLIB about one recording at a time. Synchronous."""

    def __init__(self, database: Database, lrclib: Lrclib, fetched: FetchedLyrics) -> None:
        self._database = database
        self._lrclib = lrclib
        self._fetched = fetched

    def ask(self, job: Job) -> None:
        """Look up one recording, unless the user has words with times of their own.

        Raises:
            SourceUnreachable, SourceRefused: as `Lrclib.lyrics`.
        """
        with self._database.read() as connection:
            recording = recording_of(connection, job.audio_hash)
            if recording is None:
                return
            own = connection.execute(
                select(lyrics.c.synced).where(
                    lyrics.c.track_id == recording.track_id, lyrics.c.source.in_(OWN)
                )
            ).scalar()
        if own:
            return
        found = self._lrclib.lyrics(
            Wanted(recording.title, recording.artist, recording.album, recording.duration_s)
        )
        if found is not None and found.instrumental:
            self._fetched.keep(job.audio_hash, "lrclib", None, state="instrumental")
            return
        words = None if found is None else lyrics_from(found.text, "lrclib")
        self._fetched.keep(job.audio_hash, "lrclib", words)
