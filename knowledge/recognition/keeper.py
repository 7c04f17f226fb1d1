"""Keep the library's fingerprints: in the index first, and only then done in the database.

A kill between the two costs nothing: what is in the index is marked as done at the next start.
So a job that is done always has its entry, and at worst one batch is fingerprinted again.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert

from knowledge.analysis.together import FINGERPRINT
from knowledge.catalog_rows import chunks
from knowledge.database import Database
from knowledge.fingerprint.models import Fingerprint
from knowledge.jobs import Job, JobState, JobStore
from knowledge.schema import jobs, tracks

_LOG = logging.getLogger(__name__)
_BATCH = 32
"""Recordings in one commit of the index."""
_BATCH_S = 20.0
"""What was fingerprinted can be recognised after so many seconds at the latest."""


class WritableIndex(Protocol):
    """An index that is open for writing; `FingerprintIndex` is."""

    def keys(self) -> frozenset[str]: ...
    def add(self, recordings: Mapping[str, Fingerprint]) -> None: ...
    def remove(self, keys: Iterable[str]) -> None: ...
    def close(self) -> None: ...


IndexT_co = TypeVar("IndexT_co", bound=WritableIndex, covariant=True)


@dataclass(frozen=True, slots=True)
class OpenedIndex(Generic[IndexT_co]):
    """An index, and what had to be done to open it."""

    index: IndexT_co
    damage: str = ""
    """What was wrong with it, in words for the user."""


class FingerprintKeeper:
    """Writes fingerprints in batches. Keeps the index open only while a run goes on."""

    analyser = FINGERPRINT

    def __init__(
        self,
        database: Database,
        jobs: JobStore,
        open_index: Callable[[], OpenedIndex[WritableIndex]],
        *,
        finished: Callable[[], object] | None = None,
        batch: int = _BATCH,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare to keep fingerprints.

        Args:
            database: the library.
            jobs: the jobs that are marked as done.
            open_index: opens the index for writing, mended where it was damaged.
            finished: called after a run that added or removed recordings.
            batch: recordings in one commit of the index.
            clock: seconds.
        """
        self._database = database
        self._jobs = jobs
        self._open_index = open_index
        self._finished = finished
        self._batch = batch
        self._clock = clock
        self._lock = threading.Lock()
        self._index: WritableIndex | None = None
        self._held: dict[str, tuple[Job, Fingerprint]] = {}
        self._flushed = 0.0
        self._changed = False

    def prepare(self) -> None:
        """Open the index and make index, jobs and tracks agree.

        Raises:
            IndexBusy: another process writes to it.
        """
        opened = self._open_index()
        self._index = opened.index
        self._flushed = self._clock()
        lost = self._agree(opened.index)
        if opened.damage:
            _LOG.warning(
                "The fingerprint index was damaged (%s). %d recordings are fingerprinted again.",
                opened.damage,
                lost,
            )

    def keep(self, job: Job, found: Fingerprint) -> None:
        """Hold a fingerprint until the next commit."""
        with self._lock:
            self._held[job.audio_hash] = (job, found)
            if len(self._held) >= self._batch or self._clock() - self._flushed >= _BATCH_S:
                self._flush()

    def finish(self) -> None:
        """Commit what is held, and close the index."""
        with self._lock:
            index = self._index
            try:
                self._flush()
            finally:
                self._index = None
                if index is not None:
                    index.close()
        if self._changed and self._finished is not None:
            self._finished()
        self._changed = False

    def _flush(self) -> None:
        held, self._held = self._held, {}
        self._flushed = self._clock()
        if not held:
            return
        try:
            if self._index is None:
                raise RuntimeError("The index is not open.")  # noqa: TRY301
            self._index.add({key: found for key, (_, found) in held.items()})
        except BaseException:
            for job, _ in held.values():
                self._jobs.give_back(job, uncounted=True, analysers=(self.analyser,))
            raise
        self._changed = True
        with self._database.write() as connection:
            self._jobs.mark_done(connection, self.analyser, held)

    def _agree(self, index: WritableIndex) -> int:
        """Make the jobs say what the index holds; return how many recordings it lost.

        Entries leave the index after their jobs are no longer done, never before.
        """
        keys = index.keys()
        mine = jobs.c.analyser == self.analyser
        with self._database.write() as connection:
            present = set(
                connection.execute(
                    select(tracks.c.audio_hash).where(tracks.c.missing_since.is_(None))
                ).scalars()
            )
            done = set(
                connection.execute(
                    select(jobs.c.audio_hash).where(mine, jobs.c.state == JobState.DONE)
                ).scalars()
            )
            gone = keys - present
            for chunk in chunks(gone):
                connection.execute(delete(jobs).where(mine, jobs.c.audio_hash.in_(chunk)))
            for chunk in chunks(done - keys):
                connection.execute(
                    update(jobs)
                    .where(mine, jobs.c.audio_hash.in_(chunk))
                    .values(state=JobState.WAITING, attempts=0, error="")
                )
            ready = [
                {
                    "audio_hash": key,
                    "analyser": self.analyser,
                    "state": JobState.DONE.value,
                    "attempts": 0,
                    "error": "",
                    "changed_at": time.time(),
                }
                for key in (keys & present) - done
            ]
            if ready:
                statement = insert(jobs)
                names = ("state", "error", "changed_at")
                connection.execute(
                    statement.on_conflict_do_update(
                        index_elements=["audio_hash", "analyser"],
                        set_={name: statement.excluded[name] for name in names},
                    ),
                    ready,
                )
        if gone:
            index.remove(gone)
            self._changed = True
        return len((done - keys) & present)
