"""What genres there are, which belong to which, and what they are called anywhere."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from knowledge.folding import fold

_LONGEST = 4


@dataclass(frozen=True, slots=True)
class Genre:
    """One genre of the ontology."""

    name: str
    """Canonical, in English: "hip hop"."""
    under: tuple[str, ...]
    """The genres that it is a kind of."""
    names: tuple[str, ...]
    """What it is called, in any language, its own name first."""


@lru_cache(maxsize=1)
def all_genres() -> tuple[Genre, ...]:
    """Every genre that is known by name."""
    data = tomllib.loads((files("knowledge.wishes") / "genres.toml").read_text("utf-8"))
    return tuple(
        Genre(
            name,
            _split(entry.get("under", "")),
            tuple(dict.fromkeys((name, *_split(entry.get("names", ""))))),
        )
        for name, entry in data.items()
    )


def wider_than(genre: str) -> frozenset[str]:
    """The genre and everything that it is a kind of."""
    return frozenset({genre} | {wide for wide, kinds in _kinds().items() if genre in kinds})


@lru_cache(maxsize=4096)
def genres_of_tag(folded: str) -> frozenset[str]:
    """The genres that a folded genre tag names, wider ones included.

    A tag that nobody knows is taken by the known words in it: "norwegian black metal" is black
    metal, hence metal.
    """
    by_name = _by_name()
    words = folded.split()
    named = by_name.get("".join(words))
    if named is not None:
        return wider_than(named)
    found: set[str] = set()
    taken: set[int] = set()
    for length in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            span = range(start, start + length)
            inner = by_name.get("".join(words[start : start + length]))
            if inner is not None and taken.isdisjoint(span):
                found |= wider_than(inner)
                taken.update(span)
    return frozenset(found)


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    named: dict[str, str] = {}
    for genre in all_genres():
        for name in genre.names:
            named.setdefault("".join(fold(name.rstrip("*")).split()), genre.name)
    return named


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    under = {genre.name: genre.under for genre in all_genres()}
    kinds: dict[str, set[str]] = {name: {name} for name in under}
    for name in under:
        for wide in _all_above(name, under, frozenset()):
            kinds.setdefault(wide, {wide}).add(name)
    return {name: frozenset(found) for name, found in kinds.items()}


def _all_above(name: str, under: dict[str, tuple[str, ...]], seen: frozenset[str]) -> Iterable[str]:
    for wide in under.get(name, ()):
        if wide not in seen:
            yield wide
            yield from _all_above(wide, under, seen | {wide})
