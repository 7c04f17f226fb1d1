"""Left sides of a translation grammar, matched on words, with the English that comes out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from agent.understanding.numerals import read_clock, read_duration, read_number, read_ordinal
from agent.understanding.pivot import han_numbers
from agent.understanding.pivot.language import NUMBER_KINDS, PivotLanguage, PivotRule
from agent.understanding.template import (
    STEP_BUDGET,
    Maybe,
    Node,
    OneOf,
    Sequential,
    Slot,
    Word,
)
from agent.understanding.tokens import Token, text_between

_READERS = {
    "number": read_number,
    "ordinal": read_ordinal,
    "duration": read_duration,
    "clock": read_clock,
}
_HAN_READERS = {
    "number": han_numbers.read_number,
    "ordinal": han_numbers.read_ordinal,
    "duration": han_numbers.read_duration,
    "clock": han_numbers.read_clock,
}
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
_MAX_DEPTH = 3
"""How deep phrasebooks may name each other."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A slot, the English for it, and how many words of free text that took."""

    slot: str
    english: str
    free_words: int


@dataclass(frozen=True, slots=True)
class Translated:
    rule: PivotRule
    english: str
    free_words: int
    """Words swallowed by free-text slots: names, and whatever else was not expected."""
    filled: tuple[Filled, ...]


@dataclass(slots=True)
class PivotMatcher:
    """Matches the rules of one language on the words of one text."""

    language: PivotLanguage
    text: str
    tokens: Sequence[Token]
    words: Sequence[str] = field(init=False)
    _budget: int = field(init=False, default=STEP_BUDGET)

    def __post_init__(self) -> None:
        self.words = [token.word for token in self.tokens]

    def match(self, rule: PivotRule) -> Translated | None:
        """Match the whole text with as few free words as possible; None if it does not fit."""
        self._budget = STEP_BUDGET
        best: Translated | None = None
        for end, filled in self._walk(rule.node, 0, 0):
            if end != len(self.words):
                continue
            free = sum(each.free_words for each in filled)
            if best is None or free < best.free_words:
                best = Translated(rule, _worded(rule.english, filled), free, filled)
                if free == 0:
                    break
        return best

    def _walk(self, node: Node, at: int, depth: int) -> Iterator[tuple[int, tuple[Filled, ...]]]:
        self._budget -= 1
        if self._budget < 0:
            return
        match node:
            case Word(word):
                if at < len(self.words) and self.words[at] == word:
                    yield at + 1, ()
            case Slot(name, kind):
                yield from self._slot(name, kind, at, depth)
            case OneOf(choices):
                for choice in choices:
                    yield from self._walk(choice, at, depth)
            case Maybe(part):
                yield from self._walk(part, at, depth)
                yield at, ()
            case Sequential(parts):
                yield from self._in_turn(parts, 0, at, depth)

    def _in_turn(
        self, parts: tuple[Node, ...], index: int, at: int, depth: int
    ) -> Iterator[tuple[int, tuple[Filled, ...]]]:
        if index == len(parts):
            yield at, ()
            return
        for middle, filled in self._walk(parts[index], at, depth):
            for end, rest in self._in_turn(parts, index + 1, middle, depth):
                yield end, filled + rest

    def _slot(
        self, name: str, kind: str, at: int, depth: int
    ) -> Iterator[tuple[int, tuple[Filled, ...]]]:
        if kind in NUMBER_KINDS:
            if self.language.is_written_without_spaces:
                reading = _HAN_READERS[kind](self.words, at)
            else:
                reading = _READERS[kind](self.words, at, self.language.numbers)
            if reading is not None:
                yield reading[0], (Filled(name, _amount(kind, reading[1]), 0),)
        elif kind in self.language.books:
            if depth < _MAX_DEPTH:
                yield from self._from_book(name, kind, at, depth + 1)
        else:
            for end in range(at + 1, min(len(self.words), at + self.language.most_free) + 1):
                said = text_between(self.text, self.tokens, at, end)
                yield end, (Filled(name, said, end - at),)

    def _from_book(
        self, name: str, book: str, at: int, depth: int
    ) -> Iterator[tuple[int, tuple[Filled, ...]]]:
        """Longest phrase first."""
        said = frozenset(self.words[at:])
        found = [
            (end, Filled(name, _worded(entry.english, filled), sum(f.free_words for f in filled)))
            for entry in self.language.books[book]
            if entry.may_match(said)
            for end, filled in self._walk(entry.node, at, depth)
        ]
        for end, each in sorted(found, key=lambda one: -one[0]):
            yield end, (each,)


def _worded(english: str, filled: Sequence[Filled]) -> str:
    for each in filled:
        english = english.replace(f"{{{each.slot}}}", each.english)
    return english


def _amount(kind: str, value: float) -> str:
    if kind == "number":
        return f"{value:g}"
    if kind == "ordinal":
        return "last" if value < 0 else _nth(int(value))
    return _lasting(value)


def _nth(number: int) -> str:
    if number < len(_ORDINALS):
        return _ORDINALS[number]
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10 if number // 10 % 10 != 1 else 0, "th")
    return f"{number}{ending}"


def _lasting(seconds: float) -> str:
    """A duration in words that our English reads: "1 hour and 30 minutes"."""
    hours, rest = divmod(round(seconds), 3600)
    minutes, seconds = divmod(rest, 60)
    amounts = ((hours, "hour"), (minutes, "minute"), (int(seconds), "second"))
    said = [f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in amounts if n]
    return " and ".join(said) or "0 seconds"
