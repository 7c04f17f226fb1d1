"""A wish as JSON, to be kept as the rule of a smart playlist and read again by later versions."""

import math
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, get_args

from knowledge.analysis.sound import Axis
from knowledge.errors import WishRejected
from knowledge.recommend.conditions import CHANGED
from knowledge.wish import Arc, MusicWish

_VERSION = 1
_LONGEST = 500
_MOST = 200
_LONGEST_S = 86_400.0
_TEXTS = frozenset({
    "text", "free", "said_in", "activity", "language", "lyrics", "cover", "time_of_day", "weather",
    "place",
})  # fmt: skip
_LISTS = frozenset({
    "genres", "moods", "instruments", "artists", "albums", "titles", "not_genres", "not_moods",
    "not_instruments", "not_artists", "not_words", "kinds",
})  # fmt: skip
_SPANS: Mapping[str, tuple[float, float]] = {
    "tempo_bpm": (10.0, 1_000.0),
    "years": (0.0, 9_999.0),
}
_NUMBERS: Mapping[str, tuple[float, float]] = {
    "cadence": (20.0, 400.0),
    "duration_s": (1.0, _LONGEST_S),
}
_FLAGS = frozenset({"tempo_exact", "vocal", "liked"})


def wish_to_json(wish: MusicWish) -> dict[str, Any]:
    """Only what differs from an empty wish, so that later fields do no harm."""
    kept: dict[str, Any] = {"version": _VERSION}
    empty = MusicWish()
    for each in fields(MusicWish):
        value = getattr(wish, each.name)
        if value == getattr(empty, each.name):
            continue
        if each.name == "axes":
            kept["axes"] = {axis.value: list(span) for axis, span in wish.axes.items()}
        elif isinstance(value, tuple):
            kept[each.name] = list(value)
        elif isinstance(value, Mapping):
            kept[each.name] = dict(value)
        else:
            kept[each.name] = value
    return kept


def wish_from_json(given: Any) -> MusicWish:
    """Read a wish; nothing in it is taken on trust.

    Raises:
        WishRejected: it is malformed, or made by a newer version.
    """
    if not isinstance(given, dict) or given.get("version") != _VERSION:
        raise WishRejected("That is no wish that this version knows.")
    values: dict[str, Any] = {}
    for name, value in given.items():
        if name == "version":
            continue
        try:
            values[name] = _read(name, value)
        except (TypeError, ValueError, KeyError) as error:
            raise WishRejected(f"The wish has a mistake in {str(name)[:40]!r}.") from error
    return MusicWish(**values)


def _read(name: str, value: Any) -> Any:  # noqa: C901, PLR0912  one line for each kind of field
    if name in _TEXTS:
        return _text(value)
    if name in _LISTS:
        return tuple(_text(each) for each in _few(value, list))
    if name in _SPANS:
        return _span(value, *_SPANS[name])
    if name in _NUMBERS:
        return _number(value, *_NUMBERS[name])
    if name in _FLAGS:
        if not isinstance(value, bool):
            raise TypeError(name)
        return value
    if name == "axes":
        return {Axis(axis): _span(span, 0.0, 1.0) for axis, span in _few(value, dict).items()}
    if name == "but":
        if unknown := set(_few(value, dict)) - set(CHANGED):
            raise ValueError(unknown)
        return {each: _number(amount, -1.0, 1.0) for each, amount in value.items()}
    if name == "like":
        return tuple(_id(each) for each in _few(value, list))
    if name == "count":
        return int(_number(value, 1, 10_000))
    if name == "arc":
        if value not in get_args(Arc):
            raise ValueError(value)
        return value
    if name == "said":
        return {_text(key): _text(words) for key, words in _few(value, dict).items()}
    raise KeyError(name)


def _few(value: Any, kind: type[list[Any]] | type[dict[str, Any]]) -> Any:
    if not isinstance(value, kind) or len(value) > _MOST:
        raise TypeError(kind)
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise TypeError(str)
    return value


def _number(value: Any, least: float, most: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TypeError(float)
    if not least <= value <= most:
        raise ValueError(value)
    return float(value)


def _span(value: Any, least: float, most: float) -> tuple[float, float]:
    low, high = (_number(each, least, most) for each in _few(value, list))
    if low > high:
        raise ValueError(value)
    return low, high


def _id(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**63:
        raise TypeError(int)
    return value
