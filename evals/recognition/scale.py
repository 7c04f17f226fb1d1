"""`refrain eval recognition_scale`: what a query costs as the library grows."""

import math
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from evals.errors import EvaluationImpossible
from evals.evaluation import EvalReport, Plot, Progress, Series, Table, each
from evals.recognition.clips import Amount, ClipFacts, ClipStore
from evals.recognition.corpus import Corpus, Split, SplitName, load_corpus
from evals.recognition.folders import cache_folder, music_folder
from evals.recognition.generated import RECORDING_S, MadeUpRecordings, piece
from evals.recognition.resampling import ENGINE_RATE_HZ, Signal, to_signal
from evals.recognition.scoring import share
from evals.recognition.tracks import Track
from evals.timing import percentile
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index import FingerprintIndex
from knowledge.fingerprint.models import Fingerprint
from knowledge.fingerprint.recogniser import Recogniser

_LENGTH_S = 5
_BATCH = 400
"""Recordings in one commit."""
_BYTES_A_RECORDING = 140_000
_ROOM = 2.5
"""Disk needed, as a multiple of the index: merging writes before it deletes."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the library gets, and what is asked of it."""

    split: SplitName
    sizes: tuple[int, ...]
    """Recordings beside those of the split, which are the first size."""
    pieces: int
    amount: Amount


FULL = Plan("test", (10_000, 100_000), 300, Amount(known=4, unknown=4))
QUICK = Plan("dev", (1_000, 4_000), 30, Amount(known=2, unknown=2))


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one size, in a process of its own.

    Attributes:
        recordings: in the index.
        size_bytes: of the index on disk.
        minutes: of music in it.
        open_ms: CPU time to open the index, milliseconds.
        private_mb: memory of the process after all queries that is its own.
        mapped_mb: pages of the index and of programs that it has in memory beside.
        cpu_ms: of each query.
        named_rightly: for each known clip.
        named: for each unknown clip.
    """

    recordings: int
    size_bytes: int
    minutes: float
    open_ms: float
    private_mb: float
    mapped_mb: float
    cpu_ms: tuple[float, ...]
    named_rightly: tuple[bool, ...]
    named: tuple[bool, ...]


class RecognitionScaleEvaluation:
    """Fills an index with made-up recordings around real ones, and asks at several sizes."""

    name = "recognition_scale"
    summary = "Which recording is this, among 100,000? CPU, memory, size and opening of the index."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Measure. A full run takes 14 GB of disk for good, and as much again while merging."""
        plan = QUICK if quick else FULL
        music, cache = music_folder(), cache_folder()
        corpus = load_corpus(music, cache, progress)
        store = ClipStore(corpus, music, cache)
        store.prepare(plan.split, plan.amount, progress, lengths_s=[_LENGTH_S])
        clips = [
            (clip.facts, clip.engine_samples)
            for clip in store.clips(plan.split, plan.amount, lengths_s=[_LENGTH_S])
        ]
        _need_room(cache, plan.sizes[-1])
        with tempfile.TemporaryDirectory(prefix="scale-", dir=cache) as folder:
            return _report(list(_sizes(plan, corpus, clips, Path(folder), progress)), plan)


def _sizes(
    plan: Plan,
    corpus: Corpus,
    clips: Sequence[tuple[ClipFacts, Signal]],
    folder: Path,
    progress: Progress,
) -> Iterator[Size]:
    split = corpus.splits[plan.split]
    with FingerprintIndex.open(folder) as index:
        index.add(_fingerprints(corpus, split.indexed, progress, "fingerprinting"))
    minutes = sum(track.duration_s for track in split.indexed) / 60
    yield _ask(folder, clips, len(split.indexed), minutes)
    made_up = MadeUpRecordings(_pool(plan, corpus, progress))
    for before, size in pairwise((len(split.indexed), *plan.sizes)):
        with FingerprintIndex.open(folder) as index:
            for first in each(progress, f"filling up to {size:,}", range(before, size, _BATCH)):
                numbers = range(first, min(first + _BATCH, size))
                index.add({f"made-up-{number}": made_up.fingerprint(number) for number in numbers})
            index.merge()
        minutes += (size - before) * RECORDING_S / 60
        yield _ask(folder, clips, size, minutes)


def _fingerprints(
    corpus: Corpus, tracks: Sequence[Track], progress: Progress, step: str
) -> dict[str, Fingerprint]:
    fingerprinter = Fingerprinter()
    return {
        track.key: fingerprinter.fingerprint(to_signal(corpus.pcm(track, ENGINE_RATE_HZ)))
        for track in each(progress, step, tracks)
    }


def _pool(plan: Plan, corpus: Corpus, progress: Progress) -> list[Fingerprint]:
    """Fingerprint synthesised pieces, and the recordings of the other split."""
    fingerprinter = Fingerprinter()
    other: Split = corpus.splits["dev" if plan.split == "test" else "test"]
    numbers = range(plan.pieces)
    made = [
        fingerprinter.fingerprint(piece(number))
        for number in each(progress, "synthesising", numbers)
    ]
    recordings = (*other.indexed, *other.unknown)[: plan.pieces]
    return [*made, *_fingerprints(corpus, recordings, progress, "fingerprinting others").values()]


