"""Profiles of activities: what music each usually takes, as data that anybody may edit."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from knowledge.analysis.sound import Axis
from knowledge.errors import ActivitiesRejected
from knowledge.folding import fold
from knowledge.wish import Span

_SHIPPED = Path(__file__).with_name("activities.toml")
_LARGEST = 256_000
_KEYS = {"also", "tempo", "axes", "weights", "evidence"}
_SLOWEST, _FASTEST = 20.0, 400.0


@dataclass(frozen=True, slots=True)
class Activity:
    """What music for it sounds like, until own listening says otherwise."""

    name: str
    axes: Mapping[Axis, Span]
    """Stretches of the library by percentile, 0 to 1."""
    tempo_bpm: Span | None = None
    """Half and double count."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """How much an axis, or "tempo", matters; 1 when it is not named."""
    also: tuple[str, ...] = ()
    evidence: str = ""
    """Where the numbers come from."""


class Activities:
    """All known activities by their names."""

    def __init__(self, known: Mapping[str, Activity]) -> None:
        self._known = dict(known)
        self._by_word = {fold(word): each for each in known.values() for word in each.also}
        self._by_word |= {fold(name): each for name, each in known.items()}

    @classmethod
    def read(cls, own: Path | None = None) -> "Activities":
        """The shipped ones, and those of the file `own` when there is one.

        Raises:
            ActivitiesRejected: the file is not what it should be; the message says where.
        """
        known = _parsed(_SHIPPED)
        if own is not None and own.is_file():
            known |= _parsed(own)
        return cls(known)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._known)

    def named(self, words: str) -> Activity | None:
        """The activity meant by a word: "gym" is workout; None when it is unknown."""
        return self._by_word.get(fold(words)) if words.strip() else None


def _parsed(path: Path) -> dict[str, Activity]:
    try:
        if path.stat().st_size > _LARGEST:
            raise ActivitiesRejected(f"{path.name} is too large.")
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ActivitiesRejected(f"{path.name} cannot be read: {error}") from error
    return {fold(name): _activity(path.name, fold(name), given) for name, given in content.items()}


def _activity(file: str, name: str, given: Any) -> Activity:
    if not isinstance(given, dict) or (unknown := sorted(set(given) - _KEYS)):
        wrong = ", ".join(unknown) if isinstance(given, dict) else "not a table"
        raise ActivitiesRejected(f"{file}: {name}: {wrong}")
    try:
        axes = {Axis(axis): _span(span, 0.0, 1.0) for axis, span in given.get("axes", {}).items()}
        tempo = given.get("tempo")
        weights = {str(key): float(weight) for key, weight in given.get("weights", {}).items()}
        _check_weights(weights)
        return Activity(
            name,
            axes,
            None if tempo is None else _span(tempo, _SLOWEST, _FASTEST),
            weights,
            tuple(str(word) for word in given.get("also", ())),
            str(given.get("evidence", "")),
        )
    except (TypeError, ValueError, AttributeError) as error:
        raise ActivitiesRejected(f"{file}: {name}: {error}") from error


def _check_weights(weights: Mapping[str, float]) -> None:
    if any(not 0.0 <= weight <= 10.0 for weight in weights.values()):
        raise ValueError("a weight is from 0 to 10")
    if unknown := sorted(set(weights) - {*map(str, Axis), "tempo"}):
        raise ValueError(f"no such axis: {', '.join(unknown)}")


def _span(given: Any, least: float, most: float) -> Span:
    low, high = (float(each) for each in given)
    if not least <= low <= high <= most:
        raise ValueError(f"{given} is no stretch from {least:g} to {most:g}")
    return low, high
