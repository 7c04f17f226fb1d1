"""Puts back what the person said as a fact and a language model left out or altered.

After AudioMuse-AI's planner, which merges the hints that its model forgets: numbers, references,
years, tempo and what is ruled out are read offline, where reading them is exact.
"""

from collections.abc import Callable, Mapping
from typing import Any

from agent.grounding.effects import Effect
from agent.grounding.reading import PlannedCall, Reading
from knowledge.folding import fold
from knowledge.wish import MusicWish
from tools.wished import describes, joined, told

Understand = Callable[[str], MusicWish]
Arguments = dict[str, Any]

NAMING = ("query", "title", "artist", "album", "genre", "playlist", "liked", "numbers", "refs")
"""Arguments that say which music is meant."""
REFERRING = ("numbers", "refs")
_INSTEAD = (
    frozenset({"volume", "change", "mute"}),
    frozenset({"position_s", "by_s"}),
    frozenset({"since", "until"}),
    frozenset({"when", "after", "longer_by_minutes"}),
)
"""Of each group one is meant: the one that was said takes the place of the others."""
_FACTS = frozenset(
    {
        *("volume", "change", "mute", "position_s", "by_s", "count", "on", "mode", "rating"),
        *("numbers", "refs", "positions", "to", "minutes", "size", "when", "order", "limit"),
        *(
            "since",
            "until",
            "after",
            "longer_by_minutes",
            "everything",
            "only",
            "ending_s_ago",
            "seconds",
            "moment",
            "exclude",
            "clip",
        ),
        *("also", "similar", "before_current", "new_name", "songs", "which", "waking"),
    }
)
"""Arguments whose value follows from the words exactly."""
_CONDITIONS = frozenset(
    {
        *("years", "tempo_bpm", "cadence", "vocal", "language", "duration_s", "arc", "instruments"),
        *("not_genres", "not_moods", "not_instruments", "not_artists", "not_words", "axes", "but"),
        *("genres", "moods", "activity"),
    }
)
_RULING_OUT = frozenset(
    {
        *("years", "tempo_bpm", "vocal", "language", "not_genres", "not_moods"),
        *("not_instruments", "not_artists", "not_words"),
    }
)
"""What a call that plays something by its name would pass over in silence."""


def put_back(tool: str, arguments: Mapping[str, Any], reading: Reading) -> Arguments:
    """`arguments` with the facts of the request in them, when its meaning is sure."""
    merged = dict(arguments)
    planned = reading.planned(tool, arguments.get("action"))
    if planned is None or reading.is_open:
        return merged
    for key, value in planned.arguments.items():
        if key in _FACTS:
            _replace(merged, key, value)
    if any(key in planned.arguments for key in REFERRING):
        for key in NAMING:  # "the second one" is a number, whatever the model calls it
            if key not in planned.arguments:
                merged.pop(key, None)
    if tool == "play_music" and Effect.QUEUE not in reading.licensed:
        merged.pop("mode", None)
    return merged


def names_of(planned: PlannedCall | None) -> Arguments:
    """The arguments of a planned call that say which music is meant."""
    if planned is None:
        return {}
    return {key: planned.arguments[key] for key in NAMING if key in planned.arguments}


def with_wish(
    tool: str, arguments: Mapping[str, Any], reading: Reading, understand: Understand
) -> Arguments:
    """Arguments of a search or a recommendation with years, length and conditions put back."""
    merged, wish = dict(arguments), reading.wish
    if tool == "recommend_music":
        planned = reading.planned(tool)
        if _lost(wish, merged, understand):
            own = planned.arguments if planned is not None else {}
            merged["wish"] = own.get("wish", reading.text)
            if "also" in own:
                merged["also"] = own["also"]
        if wish.duration_s is not None:
            merged["minutes"] = wish.duration_s / 60.0
        if wish.count is not None:
            merged["count"] = wish.count
        if wish.tempo_bpm is not None:
            merged.pop("bpm", None)
            merged.pop("tempo", None)
    if tool in {"recommend_music", "search_music"}:
        _set_years(merged, reading)
    return merged


def passed_over(arguments: Mapping[str, Any], reading: Reading) -> tuple[str, ...]:
    """Words of conditions that playing by name would drop: "from the sixties", "no vocals"."""
    if any(arguments.get(key) for key in REFERRING):
        return ()
    named = " ".join(fold(str(arguments.get(key, ""))) for key in NAMING)
    found = []
    for field in sorted(told(reading.wish) & _RULING_OUT):
        if field == "vocal" and reading.wish.vocal:
            continue  # nearly everything is sung
        words = reading.wish.said.get(field, "")
        if words and fold(words) not in named:
            found.append(words)
    return tuple(found)


def _replace(arguments: Arguments, key: str, value: object) -> None:
    for group in _INSTEAD:
        if key in group:
            for other in group - {key}:
                arguments.pop(other, None)
    arguments[key] = value


def _lost(wish: MusicWish, arguments: Mapping[str, Any], understand: Understand) -> bool:
    """Whether a condition of the request is missing in the words of a recommendation."""
    if not describes(wish):
        return False
    kept = understand(str(arguments.get("wish") or ""))
    also = arguments.get("also") or []
    for words in [also] if isinstance(also, str) else also:
        kept = joined(kept, understand(str(words)))
    return any(getattr(kept, field) != getattr(wish, field) for field in told(wish) & _CONDITIONS)


def _set_years(arguments: Arguments, reading: Reading) -> None:
    """The years that were said; a year that nobody said goes."""
    if reading.wish.years is not None:
        first, last = reading.wish.years
        arguments["year_from"], arguments["year_to"] = int(first), int(last)
        return
    digits = set(fold(reading.text).split())
    for key in ("year_from", "year_to"):
        year = arguments.get(key)
        if year is not None and str(year) not in digits and not reading.unexplained:
            del arguments[key]
