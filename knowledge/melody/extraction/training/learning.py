"""Trains the network of melody, and what tells a stroke, on songs whose tune is known."""

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.demo.sound import Hit
from knowledge.melody.extraction.activations import FRAME_S, LOWEST, Activations, NoteModel
from knowledge.melody.extraction.features import FIRST, POOL, Candidates, candidates_of
from knowledge.melody.extraction.lines import voice_of
from knowledge.melody.extraction.loudness import pitch_loudness
from knowledge.melody.extraction.melodic import Weights, standard
from knowledge.melody.extraction.notes import stretches
from knowledge.melody.extraction.strikes import peaks_of, strike_features
from knowledge.melody.extraction.training.songs import make_song

_KEPT = 4000
"""Candidates of a song that are learned from."""
_HIDDEN = (48, 24)
_ONSET_S = 0.06

Report = Callable[[str], None]
Arrays = dict[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """A song as the network hears it."""

    heard: Activations
    candidates: Candidates
    melody: tuple[Hit, ...]


def lessons(
    seeds: Sequence[int], models: Sequence[Path], soundfont: Path | None, report: Report
) -> list[Lesson]:
    """Make and hear songs."""
    model = NoteModel(models)
    made = []
    for number, seed in enumerate(seeds, start=1):
        song = make_song(seed, soundfont)
        heard = model.hear(song.samples)
        candidates = candidates_of(heard, pitch_loudness(song.samples))
        made.append(Lesson(heard, candidates, song.melody))
        if number % 20 == 0:
            report(f"{number} of {len(seeds)} songs")
    return made


def is_tune(candidates: Candidates, melody: Sequence[Hit]) -> NDArray[np.bool_]:
    """Which candidates are the tune."""
    pitch = np.full(candidates.shape[0], -1, np.int64)
    for hit in melody:
        start, end = hit.start_s, hit.start_s + hit.length_s
        pitch[round(start / FRAME_S / POOL) : round(end / FRAME_S / POOL)] = hit.pitch - FIRST
    return np.asarray(pitch[candidates.frames] == candidates.pitches)


def train(made: Sequence[Lesson], report: Report, seed: int = 0) -> Arrays:
    """Return the weights as `melodic.weights` has them."""
    # Wanted for training only.
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415

    rng = np.random.default_rng(seed)
    features, answers = [], []
    for lesson in made:
        known = is_tune(lesson.candidates, lesson.melody)
        kept = rng.permutation(len(known))[:_KEPT]
        features.append(lesson.candidates.features[kept])
        answers.append(known[kept])
    everything, truth = np.concatenate(features), np.concatenate(answers)
    mean, deviation = everything.mean(axis=0), everything.std(axis=0) + np.float32(1e-3)
    network = MLPClassifier(
        _HIDDEN, batch_size=2048, learning_rate_init=3e-3, alpha=1e-5, max_iter=14,
        n_iter_no_change=14, random_state=seed,
    )  # fmt: skip
    with warnings.catch_warnings():  # it is stopped before it has converged
        warnings.simplefilter("ignore")
        network.fit(standard(everything, mean, deviation), truth)
    report(f"{len(truth)} pitches of {len(made)} songs, loss {network.loss_:.4f}")
    weights: Arrays = {"mean": mean, "deviation": deviation}
    for layer, (matrix, bias) in enumerate(zip(network.coefs_, network.intercepts_, strict=True)):
        weights |= {f"weight{layer}": matrix, f"bias{layer}": bias}
    return {name: np.asarray(array, np.float32) for name, array in weights.items()}


def train_strikes(made: Sequence[Lesson], stored: Weights, report: Report) -> Arrays:
    """Return the weights that tell strokes, given those of `train`."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    rows, truth = [], []
    for lesson in made:
        path, sure = voice_of(lesson.candidates, len(lesson.heard), stored)
        onsets = np.array([hit.start_s for hit in lesson.melody])
        pitches = np.array([hit.pitch for hit in lesson.melody])
        for start, end in stretches(path):
            pitch = int(path[start])
            places = peaks_of(lesson.heard, pitch, start, end)
            if not places:
                continue
            rows.append(strike_features(lesson.heard, sure, pitch, start, places))
            same = (pitches - pitch - LOWEST) % 12 == 0
            truth += [
                bool(np.any(same & (np.abs(onsets - place * FRAME_S) < _ONSET_S)))
                for place in places
            ]
    model = LogisticRegression(max_iter=1000).fit(np.concatenate(rows), truth)
    report(f"{len(truth)} strokes, {np.mean(truth):.3f} real")
    return {
        "strike": np.asarray(model.coef_[0], np.float32),
        "strike_bias": np.asarray(model.intercept_[0], np.float32),
    }
