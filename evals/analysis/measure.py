"""`refrain eval analysis`: is what Refrain hears in music true, and what does hearing it cost?"""

import tempfile
import wave
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import numpy as np

from evals.analysis.intensity import Intensity, changing, intensity
from evals.analysis.judging import Judged, judge, metrics_of, plots_of, tables_of
from evals.analysis.listening import Cost, cost_of, cost_table, real_cost
from evals.analysis.material import Piece, constructed, demo, real_songs
from evals.analysis.peers import Librosa
from evals.analysis.pulses import click_metrics
from evals.analysis.scoring import kendall, spearman
from evals.analysis.storage import kept
from evals.analysis.tags import tags_difference
from evals.evaluation import EvalReport, Progress
from knowledge.analysis.frames import RATE
from knowledge.analysis.model_files import tagger_folder
from server.settings import load_settings

_SONGS, _QUICK_SONGS = 42, 4
_QUICK_S = 22.0
_CALM_AND_DRIVING, _QUICK_CALM_AND_DRIVING = 12, 1
_STORED, _QUICK_STORED = 10_000, 200
_REAL_FILES = 8


class AnalysisEvaluation:
    """Hears music whose tempo, key and energy are known."""

    name = "analysis"
    summary = "Tempo, beats, key, energy and tags against truth and librosa; cost and storage."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Measure; `quick` hears four songs, and asks neither librosa nor the tagger."""
        models = load_settings().model_folders
        with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
            home = Path(folder)
            notes: list[str] = []
            pieces = _quick_pieces() if quick else _pieces(home)
            judged = _judged(pieces, None if quick else _librosa(notes), progress, quick=quick)
            found = metrics_of(judged)
            found |= click_metrics(progress, quick=quick)
            steps = intensity(_QUICK_CALM_AND_DRIVING if quick else _CALM_AND_DRIVING, progress)
            found |= _energy_metrics(judged, steps)
            whole, plain = _costs(home, quick, models, found, notes, progress)
        found["cpu_s_per_min"] = whole.cpu_s_per_min
        found["cpu_s_per_min.without_tags"] = plain.cpu_s_per_min
        found["x_realtime"] = 120 / whole.cpu_s_per_min
        stored = kept(whole.sounds, _QUICK_STORED if quick else _STORED, progress)
        found["storage.bytes_per_track"] = stored.bytes_per_track
        found["storage.tracks"] = float(stored.tracks)
        found["storage.memory_mb"] = stored.memory_mb
        if not quick:
            found |= _tags(models, notes)
        return EvalReport(
            metrics=found,
            tables=(*tables_of(judged), cost_table(whole, plain)),
            plots=plots_of(judged),
            notes=tuple(notes),
        )


def _quick_pieces() -> Iterator[Piece]:
    return constructed("dev", _QUICK_SONGS, longest_s=_QUICK_S)


def _pieces(home: Path) -> Iterator[Piece]:
    return chain(constructed("test", _SONGS), demo(home / "demo"), real_songs())


def _librosa(notes: list[str]) -> Librosa | None:
    try:
        return Librosa()
    except ImportError:
        notes.append("librosa is not installed: nothing to compare with.")
        return None


def _judged(
    pieces: Iterator[Piece], peer: Librosa | None, progress: Progress, *, quick: bool
) -> list[Judged]:
    progress.start("listening", _QUICK_SONGS if quick else _SONGS + 65)
    judged = []
    for piece in pieces:
        judged.append(judge(piece, peer))
        progress.advance()
    return judged


def _energy_metrics(judged: Sequence[Judged], steps: Intensity) -> dict[str, float]:
    found = {
        "energy.pairs": steps.pairs,
        "segments.detected": steps.detected,
        "segments.steady": steps.steady,
    }
    known = [each for each in judged if each.piece.energy is not None]
    if known:
        true = [each.piece.energy or 0.0 for each in known]
        heard = [each.energy for each in known]
        found["energy.kendall"] = kendall(true, heard)
        found["energy.spearman"] = spearman(true, heard)
    return found


def _costs(
    home: Path,
    quick: bool,
    models: Sequence[Path],
    found: dict[str, float],
    notes: list[str],
    progress: Progress,
) -> tuple[Cost, Cost]:
    if quick:
        files = [_written(home, number) for number in range(2)]
        plain = cost_of(files, (), progress, "analysing")
        return plain, plain
    files = sorted(
        path for path in (home / "demo").rglob("*.*") if path.suffix in {".flac", ".mp3"}
    )
    whole, plain, real = real_cost(_REAL_FILES, models, files[:_REAL_FILES], progress)
    if real:
        found["segments.real.changing"] = changing(whole.sounds)
    else:
        notes.append("No real music is named by REFRAIN_EVAL_MUSIC: costs are of the demo library.")
    return whole, plain


def _written(home: Path, number: int) -> Path:
    """Write a minute of noise with a beat; what is in it makes little difference to the cost."""
    time = np.arange(60 * RATE) / RATE
    noise = np.random.default_rng(number).normal(0, 0.1, time.size) * np.exp(-(time % 0.5) * 8)
    path = home / f"{number}.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((np.stack((noise, noise), axis=1) * 20_000).astype("<i2").tobytes())
    return path


def _tags(models: Sequence[Path], notes: list[str]) -> dict[str, float]:
    folder = tagger_folder(models)
    if folder is None:
        notes.append("The tagger is not fetched (refrain models get musicnn): costs are without.")
        return {}
    found = tags_difference(folder)
    return {"tags.max_difference": found.tags, "tags.max_difference.embedding": found.embedding}
