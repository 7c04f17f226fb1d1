"""Requests with what they ask for, and how a wish that was understood is compared with it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from knowledge.folding import fold
from knowledge.wish import MusicWish
from knowledge.wishes.names import KnownNames, NamedThing

CASES = Path(__file__).parent / "cases"
LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "nl", "pl", "sv", "ja", "zh", "hi")
NEGATED = ("not_genres", "not_moods", "not_instruments", "not_artists", "not_words")
_NOT_COMPARED = frozenset({"text", "free", "said", "tempo_exact"})
_TEMPO_SLACK = 0.03
_WIDEST_TEMPO = 0.15
"""A tempo said as one number may be taken as a stretch so wide, as a share of it."""

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class WishCase:
    """One request, and the fields of the wish that it must give; all others stay empty."""

    id: str
    language: str
    part: str
    """"dev", or "test", which no word list and no rule may be changed for."""
    said: str
    rules_out: bool
    """Whether something is ruled out in it."""
    expected: Fields
    names: tuple[NamedThing, ...] = ()
    """What the library holds, as far as it matters."""

    @property
    def library(self) -> KnownNames:
        """The names by which the request is read."""
        return KnownNames(self.names)


def read_cases(language: str, folder: Path = CASES) -> tuple[WishCase, ...]:
    """Read `wishes_LANGUAGE.jsonl`.

    Raises:
        FileNotFoundError: there is none for this language.
    """
    lines = (folder / f"wishes_{language}.jsonl").read_text("utf-8").splitlines()
    return tuple(_case(json.loads(line), language) for line in lines if line.strip())


def wrong_fields(case: WishCase, wish: MusicWish) -> dict[str, tuple[object, object]]:
    """Fields that are not as expected, each with what was meant and what was understood."""
    wrong: dict[str, tuple[object, object]] = {}
    for name in (each.name for each in fields(MusicWish) if each.name not in _NOT_COMPARED):
        meant = case.language if name == "said_in" else case.expected.get(name)
        got = getattr(wish, name)
        if name == "like":
            got = [thing.name for thing in case.names if set(thing.track_ids) & set(got)]
        if not _agree(name, meant, got):
            wrong[name] = (meant, got)
    return wrong


def rules_out_rightly(case: WishCase, wish: MusicWish) -> bool:
    """Whether exactly what the request rules out is ruled out, and none of it is wished for."""
    wrong = wrong_fields(case, wish)
    kept = [*NEGATED, *(name for name in ("vocal", "axes") if name in case.expected)]
    if any(name in wrong for name in kept):
        return False
    positives = {"genres", "moods", "instruments", "artists"}
    return not any(
        set(case.expected.get(f"not_{name}", ())) & set(getattr(wish, name)) for name in positives
    )


def _case(record: Mapping[str, Any], language: str) -> WishCase:
    return WishCase(
        id=record["id"],
        language=language,
        part=record["split"],
        said=record["said"],
        rules_out=record.get("kind") == "negation",
        expected=record["wish"],
        names=tuple(
            NamedThing(kind, name, (number,))
            for number, (kind, name) in enumerate(record.get("names", ()), start=1)
        ),
    )


def _agree(name: str, meant: Any, got: Any) -> bool:
    if meant is None:
        return not got and (got is not False or name == "liked")
    match name:
        case "tempo_bpm":
            return _same_tempo(meant, got)
        case "years":
            return got is not None and list(map(float, got)) == list(map(float, meant))
        case "axes":
            return bool({str(axis): _side(span) for axis, span in got.items()} == meant)
        case "lyrics":
            return fold(meant) == fold(got)
        case "but":
            return bool(dict(got) == meant)
    if isinstance(meant, list):
        return set(meant) == set(got)
    return bool(meant == got)


def _same_tempo(meant: float | Sequence[float], got: tuple[float, float] | None) -> bool:
    if got is None:
        return False
    if isinstance(meant, int | float):
        middle, width = (got[0] + got[1]) / 2, got[1] - got[0]
        return abs(middle / meant - 1) <= _TEMPO_SLACK and width <= _WIDEST_TEMPO * meant
    return all(
        abs(ours / theirs - 1) <= _TEMPO_SLACK for ours, theirs in zip(got, meant, strict=True)
    )


def _side(span: tuple[float, float]) -> str:
    return "low" if sum(span) / 2 < 0.5 else "high"
