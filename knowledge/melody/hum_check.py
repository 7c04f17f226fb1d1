"""Is this a tune at all? Tells a hum from silence, talk, noise and a band.

Talk is told from song by what is measured in the literature on the two (Thompson 2014,
"Discrimination of singing and speaking in syllables", and others): spoken pitch glides through each
syllable where sung pitch is held, syllables are short, and the colour of the voice changes faster.
A band is told by what the harmonics of the one pitch that was followed leave over.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.melody.hum_sound import BIN_HZ, HumSound
from knowledge.melody.models import FRAME_S, HumKind, HumProblem, MelodyNote
from knowledge.melody.pitch import Pitches, runs

SILENT_DB: Final = -85.0
"""Nothing was recorded: the loud parts lie below this."""
FAINT_DB: Final = -50.0
ENOUGH_VOICED_S: Final = 2.0
ENOUGH_NOTES: Final = 5

_NEXT_TO_NOTHING_S = 0.3
_MOST_IS_OTHER = 0.35
_SURELY_A_BAND = 2.0
_MAX_GLIDE, _MAX_BREAKS = 1.2, 6.0
"""Quick tunes and noise reach further; more says nothing."""
_LOWEST_BIN = int(80 / BIN_HZ)
_LOBE = 5
_GLIDE_FRAMES = 7
_HELD_S, _HELD = 0.18, 0.88
_BANDS_HZ = (80, 400, 800, 1600, 3200, 5200)
_BAND_EDGES = tuple(round(hertz / BIN_HZ) for hertz in _BANDS_HZ)
_COLOUR_FRAMES = 4
_COLOUR_FLOOR = 10**-1.5
"""Bands this far below the whole say more about the noise than about the voice."""
_TINY = 1e-12


@dataclass(frozen=True, slots=True)
class HumEvidence:
    """What is measured to decide."""

    voiced_s: float
    held: float
    """Share of the voiced time in notes of 0.18 s or more that are steady."""
    steady: float
    """Mean steadiness of all notes, 0 to 1."""
    glide: float
    """Median range of the pitch within 0.1 s, semitones."""
    colour: float
    """Mean change of the spectrum's shape within 64 ms, nepers."""
    breaks: float
    """Stretches without a gap, for each voiced second."""
    explained: float
    """Share of all power that lies at the harmonics of the line."""
    stranger: float
    """Strongest power beside the harmonics over the strongest at all, median over voiced frames."""


def measured(
    line: Pitches, notes: tuple[MelodyNote, ...], power: NDArray[np.float32]
) -> HumEvidence:
    """Measure a line and the sound that it was found in; spectra as of `power_spectra`."""
    voiced = np.isfinite(line)
    voiced_s = float(voiced.sum()) * FRAME_S
    lengths = np.array([note.duration_s for note in notes])
    steady = np.array([note.confidence for note in notes])
    held = lengths[(lengths >= _HELD_S) & (steady >= _HELD)].sum() / max(voiced_s, 0.1)
    explained, stranger = _left_over(line, power)
    return HumEvidence(
        voiced_s=voiced_s,
        held=min(1.0, float(held)),
        steady=float(np.average(steady, weights=lengths)) if len(notes) else 0.0,
        glide=_glide(line),
        colour=_colour(power),
        breaks=len(runs(line, jump=math.inf)) / max(voiced_s, 0.1),
        explained=explained,
        stranger=stranger,
    )


def problem_of(
    sound: HumSound, notes: tuple[MelodyNote, ...], kind: HumKind, evidence: HumEvidence
) -> HumProblem | None:
    """Why this need not be looked for, or None. In doubt None: a search finds nothing by itself."""
    voiced_s = evidence.voiced_s
    if sound.level_db < SILENT_DB or (voiced_s < _NEXT_TO_NOTHING_S and sound.level_db < FAINT_DB):
        return HumProblem.SILENT
    if voiced_s < ENOUGH_VOICED_S or len(notes) < ENOUGH_NOTES:
        long_enough = sound.frames * FRAME_S >= ENOUGH_VOICED_S
        unexplained = evidence.explained < _MOST_IS_OTHER
        return HumProblem.NO_TUNE if long_enough and unexplained else HumProblem.TOO_SHORT
    if _band_logit(evidence) > _SURELY_A_BAND:
        return HumProblem.NO_TUNE
    if kind is HumKind.VOICE and talk_logit(evidence) > 0:
        return HumProblem.SPEECH
    return None


