"""Compiling the templates of a translation grammar: words as `words_of` cuts them, what they need.

Templates share their macros, and a grammar has thousands of places where one stands. Each macro is
compiled once: a whole grammar takes tens of milliseconds instead of hundreds.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from agent.understanding.pivot.words import Spelling, words_of
from agent.understanding.template import (
    Maybe,
    Node,
    OneOf,
    Sequential,
    Slot,
    Word,
    parse,
)

Sets = tuple[frozenset[str], ...]


@dataclass(slots=True)
class Compiler:
    """Compiles the templates of one language."""

    spelling: Spelling
    macros: dict[str, Node] = field(default_factory=dict)
    _words: dict[str, Node] = field(default_factory=dict)
    _folded: dict[int, Node] = field(default_factory=dict)
    """Nodes that are compiled, by their own id; holding them keeps the ids theirs."""
    _sets: dict[int, Sets] = field(default_factory=dict)
    _sure: dict[int, frozenset[str]] = field(default_factory=dict)

    def add_macros(self, macros: Mapping[str, str]) -> None:
        """Compile `macros`, each of which may name those before it."""
        for name, template in macros.items():
            self.macros[name] = self.compile(template)

    def compile(self, template: str) -> Node:
        """The template with its words as `words_of` would cut and plain them.

        Raises:
            TemplateMistake: it is malformed.
        """
        return self._fold(parse(template, self.macros))

    def _fold(self, node: Node) -> Node:
        if id(node) in self._folded:
            return node
        folded = self._folded_parts(node)
        self._folded[id(folded)] = folded
        return folded

    def _folded_parts(self, node: Node) -> Node:
        match node:
            case Word(word):
                if word not in self._words:
                    self._words[word] = self._word(node)
                return self._words[word]
            case OneOf(choices):
                return OneOf(tuple(self._fold(choice) for choice in choices))
            case Sequential(parts):
                return Sequential(tuple(self._fold(part) for part in parts))
            case Maybe(part):
                return Maybe(self._fold(part))
            case _:
                return node

    def _word(self, node: Word) -> Node:
        parts = tuple(Word(token.word) for token in words_of(node.word, None, self.spelling))
        if not parts:  # ":" is a word between digits only
            return node
        return parts[0] if len(parts) == 1 else Sequential(parts)

    def needed_sets(self, node: Node) -> Sets:
        """Sets of words of which each match of a compiled template contains one each."""
        known = self._sets.get(id(node))
        if known is None:
            known = self._sets[id(node)] = self._needed(node)
        return known

    def _needed(self, node: Node) -> Sets:
        match node:
            case Word(word):
                return (frozenset((word,)),)
            case OneOf(choices):
                sets = [self.needed_sets(choice) for choice in choices]
                if not all(sets):
                    return ()
                return (frozenset().union(*(min(each, key=len) for each in sets)),)
            case Sequential(parts):
                return tuple(each for part in parts for each in self.needed_sets(part))
            case _:
                return ()

    def sure_slots(self, node: Node) -> frozenset[str]:
        """Slots that every match of a compiled template fills."""
        known = self._sure.get(id(node))
        if known is None:
            known = self._sure[id(node)] = self._filled(node)
        return known

    def _filled(self, node: Node) -> frozenset[str]:
        match node:
            case Slot(name, _):
                return frozenset((name,))
            case Sequential(parts):
                return frozenset().union(*map(self.sure_slots, parts))
            case OneOf(choices):
                first, *rest = map(self.sure_slots, choices)
                return first.intersection(*rest)
            case _:
                return frozenset()

    def words_in(self, nodes: Iterable[Node]) -> frozenset[str]:
        """Every word that stands in these compiled templates."""
        seen: dict[int, Node] = {}
        waiting = list(nodes)
        while waiting:
            node = waiting.pop()
            if id(node) in seen:
                continue
            seen[id(node)] = node
            match node:
                case OneOf(parts) | Sequential(parts):
                    waiting += parts
                case Maybe(part):
                    waiting.append(part)
                case _:
                    pass
        return frozenset(node.word for node in seen.values() if isinstance(node, Word))
