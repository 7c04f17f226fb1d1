"""Learns the weights of `knowledge/analysis/tempo.py` from music whose tempo is known.

    python -m evals.analysis.learn_tempo FOLDER[:WEIGHT] ...

Each folder holds `truth.json`, a list of objects with `name` (a file in the folder) and `tempo`
(BPM). "dev" as a folder stands for constructed songs of the development half. What the weights in
the code were learned from: 84 of these songs; 67 accompaniments by Musical MIDI Accompaniment in as
many grooves, over the same progressions, at tempi usual for the groove, through FluidSynth; 60
pieces by the composer of the fingerprint's training (weight .5); and the four songs of
fretsonfire-songs-muldjord (weight 2). Prints the cross-validated accuracy, then the weights.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from evals.analysis.material import constructed, read
from evals.analysis.scoring import tempo_right
from knowledge.analysis.frames import RATE
from knowledge.analysis.onsets import onset_times
from knowledge.analysis.spectrum import SpectrumMeter
from knowledge.analysis.tempo import candidates, evidence
from knowledge.analysis.tempogram import tempogram
from knowledge.demo.sound import Audio

_SONGS = 84
_RIDGE = 8.0
_FOLDS = 6
_BLOCK = 10 * RATE

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A recording: what speaks for each tempo that it may have, and which of them are right."""

    evidence: Numbers
    """Shape (candidates, EVIDENCE)."""
    right: Numbers
    """1 for each candidate within 4 % of the truth, else 0."""
    weight: float


def example(sound: Audio, tempo_bpm: float, weight: float) -> Example:
    """Look at a recording, stereo at RATE."""
    meter = SpectrumMeter(RATE)
    mono = sound.mean(axis=0)
    for start in range(0, mono.size, _BLOCK):
        meter.add(mono[start : start + _BLOCK])
    spectrum = meter.finish()
    seen = tempogram(spectrum.rises, spectrum.frames_per_s)
    bpm = candidates(seen)
    onsets_hz = onset_times(spectrum.rise_db, spectrum.frames_per_s).size * RATE / mono.size
    right = [float(tempo_right(float(each), tempo_bpm)) for each in bpm]
    return Example(evidence(seen, bpm, onsets_hz), np.array(right), weight)


def learn(examples: Sequence[Example], ridge: float = _RIDGE) -> Numbers:
    """Return weights under which right candidates are likely: a conditional logit, with ridge."""
    from scipy.optimize import minimize  # noqa: PLC0415 - slow to import

    spread = np.concatenate([each.evidence for each in examples]).std(axis=0) + 1e-9
    usable = [each for each in examples if each.right.any()]

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = 0.5 * ridge * float(weights @ weights), ridge * weights
        for each in usable:
            scaled = each.evidence / spread
            likely = _likely(scaled @ weights)
            right = likely * each.right
            share = float(right.sum()) + 1e-12
            total -= each.weight * float(np.log(share))
            slope = slope - each.weight * (scaled.T @ (right / share - likely))
        return total, slope

    found = minimize(loss, np.zeros(spread.size), jac=True, method="L-BFGS-B")
    weights: Numbers = found.x / spread
    return weights


def accuracy(examples: Sequence[Example], weights: Numbers) -> float:
    """Return the share of recordings whose likeliest tempo is right."""
    return float(
        np.mean(
            [
                each.right[int((each.evidence @ weights).argmax())] if each.right.size else 0.0
                for each in examples
            ]
        )
    )


def cross_validated(examples: Sequence[Example]) -> float:
    """Return the accuracy on recordings that the weights were not learned from."""
    fold = np.random.default_rng(0).integers(0, _FOLDS, len(examples))
    shares = []
    for number in range(_FOLDS):
        rest = [each for each, one in zip(examples, fold, strict=True) if one != number]
        held = [each for each, one in zip(examples, fold, strict=True) if one == number]
        if held and rest:
            shares += [accuracy(held, learn(rest))] * len(held)
    return float(np.mean(shares))


def _likely(score: Numbers) -> Numbers:
    odds = np.exp(score - score.max())
    share: Numbers = odds / odds.sum()
    return share


def _examples(named: str) -> Iterator[Example]:
    folder, _, weight = named.partition(":")
    if folder == "dev":
        for piece in constructed("dev", _SONGS):
            yield example(piece.sound(), piece.tempo_bpm, float(weight or 1))
        return
    for each in json.loads((Path(folder) / "truth.json").read_text("utf-8")):
        sound = read(Path(folder) / each["name"])
        yield example(sound, float(each["tempo"]), float(weight or 1))


def main(arguments: Sequence[str]) -> int:
    """Learn from the folders named."""
    if not arguments:
        print(__doc__)
        return 2
    examples = [each for named in arguments for each in _examples(named)]
    print(f"{len(examples)} recordings, cross-validated {cross_validated(examples):.3f}")
    print(", ".join(f"{weight:.2f}" for weight in learn(examples)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
