"""Renders composed pieces through fluidsynth and a few effects into small Vorbis files."""

import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import butter, resample_poly, sosfilt

from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.fingerprint.training.composition import Composer
from knowledge.fingerprint.training.midi import midi_file
from knowledge.fingerprint.training.speech import speech_bank

_RENDER_HZ = 2 * RATE_HZ
_GAIN = "0.6"
_SPEECH_FILES = 12
_SPEECH_SEED = 5


def render_piece(seed: int, seconds: float, soundfont: Path) -> Samples:
    """Compose and render piece number `seed`.

    Args:
        seed: chooses the piece.
        seconds: about how long.
        soundfont: a General MIDI sound font.

    Returns:
        Mono samples at RATE_HZ with a peak of 0.9.
    """
    composer = Composer(seed)
    score = composer.compose(seconds)
    rng = np.random.default_rng((seed, 1))
    with tempfile.TemporaryDirectory() as folder:
        midi, wave = Path(folder, "piece.mid"), Path(folder, "piece.wav")
        midi.write_bytes(midi_file(score))
        command = ["fluidsynth", "-q", "-n", "-i", "-g", _GAIN, "-r", str(_RENDER_HZ)]
        command += ["-T", "wav", "-O", "s16", "-F", str(wave), str(soundfont), str(midi)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        stereo, _ = soundfile.read(str(wave), dtype="float32", always_2d=True)
    mono: NDArray[np.float64] = stereo.mean(axis=1)[: int(seconds * 1.2 * _RENDER_HZ)]
    style = composer.style
    if style.drive and rng.random() < 0.7:
        level = float(np.sqrt(np.mean(mono**2))) + 1e-6
        mono = np.tanh(mono / level * style.drive * rng.uniform(0.1, 0.6)) * level
    if rng.random() < style.texture:
        layer = _texture(rng, len(mono))
        balance = rng.uniform(0.15, 0.8) * np.sqrt(np.mean(mono**2) / np.mean(layer**2))
        mono = mono + balance * layer
    samples: Samples = resample_poly(mono, 1, 2).astype(np.float32)
    samples *= 0.9 / (np.abs(samples).max() + 1e-6)
    return samples


def _texture(rng: np.random.Generator, size: int) -> NDArray[np.float64]:
    """A slow synthetic layer: detuned saws, FM drones or swept noise, with a moving filter."""
    result = np.zeros(size)
    position = 0
    while position < size:
        length = min(size - position, int(rng.uniform(0.5, 8.0) * _RENDER_HZ))
        t = np.arange(length) / _RENDER_HZ
        kind = rng.integers(3)
        base = 55 * 2 ** (rng.integers(0, 40) / 12)
        if kind == 0:
            layer = np.zeros(length)
            for step in rng.choice([0, 3, 4, 5, 7, 10, 12, 15, 19], 3, replace=False):
                frequency = base * 2 ** (step / 12) * rng.uniform(0.995, 1.005)
                layer += 2 * ((t * frequency + rng.random()) % 1.0) - 1
        elif kind == 1:
            index = rng.uniform(0.5, 6.0) * (1 + 0.8 * np.sin(2 * np.pi * rng.uniform(0.1, 4) * t))
            ratio = float(rng.choice([0.5, 1.0, 1.5, 2.0, 3.0, 1.41, 2.76]))
            layer = np.sin(2 * np.pi * base * t + index * np.sin(2 * np.pi * base * ratio * t))
        else:
            layer = rng.standard_normal(length)
        low = float(np.exp(rng.uniform(np.log(80), np.log(1500))))
        high = min(0.45 * _RENDER_HZ, low * float(rng.uniform(1.5, 12)))
        layer = sosfilt(butter(2, [low, high], "bandpass", fs=_RENDER_HZ, output="sos"), layer)
        layer /= np.sqrt(np.mean(layer**2)) + 1e-9
        rate, depth = rng.uniform(0.1, 6.0), rng.uniform(0.0, 0.9)
        layer *= 1 - depth * (0.5 + 0.5 * np.sin(2 * np.pi * rate * t))
        ramp = min(length // 2, int(rng.uniform(0.005, 0.5) * _RENDER_HZ)) + 1
        layer[:ramp] *= np.linspace(0, 1, ramp)
        layer[-ramp:] *= np.linspace(1, 0, ramp)
        result[position : position + length] += layer
        position += length
    return result


def render_all(
    data: Path,
    numbers: Iterable[int],
    seconds: float,
    soundfont: Path,
    report: Callable[[str], None],
) -> tuple[list[Path], list[Path]]:
    """Render the pieces and the speech that `data` does not hold yet.

    Args:
        data: folder for the files.
        numbers: of the pieces.
        seconds: about how long each is.
        soundfont: a General MIDI sound font.
        report: told how it goes.

    Returns:
        Files of music and files of speech, in order.
    """
    music, speech = data / "music", data / "speech"
    music.mkdir(parents=True, exist_ok=True)
    speech.mkdir(parents=True, exist_ok=True)
    pieces = [music / f"{number:05d}.ogg" for number in numbers]
    for number, path in zip(numbers, pieces, strict=True):
        if not path.exists():
            _write_whole(path, render_piece(number, seconds, soundfont))
            report(f"rendered {path.name}")
    files = [speech / f"{number:02d}.ogg" for number in range(_SPEECH_FILES)]
    if not all(path.exists() for path in files):
        bank = speech_bank(_SPEECH_SEED)
        np.random.default_rng(_SPEECH_SEED).shuffle(bank)
        for number, path in enumerate(files):
            _write_whole(path, np.concatenate(bank[number::_SPEECH_FILES]))
    return pieces, files


def _write_whole(path: Path, samples: Samples) -> None:
    partial = path.with_suffix(".part")
    write_vorbis(partial, samples)
    partial.replace(path)


def write_vorbis(path: Path, samples: Samples, *, compression: float = 1.0) -> None:
    """Write mono samples at RATE_HZ as Vorbis; compression 0 (best) to 1 (smallest)."""
    with soundfile.SoundFile(
        str(path), "w", RATE_HZ, 1, format="OGG", subtype="VORBIS", compression_level=compression
    ) as file:
        # libsndfile's Vorbis encoder overflows its stack on very large writes.
        for start in range(0, len(samples), RATE_HZ):
            file.write(samples[start : start + RATE_HZ])
