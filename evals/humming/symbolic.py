"""Hums of written tunes among thousands of others: how often named, how fast, beside baselines."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from evals.evaluation import Item, Progress
from evals.humming.asking import ask, hear_development, hear_own, rank
from evals.humming.baselines.lsdtw import LinearScaling
from evals.humming.baselines.notedp import NoteAlignment
from evals.humming.baselines.ranking import Matcher
from evals.humming.demo_tunes import demo_melodies, own_queries, tune_keys
from evals.humming.development import (
    development_folder,
    development_melodies,
    development_queries,
)
from evals.humming.filler import generated_melodies
from evals.humming.scoring import Answer, Query
from knowledge.melody.listening import HumListener
from knowledge.melody.matching import MelodyIndex
from knowledge.melody.models import Melody

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is measured."""

    development: int
    """Queries of the development set."""
    per_tune: int
    """Hums of each demo tune of the half that is tested."""
    tunes: int
    """Demo tunes that are hummed."""
    small: int
    """Melodies of the index."""
    large: int
    """Melodies of the large index; 0 leaves it out."""


@dataclass(frozen=True, slots=True)
class Built:
    """What an index costs."""

    melodies: int
    cpu_s: float
    memory_mb: float
    """Growth of the process; 0 where the system does not say."""


@dataclass(frozen=True, slots=True)
class Symbolic:
    """All answers to hums of written tunes."""

    answers: Mapping[str, tuple[Answer, ...]]
    """By set: dev, own."""
    large: Mapping[str, tuple[Answer, ...]]
    """The same with the large index."""
    absent: Mapping[str, tuple[Answer, ...]]
    """The same with every right tune taken out of the small index."""
    baselines: Mapping[str, Mapping[str, tuple[Answer, ...]]]
    """By baseline and set."""
    built: tuple[Built, ...]
    own_melodies: int
    """Size of the index of our own set."""


def measure(listener: HumListener, amount: Amount, progress: Progress) -> Symbolic:
    """Ask about every query, the right tune present and absent."""
    listener.listen(next(iter(own_queries("dev", 1))).sung.samples, 24_000)  # loads
    sets = _sets(listener, amount, progress)
    answers: dict[str, tuple[Answer, ...]] = {}
    absent: dict[str, tuple[Answer, ...]] = {}
    baselines: dict[str, dict[str, tuple[Answer, ...]]] = {}
    large: dict[str, tuple[Answer, ...]] = {}
    built: list[Built] = []
    for name, (queries, melodies) in sets.items():
        index, cost = build(melodies)
        built.append(cost)
        _warm(index, queries)
        answers[name] = ask(index, queries, progress, f"asking about {name}")
        right = {key for query in queries for key in query.accept}
        without = index.updated((), right)
        absent[name] = ask(without, queries, progress, f"asking about {name}, tunes left out")
        for make in (LinearScaling, NoteAlignment):
            matcher: Matcher = make(melodies())
            found = rank(matcher, queries, progress)
            baselines.setdefault(matcher.name, {})[name] = found
        if amount.large:
            missing = amount.large - len(index)
            more, cost = build(_both(melodies, missing, amount.small))
            built.append(cost)
            _warm(more, queries)
            large[name] = ask(more, queries, progress, f"asking about {name} among many")
            del more
    return Symbolic(answers, large, absent, baselines, tuple(built), amount.small)


def build(melodies: Callable[[], Iterable[Melody]]) -> tuple[MelodyIndex, Built]:
    """Make an index, and say what it takes beyond the melodies themselves."""
    before = _resident_mb()
    begin = time.process_time()
    index = MelodyIndex.build(melodies())
    cpu_s = time.process_time() - begin
    return index, Built(len(index), cpu_s, max(0.0, _resident_mb() - before))


def _sets(
    listener: HumListener, amount: Amount, progress: Progress
) -> dict[str, tuple[tuple[Query, ...], Callable[[], Iterable[Melody]]]]:
    sets: dict[str, tuple[tuple[Query, ...], Callable[[], Iterable[Melody]]]] = {}
    folder = development_folder()
    if folder is not None:
        chosen = _spread(development_queries(folder), amount.development)
        heard = hear_development(chosen, listener, progress)
        sets["dev"] = heard, lambda: development_melodies(folder)
    keys = _spread(tune_keys("test"), amount.tunes)
    hums = own_queries("test", amount.per_tune, keys)
    heard = hear_own(hums, len(keys) * amount.per_tune, listener, progress)
    sets["own"] = heard, lambda: own_melodies(amount.small)
    return sets


def own_melodies(count: int) -> Iterable[Melody]:
    """The demo tunes among made-up ones, `count` in all."""
    yield from demo_melodies()
    yield from generated_melodies(max(0, count - len(demo_melodies())))


def _both(
    melodies: Callable[[], Iterable[Melody]], missing: int, first: int
) -> Callable[[], Iterable[Melody]]:
    def everything() -> Iterable[Melody]:
        yield from melodies()
        yield from generated_melodies(max(0, missing), first=first)

    return everything


def _spread(items: Sequence[Item], count: int) -> Sequence[Item]:
    """`count` of `items`, from all over."""
    step = max(1.0, len(items) / max(1, count))
    return [items[int(place * step)] for place in range(min(count, len(items)))]


def _warm(index: MelodyIndex, queries: Sequence[Query]) -> None:
    """Compile before anything is timed."""
    for query in islice(queries, 2):
        index.search(query.contour)


def _resident_mb() -> float:
    if not _STATUS.is_file():
        return 0.0
    for line in _STATUS.read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0
