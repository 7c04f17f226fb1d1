"""A living room with music on and people talking, and what it does to a voice."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from evals.hearing.names import Split
from evals.hearing.voices import CROWD, spoken
from evals.recognition.resampling import resampled, to_pcm, to_signal
from voice.audio import HEARING_RATE_HZ, Samples

Wave: TypeAlias = NDArray[np.float64]

CLEAN, ROOM, NOISE_10, NOISE_5 = "clean", "room", "10db", "5db"
CONDITIONS: Final = (CLEAN, ROOM, NOISE_10, NOISE_5)
_SNR_DB: Mapping[str, float] = {NOISE_10: 10.0, NOISE_5: 5.0}

_MUSIC: Mapping[Split, tuple[tuple[str, float], ...]] = {
    "dev": (("Ada Fontaine", 0.0), ("Neon Ferry", 20.0)),
    "test": (("Velvet Kettle Trio", 0.0), ("Ember & Oak", 15.0), ("Coral & the Tidewatchers", 5.0)),
}
"""Whose first recording of the demo library is on, and from where, seconds."""
_MUSIC_S = 40.0
_TALK = {
    "dev": (
        "Did you see the match last night? They should never have let him take the penalty.",
        "I left the umbrella on the bus again, that is the third one this month.",
        "If we take the early train we could be at the beach before ten.",
        "She says the soup needs more salt, but he never listens to anybody.",
        "The neighbours are painting their fence green, of all colours.",
    ),
    "test": (
        "My uncle keeps bees behind the garage, and nobody in the street knows about it.",
        "We could order something and watch the film that you told me about.",
        "The dentist said I have to come back in March, so I cancelled the trip.",
        "No, the blue one, next to the window, under the pile of newspapers.",
        "They have closed the bridge, so everyone drives past our house now.",
        "It was so cold in the office that we all kept our coats on until noon.",
    ),
}
_TALKERS = 4
_T60_S, _DIRECT_DB = (0.2, 0.45), (2.0, 8.0)
_SILENT_S = 0.003
_TAIL_LENGTH = 1.2
_FRAME_S, _VOICED = 0.02, 0.1
"""Frames above this share of the loudest frame's level are speech."""
_MUSIC_SHARE = 0.5
_PEAK = 0.9


@dataclass(frozen=True, slots=True)
class NoiseBank:
    """What is going on in the room, each at an RMS of 1."""

    music: tuple[Samples, ...]
    talkers: tuple[Samples, ...]


def load_bank(split: Split, folder: Path) -> NoiseBank:
    """Render music and let the crowd speak, or read what was made before.

    Raises:
        EvaluationImpossible: a voice is not installed.
    """
    music = tuple(_music(artist, start, folder) for artist, start in _MUSIC[split])
    talkers = tuple(
        _unit(np.concatenate([spoken(text, voice, folder) for text in _TALK[split]]))
        for voice in CROWD
    )
    return NoiseBank(music, talkers)


def _music(artist: str, start_s: float, folder: Path) -> Samples:
    from knowledge.demo.albums import ALBUMS  # noqa: PLC0415  the synthesiser is heavy
    from knowledge.demo.recording import perform  # noqa: PLC0415
    from knowledge.demo.sound import SAMPLE_RATE  # noqa: PLC0415

    recording = next(album for album in ALBUMS if album.artist == artist).discs[0][0]
    key = hashlib.sha256(repr((recording, start_s, _MUSIC_S)).encode()).hexdigest()[:20]
    path = folder / "music" / f"{key}.npy"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        sound = perform(recording).sound.mean(axis=0)
        piece = sound[int(start_s * SAMPLE_RATE) :][: int(_MUSIC_S * SAMPLE_RATE)]
        heard = resampled(piece.astype(np.float32), SAMPLE_RATE, HEARING_RATE_HZ)
        np.save(path, to_pcm(heard / np.float32(np.abs(heard).max() + 1e-9)))
    return _unit(to_signal(np.load(path)))


