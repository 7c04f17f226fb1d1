"""A program that fingerprints a library until it is killed; run as a process by the kill test."""

import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from knowledge.analyse import AnalysisRun
from knowledge.analysis.together import FINGERPRINT, Found
from knowledge.database import Database
from knowledge.fingerprint.models import CODE_BYTES, Fingerprint
from knowledge.jobs import Job, JobStore
from knowledge.progress import ProgressMeter
from knowledge.recognition.indexes import index_folder, open_mended
from knowledge.recognition.keeper import FingerprintKeeper


def made_up_print(seed: int) -> Fingerprint:
    random = np.random.default_rng(seed)
    return Fingerprint(
        frames=1000,
        hashes=random.integers(0, 1 << 20, 500).astype(np.uint32),
        times=np.sort(random.integers(0, 1000, 500)).astype(np.uint32),
        landmarks=np.sort(random.integers(0, 1000 << 10, 200)).astype(np.uint32),
        codes=np.empty((0, CODE_BYTES), np.uint8),
    )


def make_fingerprinter() -> Callable[[Job], Found]:
    def fingerprint(job: Job) -> Found:
        time.sleep(0.005)
        return Found({FINGERPRINT: made_up_print(int(job.path.stem[-3:]))})

    return fingerprint


def run(home: Path) -> None:
    """Fingerprint all that waits in the library under `home`, in small batches."""
    database = Database.at(home / "library.db")
    keeper = FingerprintKeeper(
        database,
        JobStore(database, FINGERPRINT),
        partial(open_mended, index_folder(home)),
        batch=4,
    )
    analysis = AnalysisRun(
        database,
        home / "analysis.lock",
        [keeper],
        workers=1,
        meter=ProgressMeter(),
        make=make_fingerprinter,
    )
    analysis.run(None, None)
    database.close()


if __name__ == "__main__":
    from recognition_victim import run as run_under_its_name

    run_under_its_name(Path(sys.argv[1]))
