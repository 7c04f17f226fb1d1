"""Keep what recordings sound like, in the library."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import select

from knowledge.analysis.model_files import stamps
from knowledge.analysis.sound import SOUND, Sound
from knowledge.database import Database
from knowledge.jobs import Job, JobStore
from knowledge.schema import sound_tracks
from knowledge.sound.rows import write_sound


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
        self._stamps: Mapping[str, str] = {}

    def prepare(self) -> None:
        """Let recordings be heard again that were heard without a model that is here now.

        Where even these files said nothing (they are damaged), that is not tried again.
        """
        self._stamps = stamps(self._models)
        if not self._stamps:
            return
        query = select(sound_tracks.c.audio_hash, sound_tracks.c.facts).where(
            sound_tracks.c.analyser == SOUND,
            sound_tracks.c.facts["with"].as_string() != self._heard_with,
        )
        with self._database.read() as connection:
            again = [row.audio_hash for row in connection.execute(query) if self._misses(row.facts)]
        if again:
            self._jobs.repeat(SOUND, again)

    @property
    def _heard_with(self) -> str:
        """The models' files as one text, such as "musicnn:1f00 vibenet:2e11"."""
        return " ".join(f"{name}:{stamp}" for name, stamp in self._stamps.items())

    def _misses(self, facts: Any) -> bool:
        """Whether a model could say something now that said nothing then."""
        tried = str(facts.get("with", "")).split()
        return any(
            name not in facts.get("models", ()) and f"{name}:{stamp}" not in tried
            for name, stamp in self._stamps.items()
        )

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
                heard_with=self._heard_with,
            ),
        )

    def finish(self) -> None:
        """Nothing is held back."""
