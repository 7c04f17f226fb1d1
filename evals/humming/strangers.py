"""What a microphone hears that is no hum of any tune: talk, noise, silence, chords, music."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import signal

from evals.analysis.songs import render
from evals.analysis.songs import songs as constructed_songs
from evals.errors import EvaluationImpossible
from evals.hearing.voices import Voice, spoken
from evals.humming.folders import cache_folder
from evals.humming.renders import songs as demo_songs
from evals.humming.renders import stems_of
from evals.humming.surroundings import babble, pink
from knowledge.audio.decoder import decode
from knowledge.demo.sound import SAMPLE_RATE
from knowledge.melody.models import Samples

RATE_HZ: Final = 16_000
_SPEECH = Path(__file__).parents[3] / "shared" / "data" / "speech"
_SENTENCES: Final = (
    (
        "Could you put on something quiet while I cook, and turn it down when the phone rings? "
        "My sister is coming at seven, and she never likes it loud."
    ),
    (
        "I heard it in the car this morning, a woman sang it, quite slow, with a piano, and now "
        "it is stuck in my head and I cannot remember a single word of it."
    ),
    (
        "Next week we are going to the lake for three days, so somebody has to water the plants, "
        "and the neighbour said that he would look after the cat."
    ),
    (
        "What was that song they played at the end of the film, when he walks back to the house "
        "and everything is covered in snow?"
    ),
)
_VOICES: Final = (
    Voice("flite", "slt"), Voice("espeak", "en-us"), Voice("hibari"), Voice("flite", "awb"),
    Voice("hibari", "", 0.95, -4), Voice("espeak", "en-gb", 0.95), Voice("flite", "rms", 1.0, 2),
    Voice("hibari", "", 1.1, 2), Voice("espeak", "en-us+f3", 1.1),
)  # fmt: skip
_LENGTH_S = 10
_FEW = 4
_COLOURS = {"white": 0.0, "pink": -1.0, "brown": -2.0, "blue": 1.0}


@dataclass(frozen=True, slots=True, eq=False)
class Stranger:
    """A sound that holds no tune of the library."""

    group: str
    name: str
    samples: Samples
    """Mono at `RATE_HZ`."""


def strangers(each: int) -> Iterator[Stranger]:
    """`each` sounds of every group; real people talking where the recordings are there."""
    yield from itertools.islice(_voices(), each)
    yield from itertools.islice(_people(), each)
    yield from itertools.islice(_noises(), each)
    yield from itertools.islice(_silences(), max(2, each // 3))
    yield from itertools.islice(_chords(), each)
    bands = each // 2 if each >= _FEW else 0  # rendering takes seconds each
    yield from itertools.islice(_music(), bands)
    yield from itertools.islice(_bands(), bands)


def absent_engines() -> list[str]:
    """Which synthetic voices are not installed here."""
    missing = set()
    for voice in _VOICES:
        try:
            spoken(_SENTENCES[0], voice, cache_folder())
        except (EvaluationImpossible, ImportError):
            missing.add(voice.engine)
    return sorted(missing)


def _voices() -> Iterator[Stranger]:
    for sentence, voice in itertools.product(_SENTENCES, _VOICES):
        try:
            speech = spoken(sentence, voice, cache_folder())
        except (EvaluationImpossible, ImportError):
            continue
        yield Stranger("speech", voice.name, speech[: 14 * RATE_HZ])


def _people() -> Iterator[Stranger]:
    """Real people, a few orders of one after the other until there are some ten seconds."""
    index = _SPEECH / "commands.jsonl"
    if not index.is_file():
        return
    rows = [json.loads(line) for line in index.read_text("utf-8").splitlines()]
    files = [_SPEECH / str(row.get("file", row.get("audio", ""))) for row in rows]
    run: list[Samples] = []
    for number, path in enumerate(path for path in files if path.is_file()):
        run.append(_read(path))
        if sum(map(len, run)) > 8 * RATE_HZ:
            yield Stranger("people", f"commands up to {number}", np.concatenate(run))
            run = []


def _noises() -> Iterator[Stranger]:
    for turn in itertools.count():
        random = np.random.default_rng((turn, 5))
        count = _LENGTH_S * RATE_HZ
        for name, slope in _COLOURS.items():
            spectrum = np.fft.rfft(random.standard_normal(count))
            hertz = np.maximum(np.fft.rfftfreq(count, 1 / RATE_HZ), 40.0)
            noise = np.fft.irfft(spectrum * hertz ** (slope / 2), count)
            yield Stranger("noise", name, _at(noise, random.uniform(0.02, 0.3)))
        yield Stranger("noise", "babble", _at(babble(count, RATE_HZ, random), 0.1))
        mains = sum(np.sin(np.arange(count) * 2 * np.pi * 50 * k / RATE_HZ) / k for k in (1, 2, 3))
        buzz = mains + 0.3 * pink(count, RATE_HZ, random)
        yield Stranger("noise", "mains", _at(np.asarray(buzz), 0.05))
        gusts = np.interp(np.arange(count), np.linspace(0, count, 24), random.uniform(0, 1, 24))
        yield Stranger("noise", "gusts", _at(pink(count, RATE_HZ, random) * gusts, 0.15))


def _silences() -> Iterator[Stranger]:
    for turn in itertools.count():
        random = np.random.default_rng((turn, 6))
        count = (4 + 2 * turn) * RATE_HZ
        level = 0.0 if turn == 0 else 10 ** random.uniform(-5, -3)
        hiss = pink(count, RATE_HZ, random) * level
        yield Stranger("silence", f"{level:.1e}", hiss.astype(np.float32))


def _chords() -> Iterator[Stranger]:
    """Somebody strums: triads and sevenths, some plucked and some held, no melody on top."""
    shapes = ((0, 4, 7, 12), (0, 3, 7, 12), (0, 4, 7, 10), (0, 5, 7, 12), (0, 3, 7, 10))
    for turn in itertools.count():
        random = np.random.default_rng((turn, 7))
        sound = np.zeros(_LENGTH_S * RATE_HZ)
        chord_s = float(random.uniform(0.8, 2.4))
        decay_s = float(random.choice([0.5, 1.5, 20.0]))
        for number in range(int(_LENGTH_S / chord_s)):
            root = int(random.choice([0, 5, 7, 9, 2])) + 45 + turn % 7
            for step in (*shapes[int(random.integers(len(shapes)))], -12):
                begin = int((number * chord_s + random.uniform(0, 0.03)) * RATE_HZ)
                time = np.arange(min(len(sound) - begin, int(chord_s * RATE_HZ))) / RATE_HZ
                hertz = 440 * 2 ** ((root + step - 69) / 12)
                tone = sum(
                    np.sin(2 * np.pi * k * hertz * time + random.uniform(0, 6)) / k**1.3
                    for k in range(1, 7)
                )
                sound[begin : begin + len(time)] += tone * np.exp(-time / decay_s)
        yield Stranger("chords", f"strum {turn}", _at(sound, 0.1))


def _music() -> Iterator[Stranger]:
    """Bands that play tunes which nobody knows."""
    for song in constructed_songs("test", 42):
        path = cache_folder() / "strangers" / f"{song.name}.npy"
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            sound = render(song, longest_s=30.0).sound.mean(axis=0)
            lower = signal.resample_poly(sound, 160, SAMPLE_RATE * 160 // RATE_HZ)
            np.save(path, lower[15 * RATE_HZ : 27 * RATE_HZ].astype(np.float32))
        yield Stranger("music", song.style, np.load(path))


def _bands() -> Iterator[Stranger]:
    """Bands that play without the tune."""
    for song in demo_songs("dev", 42):
        stems = stems_of(song, cache_folder())
        if stems is not None:
            lower = signal.resample_poly(stems.accompaniment, 320, 441)
            piece = lower[20 * RATE_HZ : 32 * RATE_HZ]
            if np.abs(piece).max() > 0.01:
                yield Stranger("band", song.style, _at(piece, 0.1))


def _read(path: Path) -> Samples:
    return np.concatenate([block[0] for block, _ in decode(path, sample_rate=RATE_HZ, channels=1)])


def _at(sound: NDArray[np.floating], level: float) -> Samples:
    louder = sound * (level / (np.sqrt(np.mean(sound**2)) + 1e-12))
    clipped: Samples = np.clip(louder, -1, 1).astype(np.float32)
    return clipped
