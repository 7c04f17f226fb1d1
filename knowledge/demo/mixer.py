"""Mixes stems into a finished stereo recording: room, tape, crowd, loudness, limiter."""

from dataclasses import dataclass

import numpy as np
from scipy import ndimage, signal

from knowledge.demo.arrangement import Score
from knowledge.demo.drums import KITS, clap, play_drums
from knowledge.demo.instruments import INSTRUMENTS
from knowledge.demo.loudness import integrated_lufs
from knowledge.demo.sound import SAMPLE_RATE, Audio, add_at, band_noise, pan_gains, samples
from knowledge.demo.style import Style

_CEILING = 0.89
"""Highest peak, -1 dBFS: lossy codecs overshoot a little."""
_INAUDIBLE = 0.004
_FADE_S = 1.5


@dataclass(frozen=True, slots=True)
class Finish:
    """What happens to a recording after the band has played."""

    lufs: float
    """Integrated loudness aimed at."""
    live: bool = False
    """A hall and an audience."""
    brilliance_db: float = 0.0
    """Treble added, as a remaster would."""
    tape: bool = False
    """An old tape: narrow, soft, a little hiss."""


def mix(score: Score, style: Style, finish: Finish, seed: int) -> Audio:
    """Render `score` to stereo (2, n) at SAMPLE_RATE, peak below 0.9."""
    crowd_s = 3.0 if finish.live else 0.0
    length = samples(score.length_s + crowd_s)
    dry = np.zeros((2, length), dtype=np.float32)
    sent = np.zeros((2, length), dtype=np.float32)
    for number, stem in enumerate(score.stems):
        if not stem.hits:
            continue
        sound = INSTRUMENTS[stem.instrument].play(stem.hits, length, seed + number)
        gain = 10 ** (stem.gain_db / 20)
        left, right = pan_gains(stem.pan)
        sound *= np.array([[left * gain], [right * gain]], dtype=np.float32)
        dry += sound
        sent += np.float32(stem.send) * sound
    if style.pump:
        duck = _duck(score, length, style.pump)
        dry *= duck
        sent *= duck
    if score.drums:
        drums = play_drums(list(score.drums), KITS[style.kit], length, seed)
        drums *= np.float32(10 ** (style.drums_gain_db / 20))
        dry += drums
        sent += np.float32(style.drums_send) * drums
    room_s, room_db = (style.room_s + 0.8, style.room_db + 2) if finish.live else (
        style.room_s, style.room_db,
    )  # fmt: skip
    mixed = dry + np.float32(10 ** (room_db / 20)) * _reverberate(sent, room_s, seed)
    mixed = _equalise(mixed, style.warmth_hz or (9000.0 if finish.tape else 0.0), finish)
    mixed *= np.float32(10 ** ((finish.lufs - integrated_lufs(mixed)) / 20))
    if not finish.live:
        mixed = _without_silence(mixed)
    length = mixed.shape[1]
    rng = np.random.default_rng((seed, 7))
    if style.crackle:
        mixed += _crackle(length, style.crackle, rng)
    if finish.tape:
        mixed += np.float32(0.0012) * band_noise(length, 800, 8000, rng)
    if finish.live:
        _add_audience(mixed, score, rng)
    return _fade(_limit(mixed), finish)


def _reverberate(sent: Audio, room_s: float, seed: int) -> Audio:
    """Convolve with a synthetic room: early reflections, then noise whose highs die first."""
    rng = np.random.default_rng((seed, 5))
    length = samples(min(room_s * 1.1, 4.5))
    time = np.arange(length) / SAMPLE_RATE
    wet = np.empty_like(sent)
    middle = 0.5 * (sent[0] + sent[1])
    for channel in range(2):
        impulse = np.zeros(length, dtype=np.float32)
        for low, high, share in ((90, 600, 1.0), (600, 2400, 0.8), (2400, 7000, 0.42)):
            tail = band_noise(length, low, high, rng)
            level = 0.5 if high == 600 else 0.35
            impulse += (
                np.float32(level) * tail * np.exp(-6.9 * time / (room_s * share)).astype(np.float32)
            )
        quiet = samples(0.018)
        impulse[:quiet] = 0
        impulse[quiet : quiet + 800] *= np.linspace(0, 1, 800, dtype=np.float32)
        for _ in range(7):
            impulse[samples(float(rng.uniform(0.007, 0.06)))] += np.float32(rng.uniform(1.5, 4))
        impulse /= np.float32(np.sqrt(np.sum(impulse**2)))
        source = (0.6 * sent[channel] + 0.4 * middle).astype(np.float32)
        wet[channel] = signal.oaconvolve(source, impulse)[: sent.shape[1]]
    return wet


