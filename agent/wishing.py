"""Moods, activities, tempi and years in a request, as the arguments of a recommendation."""

import re
from typing import Any

from agent.asking import leftover
from agent.phrases import word_set
from agent.understanding import Understanding
from knowledge.folding import fold
from knowledge.recommend.wishes import wish_for

_SLOTS = ("mood", "activity", "music_descriptor", "description", "occasion", "sort")
_TEMPO = {"slow": "slow", "fast": "fast", "quick": "fast", "uptempo": "fast"}
_STYLES = word_set("jazz ambient lounge house disco bossa nova chillout downtempo")
_FILLER = word_set(
    "music songs song tracks something for to my the a some and from in of s mood "
    "while i am with at vibes tunes stuff"
)
_DECADE = re.compile(r"\b(?:(19|20)?(\d0)s|(twent|thirt|fort|fift|sixt|sevent|eight|ninet)ies)\b")
_DECADES = {
    "twent": 1920,
    "thirt": 1930,
    "fort": 1940,
    "fift": 1950,
    "sixt": 1960,
    "sevent": 1970,
    "eight": 1980,
    "ninet": 1990,
}
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_BOUND = re.compile(r"\b(before|until|up to|after|since|newer than|older than)\b")


def wishes(understanding: Understanding, text: str) -> dict[str, Any]:
    """Mood or activity, tempo and years named in the request; {} when none is."""
    said = [value for name in _SLOTS for value in understanding.slots.get(name, ())]
    words = " ".join(value for value in said if not is_style(value))
    for value in understanding.slots.get("genre", ()):
        if is_mood(value):
            words = f"{words} {value}".strip()
    found = _wished(words)
    found |= years(" ".join(understanding.slots.get("year", ())))
    if found:
        return found
    rest = leftover(text)
    return {**_wished(rest), **years(rest)} if only_wishes(rest) else {}


def only_wishes(words: str) -> bool:
    """Whether `words` name a mood, an activity, a tempo or years and nothing else."""
    said = fold(words) if words else ""
    wish = wish_for(said) if said else None
    rest = _DECADE.sub("", _YEAR.sub("", _BOUND.sub("", said))).split()
    known = set() if wish is None else {w for tag in (*wish.tags, wish.name) for w in tag.split()}
    return bool(said) and all(word in known or word in _FILLER or word in _TEMPO for word in rest)


def is_mood(words: str) -> bool:
    """Whether a word that looks like a genre means a mood; "jazz" and "ambient" stay genres."""
    return not is_style(words) and wish_for(words) is not None


def is_style(words: str) -> bool:
    """Whether `words` are a genre although moods are described with it, too."""
    return fold(words) in _STYLES


def years(words: str) -> dict[str, Any]:
    """Make "80s" and "1985" the fields year_from and year_to; {} when there is no year."""
    said = fold(words) if words else ""
    first = last = None
    if match := _DECADE.search(said):
        first = _decade(match)
        last = first + 9
    elif match := _YEAR.search(said):
        first = last = int(match[1])
    if first is None or last is None:
        return {}
    bound = _BOUND.search(said)
    if bound is None:
        return {"year_from": first, "year_to": last}
    if bound[1] in {"before", "older than"}:
        return {"year_to": first - 1}
    if bound[1] in {"after", "newer than"}:
        return {"year_from": last + 1}
    return {"year_from": first} if bound[1] == "since" else {"year_to": last}


def _decade(match: re.Match[str]) -> int:
    if match[3]:
        return _DECADES[match[3]]
    short = int(match[2])
    century = match[1] or ("20" if short < 30 else "19")  # "20s" are our own, "30s" are not
    return int(f"{century}{short:02}")


def _wished(words: str) -> dict[str, Any]:
    if not words:
        return {}
    found: dict[str, Any] = {}
    if wish_for(words) is not None and not is_style(words):
        found["mood"] = words
    tempo = next((tempo for word, tempo in _TEMPO.items() if word in fold(words).split()), "")
    return {**found, "tempo": tempo} if tempo else found
