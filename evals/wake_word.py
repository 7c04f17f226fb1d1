"""Is being called heard, and is everything else left alone?"""

import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, product
from pathlib import Path
from typing import Final

import numpy as np

from evals.errors import EvaluationImpossible
from evals.evaluation import Cell, EvalReport, Plot, Progress, Series, Table, each
from evals.hearing.folders import cache_folder, speech_folder
from evals.hearing.noises import mixed, room
from evals.hearing.voices import Voice, spoken
from evals.timing import percentile
from evals.wake_sounds import (
    WANTED,
    Stretch,
    babble,
    callers,
    demo_music,
    game_music,
    kitchen,
    near_misses,
    real_speech,
    talk,
)
from server.models_lock import read_lock
from server.models_store import ModelsStore
from server.settings import Settings
from voice.audio import HEARING_RATE_HZ, Samples
from voice.vad import SileroVad
from voice.wake_word import OFFERED_WAKE_WORDS, WAKE_WORDS, WakeWord, WakeWordOptions

_SNR_DB: Final = (20, 10, 5, 0)
_FAR_LEVEL: Final = 0.06
"""Spoken from across the room: 24 dB quieter than close by."""
_SILENCE: Final = 1e-4
_BEFORE_S, _AFTER_S = 1.0, 1.0
_MARGIN_S: Final = 0.25
"""Near-silence that `spoken` leaves after the last word."""
_NEAR_VOICES: Final = 6
_PLAIN: Final = {"okay_nabu": 0.85, "hey_jarvis": 0.97, "hey_mycroft": 0.95}
"""The cut-offs that come with the networks, for 150 ms."""
_SYSTEMS: Final = ("", "plain.")
"""Prefixes of metrics: ours, and the networks as they come."""


@dataclass(frozen=True, slots=True)
class _Amount:
    """How much is measured."""

    callers: int | None
    words: tuple[str, ...]
    talk_s: float
    babble_s: float
    demo_s: float
    game_s: float
    near: int | None


_FULL: Final = _Amount(None, OFFERED_WAKE_WORDS, 3_600, 900, 4_100, 9_000, None)
_QUICK: Final = _Amount(4, OFFERED_WAKE_WORDS[:1], 40, 0, 70, 0, 4)


@dataclass(slots=True)
class _Count:
    """How often something happened among how many."""

    happened: int = 0
    among: int = 0

    @property
    def share(self) -> float:
        return self.happened / max(self.among, 1)


@dataclass(slots=True)
class _Findings:
    """All that is counted; keys are metric names without their family."""

    detected: dict[str, _Count] = field(default_factory=lambda: defaultdict(_Count))
    by_engine: dict[tuple[str, str], _Count] = field(default_factory=lambda: defaultdict(_Count))
    delays_ms: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    accepts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    hours: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    near: dict[str, _Count] = field(default_factory=lambda: defaultdict(_Count))
    woke: dict[tuple[str, str], _Count] = field(default_factory=lambda: defaultdict(_Count))
    cpu_s: float = 0.0