def _ask(
    folder: Path, clips: Sequence[tuple[ClipFacts, Signal]], recordings: int, minutes: float
) -> Size:
    """Ask in a fresh process, so that its memory is what a server of this size has."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_measure, folder, list(clips), recordings, minutes).result()


def _measure(
    folder: Path, clips: Sequence[tuple[ClipFacts, Signal]], recordings: int, minutes: float
) -> Size:
    start = time.process_time()
    index = FingerprintIndex.open(folder, read_only=True)
    index.segments()
    open_ms = 1000 * (time.process_time() - start)
    recogniser = Recogniser(index)
    recogniser.warm()
    cpu_ms: list[float] = []
    named_rightly: list[bool] = []
    named: list[bool] = []
    for facts, samples in clips:
        start = time.process_time()
        best = recogniser.recognise(samples).best
        cpu_ms.append(1000 * (time.process_time() - start))
        if facts.truth is None:
            named.append(best is not None)
        else:
            named_rightly.append(best is not None and best.recording == facts.truth)
    private_mb, mapped_mb = _memory_mb()
    size = index.size_bytes
    index.close()
    return Size(
        recordings,
        size,
        minutes,
        open_ms,
        private_mb,
        mapped_mb,
        tuple(cpu_ms),
        tuple(named_rightly),
        tuple(named),
    )


def _memory_mb() -> tuple[float, float]:
    """Resident memory of this process: its own, and that of mapped files. Zeros outside Linux."""
    status = Path("/proc/self/status")
    lines = status.read_text("utf-8").splitlines() if status.is_file() else []
    kilobytes = {
        name: int(value.split()[0])
        for name, _, value in (line.partition(":") for line in lines)
        if name.startswith("Rss")
    }
    mapped = kilobytes.get("RssFile", 0) + kilobytes.get("RssShmem", 0)
    return kilobytes.get("RssAnon", 0) / 1024, mapped / 1024


def _need_room(folder: Path, recordings: int) -> None:
    needed = int(_ROOM * _BYTES_A_RECORDING * recordings)
    if shutil.disk_usage(folder).free < needed:
        raise EvaluationImpossible(
            f"{folder} needs {needed / 1e9:.0f} GB of free disk for an index of {recordings:,} "
            "recordings."
        )


def _report(sizes: Sequence[Size], plan: Plan) -> EvalReport:
    metrics: dict[str, float] = {}
    for size in sizes:
        at = str(size.recordings)
        metrics |= {
            f"cpu_ms.{at}.p50": percentile(size.cpu_ms, 50),
            f"cpu_ms.{at}.p95": percentile(size.cpu_ms, 95),
            f"index_kb_per_min.{at}": _kb_per_min(size),
            f"open_ms.{at}": size.open_ms,
            f"memory_mb.{at}": size.private_mb,
            f"mapped_mb.{at}": size.mapped_mb,
            f"native.recall.{at}": share(size.named_rightly),
            f"fpr.{at}": share(size.named),
        }
    last, before = sizes[-1], sizes[-2]
    metrics["cpu_growth"] = math.log(
        percentile(last.cpu_ms, 50) / percentile(before.cpu_ms, 50)
    ) / math.log(last.recordings / before.recordings)
    return EvalReport(
        metrics=metrics,
        tables=(_table(sizes),),
        plots=_plots(sizes),
        notes=_notes(sizes, plan),
    )


def _notes(sizes: Sequence[Size], plan: Plan) -> tuple[str, ...]:
    made_up = (
        f"Recordings beyond the first {sizes[0].recordings} are made up of fingerprints, "
        f"{RECORDING_S:.0f} s each: blocks of 20 s out of {plan.pieces} synthesised pieces and "
        "of the recordings of the other split, moved in pitch and tempo."
    )
    clips = (
        f"{len(sizes[0].cpu_ms)} clips of {_LENGTH_S} s under all conditions, "
        f"{len(sizes[0].named)} of them of recordings that are not indexed. CPU times are of the "
        "shipped recogniser in a process of its own, its pages of the index in memory."
    )
    return made_up, clips


def _table(sizes: Sequence[Size]) -> Table:
    return Table(
        "By size of the library",
        (
            "recordings",
            "CPU ms p50",
            "CPU ms p95",
            "index GB",
            "KB/min",
            "opens in CPU ms",
            "own memory MB",
            "mapped MB",
            "named rightly %",
            "unknown named %",
        ),
        tuple(
            (
                size.recordings,
                round(percentile(size.cpu_ms, 50), 1),
                round(percentile(size.cpu_ms, 95), 1),
                round(size.size_bytes / 1e9, 2),
                round(_kb_per_min(size), 1),
                round(size.open_ms, 1),
                round(size.private_mb),
                round(size.mapped_mb),
                round(100 * share(size.named_rightly), 1),
                round(100 * share(size.named), 2),
            )
            for size in sizes
        ),
    )


def _kb_per_min(size: Size) -> float:
    return size.size_bytes / 1000 / size.minutes


def _plots(sizes: Sequence[Size]) -> tuple[Plot, ...]:
    recordings = tuple(float(size.recordings) for size in sizes)
    start = percentile(sizes[0].cpu_ms, 50)
    return (
        Plot(
            "CPU time of a 5 s query by size of the library",
            "recordings in the index",
            "CPU ms",
            (
                Series("median", recordings, tuple(percentile(s.cpu_ms, 50) for s in sizes)),
                Series(
                    "95th percentile", recordings, tuple(percentile(s.cpu_ms, 95) for s in sizes)
                ),
                Series(
                    "if it grew with the library",
                    recordings,
                    tuple(start * size / recordings[0] for size in recordings),
                ),
            ),
            "lines",
            logarithmic="xy",
        ),
        Plot(
            "Memory by size of the library",
            "recordings in the index",
            "resident MB after all queries",
            (
                Series("own", recordings, tuple(size.private_mb for size in sizes)),
                Series(
                    "with mapped files",
                    recordings,
                    tuple(s.private_mb + s.mapped_mb for s in sizes),
                ),
            ),
            "lines",
            logarithmic="xy",
        ),
    )
