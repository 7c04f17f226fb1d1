"""Clicks of any tempo, steady and changing: what no music can be an excuse for."""

import numpy as np

from evals.analysis.listening import hear
from evals.analysis.scoring import beats_f, tempo_right
from evals.analysis.songs import FASTEST_BPM, SLOWEST_BPM
from evals.evaluation import Progress, each
from knowledge.analysis.frames import RATE
from knowledge.demo.sound import Audio

_TEMPI, _QUICK_TEMPI = 44, 4
_SECONDS = 30.0
_RAMPS = ((90.0, 110.0), (128.0, 112.0), (75.0, 92.0), (150.0, 170.0))


def click_metrics(progress: Progress, *, quick: bool) -> dict[str, float]:
    """Return how many click tempi are right, and how well beats follow a ramp."""
    tempi = np.linspace(SLOWEST_BPM, FASTEST_BPM, _QUICK_TEMPI if quick else _TEMPI)
    right = []
    for bpm in each(progress, "clicks", [round(float(bpm), 1) for bpm in tempi]):
        tempo = hear(clicks(_beats(bpm, bpm, _SECONDS))).whole.tempo
        right.append(tempo_right(tempo.bpm if tempo else None, bpm))
    followed = []
    for first_bpm, last_bpm in each(progress, "ramps", _RAMPS[: 1 if quick else None]):
        beats = _beats(first_bpm, last_bpm, 2 * _SECONDS)
        followed.append(beats_f(hear(clicks(beats)).beats_s.tolist(), beats))
    return {"tempo.clicks": float(np.mean(right)), "beats.ramps": float(np.mean(followed))}


def _beats(first_bpm: float, last_bpm: float, seconds: float) -> list[float]:
    """Times of beats while the tempo goes evenly from one to the other."""
    time = np.linspace(0, seconds, round(seconds * 1000))
    tempo = first_bpm + (last_bpm - first_bpm) * time / seconds
    count = np.concatenate(([0.0], np.cumsum((tempo[1:] + tempo[:-1]) / 2 * np.diff(time) / 60)))
    beats: list[float] = np.interp(np.arange(int(count[-1])), count, time).tolist()
    return beats


def clicks(beats_s: list[float]) -> Audio:
    """Short strokes of a woodblock at these times."""
    stroke_s = np.arange(round(0.05 * RATE)) / RATE
    stroke = 0.5 * np.sin(2 * np.pi * 880 * stroke_s) * np.exp(-stroke_s * 80)
    mono = np.zeros(round((beats_s[-1] + 1) * RATE))
    for beat in beats_s:
        start = round(beat * RATE)
        mono[start : start + stroke.size] += stroke
    return np.stack((mono, mono)).astype(np.float32)
