"""Keep what recordings sound like, in the library."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import func, select

from knowledge.analysis.model_files import stamp
from knowledge.analysis.sound import SOUND, Sound
from knowledge.database import Database
from knowledge.jobs import Job, JobStore
from knowledge.schema import sound_tracks
from knowledge.sound_rows import write_sound


class SoundKeeper:
    """Writes sounds, each recording's in one transaction with the end of its job."""

    analyser = SOUND

    def __init__(
        self,
        database: Database,
        jobs: JobStore,
        models: Sequence[Path] = (),
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare to keep sounds.

        Args:
            database: the library.
            jobs: the jobs that are marked as done.
            models: folders in which the tagger is looked for.
            clock: seconds.
        """
        self._database = database
        self._jobs = jobs
        self._models = tuple(models)
        self._clock = clock
        self._stamp = ""

    def prepare(self) -> None:
        """Let recordings be heard again that were heard without the tagger that is here now.

        Where even these files said nothing (they are damaged), that is not tried again.
        """
        self._stamp = stamp(self._models)
        if not self._stamp:
            return
        deaf = select(sound_tracks.c.audio_hash).where(
            sound_tracks.c.analyser == SOUND,
            func.length(sound_tracks.c.tags) == 0,
            sound_tracks.c.facts["with"].as_string() != self._stamp,
        )
        with self._database.read() as connection:
            again = connection.execute(deaf).scalars().all()
        if again:
            self._jobs.repeat(SOUND, again)

    def keep(self, job: Job, found: Sound) -> None:
        """Store what was found of one recording, and that it is done."""
        self._jobs.finish(
            job,
            self.analyser,
            lambda connection: write_sound(
                connection,
                job.audio_hash,
                found,
                heard_at=self._clock(),
                heard_with=self._stamp,
            ),
        )

    def finish(self) -> None:
        """Nothing is held back."""
