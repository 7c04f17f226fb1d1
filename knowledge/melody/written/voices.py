"""Which voice of a score carries the tune, and what of its chords is sung.

The highest note is what people hear as the tune: Uitdenbogerd & Zobel 1998, "Manipulation of Music
for Melody Matching" ("skyline").
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.melody.models import MelodyLine
from knowledge.melody.written.models import (
    FEWEST_NOTES,
    LONGEST_S,
    MOST_NOTES,
    TuneRefused,
    Voice,
)

_MOST_LINES = 4
_LEAST_WEIGHT = 0.15
_TOGETHER_S = 0.03
"""Notes that begin so close to each other are a chord."""
_TUNE = re.compile(
    r"melod|lead|voc(?:al|als|e)?\b|voice|vox|sing|song|solo|tune|theme|soprano|canto|cantus|"
    r"gesang|stimme|chant|right hand|\brh\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"bass|drum|perc|chord|pad\b|strings?|back(?:ing|ground)|harmon|accomp|rhythm|left hand|\blh\b|"
    r"alto|tenor|choir|effect|\bfx\b|click|metronom",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    notes: list[tuple[float, float, float]]
    score: float


def lines_of(voices: Sequence[Voice]) -> tuple[MelodyLine, ...]:
    """Return the lines that may be the tune, the most likely first, at most four.

    Raises:
        TuneRefused: there are more notes than a tune can have.
    """
    if sum(len(voice.notes) for voice in voices) > MOST_NOTES:
        raise TuneRefused(f"It has more than {MOST_NOTES} notes.")
    sung = [(voice, top_line(voice.notes)) for voice in voices]
    sung = [(voice, notes) for voice, notes in sung if len(notes) >= FEWEST_NOTES]
    most = max((len(notes) for _, notes in sung), default=0)
    rated = [_Line(notes, _likelihood(voice, notes, most)) for voice, notes in sung]
    rated.sort(key=lambda line: -line.score)
    kept = [line for line in rated if line.score >= _LEAST_WEIGHT * rated[0].score]
    return tuple(
        MelodyLine(
            np.array([(*note, 1.0) for note in line.notes], np.float32),
            line.score / rated[0].score,
        )
        for line in kept[:_MOST_LINES]
    )


def top_line(notes: Sequence[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """The highest note at any time, none overlapping; notes that are none are left out."""
    line: list[tuple[float, float, float]] = []
    for onset, duration, pitch in sorted(notes, key=lambda note: (note[0], -note[2])):
        if not (0 <= onset < LONGEST_S and duration > 0 and 0 <= pitch < 128):
            continue
        if line:
            before, length, above = line[-1]
            if onset - before < _TOGETHER_S and pitch <= above:
                continue
            if before + length > onset + _TOGETHER_S:
                if pitch <= above:
                    continue  # something below a note that is held
                line[-1] = (before, max(onset - before, _TOGETHER_S), above)
        line.append((onset, duration, pitch))
    return line


def _likelihood(voice: Voice, line: list[tuple[float, float, float]], most: int) -> float:
    """How likely a voice carries the tune; only comparable within one score."""
    pitches = np.array([pitch for _, _, pitch in line])
    middle = float(np.median(pitches))
    score = math.pow(len(line) / most, 0.3) / (1 + 0.1 * voice.rank)
    score *= 1 - 0.5 * (1 - len(line) / max(len(voice.notes), 1))  # chords accompany
    if _TUNE.search(voice.name):
        score *= 3
    elif _BESIDE.search(voice.name):
        score *= 0.3
    if middle < 48:
        score *= 0.3
    elif middle < 55 or middle > 90:
        score *= 0.7
    if len(np.unique(pitches)) < 4:
        score *= 0.2  # a drone, or a rhythm
    if voice.program is not None:
        if 32 <= voice.program < 40:
            score *= 0.3  # basses
        elif voice.program >= 88:
            score *= 0.6  # pads, effects, percussion
    return score
