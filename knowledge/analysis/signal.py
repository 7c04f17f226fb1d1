"""The analyser "signal/2": one decode, and all that can be said from the signal by arithmetic."""

import math
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.energy import energy
from knowledge.analysis.frames import RATE, FrameMeter, Frames
from knowledge.analysis.loudness import STEP_S
from knowledge.analysis.onsets import onset_times
from knowledge.analysis.spectrum import Spectrum
from knowledge.analysis.tempo import Tempo, tempi_in
from knowledge.audio.decoder import Samples, decode
from knowledge.models import AudioFeatures, Segment

ANALYSER = "signal/2"
"""Raise the number when results change: tracks are then analysed again."""
SEGMENT_S = 45.0
_SHORTEST_S = 15.0
"""A shorter rest at the end joins the segment before it."""
_QUIETEST_DB = -100.0


def analyse(path: Path) -> AudioFeatures:
    """Describe the recording in `path`, as a whole and for each 45 seconds.

    Raises:
        UnreadableAudio: see `knowledge.audio.decoder.decode`.
    """
    meter = SignalMeter()
    for block, _ in decode(path, sample_rate=RATE, channels=2):
        meter.add(block)
    return meter.finish()


class SignalMeter:
    """Describes one recording, block by block, where nothing else is asked of it."""

    def __init__(self) -> None:
        self._frames = FrameMeter(tonal=False)

    def add(self, block: Samples) -> None:
        """Hear the next block: stereo at `RATE`, shape (2, n)."""
        self._frames.add(block)

    def finish(self) -> AudioFeatures:
        """Describe all that was heard, as a whole and for each 45 seconds."""
        return features_of(self._frames.finish())


def features_of(frames: Frames) -> AudioFeatures:
    """Describe a recording, as a whole and for each 45 seconds."""
    measured = frames.spectrum
    onsets = onset_times(measured.rise_db, measured.frames_per_s)
    bounds = segment_bounds(frames.duration_s)
    tempi = tempi_in(measured, bounds)
    segments = tuple(
        _segment(index, bounds[index], measured, frames.plain_power, onsets, tempi.part(index))
        for index in range(len(bounds))
    )
    lengths = np.array([end - start for start, end in bounds])
    whole = tempi.best
    return AudioFeatures(
        analyser=ANALYSER,
        loudness_lufs=round(frames.loudness_lufs, 2),
        peak=round(frames.peak, 5),
        energy=round(float(np.average([s.energy for s in segments], weights=lengths)), 4),
        tempo_bpm=whole.bpm,
        tempo_confidence=whole.confidence,
        segments=segments,
    )


def segment_bounds(duration_s: float) -> tuple[tuple[float, float], ...]:
    """Cut a length into segments of 45 s; a rest of less than 15 s joins the last."""
    cuts = [float(start) for start in np.arange(0.0, max(duration_s, 0.001), SEGMENT_S)]
    if len(cuts) > 1 and duration_s - cuts[-1] < _SHORTEST_S:
        cuts.pop()
    return tuple(pairwise([*cuts, duration_s]))


def _segment(
    index: int,
    bounds: tuple[float, float],
    measured: Spectrum,
    power: NDArray[np.float64],
    onsets: NDArray[np.float64],
    tempo: Tempo,
) -> Segment:
    start_s, end_s = bounds
    rate = measured.frames_per_s
    mean_power = float(_mean(_between(power, start_s, end_s, 1 / STEP_S)))
    loudness_db = max(10 * math.log10(mean_power), _QUIETEST_DB) if mean_power > 0 else _QUIETEST_DB
    magnitude = float(_between(measured.magnitude, start_s, end_s, rate).sum())
    moment = float(_between(measured.moment_hz, start_s, end_s, rate).sum())
    brightness_hz = moment / magnitude if magnitude > 0 else 0.0
    count = int(((onsets >= start_s) & (onsets < end_s)).sum())
    onset_rate_hz = count / max(end_s - start_s, 1.0)
    flux_db = float(_mean(_between(measured.rise_db, start_s, end_s, rate)))
    return Segment(
        index=index,
        start_s=round(start_s, 3),
        end_s=round(end_s, 3),
        loudness_db=round(loudness_db, 2),
        energy=round(
            energy(
                loudness_db=loudness_db,
                brightness_hz=brightness_hz,
                onset_rate_hz=onset_rate_hz,
                flux_db=flux_db,
            ),
            4,
        ),
        brightness_hz=round(brightness_hz, 1),
        onset_rate_hz=round(onset_rate_hz, 3),
        tempo_bpm=tempo.bpm,
        tempo_confidence=tempo.confidence,
    )


def _between(
    values: NDArray[np.floating], start_s: float, end_s: float, per_s: float
) -> NDArray[np.floating]:
    return values[round(start_s * per_s) : round(end_s * per_s)]


def _mean(values: NDArray[np.floating]) -> float:
    return float(values.mean()) if values.size else 0.0
