"""Sentence templates: "(skip|jump) [ahead] {seconds:duration}", parsed once, matched on words.

A template holds words, `(one|of|these)`, `[optional]`, `<macro>` and `{slot:kind}`. Matching
walks the parsed tree over a list of words instead of using regular expressions, so its cost is
bounded: each slot tries each end at most once, and a budget ends a search that grows too long.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MAX_FREE_WORDS = 14
"""A free-text slot holds at most so many words."""
STEP_BUDGET = 20_000
"""Matching gives up after so many steps; no sensible request comes near."""

SlotReader = Callable[[Sequence[str], int], tuple[int, float] | None]
_SYMBOL = re.compile(r"\s*([()\[\]|]|<[a-z_]+>|\{[a-z_]+(?::[a-z_]+)?\}|[^\s()\[\]|<>{}]+)")


class TemplateMistake(ValueError):
    """A template of a language file is malformed: a bug in the file, not in a request."""


@dataclass(frozen=True, slots=True)
class Word:
    word: str


@dataclass(frozen=True, slots=True)
class Slot:
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sequential:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class OneOf:
    choices: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Maybe:
    part: "Node"


Node = Word | Slot | Sequential | OneOf | Maybe


@dataclass(frozen=True, slots=True)
class Bound:
    """One slot of a match: either the words `first` to `end`, or a number read from them."""

    slot: str
    first: int
    end: int
    value: float | None


@dataclass(frozen=True, slots=True)
class Match:
    bound: tuple[Bound, ...]
    free_words: int
    """How many words free-text slots swallowed; fewer is a more certain match."""


def parse(template: str, macros: Mapping[str, Node]) -> Node:
    """Parse `template`; `<name>` is replaced by `macros[name]`.

    Raises:
        TemplateMistake: brackets do not balance, or a macro is unknown.
    """
    symbols = _SYMBOL.findall(template)
    node, at = _choices(symbols, 0, macros)
    if at != len(symbols):
        raise TemplateMistake(f"unbalanced brackets in {template!r}")
    return node


def _choices(symbols: list[str], at: int, macros: Mapping[str, Node]) -> tuple[Node, int]:
    choices: list[Node] = []
    parts: list[Node] = []
    while at < len(symbols) and symbols[at] not in {")", "]"}:
        symbol = symbols[at]
        at += 1
        if symbol == "|":
            choices.append(_sequence(parts))
            parts = []
        elif symbol in {"(", "["}:
            inner, at = _choices(symbols, at, macros)
            if at >= len(symbols) or symbols[at] != {"(": ")", "[": "]"}[symbol]:
                raise TemplateMistake(f"unbalanced brackets in {' '.join(symbols)!r}")
            at += 1
            parts.append(Maybe(inner) if symbol == "[" else inner)
        elif symbol.startswith("<"):
            if symbol[1:-1] not in macros:
                raise TemplateMistake(f"unknown macro {symbol}")
            parts.append(macros[symbol[1:-1]])
        elif symbol.startswith("{"):
            name, _, kind = symbol[1:-1].partition(":")
            parts.append(Slot(name, kind or "text"))
        else:
            parts.append(Word(symbol))
    choices.append(_sequence(parts))
    return (choices[0] if len(choices) == 1 else OneOf(tuple(choices))), at


def _sequence(parts: list[Node]) -> Node:
    return parts[0] if len(parts) == 1 else Sequential(tuple(parts))


def needed_words(node: Node) -> frozenset[str] | None:
    """A set of words of which each match contains at least one; None when there is none."""
    match node:
        case Word(word):
            return frozenset((word,))
        case OneOf(choices):
            sets = [needed_words(choice) for choice in choices]
            known = [words for words in sets if words is not None]
            return frozenset().union(*known) if len(known) == len(sets) else None
        case Sequential(parts):
            found = [words for part in parts if (words := needed_words(part)) is not None]
            return min(found, key=len) if found else None
        case _:
            return None


def vocabulary(node: Node) -> frozenset[str]:
    """Every word that stands in the template."""
    match node:
        case Word(word):
            return frozenset((word,))
        case OneOf(parts) | Sequential(parts):
            return frozenset().union(*(vocabulary(part) for part in parts))
        case Maybe(part):
            return vocabulary(part)
        case _:
            return frozenset()


@dataclass(slots=True)
class Matcher:
    """Matches templates on one list of words."""

    words: Sequence[str]
    readers: Mapping[str, SlotReader]
    """How a `{slot:kind}` is read; kinds without a reader are free text."""
    budget: int = field(default=STEP_BUDGET)

    def match(self, node: Node) -> Match | None:
        """Match the whole list of words, with as few free words as possible; None if not."""
        best: Match | None = None
        for end, bound in self._walk(node, 0):
            if end != len(self.words):
                continue
            free = sum(b.end - b.first for b in bound if b.value is None)
            if best is None or free < best.free_words:
                best = Match(bound, free)
                if free == 0:
                    break
        return best

    def _walk(self, node: Node, at: int) -> Iterator[tuple[int, tuple[Bound, ...]]]:
        self.budget -= 1
        if self.budget < 0:
            return
        match node:
            case Word(word):
                if at < len(self.words) and self.words[at] == word:
                    yield at + 1, ()
            case Slot(name, kind):
                yield from self._slot(name, kind, at)
            case OneOf(choices):
                for choice in choices:
                    yield from self._walk(choice, at)
            case Maybe(part):
                yield from self._walk(part, at)
                yield at, ()
            case Sequential(parts):
                yield from self._in_turn(parts, 0, at)

    def _in_turn(
        self, parts: tuple[Node, ...], index: int, at: int
    ) -> Iterator[tuple[int, tuple[Bound, ...]]]:
        if index == len(parts):
            yield at, ()
            return
        for middle, bound in self._walk(parts[index], at):
            for end, rest in self._in_turn(parts, index + 1, middle):
                yield end, bound + rest

    def _slot(self, name: str, kind: str, at: int) -> Iterator[tuple[int, tuple[Bound, ...]]]:
        reader = self.readers.get(kind)
        if reader is not None:
            reading = reader(self.words, at)
            if reading is not None:
                yield reading[0], (Bound(name, at, reading[0], reading[1]),)
            return
        for end in range(at + 1, min(len(self.words), at + MAX_FREE_WORDS) + 1):
            yield end, (Bound(name, at, end, None),)
