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


def write_junk(path: Path) -> Path:
    """Bytes that no decoder takes for music."""
    path.write_bytes(bytes(range(256)) * 40)
    return path
