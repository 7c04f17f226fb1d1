"""Does the fingerprint index survive being killed at any moment?"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import numpy as np

from evals.crash_victim import Deed, Mission, make_recording, read_log
from evals.evaluation import EvalReport, Progress, Table, each
from knowledge.errors import IndexCorrupt
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import Fingerprint

_KILLS, _QUICK_KILLS = 1_000, 25
_LONGEST_S = 0.25
_MOST_STEPS = 150
_SEED = 20_261_123


@dataclass
class Survey:
    """What was found after the kills."""

    lost: int = 0
    wrong: int = 0
    repairs: int = 0
    reader_failures: int = 0
    done: int = 0
    interrupted: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Operation, and "before", "after" or "neither", to how often."""


class RecognitionCrashEvaluation:
    """Kills a process that adds, replaces, removes and merges, again and again."""

    name = "recognition_crash"
    summary = "Fingerprint index: killed during add, remove and merge; lost or wrong recordings."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Kill, open again, compare each recording; all kills befall the same index."""
        kills = _QUICK_KILLS if quick else _KILLS
        survey = Survey()
        with tempfile.TemporaryDirectory(prefix="refrain-eval-") as home, _victims() as victims:
            folder = Path(home) / "index"
            held: dict[str, int] = {}
            with FingerprintIndex.open(folder, read_only=True) as reader:
                for number in each(progress, "killing", range(kills)):
                    log = Path(home) / f"log-{number}"
                    _kill_one(victims, reader, survey, Mission(str(folder), str(log), number, 0))
                    held = _look(folder, reader, log, held, survey)
        return _report(survey, kills)


def _report(survey: Survey, kills: int) -> EvalReport:
    names = sorted({name for name, _ in survey.interrupted})
    columns = ("interrupted", "as before", "as after", "neither")
    hits = survey.interrupted
    rows = tuple(
        (name, hits[name, "before"], hits[name, "after"], hits[name, "neither"]) for name in names
    )
    return EvalReport(
        metrics={
            "kills": float(kills),
            "operations": float(survey.done),
            "recordings.lost": float(survey.lost),
            "recordings.wrong": float(survey.wrong),
            "repairs": float(survey.repairs),
            "reader.failures": float(survey.reader_failures),
        },
        tables=(Table("What was going on when the process was killed", columns, rows),),
    )


@contextmanager
def _victims() -> Iterator[subprocess.Popen[str]]:
    """Start the program that forks the processes to kill: forking is quick, starting is not."""
    with subprocess.Popen(
        [sys.executable, "-m", "evals.crash_victim"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    ) as program:
        yield program
        _pipe(program.stdin).close()


def _kill_one(
    victims: subprocess.Popen[str], reader: FingerprintIndex, survey: Survey, mission: Mission
) -> None:
    """Kill by the clock, or by the count of disk operations; read along meanwhile."""
    rng = random.Random(_SEED + mission.seed)
    by_clock = rng.random() < 0.5
    steps = 0 if by_clock else rng.randint(1, _MOST_STEPS)
    sent, answered = _pipe(victims.stdin), _pipe(victims.stdout)
    sent.write(Mission(mission.folder, mission.log, mission.seed, steps).to_line())
    sent.flush()
    child = int(answered.readline())
    if by_clock:
        ends_at = time.monotonic() + rng.uniform(0.0, _LONGEST_S)
        while time.monotonic() < ends_at:
            try:
                reader.refresh()
            except IndexCorrupt:
                survey.reader_failures += 1
            time.sleep(0.002)
        os.kill(child, signal.SIGKILL)
    if answered.readline().strip() != "killed":
        survey.wrong += 1  # it ended with an error of its own


def _look(
    folder: Path, reader: FingerprintIndex, log: Path, held: Mapping[str, int], survey: Survey
) -> dict[str, int]:
    """Compare the index with what it should hold, and return what it does hold."""
    done, begun = read_log(log.read_text("utf-8") if log.exists() else "")
    survey.done += len(done)
    for deed in done:
        held = deed.after(held)
    states = {"before": dict(held)}
    if begun is not None:
        states["after"] = begun.after(held)
    try:
        reader.refresh()
    except IndexCorrupt:
        survey.reader_failures += 1
    try:
        index = FingerprintIndex.open(folder, auto_merge=False)
    except IndexCorrupt:
        survey.repairs += 1
        FingerprintIndex.repair(folder)
        index = FingerprintIndex.open(folder, auto_merge=False)
    with index:
        found = dict(index.fingerprints(index.keys()))
        try:
            index.verify()
        except IndexCorrupt:
            survey.repairs += 1
    if reader.keys() != found.keys():
        survey.reader_failures += 1
    return _judge(found, states, begun, survey)


def _judge(
    found: Mapping[str, Fingerprint],
    states: Mapping[str, dict[str, int]],
    begun: Deed | None,
    survey: Survey,
) -> dict[str, int]:
    for name, state in states.items():
        if state.keys() == found.keys() and all(
            _same(found[key], make_recording(seed)) for key, seed in state.items()
        ):
            if begun is not None:
                same = name if states["before"] != states.get("after") else "after"
                survey.interrupted[begun.name, same] += 1
            return state
    if begun is not None:
        survey.interrupted[begun.name, "neither"] += 1
    last = states.get("after", states["before"])
    survey.lost += len(last.keys() - found.keys())
    survey.wrong += len(found.keys() - last.keys()) + sum(
        not _same(found[key], make_recording(last[key])) for key in found.keys() & last.keys()
    )
    return {key: seed for key, seed in last.items() if key in found}


def _same(one: Fingerprint, other: Fingerprint) -> bool:
    def ordered(item: Fingerprint) -> bytes:
        return np.sort(item.times.astype(np.uint64) << np.uint64(32) | item.hashes).tobytes()

    return (
        one.frames == other.frames
        and ordered(one) == ordered(other)
        and np.array_equal(one.landmarks, other.landmarks)
        and np.array_equal(one.codes, other.codes)
    )


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None  # noqa: S101 - both were asked for
    return pipe
