"""A program that analyses a library until it is killed; run as a process by the kill test."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

from knowledge.analyse import AnalysisRun
from knowledge.analysis.signal import ANALYSER
from knowledge.analysis.together import Found
from knowledge.database import Database
from knowledge.features import FeatureKeeper
from knowledge.jobs import Job, JobStore
from knowledge.models import AudioFeatures
from knowledge.progress import ProgressMeter

CRASHING = "crash"
"""A file of this name kills the process that decodes it."""


def make_slow_analyser() -> Callable[[Job], Found]:
    """Make an analyser that writes down each start and takes a moment."""

    def analyse(job: Job) -> Found:
        log = job.path.parent.parent / "starts.log"
        with log.open("a") as out:
            out.write(f"{job.path.stem}\n")
        if job.path.stem.startswith(CRASHING):
            os.kill(os.getpid(), signal.SIGSEGV)
        time.sleep(0.05)
        features = AudioFeatures(ANALYSER, -20.0, 0.5, 0.5, 120.0, 0.9, ())
        return Found({ANALYSER: features})

    return analyse


def run(home: Path, *, workers: int = 1) -> None:
    """Analyse all that waits in the library under `home`."""
    database = Database.at(home / "library.db")
    analysis = AnalysisRun(
        database,
        home / "analysis.lock",
        [FeatureKeeper(JobStore(database, ANALYSER))],
        workers=workers,
        meter=ProgressMeter(),
        make=make_slow_analyser,
    )
    analysis.run(None, None)
    database.close()


if __name__ == "__main__":
    from library_victim import run as run_under_its_name

    run_under_its_name(Path(sys.argv[1]), workers=int(sys.argv[2]))
