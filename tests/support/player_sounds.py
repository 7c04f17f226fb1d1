"""Small sound files, and files that only claim to be."""

import wave
from pathlib import Path

import numpy as np

SAMPLE_RATE = 22_050


def write_tone(path: Path, seconds: float, hertz: float = 440.0, level: float = 0.3) -> Path:
    """A sine as a WAV file."""
    times = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    samples = (level * 32767 * np.sin(2 * np.pi * hertz * times)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.tobytes())
    return path


def write_steps(path: Path, seconds: int, first_hertz: float = 400.0, step: float = 100.0) -> Path:
    """A tone that is higher each second, so that its pitch tells the place in it."""
    times = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    tones = [np.sin(2 * np.pi * (first_hertz + step * second) * times) for second in range(seconds)]
    samples = (0.3 * 32767 * np.concatenate(tones)).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(samples.tobytes())
    return path


def write_junk(path: Path) -> Path:
    """Bytes that no decoder takes for music."""
    path.write_bytes(bytes(range(256)) * 40)
    return path
