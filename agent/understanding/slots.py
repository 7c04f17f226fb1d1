"""The third stage: which words of the request name what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agent.understanding.gazetteer import Gazetteer
from agent.understanding.grammar import GrammarMatch
from agent.understanding.intents import Intent
from agent.understanding.language import Language
from agent.understanding.tokens import Token, text_between

Slots = dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SlotFinder:
    """Finds names, genres, moods and the like in a request."""

    language: Language

    def find(
        self, text: str, tokens: Sequence[Token], intent: Intent, gazetteer: Gazetteer
    ) -> Slots:
        """Slots of `text` understood as `intent`."""
        found: dict[str, list[str]] = {}
        taken: set[int] = set()
        for span in gazetteer.exact(tokens):
            places = set(range(span.first, span.end))
            if not places & taken and intent.is_music:
                taken |= places
                kind = min(span.kinds)
                value = text_between(text, tokens, span.first, span.end)
                found.setdefault(kind, []).append(value)
        return {name: tuple(values) for name, values in found.items()}


def finish_slots(match: GrammarMatch, found: Mapping[str, tuple[str, ...]]) -> Slots:
    """Put the slots of a grammar match into the shape that tools want.

    Seeking becomes `seconds` (negative: back) with `mode` "by", or "to" a place (`fraction` 0.5
    is the middle); volume becomes `level`, 0 to 100, and `volume` the same.
    """
    slots = dict(match.slots)
    intent = match.rule.intent
    if intent is Intent.SEEK:
        return _seek(slots)
    if tenths := slots.pop("tenths", None):
        slots["level"] = tuple(str(min(100, int(value) * 10)) for value in tenths)
    if intent is Intent.VOLUME_SET and "level" in slots:
        slots["level"] = (str(min(100, int(slots["level"][0]))),)
        slots["volume"] = slots["level"]
    if "name" in slots:
        slots = {**found, **{name: value for name, value in slots.items() if name != "name"}}
        slots.setdefault("query", match.slots["name"])
    return slots


def _seek(slots: Slots) -> Slots:
    if "forward" in slots:
        return {"seconds": slots["forward"], "mode": ("by",)}
    if "back" in slots:
        return {"seconds": (f"-{slots['back'][0]}",), "mode": ("by",)}
    if "to" in slots:
        return {"seconds": slots["to"], "mode": ("to",)}
    if "fraction" in slots:
        return {"fraction": slots["fraction"], "mode": ("to",)}
    return {"seconds": ("0",), "mode": ("to",), **slots}
