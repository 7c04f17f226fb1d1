"""What the model learns from: the rows and made requests that the cascade learns from, no others.

Slots are those of the tagger's examples, so that both learn the same spans.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agent.understanding.grammar import Grammar
from agent.understanding.language import load_language
from agent.understanding.lexicon import Lexicon, load_lexicon
from agent.understanding.tokens import text_between, tokenise
from agent.understanding.training import labelled, slots
from agent.understanding.training.data import FILES, Row, is_held_back, split
from agent.understanding.training.generate import Generator
from evals.small_model.notation import NONE, print_call

_DEVELOPMENT_PERCENT = 8
"""Of the training rows: they train nothing, and place the threshold."""
_OTHERS = 11_000
"""Rows that are not about music, of some 24,000; all of those that say nearly the same things."""
_TIMES = {"slurp_devel": 3, "hwu64": 2}
"""Rows about music of the sets that are nearest to how people talk, and smaller, count more."""
_WITHOUT_SLOTS = "clinc150"
_FROM_GRAMMAR, _FROM_TEMPLATES = 72, 6
"""As for the cascade."""
_SEED = 1


@dataclass(frozen=True, slots=True)
class Lesson:
    """A request and the call to print."""

    request: str
    call: str
    is_whole: bool = True
    """Whether the call ends there; of a set without slots only the verb is known."""


@dataclass(frozen=True, slots=True)
class Material:
    """Everything, in a fixed order."""

    lessons: tuple[Lesson, ...]
    development: dict[str, tuple[Row, ...]]
    """Rows of each set to place the threshold with."""


def gather(data: Path) -> Material:
    """Read the sets below `data`/language, never what is held back for measuring.

    Raises:
        OSError: a set is not there.
    """
    language, lexicon = load_language(), load_lexicon()
    grammar, generator = Grammar(language), Generator(language)
    music: list[Lesson] = []
    near: list[Lesson] = []
    far: list[Lesson] = []
    development: dict[str, tuple[Row, ...]] = {}
    for name in FILES:
        rows = split(data / "language", name)[0]
        kept = [row for row in rows if not _is_development(row)]
        development[name] = tuple(row for row in rows if _is_development(row))
        of_music = [row for row in kept if row.is_music] * _TIMES.get(name, 1)
        music += _of_music(of_music, name, grammar, lexicon)
        nothing = [Lesson(row.text, NONE) for row in kept if not row.is_music]
        near, far = (near + nothing, far) if name in _TIMES else (near, far + nothing)
    requests = [
        *generator.from_grammar(_FROM_GRAMMAR),
        *generator.from_templates(_FROM_TEMPLATES),
    ]
    made = [
        Lesson(one.text, print_call(one.intent, _spans(one.text, one.tags)))
        for one in requests
        if len(tokenise(one.text)) == len(one.tags)
    ]
    random.Random(_SEED).shuffle(far)
    return Material((*music, *near, *far[: _OTHERS - len(near)], *made), development)


def _is_development(row: Row) -> bool:
    return is_held_back(f"{row.id}/development", _DEVELOPMENT_PERCENT)


def _of_music(
    rows: Sequence[Row], source: str, grammar: Grammar, lexicon: Lexicon
) -> Iterator[Lesson]:
    """As they are and in lower case, as a recogniser writes."""
    for row in rows:
        example = slots.from_row(row, lexicon)
        if example is None:
            continue
        intent = labelled.label(row, source, grammar).intent
        for text in dict.fromkeys((row.text, row.text.lower())):
            call = print_call(intent, _spans(text, example.tags))
            yield Lesson(text, call, is_whole=source != _WITHOUT_SLOTS)


def _spans(text: str, tags: Sequence[str]) -> list[tuple[str, str]]:
    """The words that are tagged "B-slot", "I-slot", as they stand in `text`."""
    tokens = tokenise(text)
    found: list[tuple[str, str]] = []
    first = 0
    while first < len(tags):
        if not tags[first].startswith("B-"):
            first += 1
            continue
        end, slot = first + 1, tags[first][2:]
        while end < len(tags) and tags[end] == f"I-{slot}":
            end += 1
        words = text_between(text, tokens, first, end)
        found.append((slot, words.removesuffix("'s")))
        first = end
    return found
