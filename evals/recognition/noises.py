"""Everything that is added to music: noise, talkers and recorded ambience."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from evals.errors import EvaluationImpossible
from evals.recognition.resampling import Signal, to_pcm, to_signal
from evals.recognition.tracks import RATE_HZ
from knowledge.audio.decoder import decode

Random: TypeAlias = np.random.Generator

_SENTENCES = (
    "Have you tried the new place across the river, the one with the green door?",
    "My sister moves on Saturday and I promised to carry the piano.",
    "Two lagers, one ginger beer and a bowl of chips for the table outside, please.",
    "He missed the last train again and slept on a bench at the station.",
    "I would paint the whole kitchen yellow if it were only up to me.",
    "They say it will snow by Thursday, but they said that last week as well.",
)
_VOICES = ("en-us", "en-gb", "en-us+f3", "en-gb+f2", "en-us+m3", "de", "fr-fr", "es")
_SPEEDS = (150, 158, 165, 172, 180, 190)
_PITCHES = (30, 37, 44, 51, 58, 65)
_ANNOUNCEMENTS = (
    "You are listening to the late show, stay with us, there is plenty more after the break.",
    "Coming up in a few minutes, the weather for the weekend and the traffic on the ring road.",
    "That was a request from a listener in Bristol, and this one is for everybody on night shift.",
)
_ANNOUNCERS = (("en-us", 35), ("en-gb+f2", 55))
_ANNOUNCER_SPEED = 165
_STREAMS = 10
_BABBLE_UNDER_AMBIENCE_DB = 6.0
_FLAT_BELOW_HZ = 20.0
_LOOPS = (
    "supertux-data/usr/share/games/supertux2/sounds/rain.wav",
    "megaglest-data/rain.ogg",
    "megaglest-data/wind.ogg",
    "megaglest-data/night.ogg",
    "megaglest-data/nightime.ogg",
    "flare-game/flare/mods/empyrean_campaign/soundfx/environment/rain.ogg",
    "flare-game/flare/mods/fantasycore/soundfx/environment/wind_loop.ogg",
    "flare-game/flare/mods/fantasycore/soundfx/environment/cave_wind_loop.ogg",
    "flare-game/flare/mods/fantasycore/soundfx/environment/forest_owl_loop.ogg",
)
_LONGEST_LOOP_S = 60


@dataclass(frozen=True, slots=True)
class SoundBank:
    """Recorded and spoken sounds at 44,100 Hz, each at an RMS of 1.

    Attributes:
        utterances: what the crowd says.
        announcements: what is said over the music.
        loops: rain, wind and nights.
    """

    utterances: tuple[Signal, ...]
    announcements: tuple[Signal, ...]
    loops: tuple[Signal, ...]


def load_bank(music: Path, cache: Path) -> SoundBank:
    """Let espeak-ng speak, or read what it said before; read the loops.

    Raises:
        EvaluationImpossible: espeak-ng is not installed, or no loop is there.
    """
    crowd = [
        (text, voice, _SPEEDS[(row + column) % 6], _PITCHES[(2 * row + column) % 6])
        for (row, text), (column, voice) in product(enumerate(_SENTENCES), enumerate(_VOICES))
    ]
    speakers = [
        (text, voice, _ANNOUNCER_SPEED, pitch)
        for text, (voice, pitch) in product(_ANNOUNCEMENTS, _ANNOUNCERS)
    ]
    folder = cache / "speech"
    folder.mkdir(parents=True, exist_ok=True)
    loops = tuple(_loop(music / name) for name in _LOOPS if (music / name).is_file())
    if not loops:
        raise EvaluationImpossible(f"None of the recorded ambience is below {music}.")
    return SoundBank(
        utterances=tuple(_spoken(folder, *how) for how in crowd),
        announcements=tuple(_spoken(folder, *how) for how in speakers),
        loops=loops,
    )


def white(count: int, random: Random) -> NDArray[np.float64]:
    """Gaussian noise."""
    return random.standard_normal(count)


def pink(count: int, random: Random) -> NDArray[np.float64]:
    """Gaussian noise whose power falls with 1/f, flat below 20 Hz."""
    spectrum = np.fft.rfft(random.standard_normal(count))
    frequencies = np.maximum(np.fft.rfftfreq(count, 1 / RATE_HZ), _FLAT_BELOW_HZ)
    noise: NDArray[np.float64] = np.fft.irfft(spectrum / np.sqrt(frequencies), count)
    return noise


def babble(count: int, random: Random, bank: SoundBank) -> NDArray[np.float64]:
    """Ten people at once, each saying one thing after another, gains 0 to -6 dB."""
    crowd = np.zeros(count)
    for _ in range(_STREAMS):
        run: list[Signal] = []
        length = 0
        while length < 2 * count:
            run.append(bank.utterances[int(random.integers(len(bank.utterances)))])
            length += len(run[-1])
        speech = np.concatenate(run)
        start = int(random.integers(length - count))
        crowd += 10 ** (-random.uniform(0, 6) / 20) * speech[start : start + count]
    return crowd


def ambience(count: int, random: Random, bank: SoundBank) -> NDArray[np.float64]:
    """Rain, wind or a night, with a crowd 6 dB under it."""
    loop = bank.loops[int(random.integers(len(bank.loops)))]
    start = int(random.integers(len(loop)))
    scene = np.resize(np.roll(loop, -start), count).astype(np.float64)
    crowd = babble(count, random, bank)
    return scaled(scene, 1.0) + scaled(crowd, 10 ** (-_BABBLE_UNDER_AMBIENCE_DB / 20))


def announcement(count: int, random: Random, bank: SoundBank) -> NDArray[np.float64]:
    """One voice that talks all the time."""
    speech = bank.announcements[int(random.integers(len(bank.announcements)))]
    start = int(random.integers(len(speech)))
    return np.resize(np.roll(speech, -start), count).astype(np.float64)


def rms(samples: NDArray[np.floating]) -> float:
    """Root mean square, never quite 0."""
    return float(np.sqrt(np.mean(np.square(samples, dtype=np.float64)))) + 1e-12


def scaled(samples: NDArray[np.floating], level: float) -> NDArray[np.float64]:
    """Bring samples to an RMS of `level`."""
    louder: NDArray[np.float64] = samples.astype(np.float64) * (level / rms(samples))
    return louder


def mixed(
    music: NDArray[np.float64], noise: NDArray[np.float64], snr_db: float
) -> NDArray[np.float64]:
    """Add noise at a signal-to-noise ratio over the whole clip and the full band."""
    return music + scaled(noise, rms(music) * 10 ** (-snr_db / 20))


def _spoken(folder: Path, text: str, voice: str, speed: int, pitch: int) -> Signal:
    name = hashlib.sha256(json.dumps([text, voice, speed, pitch]).encode()).hexdigest()[:16]
    path = folder / f"{name}.npy"
    if not path.is_file():
        np.save(path, to_pcm(_speak(text, voice, speed, pitch)))
    speech = to_signal(np.load(path))
    return scaled(speech, 1.0).astype(np.float32)


def _speak(text: str, voice: str, speed: int, pitch: int) -> Signal:
    if shutil.which("espeak-ng") is None:
        raise EvaluationImpossible("The talkers need the program espeak-ng.")
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
        path = Path(folder) / "speech.wav"
        options = ["-v", voice, "-s", str(speed), "-p", str(pitch), "-w", str(path)]
        subprocess.run(["espeak-ng", *options, text], check=True, capture_output=True, timeout=60)
        speech = _read(path)
    loud = np.flatnonzero(np.abs(speech) > 1e-3)
    return speech[loud[0] : loud[-1] + 1]


def _loop(path: Path) -> Signal:
    return scaled(_read(path)[: _LONGEST_LOOP_S * RATE_HZ], 1.0).astype(np.float32)


def _read(path: Path) -> Signal:
    blocks = [block[0] for block, _ in decode(path, sample_rate=RATE_HZ, channels=1)]
    return np.concatenate(blocks)
