"""What a microphone that waits for its wake word hears: calls, and hours of everything else."""

import hashlib
import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from evals.errors import EvaluationImpossible
from evals.hearing.names import Split
from evals.hearing.voices import CROWD, Voice, spoken
from evals.progress import SilentProgress
from evals.recognition.folders import cache_folder as music_cache
from evals.recognition.folders import music_folder
from evals.recognition.resampling import resampled, to_pcm, to_signal
from evals.recognition.tracks import RATE_HZ, TrackCache
from evals.understanding import OWN_CASES
from knowledge.audio.decoder import decode
from voice.audio import HEARING_RATE_HZ, Samples

_ESPEAK: Mapping[Split, tuple[str, ...]] = {
    "dev": ("en-us", "en-gb", "en-us+f3", "en-gb+f2", "en-gb-scotland", "en-us+m3", "de", "es"),
    "test": (
        "en-us+m1", "en-us+f1", "en-us+f4", "en-gb+m4", "en-gb+f5", "en-gb-x-rp", "en-gb-x-gbclan",
        "en-us+m7", "nl", "it", "sv", "fr-fr",
    ),
}  # fmt: skip
_ESPEAK_PACES: Mapping[Split, tuple[float, ...]] = {"dev": (0.9, 1.1), "test": (0.85, 1.0, 1.2)}
_NEURAL: Mapping[Split, tuple[tuple[float, float], ...]] = {
    "dev": ((1.0, 0), (0.9, 2), (1.1, -2), (1.2, -4), (1.0, 4)),
    "test": (
        (0.8, -1), (0.85, 3), (0.95, 1), (0.95, -3), (1.05, -1), (1.05, 5), (1.15, 1), (1.15, -5),
        (1.25, 2), (1.3, -2),
    ),
}  # fmt: skip
"""Pace and semitones of each speaker that hibari and Piper play."""

WANTED = ("", ", play some jazz", ", what is this song", ", turn it up a little", ", stop")
"""What people say after the wake word."""

NEAR: Final[Mapping[str, tuple[str, ...]]] = {
    "okay_nabu": (
        "okay number", "OK Nabucco", "okay Nadia", "okay now", "okay maybe", "okay neighbour",
        "okay not you", "okay bamboo", "a new zoo", "okay nobody", "okay taboo", "no, the menu",
        "they say naboo", "okay Nathan", "oh, can I book", "OK, nah, boots",
    ),
    "hey_jarvis": (
        "hey Jervis", "hey Travis", "hey service", "hey Charlie", "hey Marvin", "hey Jarrett",
        "a harvest", "heavy jars", "hey Janice", "they carve this", "hey Elvis", "hey, jar lids",
        "hey Davis", "hey Harvey", "play Jarvis", "hate our visits",
    ),
    "hey_mycroft": (
        "hey Microsoft", "hey my craft", "hey Minecraft", "hey microphone", "hey Mike", "aircraft",
        "hey my croft is cold", "hey my cross", "they might cough", "hey Michael", "hay my loft",
        "play my cover", "hey my phone", "hey, my crops", "Bancroft", "hey Moncrieff",
    ),
}  # fmt: skip
"""What is not the wake word, though it sounds a little like it."""
_AROUND = ("{near}.", "I said {near}, did you hear?", "Well, {near}, that is what she told me.")

_WHO = (
    "my sister", "the neighbour", "our teacher", "the man at the bakery", "her boss", "Tom",
    "nobody", "the whole team", "your cousin", "the plumber", "old Mrs. Harris", "the doctor",
)  # fmt: skip
_DID = (
    "forgot", "painted", "sold", "was looking for", "has never liked", "wants to see", "broke",
    "paid too much for", "talked all night about", "dreamt of", "came back with",
)  # fmt: skip
_WHAT = (
    "the blue bicycle", "a box of oranges", "the keys to the garage", "his winter coat",
    "that old piano", "two tickets for Friday", "the garden fence", "a loaf of bread",
    "the last piece of cake", "some film about whales", "the number of the bus", "a new job",
)  # fmt: skip
_WHEN = (
    "yesterday", "on the way home", "before breakfast", "last summer", "in the middle of March",
    "while it was raining", "at a quarter past nine", "just now", "when the lights went out",
)  # fmt: skip
_FRAMES = (
    "{when}, {who} {did} {what}.", "{who} {did} {what} {when}.", "Okay, so {who} {did} {what}?",
    "Hey, {who} {did} {what} {when}!", "Did you know that {who} {did} {what}?",
    "No, it was {who} that {did} {what}, I am quite sure.",
    "Guess what, {who} {did} {what} {when}.",
)  # fmt: skip

