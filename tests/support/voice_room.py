"""A loudspeaker, a room and a microphone, made of numbers."""

import numpy as np
from numpy.typing import NDArray

from voice.audio import HEARING_RATE_HZ, Samples


def music(seconds: float, seed: int = 0) -> Samples:
    """Noise whose bands rise and fall, as those of music do."""
    random = np.random.default_rng(seed)
    count = round(seconds * HEARING_RATE_HZ)
    spectrum = np.fft.rfft(random.standard_normal(count))
    hz = np.fft.rfftfreq(count, 1 / HEARING_RATE_HZ)
    times = np.arange(count) / HEARING_RATE_HZ
    done = np.zeros(count)
    for low, high in ((80, 300), (300, 800), (800, 2_000), (2_000, 6_000)):
        band = np.fft.irfft(np.where((hz >= low) & (hz < high), spectrum, 0), count)
        beat = random.uniform(0.5, 3.0)
        done += band / band.std() * (0.1 + np.square(np.sin(np.pi * beat * times)))
    return _level(done, 0.1)


def voice(seconds: float, level: float, seed: int = 1) -> Samples:
    """Syllables with a pitch: nothing a reference knows."""
    random = np.random.default_rng(seed)
    times = np.arange(round(seconds * HEARING_RATE_HZ)) / HEARING_RATE_HZ
    pitch = 130 * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * times))
    phase = 2 * np.pi * np.cumsum(pitch) / HEARING_RATE_HZ
    tone = sum(np.sin(n * phase + random.uniform(0, 6)) / n for n in range(1, 25))
    return _level(tone * np.square(np.sin(np.pi * 4 * times)), level)


def heard(
    played: Samples,
    *,
    delay_s: float,
    level: float = 0.05,
    reverberation_s: float = 0.3,
    clipped: bool = True,
    noise: float = 0.0003,
    seed: int = 2,
) -> Samples:
    """What a microphone hears of it: a small loudspeaker, a room, the delay and some noise."""
    random = np.random.default_rng(seed)
    size = 1 << (len(played) + HEARING_RATE_HZ).bit_length()
    hz = np.fft.rfftfreq(size, 1 / HEARING_RATE_HZ)
    small = 1 / (1 + (170 / np.maximum(hz, 1)) ** 4) / (1 + (hz / 6_500) ** 4)
    sound = np.fft.irfft(np.fft.rfft(played, size) * small, size)
    if clipped:
        ceiling = 2.5 * sound.std()
        sound = np.tanh(sound / ceiling) * ceiling
    times = np.arange(round(reverberation_s * HEARING_RATE_HZ)) / HEARING_RATE_HZ
    room = random.standard_normal(len(times)) * 10 ** (-3 * times / reverberation_s)
    room /= np.sqrt(np.square(room).sum())
    room[0] += 1.0
    sound = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(room, size), size)
    late = np.concatenate([np.zeros(round(delay_s * HEARING_RATE_HZ)), sound])[: len(played)]
    return _level(late, level) + (noise * random.standard_normal(len(played))).astype(np.float32)


def power_db(sound: Samples) -> float:
    return 10 * float(np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-20))


def _level(sound: NDArray[np.float64], level: float) -> Samples:
    scaled: Samples = (sound / (sound.std() + 1e-12) * level).astype(np.float32)
    return scaled
