"""A translation grammar, read from its data file in `languages/`."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from agent.understanding.numerals import NumberWords
from agent.understanding.pivot.compiling import Compiler
from agent.understanding.pivot.words import Spelling, plain, words_of
from agent.understanding.template import (
    MAX_FREE_WORDS,
    Maybe,
    Node,
    OneOf,
    Sequential,
    Slot,
    TemplateMistake,
    needed_words,
)

PIVOT_LANGUAGES: tuple[str, ...] = (
    *("de", "es", "fr", "it", "pt", "nl", "pl", "sv", "zh", "ja", "hi"),
    *("ar", "da", "id", "kk", "lt", "sr", "tr"),
    *("bar", "nap"),
)
"""Languages that a file may exist for, those with full coverage first, dialects last."""
MAX_FREE_LETTERS = 30
"""A free-text slot holds at most so many words where each letter is a word."""
_WITHOUT_SPACES = frozenset({"zh", "ja"})
_PLACE = re.compile(r"\{([a-z_]+)\}")
NUMBER_KINDS = frozenset({"number", "ordinal", "duration", "clock"})


@dataclass(frozen=True, slots=True)
class PivotRule:
    """One left side and the English it means."""

    english: str
    """With `{slot}` where the words of a slot go."""
    node: Node
    needs: str
    """What must be the case, as in `language.Rule`; nothing when empty."""
    needed: frozenset[str] | None
    """Each match contains one of these words; None: it may match anything."""
    sets: tuple[frozenset[str], ...]
    """Each match contains a word of each of these, the smallest sets first."""

    def may_match(self, words: AbstractSet[str]) -> bool:
        """Whether a text with these words has what each match has."""
        return not any(needed.isdisjoint(words) for needed in self.sets)


@dataclass(frozen=True, slots=True)
class PivotLanguage:
    code: str
    speaks: str
    """The language that one answers in: for a dialect its standard language."""
    rules: tuple[PivotRule, ...]
    by_word: Mapping[str, tuple[int, ...]]
    """Places in `rules` of those that need the word."""
    always: tuple[int, ...]
    books: Mapping[str, tuple[PivotRule, ...]]
    """Phrasebooks by name, for slots like `{x:when}`."""
    before: tuple[tuple[str, ...], ...]
    after: tuple[tuple[str, ...], ...]
    idle: frozenset[str]
    """Words that mean nothing wherever they stand: "bitte", "mal"."""
    elsewhere: tuple[tuple[str, ...], ...]
    """What is said of other things than music: a request with one of them names no music."""
    loans: frozenset[str]
    """Words of the left sides that are English too, as they are written."""
    joints: tuple[tuple[str, ...], ...]
    """Words that join two requests: "und dann"."""
    seams: tuple[tuple[str, ...], ...]
    """Endings of a request that another may follow without a word between: "かけて"."""
    contractions: Mapping[str, tuple[str, ...]]
    spelling: Spelling
    numbers: NumberWords
    vocabulary: frozenset[str]
    """Every word that the left sides know, and those for numbers."""

    @property
    def is_written_without_spaces(self) -> bool:
        """Whether each letter is a word of its own here."""
        return self.code in _WITHOUT_SPACES

    @property
    def most_free(self) -> int:
        """Words that a free-text slot may hold; a name in Han letters has many."""
        return MAX_FREE_LETTERS if self.is_written_without_spaces else MAX_FREE_WORDS


@lru_cache(maxsize=32)
def load_pivot(code: str) -> PivotLanguage | None:
    """Read `languages/CODE.pivot.toml`; None when there is no such file.

    Raises:
        TemplateMistake: a template is malformed, or the right side names a slot that the left
            side does not always fill.
    """
    source = files("agent.understanding") / "languages" / f"{code}.pivot.toml"
    if not source.is_file():
        return None
    data = tomllib.loads(source.read_text("utf-8"))
    spelling = spelling_of(data.get("spelling", {}))
    compiler = Compiler(spelling)
    compiler.add_macros(data.get("macros", {}))
    books = {
        name: tuple(_rule(english, template, "", compiler) for template, english in entries.items())
        for name, entries in data.get("phrases", {}).items()
    }
    rules = tuple(
        _rule(block["english"], template, block.get("needs", ""), compiler)
        for block in data.get("say", ())
        for template in block["templates"]
    )
    for rule in (*rules, *(entry for book in books.values() for entry in book)):
        _check_kinds(rule.node, books, rule.english)
    by_word: dict[str, list[int]] = {}
    for place, rule in enumerate(rules):
        for word in rule.needed or ():
            by_word.setdefault(word, []).append(place)
    numbers = _numbers(data.get("numbers", {}), spelling)
    words = data.get("words", {})
    nodes = [rule.node for rule in rules]
    nodes += [entry.node for book in books.values() for entry in book]
    return PivotLanguage(
        code=code,
        speaks=data.get("speaks", code),
        rules=rules,
        by_word={word: tuple(places) for word, places in by_word.items()},
        always=tuple(place for place, rule in enumerate(rules) if rule.needed is None),
        books=books,
        before=_phrases([*words.get("wake", ()), *words.get("before", ())], spelling),
        after=_phrases(words.get("after", ()), spelling),
        idle=frozenset(spelling.of(plain(word)) for word in words.get("idle", ())),
        elsewhere=_phrases(words.get("elsewhere", ()), spelling),
        loans=frozenset(plain(word) for word in words.get("loan", ())),
        joints=_phrases(words.get("and", ()), spelling),
        seams=_phrases(words.get("seam", ()), spelling),
        contractions={
            spelling.of(plain(word)): tuple(spelling.of(plain(part)) for part in parts)
            for word, parts in data.get("contractions", {}).items()
        },
        spelling=spelling,
        numbers=numbers,
        vocabulary=compiler.words_in(nodes).union(numbers.units, numbers.ordinals),
    )


def load_all() -> None:
    """Read every grammar ahead of the first request that is no plain command: 0.8 CPU seconds."""
    for code in PIVOT_LANGUAGES:
        load_pivot(code)


def _rule(english: str, template: str, needs: str, compiler: Compiler) -> PivotRule:
    node = compiler.compile(template)
    missing = set(_PLACE.findall(english)) - compiler.sure_slots(node)
    if missing:
        raise TemplateMistake(f"{template!r} does not always fill {sorted(missing)} of {english!r}")
    sets = sorted(set(compiler.needed_sets(node)), key=len)
    return PivotRule(english, node, needs, needed_words(node), tuple(sets))


def spelling_of(data: Mapping[str, Any]) -> Spelling:
    """The spellings that the table `spelling` of a grammar takes for the same."""
    letters = {letter: same for letter, same in data.get("letters", {}).items() if letter != same}
    return Spelling(str.maketrans(letters), tuple(map(tuple, data.get("latin", ()))))


def _check_kinds(node: Node, books: Mapping[str, Any], english: str) -> None:
    match node:
        case Slot(name, kind):
            if kind != "text" and kind not in NUMBER_KINDS and kind not in books:
                raise TemplateMistake(f"no phrasebook {kind!r} for {{{name}}} of {english!r}")
        case Sequential(parts) | OneOf(parts):
            for part in parts:
                _check_kinds(part, books, english)
        case Maybe(part):
            _check_kinds(part, books, english)


def _phrases(phrases: Sequence[str], spelling: Spelling) -> tuple[tuple[str, ...], ...]:
    cut = (tuple(t.word for t in words_of(phrase, None, spelling)) for phrase in phrases)
    return tuple(sorted((words for words in cut if words), key=len, reverse=True))


def _numbers(data: Mapping[str, Any], spelling: Spelling) -> NumberWords:
    def plainly(name: str) -> dict[str, Any]:
        return {spelling.of(plain(word)): value for word, value in data.get(name, {}).items()}

    return NumberWords(
        units=plainly("units"),
        scales=plainly("scales"),
        ordinals=plainly("ordinals"),
        fractions=plainly("fractions"),
        seconds=plainly("seconds"),
        glue=frozenset(spelling.of(plain(word)) for word in data.get("glue", ())),
    )
