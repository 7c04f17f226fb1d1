"""The second phase of indexing: what does each recording sound like, and how is it known again?

Decoding runs in worker processes at low priority. One process of all that share a library analyses
at a time: a lock on a file, which the system drops when its holder is killed, tells which.
"""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from knowledge.analysis.model_files import tagger_folder, vibenet_folder
from knowledge.analysis.stretches import Tagger
from knowledge.analysis.together import Found, analyse_together
from knowledge.analysis.vibenet import WithVibenet
from knowledge.database import Database
from knowledge.errors import MusicModelUnusable
from knowledge.jobs import MAX_CRASHES, Job, JobStore
from knowledge.progress import IndexPhase, Listener, ProgressMeter
from knowledge.worker import STOPPED, Outcome, run_tasks

_LOG = logging.getLogger(__name__)
_TIMEOUT_S = 60.0
_SLOWEST_X = 4.0
"""Times real time that the slowest machine we wait for listens; a new one does 100."""
_GONE = "The file is not there any more."
_NOTHING = "Nothing was found out about this recording."

AnalyseJob: TypeAlias = Callable[[Job], Found]


class Keeper(Protocol):
    """Keeps what one analyser finds. Called from several threads."""

    @property
    def analyser(self) -> str:
        """Name and version of the analyser."""
        ...

    def prepare(self) -> None:
        """Put in order what an earlier run left behind, before jobs are counted."""
        ...

    def keep(self, job: Job, found: Any) -> None:
        """Store a finding, or hold it; mark the job as done once it is safe."""
        ...

    def finish(self) -> None:
        """Store what is held: the run is over, or was stopped."""
        ...


class AnalysisRun:
    """Does the waiting jobs of some analysers."""

    def __init__(
        self,
        database: Database,
        lock_file: Path,
        keepers: Sequence[Keeper],
        *,
        workers: int,
        meter: ProgressMeter,
        models: Sequence[Path] = (),
        make: Callable[[], AnalyseJob] | None = None,
        timeout_s: float = _TIMEOUT_S,
        slowest_x: float = _SLOWEST_X,
        phase: IndexPhase = IndexPhase.ANALYSING,
    ) -> None:
        """Prepare a run.

        Args:
            database: the library.
            lock_file: held while analysing.
            keepers: one for each analyser.
            workers: processes at once.
            meter: counts what was done.
            models: folders of model files; what is not there costs only what it would say.
            make: picklable; makes the analyser in a worker.
            timeout_s: least time given to one recording.
            slowest_x: and times real time that the slowest machine listens; see the constant.
            phase: what the progress is called.
        """
        self._keepers = {keeper.analyser: keeper for keeper in keepers}
        self._jobs = JobStore(database, *self._keepers)
        self._lock_file = lock_file
        self._workers = workers
        self._meter = meter
        self._make = make or partial(_make_analyser, tuple(models))
        self._timeout_s = timeout_s
        self._slowest_x = slowest_x
        self._phase = phase
        self._skip: set[str] = set()

    def run(
        self,
        listener: Listener | None,
        stop: threading.Event | None,
        *,
        enough: Callable[[], bool] | None = None,
    ) -> bool:
        """Analyse until no job waits or `stop` is set.

        Args:
            listener: told about the progress.
            stop: when set, the run ends at once.
            enough: when it says so, the run ends after the recordings that are in work.

        Returns:
            False when another process is at it already.
        """
        with sole(self._lock_file) as alone:
            if not alone:
                return False
            self._skip = set()
            for keeper in self._keepers.values():
                keeper.prepare()
            waiting = self._jobs.prepare()
            self._meter.begin(self._phase, waiting, listener)
            try:
                run_tasks(
                    self._claimed(enough),
                    self._make,
                    self._settle,
                    workers=min(self._workers, max(waiting, 1)),
                    timeout_s=lambda job: self._timeout_s + job.duration_s / self._slowest_x,
                    stop=stop,
                )
            finally:
                for keeper in self._keepers.values():
                    keeper.finish()
                self._meter.end()
            return True

    def _claimed(self, enough: Callable[[], bool] | None) -> Iterator[Job]:
        while (
            not (enough is not None and enough())
            and (job := self._jobs.claim(self._skip)) is not None
        ):
            if job.path.is_file():
                self._meter.working_on(job.path.name)
                yield job
            else:  # the next scan will notice
                self._skip.add(job.audio_hash)
                self._jobs.give_back(job, uncounted=True, reason=_GONE)

    def _settle(self, job: Job, outcome: Outcome[Found]) -> None:
        if outcome.result is not None:
            self._meter.step(job.path.name, failed=self._keep(job, outcome.result))
            return
        if outcome.crash == STOPPED:
            self._jobs.give_back(job, uncounted=True)
            return
        if outcome.crash and (job.attempts < MAX_CRASHES or len(job.analysers) > 1):
            self._jobs.give_back(job, reason=outcome.crash)
            return
        self._jobs.fail(job, outcome.refusal or outcome.crash)
        self._meter.step(job.path.name, failed=True)

    def _keep(self, job: Job, found: Found) -> bool:
        """Hand each finding to its keeper; return whether any analyser refused."""
        refused = False
        for analyser in job.analysers:
            if analyser in found.results:
                self._keepers[analyser].keep(job, found.results[analyser])
            else:
                refused = True
                self._jobs.fail(job, found.refusals.get(analyser, _NOTHING), (analyser,))
        return refused


def _make_analyser(models: Sequence[Path]) -> AnalyseJob:
    """Make what a worker process does; runs there."""
    from knowledge.fingerprint.fingerprinter import Fingerprinter  # noqa: PLC0415  compiles code

    fingerprint = Fingerprinter().fingerprint_blocks
    tagger = _open_tagger(models)

    def analyse_job(job: Job) -> Found:
        return analyse_together(job.path, job.analysers, job.duration_s, fingerprint, tagger)

    return analyse_job


def _open_tagger(models: Sequence[Path]) -> Tagger | None:
    """The tagger; None where its files are missing or damaged, so that the rest goes on."""
    folder = tagger_folder(models)
    if folder is None:
        return None
    # Only where there is one.
    from knowledge.analysis.tagger import MusicTagger  # noqa: PLC0415

    try:
        tagger = MusicTagger(folder)
        vibenet = vibenet_folder(models)
        return tagger if vibenet is None else WithVibenet(tagger, vibenet)
    except MusicModelUnusable as error:
        _LOG.warning("Music is heard without its tagger: %s", error)
        return None


@contextmanager
def sole(lock_file: Path) -> Iterator[bool]:
    """Whether this process is the only one here, kept so for the length of the block."""
    lock_file.parent.mkdir(parents=True, exist_ok=True)
    with lock_file.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
