"""The words of the languages, read from their data files, and how phrases are found by them."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from knowledge.wishes.genres import all_genres
from knowledge.wishes.spelling import can_be_misspelled, near_words
from knowledge.wishes.tokens import Token, key_of

LANGUAGES = ("en", "de", "es", "fr", "it", "pt", "nl", "pl", "sv", "ja", "zh", "hi")
_SHORTEST_STEM = 3
_PLAIN = frozenset({"filler", "function"})
"""Slots whose words are no descriptors, hence no targets of a correction."""
_NO_MEANING = frozenset({"compound", "plain"})
"""Slots whose words only help: ends of compounds, and words that are right as they are."""
_JOINTS = ("", "s", "n", "en", "e", "er")
"""What may stand between the parts of a compound."""
_POLISH_ENDINGS = ("u", "em", "owi", "owy", "owe", "owa", "ową", "owego")
_POLISH_TAKES_ENDINGS = frozenset("bcdfghjklmnprstwz")
_VERB_ENDINGS = ("n", "en")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: a slot and one of its values, ("moods", "calm")."""

    slot: str
    value: str


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the lexicon in a request."""

    first: int
    """Token it begins with."""
    last: int
    """Token after it."""
    meanings: tuple[Meaning, ...]
    is_corrected: bool = False


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    stems: dict[str, "_Node"] = field(default_factory=dict)
    meanings: list[Meaning] = field(default_factory=list)


class Lexicon:
    """Phrases of one language, or of what all share."""

    def __init__(self, entries: Iterable[tuple[str, Meaning]]) -> None:
        self._root = _Node()
        self._tails: list[str] = []
        known: set[str] = set()
        words: dict[str, None] = {}
        for phrase, meaning in entries:
            is_stem = phrase.endswith("*")
            key = key_of(phrase.rstrip("*"))
            if not key:
                continue
            known.update(key)
            if meaning.slot in _NO_MEANING:
                if meaning.slot == "compound":
                    self._tails.append(key[0])
                continue
            self._add(key, meaning, is_stem=is_stem)
            if len(key) == 1 and meaning.slot not in _PLAIN:
                words[key[0]] = None
        self._words = [word for word in words if can_be_misspelled(word)]
        self._known = frozenset(known)
        self._tails.sort(key=len, reverse=True)

    def at(self, tokens: Sequence[Token], place: int) -> Found | None:
        """The longest phrase that begins with the token at `place`."""
        best: Found | None = None
        nodes = [self._root]
        for last in range(place, len(tokens)):
            token = tokens[last]
            if token.kind == "mark":
                break
            nodes = [following for node in nodes for following in _step(node, token)]
            if not nodes:
                break
            meanings = dict.fromkeys(meaning for node in nodes for meaning in node.meanings)
            if meanings:
                best = Found(place, last + 1, tuple(meanings))
        return best

    def meanings_of(self, word: str) -> tuple[Meaning, ...]:
        """What a single folded word stands for."""
        found = self.at((Token(word, 0, len(word), "word"),), 0)
        return found.meanings if found else ()

    def is_word(self, word: str) -> bool:
        """Whether a folded word is one of this lexicon, alone or inside a phrase."""
        return word in self._known

    def heads(self, word: str) -> Iterator[str]:
        """What may be the first part of a compound: "Rock" of "Rocklieder"."""
        for tail in self._tails:
            if word.endswith(tail):
                head = word[: -len(tail)]
                for joint in _JOINTS:
                    if head.endswith(joint) and len(head) - len(joint) >= _SHORTEST_STEM:
                        yield head.removesuffix(joint)
                # "Wandermusik" is music to "wandern", "Kochmusik" to "kochen".
                yield from (head + ending for ending in _VERB_ENDINGS if head)
                return

    def corrected(self, word: str) -> str | None:
        """The known word that a misspelled one must mean; None when it is none or unclear."""
        near = near_words(word, self._words)
        if not near or len({self.meanings_of(one) for one in near}) > 1:
            return None
        return near[0]

    def _add(self, key: tuple[str, ...], meaning: Meaning, *, is_stem: bool) -> None:
        node = self._root
        for place, word in enumerate(key):
            stem = is_stem and place == len(key) - 1 and len(word) >= _SHORTEST_STEM
            step = node.stems if stem else node.children
            node = step.setdefault(word, _Node())
        if meaning not in node.meanings:
            node.meanings.append(meaning)


def _step(node: _Node, token: Token) -> list[_Node]:
    found = []
    exact = node.children.get(token.text)
    if exact is not None:
        found.append(exact)
    if node.stems and token.kind == "word":
        # A whole word says more than its stem, and a longer stem more than a short one.
        for length in range(len(token.text), _SHORTEST_STEM - 1, -1):
            stem = node.stems.get(token.text[:length])
            if stem is not None:
                if exact is None or not exact.meanings:
                    found.append(stem)
                break
    return found


@lru_cache(maxsize=len(LANGUAGES) + 2)
def load_lexicon(code: str) -> Lexicon:
    """Read `languages/CODE.toml`; "common" is what all languages share.

    Raises:
        FileNotFoundError: there is no such language.
    """
    return Lexicon(_entries(code))


@lru_cache(maxsize=len(LANGUAGES) + 2)
def function_words(code: str) -> frozenset[str]:
    """The small words of a language, by which it is told from others."""
    return frozenset(word for words in _phrases(code, "function") for word in key_of(words))


def _entries(code: str) -> Iterable[tuple[str, Meaning]]:
    if code == "common":
        for genre in all_genres():
            for name in genre.names:
                yield name, Meaning("genres", genre.name)
    if code == "pl":
        yield from _polish_genres()
    for slot, values in _data(code).items():
        for value, phrases in values.items():
            for phrase in phrases.split(","):
                for spelled in _spellings(phrase.strip(), code):
                    yield spelled, Meaning(slot, value)


def _polish_genres() -> Iterable[tuple[str, Meaning]]:
    """Names that all languages share, with the endings that Polish gives them."""
    for genre in all_genres():
        if genre.name[-1] in _POLISH_TAKES_ENDINGS:
            for ending in _POLISH_ENDINGS:
                yield genre.name + ending, Meaning("genres", genre.name)


def _phrases(code: str, slot: str) -> list[str]:
    values: Mapping[str, str] = _data(code).get(slot, {})
    return [phrase for phrases in values.values() for phrase in phrases.split(",")]


@lru_cache(maxsize=len(LANGUAGES) + 2)
def _data(code: str) -> Mapping[str, Mapping[str, str]]:
    source = files("knowledge.wishes") / "languages" / f"{code}.toml"
    return tomllib.loads(source.read_text("utf-8"))


def _spellings(phrase: str, code: str) -> tuple[str, ...]:
    """A phrase, and how it is typed on a keyboard without umlauts."""
    if not phrase:
        return ()
    if code in ("de", "sv"):
        typed = phrase.translate(_TYPED)
        return (phrase,) if typed == phrase else (phrase, typed)
    return (phrase,)


_TYPED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ß": "ss"})