class WakeWordEvaluation:
    """Calls in many voices and noises, and hours in which nobody calls."""

    name = "wake_word"
    summary = "The wake word: calls that are heard, and false accepts per hour of other sound."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Call, then talk, play and make noise without calling."""
        amount, folder = _QUICK if quick else _FULL, cache_folder()
        notes: list[str] = []
        who = callers("test")
        if amount.callers is not None:
            who = tuple(random.Random(3).sample(who, amount.callers))
        noises = Noises(
            [one.samples for one in demo_music(folder, 240.0)],
            [one.samples for one in babble("test", 60.0, folder)],
        )
        streams = _streams(amount, folder, notes)
        return measure(
            amount.words, who, noises, streams, folder, progress, near=amount.near, notes=notes
        )


@dataclass(frozen=True, slots=True)
class Noises:
    """What goes on while somebody calls, each at least as long as a call."""

    music: Sequence[Samples]
    babble: Sequence[Samples]


def measure(
    words: Sequence[str],
    who: Sequence[Voice],
    noises: Noises,
    streams: Iterable[tuple[str, Iterable[Stretch]]],
    folder: Path,
    progress: Progress,
    *,
    near: int | None = None,
    notes: Sequence[str] = (),
) -> EvalReport:
    """Let everybody call each word, and wait through each stream.

    Args:
        words: of `WAKE_WORDS`.
        who: calls, and says what only sounds like a call.
        noises: what goes on meanwhile.
        streams: sound in which nobody calls, by its source.
        folder: where speech is kept.
        progress: is told.
        near: how many near misses of each word are said; None for all.
        notes: for the report; read at the end.

    Raises:
        EvaluationImpossible: a voice, or the model of voice activity, is not here.
    """
    ears, found = _ears(words), _Findings()
    _call(ears, who, noises, folder, found, progress)
    _near_misses(ears, who, near, folder, found, progress)
    for title, stretches in streams:
        _wait(ears, title, stretches, found, progress)
    return _report(words, found, notes)


def _ears(words: Sequence[str]) -> dict[str, dict[str, WakeWord]]:
    """By word and system."""
    lock = read_lock().models["silero-vad"]
    store = ModelsStore(*Settings().model_folders)
    weights = store.path("silero-vad", lock.files[0])
    if not weights.is_file():
        raise EvaluationImpossible("Voice activity needs its model: refrain models get silero-vad")
    vad = SileroVad(weights)
    return {
        word: {
            "": WakeWord(word, vad=vad.sibling()),
            "plain.": WakeWord(word, options=WakeWordOptions(cutoff=_PLAIN[word], window_ms=150)),
        }
        for word in words
    }


# Calls.


def _call(
    ears: Mapping[str, Mapping[str, WakeWord]],
    who: Sequence[Voice],
    noises: Noises,
    folder: Path,
    found: _Findings,
    progress: Progress,
) -> None:
    for number, (word, voice) in enumerate(each(progress, "calling", list(product(ears, who)))):
        wanted = WANTED[number % len(WANTED)]
        call = spoken(f"{WAKE_WORDS[word].phrase}{wanted}.", voice, folder)
        random_of = np.random.default_rng(number)
        for condition, sound in _conditions(call, noises, random_of):
            for system, ear in ears[word].items():
                ear.reset()
                hits = ear.feed(sound)
                found.detected[f"{system}{word}.{condition}"].among += 1
                found.detected[f"{system}{word}.{condition}"].happened += bool(hits)
                if system:
                    continue
                if condition in {"clean", "far"} and hits and not wanted:
                    end_s = len(sound) / HEARING_RATE_HZ - _AFTER_S - _MARGIN_S
                    found.delays_ms[word].append(hits[0].at_ms - 1_000 * end_s)
                if condition == "clean":
                    found.by_engine[word, voice.engine].among += 1
                    found.by_engine[word, voice.engine].happened += bool(hits)


def _conditions(
    call: Samples,
    noises: Noises,
    random_of: np.random.Generator,
) -> Iterator[tuple[str, Samples]]:
    around = np.concatenate([_quiet(_BEFORE_S), call, _quiet(_AFTER_S)])
    silence = (_SILENCE * random_of.standard_normal(len(around))).astype(np.float32)
    yield "clean", around + silence
    yield "far", room(around, random_of) * np.float32(_FAR_LEVEL) + silence
    for kind, sounds in (("music", noises.music), ("babble", noises.babble)):
        for snr_db in _SNR_DB:
            noise = sounds[int(random_of.integers(len(sounds)))]
            noise = np.resize(np.roll(noise, -int(random_of.integers(len(noise)))), len(around))
            yield f"{kind}_{snr_db}db", mixed(around, noise, snr_db)


def _near_misses(
    ears: Mapping[str, Mapping[str, WakeWord]],
    who: Sequence[Voice],
    count: int | None,
    folder: Path,
    found: _Findings,
    progress: Progress,
) -> None:
    said = [(word, text) for word in ears for text in near_misses(word)[:count]]
    for word, text in each(progress, "almost calling", said):
        for voice in random.Random(text).sample(who, min(_NEAR_VOICES, len(who))):
            sound = np.concatenate([_quiet(0.5), spoken(text, voice, folder), _quiet(0.5)])
            for system, ear in ears[word].items():
                ear.reset()
                woke = bool(ear.feed(sound))
                found.near[f"{system}{word}"].among += 1
                found.near[f"{system}{word}"].happened += woke
                if not system:
                    found.woke[word, text].among += 1
                    found.woke[word, text].happened += woke


# Hours in which nobody calls.


def _streams(
    amount: _Amount, folder: Path, notes: list[str]
) -> Iterator[tuple[str, Iterable[Stretch]]]:
    yield "music_demo", demo_music(folder, amount.demo_s)
    yield "speech", talk("test", callers("test"), amount.talk_s, folder)
    if amount.babble_s:
        yield "babble", babble("test", amount.babble_s, folder)
    if amount.game_s:
        try:
            games = game_music("test", amount.game_s)
            yield "music_games", chain([next(games)], games)
        except EvaluationImpossible as error:
            notes.append(f"Without recorded music: {error}")
    if (real := speech_folder()) is None:
        notes.append("Without real speech and a real kitchen: the recordings are not here.")
    else:
        yield "speech_real", real_speech(real)
        yield "kitchen", kitchen(real)


def _wait(
    ears: Mapping[str, Mapping[str, WakeWord]],
    title: str,
    stretches: Iterable[Stretch],
    found: _Findings,
    progress: Progress,
) -> None:
    progress.start(f"waiting ({title})", 1)
    for ear in chain.from_iterable(of.values() for of in ears.values()):
        ear.reset()
    for stretch in stretches:
        found.hours[title] += len(stretch.samples) / HEARING_RATE_HZ / 3_600
        for word, systems in ears.items():
            for system, ear in systems.items():
                began_s = time.process_time()
                hits = ear.feed(stretch.samples)
                found.cpu_s += 0.0 if system else time.process_time() - began_s
                found.accepts[f"{system}{word}.{title}"] += len(hits)
    progress.advance()


def _quiet(seconds: float) -> Samples:
    return np.zeros(round(seconds * HEARING_RATE_HZ), np.float32)


# The report.


def _report(words: Sequence[str], found: _Findings, notes: Sequence[str]) -> EvalReport:
    total_h = sum(found.hours.values())
    metrics: dict[str, float] = {
        "hours": total_h,
        "cpu_s_per_hour": found.cpu_s / max(total_h * len(words), 1e-9),
    }
    metrics |= {f"hours.{source}": hours for source, hours in found.hours.items()}
    for system, word in product(_SYSTEMS, words):
        key = f"{system}{word}"
        heard = {name: one for name, one in found.detected.items() if name.startswith(f"{key}.")}
        for name, one in heard.items():
            metrics[_named(system, "detected", name)] = one.share
        metrics[_named(system, "near_misses", key)] = found.near[key].share
        wrong = 0
        for source, hours in found.hours.items():
            accepts = found.accepts[f"{key}.{source}"]
            wrong += accepts
            metrics[_named(system, "false_per_hour", f"{key}.{source}")] = accepts / hours
        metrics[_named(system, "false_per_hour", f"{key}.all")] = wrong / max(total_h, 1e-9)
    for word in words:
        metrics[f"delay_ms.{word}.p50"] = percentile(found.delays_ms[word], 50)
        metrics[f"delay_ms.{word}.p95"] = percentile(found.delays_ms[word], 95)
    return EvalReport(
        metrics=metrics,
        tables=(_hours_table(words, found), _engine_table(found), _near_table(found)),
        plots=(_plot(words, metrics),),
        notes=tuple(notes),
    )


def _named(system: str, family: str, key: str) -> str:
    """The metric's name: `plain.detected.WORD.CONDITION` and the like."""
    return f"{system}{family}.{key.removeprefix(system)}"