def spoiled(
    speech: Samples, condition: str, bank: NoiseBank, random: np.random.Generator
) -> Samples:
    """`speech` as a microphone hears it under one of `CONDITIONS`; as long as before."""
    return _SPOIL[condition](speech, bank, random) if condition in _SPOIL else speech


def mixed(speech: Samples, noise: NDArray[np.floating], snr_db: float) -> Samples:
    """Add noise that lies `snr_db` under the level of the speech while somebody speaks."""
    level = speech_rms(speech) * 10 ** (-snr_db / 20)
    both = speech + noise * (level / (float(np.sqrt(np.mean(np.square(noise)))) + 1e-9))
    quieter = min(1.0, _PEAK / (float(np.abs(both).max()) + 1e-9))
    return (both * quieter).astype(np.float32)


def speech_rms(speech: Samples) -> float:
    """Level while somebody speaks: pauses do not count."""
    size = int(_FRAME_S * HEARING_RATE_HZ)
    frames = speech[: len(speech) // size * size].reshape(-1, size)
    levels = np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1))
    loud = levels[levels > _VOICED * levels.max(initial=0.0)]
    return float(np.sqrt(np.mean(np.square(loud)))) if len(loud) else 0.0


def music_and_babble(count: int, bank: NoiseBank, random: np.random.Generator) -> Wave:
    """Music and four people who talk, equally loud."""
    crowd = np.zeros(count)
    for talker in random.choice(len(bank.talkers), _TALKERS, replace=False):
        crowd += 10 ** (-random.uniform(0, 6) / 20) * _cut(bank.talkers[talker], count, random)
    music = _cut(bank.music[int(random.integers(len(bank.music)))], count, random)
    both: Wave = _MUSIC_SHARE * _unit(music) + (1 - _MUSIC_SHARE) * _unit(crowd)
    return both


def room(speech: Samples, random: np.random.Generator) -> Samples:
    """Speech across a small furnished room: T60 of 0.2 to 0.45 s, direct sound 2 to 8 dB above."""
    from scipy.signal import fftconvolve  # noqa: PLC0415  half a second to import

    t60_s, direct_db = random.uniform(*_T60_S), random.uniform(*_DIRECT_DB)
    count = int(_TAIL_LENGTH * t60_s * HEARING_RATE_HZ)
    tail = random.standard_normal(count)
    tail *= np.exp(-np.log(1000) * np.arange(count) / (t60_s * HEARING_RATE_HZ))
    tail[: int(_SILENT_S * HEARING_RATE_HZ)] = 0
    tail *= np.sqrt(10 ** (-direct_db / 10) / np.sum(np.square(tail)))
    tail[0] = 1.0
    heard = fftconvolve(speech, tail)[: len(speech)]
    quieter = min(1.0, _PEAK / (float(np.abs(heard).max()) + 1e-9))
    return np.asarray(heard * quieter, np.float32)


def _noisy(snr_db: float) -> Callable[[Samples, NoiseBank, np.random.Generator], Samples]:
    def spoil(speech: Samples, bank: NoiseBank, random: np.random.Generator) -> Samples:
        return mixed(speech, music_and_babble(len(speech), bank, random), snr_db)

    return spoil


_SPOIL: Mapping[str, Callable[[Samples, NoiseBank, np.random.Generator], Samples]] = {
    ROOM: lambda speech, _bank, random: room(speech, random),
    **{name: _noisy(snr_db) for name, snr_db in _SNR_DB.items()},
}


def _cut(sound: Samples, count: int, random: np.random.Generator) -> Samples:
    cut: Samples = np.resize(np.roll(sound, -int(random.integers(len(sound)))), count)
    return cut


def _unit(sound: NDArray[np.floating]) -> Samples:
    level = float(np.sqrt(np.mean(np.square(sound, dtype=np.float64)))) + 1e-9
    return np.asarray(sound / level, np.float32)
