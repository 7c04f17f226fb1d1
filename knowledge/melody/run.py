"""The second, slower pass over the library: what is the tune of each recording?

It follows the first analysis, so that signal, sound and fingerprints never wait for it, and gives
way to it: what is imported meanwhile is analysed first.
"""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeAlias

from knowledge.analyse import AnalyseJob, AnalysisRun
from knowledge.analysis.together import Found
from knowledge.database import Database
from knowledge.jobs import Job, JobState, JobStore
from knowledge.melody.keeper import MelodyFound, MelodyKeeper
from knowledge.melody.models import EXTRACTOR, Samples
from knowledge.melody.written.scan import TuneScan
from knowledge.progress import IndexPhase, Listener, ProgressMeter

_LOG = logging.getLogger(__name__)
MODEL_PATH = Path("basic-pitch", "nmp.onnx")
"""In a folder of models: what hears the notes of a recording."""
_LEAST_S = 120.0
_SLOWEST_X = 1.0
"""Times real time that the slowest machine we wait for finds tunes; a new one does 20."""

Enough: TypeAlias = Callable[[], bool]


class MelodyPass:
    """Reads the written tunes of the music folders, then finds those of the recordings."""

    def __init__(
        self,
        database: Database,
        lock_file: Path,
        roots: Sequence[Path],
        *,
        workers: int,
        models: Sequence[Path] = (),
        recordings: bool = True,
        make: Callable[[], AnalyseJob] | None = None,
        analyser: str = EXTRACTOR,
    ) -> None:
        """Prepare a pass.

        Args:
            database: the library.
            lock_file: held while recordings are listened to.
            roots: the music folders.
            workers: processes at once, all at low priority.
            models: folders of model files; without the model recordings go on waiting.
            recordings: whether recordings are listened to; else only notation is read.
            make: picklable; makes in a worker what finds tunes, in place of the usual.
            analyser: name and version of that.
        """
        self.meter = ProgressMeter()
        self._jobs = JobStore(database, analyser)
        self._models = tuple(models)
        self._recordings = recordings
        self._scan = TuneScan(database, roots)
        self._needs_model = make is None
        self._run = AnalysisRun(
            database,
            lock_file,
            [MelodyKeeper(database, analyser=analyser)],
            workers=workers,
            meter=self.meter,
            make=make or partial(make_melodist, self._models),
            timeout_s=_LEAST_S,
            slowest_x=_SLOWEST_X,
            phase=IndexPhase.MELODIES,
        )

    def run(
        self,
        listener: Listener | None = None,
        stop: threading.Event | None = None,
        *,
        enough: Enough | None = None,
    ) -> bool:
        """Find the tunes of all that waits.

        Args:
            listener: told a few times a second.
            stop: when set, the run ends at once; the recording in work waits again.
            enough: when it says so, the run ends after the recording in work.

        Returns:
            False when nothing could be listened to: switched off, no model, or another process is
            at it.
        """
        self._scan.scan(stop=stop)
        if not self._recordings or (stop is not None and stop.is_set()):
            return False
        if self._needs_model and not has_model(self._models):
            _LOG.warning("No tunes are looked for in recordings: a model is missing.")
            return False
        return self._run.run(listener, stop, enough=enough)

    def retry_failed(self) -> int:
        """Let recordings wait again in which no tune could be looked for; return how many."""
        return self._jobs.retry_failed()

    def job_counts(self) -> dict[JobState, int]:
        """Return how many recordings wait, are done, or have failed."""
        return self._jobs.counts()


def has_model(models: Sequence[Path]) -> bool:
    """Whether the model is there that hears the notes of recordings."""
    return any((folder / MODEL_PATH).is_file() for folder in models)


def make_melodist(models: Sequence[Path]) -> AnalyseJob:
    """Make what a worker process does; runs there.

    Raises:
        MusicModelUnusable: the model is damaged; no recording is to blame for that.
    """
    # They load what computes with the model, which nobody needs outside of a worker.
    import numpy as np  # noqa: PLC0415

    from knowledge.audio.decoder import decode  # noqa: PLC0415
    from knowledge.melody.extraction import (  # noqa: PLC0415
        LONGEST_S,
        RATE_HZ,
        MelodyExtractor,
    )

    extractor = MelodyExtractor(models)
    tone = 0.3 * np.sin(np.arange(3 * RATE_HZ) * (2 * np.pi * 440 / RATE_HZ))
    extractor.extract(tone.astype(np.float32))  # opens the model

    def find(job: Job) -> Found:
        began = time.process_time()
        parts: list[Samples] = []
        held, most = 0, int(LONGEST_S * RATE_HZ)
        for block, _ in decode(job.path, sample_rate=RATE_HZ, channels=1):
            parts.append(block[0])
            held += block.shape[1]
            if held >= most:
                break
        samples = np.concatenate(parts)[:most]
        lines = extractor.extract(samples)
        return Found({EXTRACTOR: MelodyFound(lines, time.process_time() - began)})

    return find
