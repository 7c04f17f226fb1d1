"""Names of the user's own library, found inside a request."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz, process

from agent.understanding.tokens import Token
from knowledge.folding import fold, without_article

MAX_NAME_WORDS = 10
MIN_FUZZY_LETTERS = 5
FUZZY_SCORE = 86.0
"""Of 100: one wrong letter in about seven."""
_MAX_OF_ONE_NAME = 8


class NameSource(Protocol):
    """Where the names of a library come from."""

    @property
    def revision(self) -> int:
        """Grows whenever `names` would answer differently."""

    def names(self) -> Iterable[tuple[str, int, str]]:
        """Kind ("artist", "album", "track", "playlist", "genre"), id and name of each."""


@dataclass(frozen=True, slots=True)
class Name:
    kind: str
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class NameSpan:
    """Words `first` up to, not with, `end` of a request are a name of the library."""

    first: int
    end: int
    names: tuple[Name, ...]
    """Everything that is called so; at most eight."""
    score: float
    """1.0 when spelled right, else the similarity."""

    @property
    def kinds(self) -> frozenset[str]:
        """Kinds of the things called so."""
        return frozenset(name.kind for name in self.names)


class Gazetteer:
    """Finds names in lists of words. Made once for each revision of the library; read only."""

    def __init__(self, names: Iterable[tuple[str, int, str]] = ()) -> None:
        self._names: dict[str, list[Name]] = {}
        for kind, name_id, name in names:
            folded = fold(name)
            for key in {folded, without_article(folded)}:
                if key and key.count(" ") < MAX_NAME_WORDS:
                    same = self._names.setdefault(key, [])
                    if len(same) < _MAX_OF_ONE_NAME:
                        same.append(Name(kind, name_id, name))
        self._longest = max((key.count(" ") + 1 for key in self._names), default=0)
        self._by_start: dict[str, list[str]] = {}
        for key in self._names:
            if len(key) >= MIN_FUZZY_LETTERS:
                self._by_start.setdefault(key[:2], []).append(key)

    def __len__(self) -> int:
        return len(self._names)

    def exact(self, tokens: Sequence[Token]) -> list[NameSpan]:
        """Every name that stands in the request, overlapping ones too, longest first."""
        folded = [fold(token.word) for token in tokens]
        spans = []
        for length in range(min(self._longest, len(tokens)), 0, -1):
            for first in range(len(tokens) - length + 1):
                key = " ".join(folded[first : first + length])
                if names := self._names.get(key):
                    spans.append(NameSpan(first, first + length, tuple(names), 1.0))
        return spans

    def fills(self, tokens: Sequence[Token]) -> bool:
        """Whether it is hardly more than long enough names: "play moby dick by led zeppelin"."""
        if not self._names or len(tokens) > 2 * MAX_NAME_WORDS + 2:
            return False
        spans = sorted(self.exact(tokens), key=lambda span: span.first - span.end)
        if not spans:
            return False
        best, covered = spans[0], set[int]()
        for span in spans:
            words = range(span.first, span.end)
            if covered.isdisjoint(words):
                covered.update(words)
        letters = sum(len(token.word) for token in tokens[best.first : best.end])
        rest = len(tokens) - len(covered)
        return rest <= 2 and letters >= MIN_FUZZY_LETTERS and "genre" not in best.kinds

    def named(self, text: str) -> tuple[Name, ...]:
        """What is called exactly `text`, spelling folded."""
        folded = fold(text)
        return tuple(self._names.get(folded) or self._names.get(without_article(folded)) or ())

    def near(self, text: str) -> NameSpan | None:
        """The name nearest to `text` when it is near enough to be a slip of the finger or ear."""
        folded = without_article(fold(text))
        if len(folded) < MIN_FUZZY_LETTERS:
            return None
        keys = self._by_start.get(folded[:2], ())
        found = process.extractOne(folded, keys, scorer=fuzz.ratio, score_cutoff=FUZZY_SCORE)
        if found is None:
            return None
        return NameSpan(0, 0, tuple(self._names[found[0]]), found[1] / 100)
