"""Synthetic people: four engines, each in several accents, paces and pitches."""

import hashlib
import json
import shutil
import subprocess
import tempfile
import wave
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias

import numpy as np

from evals.errors import EvaluationImpossible
from evals.hearing.folders import piper_voice
from evals.recognition.resampling import resampled, to_pcm, to_signal
from voice.audio import HEARING_RATE_HZ, SPEAKING_RATE_HZ, Samples

Engine: TypeAlias = Literal["hibari", "espeak", "flite", "piper"]
ENGINES: Final[tuple[Engine, ...]] = ("hibari", "flite", "piper", "espeak")
ROBOT: Final[Engine] = "espeak"
"""Speaks by formants, not from recordings of a person: most of its words are lost on Whisper base
also at full precision, so it is reported apart and is no part of the totals."""
_LOUD = 0.01
"""Samples below this share of the peak before and after the words are cut off."""
_MARGIN_S = 0.25
"""Near-silence left around the words, as a microphone leaves it."""
_SPEAK_TIMEOUT_S = 60
_OUT = "OUT.wav"
_NORMAL_WORDS_PER_MINUTE = 150


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker."""

    engine: Engine
    accent: str = ""
    """For espeak-ng and flite: the name of their voice."""
    pace: float = 1.0
    """How fast against the usual speed of the engine."""
    semitones: float = 0.0
    """How much higher, throat and all."""

    @property
    def name(self) -> str:
        """For tables."""
        return " ".join(
            part
            for part in (
                self.engine,
                self.accent,
                f"x{self.pace:g}" if self.pace != 1 else "",
                f"{self.semitones:+g}" if self.semitones else "",
            )
            if part
        )


VOICES: Final[Mapping[str, Mapping[Engine, tuple[Voice, ...]]]] = {
    "dev": {
        "hibari": (
            Voice("hibari"), Voice("hibari", "", 1.15, 1.5), Voice("hibari", "", 0.92, -3),
        ),
        "espeak": (
            Voice("espeak", "en-us"), Voice("espeak", "en-gb", 0.95, 1),
            Voice("espeak", "en-gb-scotland", 1.0), Voice("espeak", "en-us+f3", 1.1),
        ),
        "flite": (Voice("flite", "slt"), Voice("flite", "rms", 0.95, -1)),
        "piper": (
            Voice("piper"), Voice("piper", "", 1.12, 2), Voice("piper", "", 0.9, -1),
        ),
    },
    "test": {
        "hibari": (
            Voice("hibari", "", 1.05), Voice("hibari", "", 1.2, 1), Voice("hibari", "", 0.95, -4),
            Voice("hibari", "", 1.0, -2),
        ),
        "espeak": (
            Voice("espeak", "en-us", 1.05, -1), Voice("espeak", "en-gb", 1.0),
            Voice("espeak", "en-gb-scotland", 0.92, 1), Voice("espeak", "en-gb-x-rp", 1.05),
            Voice("espeak", "en-us+f2", 0.95),
        ),
        "flite": (
            Voice("flite", "slt", 1.05, 1.5), Voice("flite", "rms", 1.0, 2), Voice("flite", "awb"),
        ),
        "piper": (
            Voice("piper", "", 1.05, 1), Voice("piper", "", 0.95, 3), Voice("piper", "", 1.15),
            Voice("piper", "", 1.0, -2),
        ),
    },
}  # fmt: skip
"""Speakers of the requests; those of one split never speak in the other."""

CROWD: Final = (
    Voice("espeak", "en-029", 1.0), Voice("espeak", "en-gb-x-gbclan", 1.1, 2),
    Voice("espeak", "en-gb-x-gbcwmd", 0.95, -1), Voice("espeak", "en-us+m3", 1.15),
    Voice("espeak", "en-gb+f4", 0.9), Voice("hibari", "", 1.1, -6), Voice("hibari", "", 0.9, 4),
    Voice("piper", "", 1.0, 5), Voice("piper", "", 1.1, -5),
)  # fmt: skip
"""Who talks in the background; nobody of them makes requests."""


def spoken(text: str, voice: Voice, folder: Path) -> Samples:
    """`text` in the voice, at 16 kHz, peak 0.5; kept in `folder`.

    Raises:
        EvaluationImpossible: the engine of the voice is not installed.
    """
    key = hashlib.sha256(json.dumps([text, *astuple(voice)]).encode()).hexdigest()[:20]
    path = folder / "spoken" / f"{key}.npy"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, _framed(_SPEAK[voice.engine](text, voice)))
    return to_signal(np.load(path))


def _write(path: Path, samples: Samples) -> None:
    """A kill leaves no half file behind."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        np.save(file, to_pcm(samples))
    Path(file.name).replace(path)