_DEMO_S = 4_100.0
_GAME_CUT_S = 60.0
"""Of each recording; many recordings say more than long ones."""
_GAME_FROM_S = 30.0
_TALKERS = 6
_PAUSE_S = (0.2, 0.9)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some sound in which nobody calls."""

    source: str
    """One of the sources in evals/README.md."""
    samples: Samples
    """At `HEARING_RATE_HZ`."""


def callers(split: Split) -> tuple[Voice, ...]:
    """Everybody who calls; those of one split never call, or talk, in the other."""
    spoken_by_rule = product(_ESPEAK[split], _ESPEAK_PACES[split])
    return (
        *(Voice("espeak", accent, pace) for accent, pace in spoken_by_rule),
        *(Voice("hibari", "", pace, semitones) for pace, semitones in _NEURAL[split]),
        *(Voice("piper", "", pace, semitones) for pace, semitones in _NEURAL[split]),
    )


def chatter(split: Split) -> Iterator[str]:
    """Sentences without end that are not for us, and requests that nobody was called for."""
    rng = random.Random(f"chatter {split}")
    lines = OWN_CASES.read_text("utf-8").splitlines()
    requests = [one["text"] for one in map(json.loads, lines) if one["text"].isascii()]
    while True:
        if rng.random() < 0.25:
            yield rng.choice(requests)
            continue
        words = {"who": _WHO, "did": _DID, "what": _WHAT, "when": _WHEN}
        sentence = rng.choice(_FRAMES).format(
            **{name: rng.choice(of) for name, of in words.items()}
        )
        yield sentence[0].upper() + sentence[1:]


def near_misses(word: str) -> tuple[str, ...]:
    """Sentences with something like the wake word in them."""
    return tuple(
        frame.format(near=near)
        for number, near in enumerate(NEAR[word])
        for frame in (_AROUND[0], _AROUND[1 + number % 2])
    )


def talk(split: Split, voices: Sequence[Voice], seconds: float, folder: Path) -> Iterator[Stretch]:
    """The chatter of everybody, one after another."""
    rng = random.Random(f"talk {split}")
    heard_s = 0.0
    for sentence in chatter(split):
        if heard_s >= seconds:
            return
        speech = spoken(sentence, rng.choice(voices), folder)
        pause = np.zeros(round(rng.uniform(*_PAUSE_S) * HEARING_RATE_HZ), np.float32)
        level = np.float32(10 ** (-rng.uniform(0, 20) / 20))
        samples = np.concatenate([speech * level, pause])
        heard_s += len(samples) / HEARING_RATE_HZ
        yield Stretch("speech", samples)


def babble(split: Split, seconds: float, folder: Path) -> Iterator[Stretch]:
    """Six people talk at once."""
    rng, sentences = random.Random(f"babble {split}"), chatter(split)
    for _ in range(round(seconds / 60)):
        crowd = np.zeros(60 * HEARING_RATE_HZ, np.float32)
        for talker in rng.sample(CROWD, _TALKERS):
            run: list[Samples] = []
            while sum(map(len, run)) < 2 * len(crowd) // 3:
                run.append(spoken(next(sentences), talker, folder))
            said = np.resize(np.concatenate(run), len(crowd))
            crowd += np.roll(said, rng.randrange(len(crowd))) * np.float32(rng.uniform(0.2, 0.4))
        yield Stretch("babble", crowd)


def demo_music(folder: Path, seconds: float = _DEMO_S) -> Iterator[Stretch]:
    """The demo library, each recording once."""
    from knowledge.demo.albums import ALBUMS  # noqa: PLC0415  the synthesiser is heavy

    heard_s = 0.0
    for recording in (one for album in ALBUMS for disc in album.discs for one in disc):
        if heard_s >= seconds:
            return
        key = hashlib.sha256(repr(recording).encode()).hexdigest()[:20]
        samples = to_signal(kept(folder / "whole" / f"{key}.npy", partial(_performed, recording)))
        heard_s += len(samples) / HEARING_RATE_HZ
        yield Stretch("music_demo", samples)


def game_music(split: Split, seconds: float) -> Iterator[Stretch]:
    """A minute from the middle of each recording of the `recognition` evaluation.

    Raises:
        EvaluationImpossible: they are not there, or `recognition` never decoded them.
    """
    music, cache = music_folder(), music_cache()
    if not (cache / "tracks.json").is_file():
        raise EvaluationImpossible(f"{cache} is empty: run `refrain eval recognition` first.")
    store = TrackCache(cache)
    tracks = [
        one
        for one in store.tracks(music, SilentProgress())
        if (int(one.digest, 16) % 3 == 0) == (split == "dev")
    ]
    heard_s = 0.0
    for track in tracks:
        if heard_s >= seconds:
            return
        pcm = store.pcm(track)
        start = int(min(_GAME_FROM_S, max(track.duration_s - _GAME_CUT_S, 0)) * RATE_HZ)
        piece = np.array(pcm[start : start + int(_GAME_CUT_S * RATE_HZ)])
        samples = resampled(to_signal(piece), RATE_HZ, HEARING_RATE_HZ)
        heard_s += len(samples) / HEARING_RATE_HZ
        yield Stretch("music_games", samples)


def real_speech(folder: Path) -> Iterator[Stretch]:
    """Real people order coffee; `folder` is that of `evals.hearing.folders.speech_folder`."""
    for path in sorted((folder / "commands").glob("*.flac")):
        yield Stretch("speech_real", _decoded(path))


def kitchen(folder: Path) -> Iterator[Stretch]:
    """A real kitchen."""
    yield Stretch("kitchen", _decoded(folder / "kitchen_noise.flac"))


def kept(path: Path, make: Callable[[], Samples]) -> NDArray[np.int16]:
    """Samples from the file, which is made when it is not there."""
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part.npy")
        np.save(part, to_pcm(make()))
        part.replace(path)
    pcm: NDArray[np.int16] = np.load(path)
    return pcm


def _performed(recording: object) -> Samples:
    from knowledge.demo.recording import perform  # noqa: PLC0415  the synthesiser is heavy
    from knowledge.demo.sound import SAMPLE_RATE  # noqa: PLC0415

    sound = perform(recording).sound.mean(axis=0).astype(np.float32)  # type: ignore[arg-type]
    heard = resampled(sound, SAMPLE_RATE, HEARING_RATE_HZ)
    level: Samples = heard * np.float32(0.8 / (np.abs(heard).max(initial=0.0) + 1e-9))
    return level


def _decoded(path: Path) -> Samples:
    blocks = [block[0] for block, _ in decode(path, sample_rate=HEARING_RATE_HZ, channels=1)]
    return np.concatenate(blocks).astype(np.float32)
