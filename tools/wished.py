"""From what was said and what was filled in to one wish: parts joined, later ones winning."""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from knowledge.analysis.sound import Axis
from knowledge.recommend.conditions import CHANGED
from knowledge.recommend.models import Reason
from knowledge.sound.moods import mood_named
from knowledge.wish import MusicWish

_EMPTY = MusicWish()
_SAID_REASONS = 2
_TEXTS = frozenset({"text", "free", "said_in", "said"})
_OPPOSITES = (
    ("genres", "not_genres"),
    ("moods", "not_moods"),
    ("instruments", "not_instruments"),
    ("artists", "not_artists"),
)
_REFINING = frozenset(
    {
        *("vocal", "axes", "but", "tempo_bpm", "tempo_exact", "cadence"),
        *("not_genres", "not_moods", "not_instruments", "not_artists", "not_words"),
    }
)
_ACTIVITIES = {"running": "running", "study": "studying", "workout": "a workout"}
_NOT_ALONE = frozenset(
    {"kinds", "count", "duration_s", "arc", "tempo_exact", "liked", "place", "weather"}
)
"""Fields that say nothing about music by themselves."""


def told(wish: MusicWish) -> frozenset[str]:
    """The fields that say something of the music; words without a known meaning do not count."""
    return frozenset(
        each.name
        for each in fields(MusicWish)
        if each.name not in _TEXTS and getattr(wish, each.name) != getattr(_EMPTY, each.name)
    )


def describes(wish: MusicWish) -> bool:
    """Whether a wish says what the music shall be like, beyond names, amounts and places."""
    return bool(told(wish) - _NOT_ALONE - {"artists", "albums", "titles", "like"})


def only_refines(wish: MusicWish) -> bool:
    """Whether a wish makes sense only as a change of another one: "no vocals", "a bit slower"."""
    said = told(wish)
    return bool(said) and said <= _REFINING and not wish.free


def joined(first: MusicWish, later: MusicWish) -> MusicWish:
    """Both wishes in one: lists grow, what is ruled out later leaves, the rest is replaced."""
    values: dict[str, Any] = {}
    for each in fields(MusicWish):
        one, other = getattr(first, each.name), getattr(later, each.name)
        if each.name == "text":
            values["text"] = ", ".join(part for part in (one, other) if part)
        elif each.name == "free":
            values["free"] = " ".join(part for part in (one, other) if part)
        elif each.name == "said_in":
            values["said_in"] = other if later.text else one
        elif isinstance(one, tuple) and each.name not in {"tempo_bpm", "years"}:
            values[each.name] = tuple(dict.fromkeys((*one, *other)))
        elif isinstance(one, Mapping):
            values[each.name] = {**one, **other}
        else:
            values[each.name] = one if other == getattr(_EMPTY, each.name) else other
    for name, opposite in _OPPOSITES:
        out = {*getattr(later, opposite)}
        values[name] = tuple(
            value for value in values[name] if value not in out or value in getattr(later, name)
        )
        back = {*getattr(later, name)} - out
        values[opposite] = tuple(value for value in values[opposite] if value not in back)
    if later.tempo_bpm is not None:
        values["tempo_exact"] = later.tempo_exact
    elif "tempo" in later.but:  # slower than the list, whatever was said of its tempo
        values["tempo_bpm"], values["tempo_exact"] = None, False
    return MusicWish(**values)


def with_mood(wish: MusicWish, said: str, parsed: MusicWish) -> MusicWish:
    """`wish` with a mood or an activity in a word or two; one that nobody knows stays a word."""
    if parsed.is_empty:
        return (
            replace(wish, moods=(*wish.moods, said.casefold()))
            if mood_named(said)
            else (joined(wish, parsed))
        )
    return joined(wish, replace(parsed, text=""))


def weak_words(wish: MusicWish) -> tuple[str, ...]:
    """Moods of a wish that can hardly be heard: how happy or sad music is lies in the ear."""
    weak = [
        mood
        for mood in wish.moods
        if (known := mood_named(mood)) is not None and Axis.VALENCE in known.axes
    ]
    return tuple(weak) or (("happier",) if "valence" in wish.but else ())


def in_words(wish: MusicWish, *, noun: str = "music", like: str = "") -> str:
    """A wish as one would say it: "calm piano music for studying from the 1980s, without vocals".

    Args:
        wish: what was wished for.
        noun: what it is called that was wished for.
        like: what it shall be like, by name.
    """
    moods = [mood for mood in wish.moods if mood not in wish.genres]
    before = " ".join((*moods, *wish.instruments, *wish.genres))
    words = f"{before} {noun}".strip()
    if wish.liked:
        words += " that you like"
    names = (*wish.titles, *wish.albums, *wish.artists)
    if names:
        words += f" by {' and '.join(names)}" if wish.artists else f" from {' and '.join(names)}"
    words += f" like {like}" if like else ""
    if wish.activity:
        words += f" for {_ACTIVITIES.get(wish.activity, wish.activity)}"
    elif wish.time_of_day:
        words += f" for the {wish.time_of_day}"
    if wish.tempo_bpm is not None:
        words += f" {_tempo(wish.tempo_bpm)}"
    elif wish.cadence:
        words += f" at {wish.cadence:.0f} steps per minute"
    if wish.years is not None:
        words += f" {_years(wish.years)}"
    changes = [
        CHANGED[name][int(amount >= 0)] for name, amount in wish.but.items() if name in CHANGED
    ]
    without = [*wish.not_genres, *wish.not_moods, *wish.not_instruments, *wish.not_artists]
    without += wish.not_words
    if wish.vocal is False:
        without.insert(0, "vocals")
    words += f", {' and '.join(changes)}" if changes else ""
    return words + (f", without {' or '.join(without)}" if without else "")


def said_of(reasons: Sequence[Reason], *, most: int = _SAID_REASONS) -> str:
    """The weightiest reasons in one line: "calm, about 58 BPM"."""
    return ", ".join(dict.fromkeys(reason.words for reason in reasons[:most]))


def _tempo(span: tuple[float, float]) -> str:
    low, high = span
    if low <= 30:
        return f"below {high:.0f} BPM"
    if high >= 300:
        return f"above {low:.0f} BPM"
    middle = (low + high) / 2
    near = high - low <= 0.13 * middle
    return f"around {middle:.0f} BPM" if near else f"between {low:.0f} and {high:.0f} BPM"


def _years(span: tuple[float, float]) -> str:
    first, last = int(span[0]), int(span[1])
    if first == last:
        return f"from {first}"
    if first <= 1000:
        return f"until {last}"
    if last >= 3000:
        return f"since {first}"
    decade = first % 10 == 0 and last == first + 9
    return f"from the {first}s" if decade else f"from {first} to {last}"