def _equalise(mixed: Audio, warmth_hz: float, finish: Finish) -> Audio:
    """Remove rumble and DC, roll off the top of a tape, lift the treble of a remaster."""
    filters = [signal.butter(3, 28, "highpass", fs=SAMPLE_RATE, output="sos")]
    if warmth_hz:
        filters.append(signal.butter(3, warmth_hz, "lowpass", fs=SAMPLE_RATE, output="sos"))
    out = signal.sosfilt(np.vstack(filters), mixed, axis=1)
    if finish.brilliance_db:
        treble = signal.butter(1, 3500, "highpass", fs=SAMPLE_RATE, output="sos")
        out = out + (10 ** (finish.brilliance_db / 20) - 1) * signal.sosfilt(treble, out, axis=1)
    return np.asarray(out, dtype=np.float32)


def _duck(score: Score, length: int, depth: float) -> Audio:
    """Everything makes room for the kick, as a side-chain compressor would."""
    gain = np.ones(length, dtype=np.float32)
    dip = samples(0.22)
    curve = 1 - depth * np.square(np.linspace(1, 0, dip, dtype=np.float32))
    for hit in score.drums:
        if hit.stroke == "k":
            start = samples(hit.start_s)
            room = gain[start : start + dip]
            np.minimum(room, curve[: room.size], out=room)
    return gain


def _crackle(length: int, level: float, rng: np.random.Generator) -> Audio:
    """Dust on a record: rare soft clicks over a breath of noise."""
    ticks = np.zeros(length, dtype=np.float32)
    places = rng.integers(0, length, int(length / SAMPLE_RATE * 9))
    ticks[places] = rng.exponential(1.0, places.size).astype(np.float32)
    ticks = ndimage.uniform_filter1d(ticks, 5) * 2
    bed = band_noise(length, 300, 4500, rng) * np.float32(0.05)
    sides = np.stack([ticks + bed, np.roll(ticks, 7) * 0.8 + bed])
    return np.asarray(np.float32(level) * sides, dtype=np.float32)


def _add_audience(mixed: Audio, score: Score, rng: np.random.Generator) -> None:
    """Applause that dies down under the first bar and breaks out after the last chord."""
    length = mixed.shape[1]
    murmur = band_noise(length, 200, 1400, rng) * np.float32(0.0025)
    mixed += murmur
    hands = [clap(np.random.default_rng((int(rng.integers(1 << 30)), n))) for n in range(8)]
    ending_s = score.length_s - 2.2
    bursts = [(0.0, 2.6, 130, "falls"), (ending_s, length / SAMPLE_RATE - ending_s, 420, "rises")]
    for begin_s, span_s, count, kind in bursts:
        for _ in range(count):
            place = float(rng.random())
            strength = (1 - place) ** 1.5 if kind == "falls" else min(1.0, place * 4)
            sound = hands[int(rng.integers(len(hands)))] * np.float32(0.05 * strength)
            pan = float(rng.uniform(-1, 1))
            add_at(mixed, samples(begin_s + place * span_s), sound, pan)


def _limit(mixed: Audio) -> Audio:
    """A look-ahead limiter: the gain sinks before a peak and recovers smoothly after it."""
    peak = np.max(np.abs(mixed), axis=0)
    if float(peak.max()) <= _CEILING:
        return mixed
    window = samples(0.005)
    held = ndimage.maximum_filter1d(peak, 2 * window + 1)
    wanted = np.minimum(1.0, _CEILING / np.maximum(held, 1e-6))
    # Smoothed by no more than the window it was held for: the gain never exceeds the wanted one.
    smooth = ndimage.uniform_filter1d(wanted, 2 * window + 1)
    slow = ndimage.uniform_filter1d(
        ndimage.minimum_filter1d(smooth, samples(0.06)), samples(0.06) // 2
    )
    gain = np.minimum(smooth, slow)
    return np.asarray(np.clip(mixed * gain, -_CEILING, _CEILING), dtype=np.float32)


def _without_silence(mixed: Audio) -> Audio:
    """Cut the end off where nothing is left to hear, a second after the last sound."""
    hop = samples(0.05)
    usable = mixed.shape[1] // hop * hop
    level = np.abs(mixed[:, :usable]).max(axis=0).reshape(-1, hop).max(axis=1)
    audible = np.flatnonzero(level > _INAUDIBLE)
    end = (int(audible[-1]) + 1) * hop + samples(1.0)
    return mixed[:, :end]


def _fade(mixed: Audio, finish: Finish) -> Audio:
    first = samples(0.02 if not finish.live else 0.6)
    last = samples(_FADE_S + (1.0 if finish.live else 0.0))
    mixed[:, :first] *= np.linspace(0, 1, first, dtype=np.float32)
    mixed[:, -last:] *= np.square(np.cos(np.linspace(0, np.pi / 2, last, dtype=np.float32)))
    return mixed
