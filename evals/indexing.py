"""What indexing costs, and how right its numbers about sound are."""

import resource
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import av
import numpy as np
from av.audio.stream import AudioStream

from evals.evaluation import Cell, EvalReport, Progress, Table, each
from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.demo import make_demo_library
from knowledge.indexer import Indexer
from knowledge.models import AudioFeatures

_FILES, _QUICK_FILES = 10_000, 200
_SAMPLES = 4_800
_FORMATS: Mapping[str, tuple[str, int]] = {
    "flac": ("flac", 44_100),
    "mp3": ("libmp3lame", 44_100),
    "m4a": ("aac", 44_100),
    "opus": ("libopus", 48_000),
    "wav": ("pcm_s16le", 44_100),
}
_SAME_TEMPO = 0.04
"""A tempo within so much of the true one is right, as in the MIREX tempo task."""


class IndexingEvaluation:
    """Scans small files, then scans and analyses the demo library, whose truth is known."""

    name = "indexing"
    summary = "Indexing: CPU time of a scan, speed of the analysis, tempo and energy against truth."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Write files, scan, analyse, compare."""
        with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
            home = Path(folder)
            metrics = _scan_small_files(home, _QUICK_FILES if quick else _FILES, progress)
            if quick:
                return EvalReport(
                    metrics=metrics, notes=("Only a full run analyses the demo library.",)
                )
            analysed, table = _analyse_demo(home, progress)
        return EvalReport(metrics={**metrics, **analysed}, tables=(table,))


def _scan_small_files(home: Path, count: int, progress: Progress) -> dict[str, float]:
    music = home / "small"
    for number in each(progress, "writing small files", range(count)):
        _write_file(music, number)
    database = Database.at(home / "small.db")
    indexer = Indexer(database, home / "small-covers", [music])
    progress.start("scanning", 2)
    with _cpu_s() as first:
        report = indexer.scan()
    progress.advance()
    with _cpu_s() as again:
        indexer.scan()
    progress.advance()
    database.close()
    whole = {"scan_10k.cpu_s": first[0]} if count == _FILES else {}
    return {
        **whole,
        "scan.files": float(report.new),
        "scan.cpu_ms_per_file": first[0] / count * 1000,
        "rescan.cpu_ms_per_file": again[0] / count * 1000,
    }


def _analyse_demo(home: Path, progress: Progress) -> tuple[dict[str, float], Table]:
    progress.start("making the demo library", 1)
    demo = make_demo_library(home / "demo")
    progress.advance()
    database = Database.at(home / "demo.db")
    indexer = Indexer(database, home / "covers", [demo.folder])
    catalog = Catalog(database, home / "covers")
    indexer.scan()
    progress.start("analysing", len(demo.tracks))
    with _cpu_s() as used:
        indexer.analyse()
    progress.advance(len(demo.tracks))
    tracks, _ = catalog.list_tracks(limit=len(demo.tracks))
    found = catalog.features([track.id for track in tracks])
    by_file = {catalog.path_of(track.id): found[track.id] for track in tracks}
    duration_s = catalog.summary().duration_s
    database.close()
    files = [(truth, truth.file.resolve()) for truth in demo.tracks]
    pairs = [(truth, by_file[path]) for truth, path in files if path in by_file]
    ratios = [(f.tempo_bpm or 0.0) / truth.tempo_bpm for truth, f in pairs]
    metrics = {
        "demo.indexed": len(pairs) / len(demo.tracks),
        "analysis.x_realtime": duration_s / used[0],
        "tempo.exact": _share(_near(ratio, (1.0,)) for ratio in ratios),
        "tempo.octave": _share(_near(ratio, (1.0, 2.0, 0.5)) for ratio in ratios),
        "energy.rank_correlation": _rank_correlation(
            [truth.energy for truth, _ in pairs], [f.energy for _, f in pairs]
        ),
    }
    rows = [_row(truth.title, truth.style, truth.tempo_bpm, truth.energy, f) for truth, f in pairs]
    columns = ("title", "style", "true BPM", "BPM", "confidence", "true energy", "energy")
    return metrics, Table("The demo library", columns, tuple(rows))


def _row(
    title: str, style: str, tempo_bpm: float, energy: float, found: AudioFeatures
) -> tuple[Cell, ...]:
    bpm: Cell = found.tempo_bpm if found.tempo_bpm is not None else "none"
    return title, style, tempo_bpm, bpm, found.tempo_confidence, energy, found.energy


def _write_file(music: Path, number: int) -> None:
    """Write a tenth of a second of noise; one in seven without tags."""
    suffix, (codec, rate) = next(islice(_FORMATS.items(), number % len(_FORMATS), None))
    folder = music / f"Artist {number // 100}" / f"Album {number // 10}"
    folder.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(number).normal(0, 3000, (1, _SAMPLES)).astype(np.int16)
    frame = av.AudioFrame.from_ndarray(noise, format="s16", layout="mono")
    frame.sample_rate = rate
    with av.open(str(folder / f"{number % 10 + 1:02d} - Song {number}.{suffix}"), "w") as output:
        if number % 7:
            output.metadata.update(
                title=f"Song {number}",
                artist=f"Artist {number // 100}",
                album=f"Album {number // 10}",
                track=str(number % 10 + 1),
                date=str(1960 + number // 10 % 60),
                genre=("Rock", "Jazz", "Pop")[number // 100 % 3],
            )
        stream = output.add_stream(codec, rate=rate)
        assert isinstance(stream, AudioStream)  # noqa: S101 - an audio codec was asked for
        stream.codec_context.layout = "mono"
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


@contextmanager
def _cpu_s() -> Iterator[list[float]]:
    """Give CPU seconds of this process and of the workers that ended, when the block is over."""
    used: list[float] = []
    before = _cpu_now()
    yield used
    used.append(_cpu_now() - before)


def _cpu_now() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def _near(ratio: float, wanted: Sequence[float]) -> bool:
    return any(abs(ratio / factor - 1) < _SAME_TEMPO for factor in wanted)


def _share(right: Iterator[bool]) -> float:
    answers = list(right)
    return sum(answers) / len(answers)


def _rank_correlation(true: Sequence[float], found: Sequence[float]) -> float:
    """Return Spearman's rho, -1 to 1."""
    # scipy.stats is slow to import, and only a full run needs it.
    from scipy.stats import spearmanr  # noqa: PLC0415

    return float(spearmanr(true, found).statistic)
