"""A program that finds melodies until it is killed; run as a process by the kill test."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from knowledge.analysis.together import Found
from knowledge.database import Database
from knowledge.errors import UnreadableAudio
from knowledge.jobs import Job
from knowledge.melody.keeper import MelodyFound
from knowledge.melody.models import EXTRACTOR, MelodyLine
from knowledge.melody.run import MelodyPass


def line(*pitches: float) -> MelodyLine:
    """Half a second for each note."""
    notes = [(n * 0.5, 0.45, pitch, 1.0) for n, pitch in enumerate(pitches)]
    return MelodyLine(np.array(notes, np.float32))


def make_slow_melodist() -> Callable[[Job], Found]:
    """Make what writes down each start, and takes a moment; some files are traps."""
    return _make(EXTRACTOR)


def make_next_melodist() -> Callable[[Job], Found]:
    """The same, as a later version."""
    return _make("melody/99")


def _make(analyser: str) -> Callable[[Job], Found]:
    def find(job: Job) -> Found:
        with (job.path.parent.parent / "starts.log").open("a") as out:
            out.write(f"{job.path.stem}\n")
        if job.path.stem.startswith("crash"):
            os.kill(os.getpid(), signal.SIGSEGV)
        if job.path.stem.startswith("broken"):
            raise UnreadableAudio("It is broken.")
        time.sleep(0.05)
        return Found({analyser: MelodyFound((line(60, 62, 64, 65, 67, 69),), 0.05)})

    return find


def run(home: Path, *, later: bool = False) -> bool:
    """Find the melody of all that waits in the library under `home`."""
    database = Database.at(home / "library.db")
    found = MelodyPass(
        database,
        home / "melody.lock",
        [home / "music"],
        workers=1,
        make=make_next_melodist if later else make_slow_melodist,
        analyser="melody/99" if later else EXTRACTOR,
    ).run()
    database.close()
    return found


if __name__ == "__main__":
    from melody_victim import run as run_under_its_name

    run_under_its_name(Path(sys.argv[1]))
