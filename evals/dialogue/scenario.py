"""Scenarios: how things stand, what is said, and what has to be so afterwards.

They are YAML files in `scenarios/`, one list each; `evals/README.md` explains the fields.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from evals.errors import EvaluationImpossible

_HELD_BACK = "held_back"
_FRESH = "fresh"
SCENARIOS = Path(__file__).parent / "scenarios"
Kind = Literal[
    "transport",
    "queue",
    "reference",
    "correction",
    "honesty",
    "find",
    "recommend",
    "history",
    "playlist",
    "taste",
    "timer",
    "compound",
    "language",
    "talk",
    "long",
]
MUST_ALL_PASS: tuple[Kind, ...] = ("transport", "queue", "reference", "correction", "honesty")
"""Kinds in which nothing may go wrong."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Played(_Strict):
    """Something that was listened to before the conversation."""

    title: str
    artist: str = ""
    days_ago: int = 0
    at: str = ""
    """Local time of day, "20:30"; without it `minutes_ago` counts."""
    minutes_ago: float = 5


class Setup(_Strict):
    """How things stand before the first turn. Titles name tracks of the library."""

    play: tuple[str, ...] = ()
    """Titles in the queue, the first of them playing; "Title / Artist" tells two apart."""
    paused: bool = False
    volume: int | None = None
    playlists: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    history: tuple[Played, ...] = ()
    """Oldest first."""


class State(_Strict):
    """What has to be so. Fields left out are not looked at."""

    status: Literal["playing", "paused", "stopped"] | None = None
    playing: str | None = None
    """Title of the current track; "" when there is none."""
    artist: str | None = None
    album: str | None = None
    queue: tuple[str, ...] | None = None
    """Titles, in order, the current one included."""
    queue_has: tuple[str, ...] = ()
    queue_has_not: tuple[str, ...] = ()
    queue_count: int | None = None
    queue_at_least: int | None = None
    next: str | None = None
    """Title after the current one."""
    all_artist: str | None = None
    all_genre: tuple[str, ...] | None = None
    """Every queued track is of one of these genres."""
    no_artist: str | None = None
    no_genre: tuple[str, ...] = ()
    all_years: tuple[int, int] | None = None
    all_moods: tuple[str, ...] | None = None
    """Every queued track carries one of these moods in its file."""
    volume: int | None = None
    volume_between: tuple[int, int] | None = None
    muted: bool | None = None
    shuffle: bool | None = None
    repeat: Literal["off", "one", "all"] | None = None
    position_between: tuple[float, float] | None = None
    playlists: Mapping[str, tuple[str, ...]] = Field(default_factory=dict)
    """Playlists that hold just these titles."""
    no_playlists: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    not_liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    timers: int | None = None
    """How many timers and alarms are set."""


class Step(_Strict):
    """One turn."""

    say: str
    calls: tuple[str, ...] | None = None
    """Tools called, in order; an empty list: none."""
    says: tuple[str, ...] = ()
    """Regular expressions that the reply matches, all of them, whatever the case."""
    says_not: tuple[str, ...] = ()
    asks: bool | None = None
    """Whether the reply asks something."""
    results: tuple[str, ...] | None = None
    """Titles of the numbered list."""
    language: str | None = None
    """Language of the reply."""
    state: State | None = None
    speaker: str = ""


class Scenario(_Strict):
    id: str
    kind: Kind
    about: str = ""
    held_back: bool = False
    """For measuring only: nobody looks at its faults."""
    fresh: bool = False
    """Held back, and written by another author when the last rule had been made."""
    setup: Setup = Setup()
    turns: tuple[Step, ...] = Field(min_length=1)


def read_scenarios(folder: Path = SCENARIOS) -> tuple[Scenario, ...]:
    """Every scenario, by file and place in it.

    Raises:
        EvaluationImpossible: a file is malformed, or two scenarios have one id.
    """
    found: list[Scenario] = []
    for path in sorted(folder.glob("*.yaml")):
        found += _read(path)
    ids = [scenario.id for scenario in found]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise EvaluationImpossible(f"two scenarios are called {twice[0]!r}: rename one of them")
    return tuple(found)


def _read(path: Path) -> list[Scenario]:
    try:
        rows: Sequence[Any] = yaml.safe_load(path.read_text("utf-8")) or ()
        kept = {"held_back": path.stem in {_HELD_BACK, _FRESH}, "fresh": path.stem == _FRESH}
        return [Scenario.model_validate(kept | row) for row in rows]
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise EvaluationImpossible(f"{path.name} cannot be read: {error}") from error