def _hours_table(words: Sequence[str], found: _Findings) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for source, hours in found.hours.items():
        counts = [found.accepts[f"{s}{word}.{source}"] for word in words for s in _SYSTEMS]
        rows.append((source, round(hours, 2), *counts))
    columns = [f"{word}{' plain' if s else ''}" for word in words for s in _SYSTEMS]
    return Table("False accepts, counted", ("sound", "hours", *columns), tuple(rows))


def _engine_table(found: _Findings) -> Table:
    rows = tuple(
        (word, engine, one.among, round(one.share, 3))
        for (word, engine), one in sorted(found.by_engine.items())
    )
    return Table("Clean calls by who speaks", ("word", "voices", "calls", "heard"), rows)


def _near_table(found: _Findings) -> Table:
    rows = tuple(
        (word, text, round(one.share, 2))
        for (word, text), one in sorted(found.woke.items(), key=lambda item: -item[1].share)
        if one.happened
    )
    return Table("Near misses that wake", ("word", "said", "share"), rows)


def _plot(words: Sequence[str], metrics: Mapping[str, float]) -> Plot:
    series = tuple(
        Series(
            f"{word} in {kind}",
            tuple(float(snr_db) for snr_db in _SNR_DB),
            tuple(metrics[f"detected.{word}.{kind}_{snr_db}db"] for snr_db in _SNR_DB),
        )
        for word, kind in product(words, ("music", "babble"))
    )
    return Plot("Calls that are heard", "dB above the noise", "share", series, kind="lines")
