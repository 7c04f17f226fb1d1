"""The work still to be done on recordings, as rows: waiting, running, done or failed.

A job is claimed in a transaction of its own before the work begins, and finished in the same
transaction that stores the result. So a kill at any moment loses no finished work and repeats at
most what was running.
"""

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    delete,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert

from knowledge.database import Database
from knowledge.models import AudioFeatures
from knowledge.revision import ANALYSIS_REVISION, bump
from knowledge.schema import features, files, jobs, segments, tracks

MAX_CRASHES = 2
"""A recording that ends its worker so often is given up."""
MAX_STARTS = 6
"""A recording that was being analysed at so many sudden ends of the program is given up."""


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One recording to be analysed by one analyser."""

    audio_hash: str
    path: Path
    size: int
    """Bytes of the file."""
    duration_s: float
    attempts: int
    """How often it was begun, this time included."""


class JobStore:
    """The jobs of one analyser. Safe to share between threads and processes."""

    def __init__(
        self, database: Database, analyser: str, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._analyser = analyser
        self._clock = clock
        self._mine = jobs.c.analyser == analyser

    def prepare(self) -> int:
        """Make the jobs right after a start: nothing is running, every recording has a job.

        After an upgrade of the analyser this gives each recording a job under the new version.

        Returns:
            How many jobs wait.
        """
        now = self._clock()
        gave_up = "The program ended several times while this recording was analysed."
        missing = select(
            tracks.c.audio_hash, literal(self._analyser), literal(JobState.WAITING.value),
            literal(0), literal(""), literal(now),
        ).where(tracks.c.missing_since.is_(None))  # fmt: skip
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
            columns = ["audio_hash", "analyser", "state", "attempts", "error", "changed_at"]
            connection.execute(insert(jobs).from_select(columns, missing).on_conflict_do_nothing())
            waiting = self._waiting(func.count(jobs.c.audio_hash.distinct()))
            return int(connection.execute(waiting).scalar_one())

    def claim(self, skip: Collection[str] = frozenset()) -> Job | None:
        """Take the next waiting job, or None when there is none.

        Recordings that never failed come first; those that ended the program wait to the end.
        """
        query = (
            self._waiting(
                jobs.c.audio_hash, jobs.c.attempts, files.c.path, files.c.size, tracks.c.duration_s
            )
            .where(jobs.c.audio_hash.not_in(skip))
            .order_by(jobs.c.attempts, jobs.c.changed_at)
            .limit(1)
        )
        with self._database.write() as connection:
            row = connection.execute(query).first()
            if row is None:
                return None
            self._set(connection, row.audio_hash, JobState.RUNNING, attempts=row.attempts + 1)
        return Job(row.audio_hash, Path(row.path), row.size, row.duration_s, row.attempts + 1)

    def finish(self, job: Job, found: AudioFeatures) -> None:
        """Store what was found, and that it is done, in one transaction."""
        with self._database.write() as connection:
            for table in (features, segments):
                connection.execute(delete(table).where(table.c.audio_hash == job.audio_hash))
            key = {"audio_hash": job.audio_hash, "analyser": self._analyser}
            connection.execute(
                features.insert().values(
                    **key,
                    loudness_lufs=found.loudness_lufs,
                    peak=found.peak,
                    energy=found.energy,
                    tempo_bpm=found.tempo_bpm,
                    tempo_confidence=found.tempo_confidence,
                )
            )
            rows = [
                {
                    **key,
                    "position": part.index,
                    "start_s": part.start_s,
                    "end_s": part.end_s,
                    "loudness_db": part.loudness_db,
                    "energy": part.energy,
                    "brightness_hz": part.brightness_hz,
                    "onset_rate_hz": part.onset_rate_hz,
                    "tempo_bpm": part.tempo_bpm,
                    "tempo_confidence": part.tempo_confidence,
                }
                for part in found.segments
            ]
            if rows:
                connection.execute(segments.insert(), rows)
            self._set(connection, job.audio_hash, JobState.DONE)
            bump(connection, ANALYSIS_REVISION)

    def fail(self, job: Job, reason: str) -> None:
        """Give the job up, with the reason for the user."""
        with self._database.write() as connection:
            self._set(connection, job.audio_hash, JobState.FAILED, error=reason)

    def give_back(self, job: Job, *, uncounted: bool = False, reason: str = "") -> None:
        """Let the job wait again.

        Args:
            job: a claimed job.
            uncounted: it was not the recording's fault, so this start does not count.
            reason: what went wrong, if anything.
        """
        attempts = job.attempts - 1 if uncounted else job.attempts
        with self._database.write() as connection:
            self._set(connection, job.audio_hash, JobState.WAITING, attempts=attempts, error=reason)

    def retry_failed(self) -> int:
        """Let all failed jobs wait again; return how many."""
        with self._database.write() as connection:
            failed = self._mine & (jobs.c.state == JobState.FAILED)
            return connection.execute(
                update(jobs)
                .where(failed)
                .values(state=JobState.WAITING, attempts=0, error="", changed_at=self._clock())
            ).rowcount

    def counts(self) -> dict[JobState, int]:
        """Return how many jobs are in each state."""
        query = select(jobs.c.state, func.count()).where(self._mine).group_by(jobs.c.state)
        with self._database.read() as connection:
            return {JobState(state): count for state, count in connection.execute(query)}

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
        audio_hash: str,
        state: JobState,
        *,
        attempts: int | None = None,
        error: str = "",
    ) -> None:
        values: dict[str, object] = {
            "state": state.value, "error": error, "changed_at": self._clock()
        }  # fmt: skip
        if attempts is not None:
            values["attempts"] = attempts
        connection.execute(
            update(jobs).where(self._mine, jobs.c.audio_hash == audio_hash).values(**values)
        )
