"""The work still to be done on recordings, as rows: waiting, running, done or failed.

A job is claimed in a transaction of its own before the work begins, and finished in the same
transaction that stores the result, or after the result is safe in a file. So a kill at any moment
loses no finished work and repeats at most what was running.
"""

import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from knowledge.catalog_rows import chunks
from knowledge.database import Database
from knowledge.schema import files, jobs, tracks

MAX_CRASHES = 2
"""A recording that ends its worker so often is given up."""
MAX_STARTS = 6
"""A recording that was being analysed at so many sudden ends of the program is given up."""


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


_BY_URGENCY = (JobState.RUNNING, JobState.WAITING, JobState.FAILED, JobState.DONE)


@dataclass(frozen=True, slots=True)
class Job:
    """One recording to be analysed, by one analyser or by several in one go."""

    audio_hash: str
    path: Path
    size: int
    """Bytes of the file."""
    duration_s: float
    attempts: int
    """How often it was begun, this time included."""
    analysers: tuple[str, ...] = ()
    """Names of the analysers that wait for it."""


class JobStore:
    """The jobs of some analysers. Safe to share between threads and processes."""

    def __init__(
        self, database: Database, *analysers: str, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._analysers = analysers
        self._clock = clock
        self._mine = jobs.c.analyser.in_(analysers)

    def prepare(self) -> int:
        """Make the jobs right after a start: nothing is running, every recording has its jobs.

        After an upgrade of an analyser this gives each recording a job under the new version.

        Returns:
            How many recordings wait.
        """
        now = self._clock()
        gave_up = "The program ended several times while this recording was analysed."
        columns = ["audio_hash", "analyser", "state", "attempts", "error", "changed_at"]
        with self._database.write() as connection:
            interrupted = self._mine & (jobs.c.state == JobState.RUNNING)
            connection.execute(
                update(jobs)
                .where(interrupted, jobs.c.attempts >= MAX_STARTS)
                .values(state=JobState.FAILED, error=gave_up, changed_at=now)
            )
            connection.execute(
                update(jobs).where(interrupted).values(state=JobState.WAITING, changed_at=now)
            )
            for analyser in self._analysers:
                missing = select(
                    tracks.c.audio_hash, literal(analyser), literal(JobState.WAITING.value),
                    literal(0), literal(""), literal(now),
                ).where(tracks.c.missing_since.is_(None))  # fmt: skip
                connection.execute(
                    insert(jobs).from_select(columns, missing).on_conflict_do_nothing()
                )
            waiting = self._waiting(func.count(jobs.c.audio_hash.distinct()))
            return int(connection.execute(waiting).scalar_one())

    def claim(self, skip: Collection[str] = frozenset()) -> Job | None:
        """Take the next waiting recording, or None when there is none.

        Recordings that never failed come first, for all analysers that wait for them; those that
        ended a worker or the program wait to the end, and come for one analyser at a time, so
        that one that cannot bear them does not cost the work of the others.
        """
        query = (
            self._waiting(
                jobs.c.audio_hash,
                jobs.c.analyser,
                jobs.c.attempts,
                files.c.path,
                files.c.size,
                tracks.c.duration_s,
            )
            .where(jobs.c.audio_hash.not_in(skip))
            .order_by(jobs.c.attempts, jobs.c.changed_at)
            .limit(1)
        )
        with self._database.write() as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            together: tuple[str, ...] = (row.analyser,)
            if row.attempts == 0:
                unspoilt = select(jobs.c.analyser).where(
                    self._mine,
                    jobs.c.audio_hash == row.audio_hash,
                    jobs.c.state == JobState.WAITING,
                    jobs.c.attempts == 0,
                )
                waiting = set(connection.execute(unspoilt).scalars())
                together = tuple(each for each in self._analysers if each in waiting)
            job = Job(
                audio_hash=row.audio_hash,
                path=Path(row.path),
                size=row.size,
                duration_s=row.duration_s,
                attempts=row.attempts + 1,
                analysers=together,
            )
            self._set(connection, job, JobState.RUNNING, attempts=job.attempts)
        return job

    def finish(self, job: Job, analyser: str, store: Callable[[Connection], None]) -> None:
        """Store what an analyser found, and that it is done, in one transaction."""
        with self._database.write() as connection:
            store(connection)
            self.mark_done(connection, analyser, (job.audio_hash,))

    def mark_done(self, connection: Connection, analyser: str, audio_hashes: Iterable[str]) -> None:
        """Say within a transaction that the results of these are safe."""
        for chunk in chunks(audio_hashes):
            connection.execute(
                update(jobs)
                .where(jobs.c.analyser == analyser, jobs.c.audio_hash.in_(chunk))
                .values(state=JobState.DONE, error="", changed_at=self._clock())
            )

    def fail(self, job: Job, reason: str, analysers: Collection[str] | None = None) -> None:
        """Give the job up, for all or some of its analysers, with the reason for the user."""
        with self._database.write() as connection:
            self._set(connection, job, JobState.FAILED, error=reason, analysers=analysers)

    def give_back(
        self,
        job: Job,
        *,
        uncounted: bool = False,
        reason: str = "",
        analysers: Collection[str] | None = None,
    ) -> None:
        """Let the job wait again.

        Args:
            job: a claimed job.
            uncounted: it was not the recording's fault, so this start does not count.
            reason: what went wrong, if anything.
            analysers: only for these of the job's analysers.
        """
        attempts = job.attempts - 1 if uncounted else job.attempts
        with self._database.write() as connection:
            self._set(
                connection,
                job,
                JobState.WAITING,
                attempts=attempts,
                error=reason,
                analysers=analysers,
            )

    def repeat(self, analyser: str, audio_hashes: Iterable[str]) -> None:
        """Let jobs that are done wait again: there is more to be found out than there was."""
        with self._database.write() as connection:
            for chunk in chunks(audio_hashes):
                connection.execute(
                    update(jobs)
                    .where(
                        jobs.c.analyser == analyser,
                        jobs.c.audio_hash.in_(chunk),
                        jobs.c.state == JobState.DONE,
                    )
                    .values(state=JobState.WAITING, attempts=0, changed_at=self._clock())
                )

    def retry_failed(self) -> int:
        """Let all failed jobs wait again; return of how many recordings."""
        failed = self._mine & (jobs.c.state == JobState.FAILED)
        with self._database.write() as connection:
            count = select(func.count(jobs.c.audio_hash.distinct())).where(failed)
            recordings = int(connection.execute(count).scalar_one())
            connection.execute(
                update(jobs)
                .where(failed)
                .values(state=JobState.WAITING, attempts=0, error="", changed_at=self._clock())
            )
        return recordings

    def counts(self) -> dict[JobState, int]:
        """Return how many recordings are in each state; one that waits for anything waits."""
        urgency = case(
            *[(jobs.c.state == state.value, rank) for rank, state in enumerate(_BY_URGENCY)]
        )
        most_urgent = (
            select(func.min(urgency).label("rank"))
            .where(self._mine)
            .group_by(jobs.c.audio_hash)
            .subquery()
        )
        query = select(most_urgent.c.rank, func.count()).group_by(most_urgent.c.rank)
        with self._database.read() as connection:
            return {_BY_URGENCY[rank]: count for rank, count in connection.execute(query)}

    def _waiting(self, *columns: ColumnElement[Any]) -> Select[Any]:
        """Select from the jobs that can be done now: their recording has a file."""
        return (
            select(*columns)
            .select_from(jobs)
            .join(tracks, tracks.c.audio_hash == jobs.c.audio_hash)
            .join(files, and_(files.c.track_id == tracks.c.id, files.c.status == "ok"))
            .where(self._mine, jobs.c.state == JobState.WAITING, tracks.c.missing_since.is_(None))
        )

    def _set(
        self,
        connection: Connection,
        job: Job,
        state: JobState,
        *,
        attempts: int | None = None,
        error: str = "",
        analysers: Collection[str] | None = None,
    ) -> None:
        values: dict[str, object] = {
            "state": state.value, "error": error, "changed_at": self._clock()
        }  # fmt: skip
        if attempts is not None:
            values["attempts"] = attempts
        names = job.analysers if analysers is None else analysers
        connection.execute(
            update(jobs)
            .where(jobs.c.audio_hash == job.audio_hash, jobs.c.analyser.in_(names))
            .values(**values)
        )