def _framed(samples: Samples) -> Samples:
    peak = float(np.abs(samples).max(initial=0.0)) + 1e-9
    loud = np.flatnonzero(np.abs(samples) > _LOUD * peak)
    margin = np.zeros(round(_MARGIN_S * HEARING_RATE_HZ), np.float32)
    words = samples[loud[0] : loud[-1] + 1] if len(loud) else samples
    framed: Samples = np.concatenate([margin, words * np.float32(0.5 / peak), margin])
    return framed


def _as_voiced(
    speak: Callable[[float], tuple[Samples, int]], pace: float, semitones: float
) -> Samples:
    """Say it slower or faster than wanted, then play it faster or slower: another throat."""
    factor = 2 ** (semitones / 12)
    samples, rate = speak(pace / factor)
    heard: Samples = resampled(samples, round(rate * factor), HEARING_RATE_HZ)
    return heard


def _hibari(text: str, voice: Voice) -> Samples:
    def speak(pace: float) -> tuple[Samples, int]:
        parts = [np.asarray(part, np.float32) for part in _hibari_engine()(text, pace)]
        return np.concatenate(parts), SPEAKING_RATE_HZ

    return _as_voiced(speak, voice.pace, voice.semitones)


@cache
def _hibari_engine() -> Callable[[str, float], list[Samples]]:
    from hibari import Hibari  # noqa: PLC0415  half a second

    engine = Hibari(voice="heart")
    return lambda text, pace: list(engine.stream(text, speed=pace, seed=1))


def _piper(text: str, voice: Voice) -> Samples:
    def speak(pace: float) -> tuple[Samples, int]:
        return _piper_engine()(text, pace)

    return _as_voiced(speak, voice.pace, voice.semitones)


@cache
def _piper_engine() -> Callable[[str, float], tuple[Samples, int]]:
    path = piper_voice()
    from piper import PiperVoice, SynthesisConfig  # noqa: PLC0415  optional

    engine = PiperVoice.load(path)

    def speak(text: str, pace: float) -> tuple[Samples, int]:
        chunks = list(engine.synthesize(text, SynthesisConfig(length_scale=1 / pace)))
        return np.concatenate([one.audio_float_array for one in chunks]), chunks[0].sample_rate

    return speak


def _espeak(text: str, voice: Voice) -> Samples:
    def speak(pace: float) -> tuple[Samples, int]:
        speed = str(round(_NORMAL_WORDS_PER_MINUTE * pace))
        accent = voice.accent or "en"
        return _by_program(["espeak-ng", "-v", accent, "-s", speed, "-w", _OUT, "--", text])

    return _as_voiced(speak, voice.pace, voice.semitones)


def _flite(text: str, voice: Voice) -> Samples:
    def speak(pace: float) -> tuple[Samples, int]:
        stretch = f"duration_stretch={1 / pace:.3f}"
        return _by_program(
            ["flite", "-voice", voice.accent, "--setf", stretch, "-t", text, "-o", _OUT]
        )

    return _as_voiced(speak, voice.pace, voice.semitones)


def _by_program(command: Sequence[str]) -> tuple[Samples, int]:
    """Let a program speak into a file; `_OUT` stands for its name."""
    if shutil.which(command[0]) is None:
        raise EvaluationImpossible(
            f"One of the voices needs the program {command[0]} (apt install {command[0]})."
        )
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
        path = Path(folder) / "speech.wav"
        filled = [str(path) if one == _OUT else one for one in command]
        subprocess.run(filled, check=True, capture_output=True, timeout=_SPEAK_TIMEOUT_S)
        with wave.open(str(path)) as file:
            pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2")
            return to_signal(pcm.astype(np.int16)), file.getframerate()


_SPEAK: Mapping[Engine, Callable[[str, Voice], Samples]] = {
    "hibari": _hibari,
    "espeak": _espeak,
    "flite": _flite,
    "piper": _piper,
}
