"""Keep the tunes of recordings, in the library."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.database import Database
from knowledge.jobs import Job, JobStore
from knowledge.melody.models import EXTRACTOR, MelodyLine
from knowledge.melody.rows import write_melody


@dataclass(frozen=True, slots=True, eq=False)
class MelodyFound:
    """What was found of one recording."""

    lines: tuple[MelodyLine, ...]
    """The most likely tune first; none where there is no tune."""
    cpu_s: float
    """Processor seconds that it took, decoding included."""


class MelodyKeeper:
    """Writes tunes, each recording's in one transaction with the end of its job.

    What an earlier version of the analyser found stays until the recording is heard anew, so that
    after an upgrade hums are answered as before.
    """

    def __init__(
        self,
        database: Database,
        *,
        analyser: str = EXTRACTOR,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare to keep tunes.

        Args:
            database: the library.
            analyser: name and version of what finds them.
            clock: seconds.
        """
        self.analyser = analyser
        self._jobs = JobStore(database, analyser)
        self._clock = clock

    def prepare(self) -> None:
        """Nothing is left behind."""

    def keep(self, job: Job, found: MelodyFound) -> None:
        """Store what was found of one recording, and that it is done."""
        self._jobs.finish(
            job,
            self.analyser,
            lambda connection: write_melody(
                connection,
                job.audio_hash,
                found.lines,
                analyser=self.analyser,
                heard_at=self._clock(),
                cpu_s=found.cpu_s,
            ),
        )

    def finish(self) -> None:
        """Nothing is held back."""
