"""The second phase of indexing: what does each recording sound like?

Decoding runs in worker processes at low priority. One process of all that share a library analyses
at a time: a lock on a file, which the system drops when its holder is killed, tells which.
"""

import fcntl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from knowledge.analysis.signal import ANALYSER, analyse
from knowledge.database import Database
from knowledge.jobs import MAX_CRASHES, Job, JobStore
from knowledge.models import AudioFeatures
from knowledge.progress import IndexPhase, Listener, ProgressMeter
from knowledge.worker import STOPPED, Outcome, run_tasks

_TIMEOUT_S = 60.0
_SLOWEST_X = 10.0
"""Times real time that the slowest machine we wait for decodes."""
_GONE = "The file is not there any more."

AnalyseJob: TypeAlias = Callable[[Job], AudioFeatures]


class AnalysisRun:
    """Does the waiting jobs of the signal analyser."""

    def __init__(
        self,
        database: Database,
        lock_file: Path,
        *,
        workers: int,
        meter: ProgressMeter,
        make: Callable[[], AnalyseJob] | None = None,
        timeout_s: float = _TIMEOUT_S,
    ) -> None:
        """Prepare a run.

        Args:
            database: the library.
            lock_file: held while analysing.
            workers: processes at once.
            meter: counts what was done.
            make: picklable; makes the analyser in a worker.
            timeout_s: least time given to one recording.
        """
        self._jobs = JobStore(database, ANALYSER)
        self._lock_file = lock_file
        self._workers = workers
        self._meter = meter
        self._make = make or _make_analyser
        self._timeout_s = timeout_s
        self._skip: set[str] = set()

    def run(self, listener: Listener | None, stop: threading.Event | None) -> bool:
        """Analyse until no job waits or `stop` is set.

        Returns:
            False when another process is at it already.
        """
        with _sole(self._lock_file) as alone:
            if not alone:
                return False
            self._skip = set()
            waiting = self._jobs.prepare()
            self._meter.begin(IndexPhase.ANALYSING, waiting, listener)
            try:
                run_tasks(
                    self._claimed(),
                    self._make,
                    self._settle,
                    workers=min(self._workers, max(waiting, 1)),
                    timeout_s=lambda job: self._timeout_s + job.duration_s / _SLOWEST_X,
                    stop=stop,
                )
            finally:
                self._meter.end()
            return True

    def _claimed(self) -> Iterator[Job]:
        while (job := self._jobs.claim(self._skip)) is not None:
            if job.path.is_file():
                self._meter.working_on(job.path.name)
                yield job
            else:  # the next scan will notice
                self._skip.add(job.audio_hash)
                self._jobs.give_back(job, uncounted=True, reason=_GONE)

    def _settle(self, job: Job, outcome: Outcome[AudioFeatures]) -> None:
        if outcome.result is not None:
            self._jobs.finish(job, outcome.result)
        elif outcome.crash == STOPPED:
            self._jobs.give_back(job, uncounted=True)
            return
        elif outcome.crash and job.attempts < MAX_CRASHES:
            self._jobs.give_back(job, reason=outcome.crash)
            return
        else:
            self._jobs.fail(job, outcome.refusal or outcome.crash)
        self._meter.step(job.path.name, failed=outcome.result is None)


def _make_analyser() -> AnalyseJob:
    """Make what a worker process does; runs there."""

    def analyse_job(job: Job) -> AudioFeatures:
        return analyse(job.path)

    return analyse_job


@contextmanager
def _sole(lock_file: Path) -> Iterator[bool]:
    """Whether this process is the only one here, kept so for the length of the block."""
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