def hum_likeness(kind: HumKind, evidence: HumEvidence) -> float:
    """How sure it is that one person hums, sings or whistles, 0 to 1."""
    if evidence.voiced_s < _NEXT_TO_NOTHING_S:
        return 0.0
    talk = _logistic(talk_logit(evidence)) if kind is HumKind.VOICE else 0.0
    return round(_logistic(-_band_logit(evidence)) * (1 - talk), 3)


def talk_logit(evidence: HumEvidence) -> float:
    """Above 0 it is talk.

    Fitted (logistic regression) to synthetic speech of four engines, real spoken commands, the
    development hums and speech that was re-sung, all with and without a room and kitchen noise;
    then moved so that next to no hum is refused.
    """
    return (
        -6.3
        - 1.92 * evidence.held
        + 1.32 * math.log(min(evidence.glide, _MAX_GLIDE) + 0.05)
        + 5.01 * evidence.colour
        + 1.12 * min(evidence.breaks, _MAX_BREAKS)
    )


def _band_logit(evidence: HumEvidence) -> float:
    """Above 0 more than one voice sounds; fitted likewise, against rendered recordings."""
    return 3.7 + 0.67 * math.log(evidence.stranger + 0.003) - 3.55 * evidence.explained


def _logistic(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def _glide(line: Pitches) -> float:
    if len(line) < _GLIDE_FRAMES:
        return 0.0
    windows = np.lib.stride_tricks.sliding_window_view(line, _GLIDE_FRAMES)
    ranges = windows.max(axis=1) - windows.min(axis=1)
    whole = ranges[np.isfinite(ranges)]
    return float(np.median(whole)) if len(whole) else 0.0


def _colour(power: NDArray[np.float32]) -> float:
    """Only where there is sound on both sides: what lies between is no colour."""
    total = power[:, _LOWEST_BIN:].sum(axis=1)
    if len(total) <= _COLOUR_FRAMES:
        return 0.0
    sounding = total > 10**-2 * np.percentile(total, 95)
    pairs = [(_BAND_EDGES[k], _BAND_EDGES[k + 1]) for k in range(len(_BAND_EDGES) - 1)]
    parts = np.stack([power[:, a:b].sum(axis=1) for a, b in pairs], axis=1)
    bands = np.log(parts + _COLOUR_FLOOR * total[:, None] + _TINY)
    shape = bands - bands.mean(axis=1, keepdims=True)
    change = np.abs(shape[_COLOUR_FRAMES:] - shape[:-_COLOUR_FRAMES]).mean(axis=1)
    both = sounding[_COLOUR_FRAMES:] & sounding[:-_COLOUR_FRAMES]
    return float(np.mean(change[both])) if both.any() else 0.0


def _left_over(line: Pitches, power: NDArray[np.float32]) -> tuple[float, float]:
    """Share of all power at the harmonics of the line, and the strongest peak beside them."""
    voiced = np.flatnonzero(np.isfinite(line))
    heard = power[:, _LOWEST_BIN:]
    everything = float(heard.sum(dtype=np.float64))
    if not len(voiced) or everything <= 0.0:
        return 0.0, 1.0
    spacing = 440 * 2 ** ((line[voiced].astype(np.float64) - 69) / 12) / BIN_HZ
    bins = np.arange(_LOWEST_BIN, power.shape[1])
    harmonic = np.maximum(1, np.round(bins[None, :] / spacing[:, None]))
    beside = np.abs(bins[None, :] - harmonic * spacing[:, None]) > _LOBE
    sung = heard[voiced]
    strange = np.where(beside, sung, np.float32(0))
    explained = float((sung - strange).sum(dtype=np.float64)) / everything
    sounding = sung.sum(axis=1) > 10**-2 * np.percentile(heard.sum(axis=1), 95)
    if not sounding.any():
        return explained, 1.0
    share = strange[sounding].max(axis=1) / (sung[sounding].max(axis=1) + _TINY)
    return explained, float(np.median(share))
