"""Songs in several performances each, by our demo bands and by MIDI; rendered once into a cache."""

import hashlib
import random
import shutil
import subprocess
import tempfile
import wave
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

import numpy as np

from evals.composed import compose, hire, midi
from evals.evaluation import Progress, each
from evals.recognition.resampling import ENGINE_RATE_HZ, to_engine_rate, to_pcm
from evals.recognition.tracks import Pcm
from knowledge.demo.albums import ALBUMS
from knowledge.demo.discography import Recording, placed
from knowledge.demo.notation import all_tunes
from knowledge.demo.recording import perform
from knowledge.demo.sound import SAMPLE_RATE

Part: TypeAlias = Literal["dev", "test"]

_SOUND_FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")
_LONGEST_S = 150
_SEED = 4711
_TEMPI = (0.78, 1.28)
_KEYS = tuple(range(-5, 7))
_RENDERING = 1
"""Raise it when the same plan sounds different: the cache is then made anew."""


@dataclass(frozen=True, slots=True)
class Song:
    """One song.

    Attributes:
        key: its name.
        kind: "tune" for the demo bands, "composed" for MIDI.
        recordings: of its performances, the one that is indexed first.
    """

    key: str
    kind: str
    recordings: tuple[Pcm, ...]


def can_play_midi() -> bool:
    """Whether fluidsynth and its sound font are installed."""
    return shutil.which("fluidsynth") is not None and _SOUND_FONT.is_file()


def songs(
    part: Part, cache: Path, progress: Progress, *, tunes: int, composed: int, performances: int
) -> tuple[Song, ...]:
    """Render songs, unless they are in the cache; the two parts have none in common.

    Args:
        part: "test" is what is reported; nothing may be tuned on it.
        cache: where recordings are kept.
        progress: told how far it is.
        tunes: the most songs of the demo bands.
        composed: how many composed songs; none without fluidsynth.
        performances: of each song.
    """
    folder = cache / "versions"
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    planned = _planned(part, performances)[:tunes]
    for name, plans in each(progress, "playing tunes", planned):
        found.append(Song(name, "tune", tuple(_performed(plan, folder) for plan in plans)))
    seeds = range(composed) if part == "test" else range(50_000, 50_000 + composed)
    if can_play_midi():
        for seed in each(progress, "playing composed songs", seeds):
            recordings = tuple(_played(seed, number, folder) for number in range(performances))
            found.append(Song(f"composed {seed}", "composed", recordings))
    return tuple(found)


def _planned(part: Part, performances: int) -> list[tuple[str, tuple[Recording, ...]]]:
    """Which bands play which tunes: styles of the same metre, other keys and tempi."""
    tunes = all_tunes()
    usual: dict[str, Recording] = {}
    styles: dict[tuple[object, object], set[str]] = defaultdict(set)
    for one in placed(ALBUMS):
        tune = tunes[one.recording.tune]
        usual.setdefault(tune.name, one.recording)
        styles[tune.bar, tune.pulse].add(one.recording.style)
    plans = []
    for number, name in enumerate(sorted(usual)):
        if (number % 2 == 0) != (part == "dev"):
            continue
        dice = random.Random(f"{_SEED} {name}")
        tune, first = tunes[name], usual[name]
        others = sorted(styles[tune.bar, tune.pulse] - {first.style})
        if len(others) < performances - 1:
            continue
        covers = tuple(
            Recording(
                title=first.title,
                tune=name,
                style=style,
                tempo_bpm=first.tempo_bpm * dice.uniform(*_TEMPI),
                moods=(),
                energy=0.5,
                suffix="wav",
                form=first.form,
                transpose=dice.choice(_KEYS),
                live=dice.random() < 0.3,
            )
            for style in dice.sample(others, performances - 1)
        )
        plans.append((name, (first, *covers)))
    random.Random(_SEED).shuffle(plans)
    return plans


def _performed(plan: Recording, folder: Path) -> Pcm:
    path = folder / f"{_digest(plan)}.npy"
    if not path.is_file():
        mono = perform(plan).sound.mean(axis=0)[: _LONGEST_S * SAMPLE_RATE]
        np.save(path, to_pcm(to_engine_rate(mono.astype(np.float32), SAMPLE_RATE)))
    return _load(path)


def _played(seed: int, number: int, folder: Path) -> Pcm:
    notes = midi(compose(seed), hire(seed, number))
    path = folder / f"{_digest(notes)}.npy"
    if not path.is_file():
        with tempfile.TemporaryDirectory(prefix="refrain-eval-") as place:
            score, sound = Path(place) / "score.mid", Path(place) / "sound.wav"
            score.write_bytes(notes)
            rate = str(2 * ENGINE_RATE_HZ)
            command = ("fluidsynth", "-niq", "-r", rate, "-g", "0.5", "-O", "s16", "-T", "wav")
            subprocess.run(
                (*command, "-F", str(sound), str(_SOUND_FONT), str(score)),
                check=True,
                capture_output=True,
                timeout=120,
            )
            with wave.open(str(sound), "rb") as file:
                frames = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        mono = (frames.reshape(-1, 2).mean(axis=1) / 32_768).astype(np.float32)
        mono = mono[: _LONGEST_S * 2 * ENGINE_RATE_HZ]
        mono *= np.float32(0.5 / max(1e-3, float(np.abs(mono).max(initial=0))))
        np.save(path, to_pcm(to_engine_rate(mono, 2 * ENGINE_RATE_HZ)))
    return _load(path)


def _digest(plan: object) -> str:
    return hashlib.sha256(f"{_RENDERING} {plan!r}".encode()).hexdigest()[:24]


def _load(path: Path) -> Pcm:
    recording: Pcm = np.load(path, mmap_mode="r")
    return recording


def names(found: Sequence[Song]) -> tuple[str, ...]:
    """Return the songs' names."""
    return tuple(song.key for song in found)
