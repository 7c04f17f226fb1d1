"""From signal numbers and auto-tags to axes such as energy and danceability, each with confidence.

Nothing here is trained. Each head is arithmetic that anybody can read: it weighs what speaks for a
property against what speaks against it. The weights are judgement, not fitted to any labels, for
there are none whose licence would allow it. Use the values to rank inside a library. The
confidences are about as high as the correlation of such values with known truth or an independent
model; MODEL_CARD.md has the figures.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.analysis.sound import Axis, KeyHeard, Measured, TempoHeard
from knowledge.analysis.tag_evidence import (
    ACOUSTIC,
    BRIGHT_MOOD,
    DANCEABLE,
    ENERGETIC,
    SUNG,
    weigh,
)

_INAUDIBLE_LUFS = -60.0
_LOUDNESS_LUFS = (-40.0, -5.0)
_BRIGHTNESS_HZ = (400.0, 5000.0)
_DYNAMICS_DB = (0.0, 20.0)
_DANCE_BPM = 118.0
"""Most danced-to music is near it (Duman 2022: 100 to 130)."""
_DANCE_OCTAVES = 0.45
_STEADY = 0.6
"""A pulse this sure is as steady as a machine's."""
_ONSETS_HZ = (0.5, 5.0)


@dataclass(frozen=True, slots=True)
class Signal:
    """What arithmetic says of a stretch of music."""

    loudness_lufs: float
    """Gated loudness."""
    range_db: float
    """Loudness range: see `knowledge.analysis.dynamics`."""
    energy: float
    """0 to 1, of the signal alone: see `knowledge.analysis.energy`."""
    brightness_hz: float
    """Spectral centroid."""
    onset_rate_hz: float
    """Note onsets per second."""
    tempo: TempoHeard | None = None
    key: KeyHeard | None = None


def axes_of(
    signal: Signal, tags: Mapping[str, float], *, opinion: Mapping[Axis, float] | None = None
) -> dict[Axis, Measured]:
    """Judge a stretch of music on every axis that can be judged.

    Args:
        signal: the numbers.
        tags: probability of each of `MusicTagger.tag_names`, or {} where nothing was tagged. Then
            vocals, instrumentalness and acousticness are left out, and the rest is less sure.
        opinion: what another model says, 0 to 1; it is weighed in. See `vibenet`.
    """
    loudness = Measured(_share(signal.loudness_lufs, *_LOUDNESS_LUFS), 1.0)
    if signal.loudness_lufs <= _INAUDIBLE_LUFS:
        return {Axis.ENERGY: Measured(0.0, 0.5), Axis.LOUDNESS: loudness}
    axes = {
        Axis.ENERGY: _energy(signal, tags),
        Axis.VALENCE: _valence(signal, tags),
        Axis.DANCEABILITY: _danceability(signal, tags),
        Axis.BRIGHTNESS: Measured(_logarithmic(signal.brightness_hz, *_BRIGHTNESS_HZ), 0.9),
        Axis.LOUDNESS: loudness,
        Axis.DYNAMICS: Measured(_share(signal.range_db, *_DYNAMICS_DB), 0.8),
    }
    if tags:
        axes[Axis.ACOUSTICNESS] = _acousticness(tags)
        vocals = _vocals(tags)
        axes[Axis.VOCALS] = vocals
        axes[Axis.INSTRUMENTALNESS] = Measured(1 - vocals.value, vocals.confidence)
    for axis, value in (opinion or {}).items():
        axes[axis] = _joined(axes.get(axis), axis, value)
    return {
        axis: Measured(round(found.value, 4), round(found.confidence, 3))
        for axis, found in axes.items()
    }


def _energy(signal: Signal, tags: Mapping[str, float]) -> Measured:
    if not tags:
        return Measured(signal.energy, 0.5)
    said = weigh(tags, ENERGETIC)
    return Measured(0.5 * signal.energy + 0.5 * said.value, 0.6 + 0.2 * said.strength)


def _danceability(signal: Signal, tags: Mapping[str, float]) -> Measured:
    """A steady pulse, at a tempo people dance to, in music of a kind that is danced to."""
    tempo = signal.tempo
    steady = 0.0 if tempo is None else _share(tempo.confidence, 0.0, _STEADY)
    # Half and double are as good a pulse to move to, but less so.
    away = 1.0 if tempo is None else _octaves(tempo.bpm)
    fitting = math.exp(-0.5 * (away / _DANCE_OCTAVES) ** 2)
    busy = _share(signal.onset_rate_hz, *_ONSETS_HZ)
    moving = steady * (0.6 + 0.4 * fitting) * (0.7 + 0.3 * busy)
    if not tags:
        return Measured(moving, 0.4)
    said = weigh(tags, DANCEABLE)
    return Measured(0.4 * moving + 0.6 * said.value, 0.45 + 0.2 * said.strength)


def _octaves(bpm: float) -> float:
    straight = abs(math.log2(max(bpm, 1.0) / _DANCE_BPM))
    return min(straight, abs(straight - 1) + 0.2)


def _valence(signal: Signal, tags: Mapping[str, float]) -> Measured:
    """A hint at most: mode, tempo, brightness and a few tags lean towards a mood."""
    mode = 0.0
    if signal.key is not None:
        mode = (-0.5 if signal.key.minor else 0.5) * min(2 * signal.key.confidence, 1.0)
    pace = 0.0
    if signal.tempo is not None:
        pace = (_logarithmic(signal.tempo.bpm, 60, 160) - 0.5) * signal.tempo.confidence
    light = _logarithmic(signal.brightness_hz, *_BRIGHTNESS_HZ) - 0.5
    lean = 0.5 + 0.4 * mode + 0.3 * pace + 0.2 * light
    if not tags:
        return Measured(_share(lean, 0, 1), 0.1)
    said = weigh(tags, BRIGHT_MOOD)
    return Measured(_share(0.5 * lean + 0.5 * said.value, 0, 1), 0.15 + 0.15 * said.strength)


def _acousticness(tags: Mapping[str, float]) -> Measured:
    said = weigh(tags, ACOUSTIC)
    return Measured(said.value, 0.25 + 0.35 * said.strength)


def _vocals(tags: Mapping[str, float]) -> Measured:
    said = weigh(tags, SUNG)
    return Measured(said.value, 0.25 + 0.35 * said.strength)


_TRUSTED: Mapping[Axis, float] = {
    Axis.ENERGY: 0.7,
    Axis.DANCEABILITY: 0.65,
    Axis.ACOUSTICNESS: 0.65,
    Axis.INSTRUMENTALNESS: 0.7,
    Axis.VALENCE: 0.2,
}
"""How far vibenet's values are trusted: about its correlation with independent values, squared."""


def _joined(own: Measured | None, axis: Axis, value: float) -> Measured:
    """Weigh two opinions by how far each is trusted; where they differ, trust neither fully."""
    trust = _TRUSTED.get(axis, 0.2)
    value = _share(value, 0, 1)
    if own is None:
        return Measured(value, trust)
    mean = (own.value * own.confidence + value * trust) / (own.confidence + trust)
    agreement = 1 - abs(own.value - value)
    return Measured(mean, max(own.confidence, trust) * (0.7 + 0.3 * agreement))


def _share(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)


def _logarithmic(value: float, low: float, high: float) -> float:
    return _share(math.log(max(value, 1e-3)), math.log(low), math.log(high))
