"""The tunes of the demo library as melodies, and hums of them by our own singer."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np

from evals.humming.performance import Notes, SungKind
from evals.humming.singer import Sung, sing
from knowledge.demo.albums import ALBUMS
from knowledge.demo.discography import placed
from knowledge.demo.notation import all_tunes
from knowledge.demo.tune import Tune
from knowledge.melody.models import Melody, MelodyKey, MelodyLine

SplitName = Literal["dev", "test"]
HALVES: Final[tuple[SplitName, ...]] = ("dev", "test")
NOISE_LEVELS_DB: Final = (5.0, 10.0, 15.0, 20.0, 25.0)
_KINDS = (SungKind.HUM, SungKind.WHISTLE, SungKind.LA)
_SEEDS: Mapping[SplitName, int] = {"dev": 31_000, "test": 77_000}
_SHORTEST_S, _LONGEST_S = 6.5, 13.0
_LEAST_NOTES_LEFT = 12
"""A passage begins no later than so many notes before the end."""
_BUSY_S, _BUSY_NOTES = 10.0, 9
_DRAWS = 30
_PAUSE = 0.12
"""A rest so long (s) ends a phrase; so does a note twice as long as usual."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnQuery:
    """A hum whose tune is known."""

    name: str
    sung: Sung
    target: MelodyKey
    accept: frozenset[MelodyKey]
    """The target, its other versions, and tunes that hold the passage note for note."""


def tune_notes(name: str) -> Notes:
    """All notes of a tune in its usual form, at the tempo of its first recording."""
    tune = all_tunes()[name]
    quarter_s = 60 / _tempo(name) / float(tune.pulse)
    rows: list[tuple[float, float, float]] = []
    start = 0.0
    for step in tune.form:
        part = tune.parts[step]
        for note in part.notes:
            onset = (start + float(note.start)) * quarter_s
            rows.append((onset, float(note.length) * quarter_s, float(note.pitch)))
        start += float(part.length)
    return _monophonic(np.array(sorted(rows)))


def tune_keys(split: SplitName | None = None) -> tuple[MelodyKey, ...]:
    """Keys of all demo tunes, or of one half; versions of one tune are in the same half."""
    tunes = all_tunes()
    titles = sorted({tune.title for tune in tunes.values()})
    half = {title: "dev" if number % 2 == 0 else "test" for number, title in enumerate(titles)}
    return tuple(
        demo_key(name)
        for name in sorted(tunes)
        if split is None or half[tunes[name].title] == split
    )


def demo_key(name: str) -> MelodyKey:
    """The key of a tune of the demo library."""
    return f"demo:{name}"


@cache
def demo_melodies() -> tuple[Melody, ...]:
    """Every demo tune as one written line."""
    return tuple(melody_of(demo_key(name), tune_notes(name)) for name in sorted(all_tunes()))


def melody_of(key: MelodyKey, notes: Notes) -> Melody:
    """A melody of one line, sure of every note."""
    rows = np.column_stack([notes[:, :3], np.ones(len(notes))]).astype(np.float32)
    return Melody(key, (MelodyLine(rows),))


def own_queries(
    split: SplitName, per_tune: int = 6, keys: Collection[MelodyKey] | None = None
) -> Iterator[OwnQuery]:
    """Hums, whistles and "la" of one half of the tunes, each kind and noise level in turn.

    Args:
        split: which half.
        per_tune: how many of each tune.
        keys: only of these tunes; the hums are the same as without.
    """
    for number, key in enumerate(tune_keys(split)):
        if keys is not None and key not in keys:
            continue
        notes = tune_notes(key.removeprefix("demo:"))
        for turn in range(per_tune):
            seed = _SEEDS[split] + 100 * number + turn
            random = np.random.default_rng(seed)
            passage = notes[_begin(notes, random) :].copy()
            passage[:, 0] -= passage[0, 0]
            sung = sing(
                passage,
                _KINDS[turn % len(_KINDS)],
                snr_db=NOISE_LEVELS_DB[(number * per_tune + turn) % len(NOISE_LEVELS_DB)],
                seed=seed,
                seconds=float(random.uniform(_SHORTEST_S, _LONGEST_S)),
            )
            yield OwnQuery(f"{key}/{turn}", sung, key, _accepted(key, sung.written))


def contains(notes: Notes, passage: Notes) -> bool:
    """Say whether `notes` hold the intervals of `passage` in a row."""
    steps, wanted = np.diff(notes[:, 2]), np.diff(passage[:, 2])
    if len(wanted) > len(steps) or not len(wanted):
        return False
    windows = np.lib.stride_tricks.sliding_window_view(steps, len(wanted))
    return bool(np.any(np.all(np.abs(windows - wanted) < 0.01, axis=1)))


def _accepted(key: MelodyKey, passage: Notes) -> frozenset[MelodyKey]:
    tunes = all_tunes()
    title = tunes[key.removeprefix("demo:")].title
    return frozenset(
        demo_key(name)
        for name, tune in tunes.items()
        if tune.title == title or contains(tune_notes(name), passage)
    )


def _begin(notes: Notes, random: np.random.Generator) -> int:
    """Draw the first note: nobody hums where hardly anything happens."""
    begin = 0
    for _ in range(_DRAWS):
        begin = _drawn_begin(notes, random)
        until = int(np.searchsorted(notes[:, 0], notes[begin, 0] + _BUSY_S))
        if until - begin >= _BUSY_NOTES:
            break
    return begin


def _drawn_begin(notes: Notes, random: np.random.Generator) -> int:
    """Half of all people begin with a phrase, the others anywhere."""
    latest = max(1, len(notes) - _LEAST_NOTES_LEFT)
    if random.random() < 0.5:
        return int(random.integers(latest))
    steps = np.diff(notes[:, 0])
    gaps = steps - notes[:-1, 1]
    ends = np.flatnonzero((gaps > _PAUSE) | (steps > 1.9 * np.median(steps))) + 1
    begins = np.concatenate([[0], ends[ends < latest]])
    return int(random.choice(begins))


@cache
def _tempo(name: str) -> float:
    return next(one.recording.tempo_bpm for one in placed(ALBUMS) if one.recording.tune == name)


def _monophonic(notes: Notes) -> Notes:
    """Cut notes that sound into the next one, as pickups of a repeated part do."""
    notes = notes.copy()
    notes[:-1, 1] = np.minimum(notes[:-1, 1], np.diff(notes[:, 0]))
    return notes[notes[:, 1] > 0.01]


def title_of(key: MelodyKey) -> str:
    """What a demo tune is called."""
    tune: Tune = all_tunes()[key.removeprefix("demo:")]
    return tune.title
