"""Names of the user's own library, found inside a request."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from agent.understanding.tokens import Token
from knowledge.folding import fold, without_article

MAX_NAME_WORDS = 10
MIN_FUZZY_LETTERS = 5
FUZZY_SCORE = 86.0
"""Of 100: one wrong letter in about seven."""
_MAX_OF_ONE_NAME = 8
_SHORT_LETTERS = 4
_SHORT_WORDS = 2
_LONG_WORD = 9
"""Letters of a single word that may stand for a title: "Gnossienne"."""


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
        self._by_edge: dict[str, set[str]] = {}
        for key, same in self._names.items():
            for edge in _edges(key, frozenset(name.kind for name in same)):
                self._by_edge.setdefault(edge, set()).add(key)
        self._first_names = _by_first_name(self._names)
        self._sounds: dict[str, list[str]] | None = None
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

    def short_for(self, text: str) -> tuple[Name, ...]:
        """What is meant by the last name of an artist, or by either end of a long title.

        "Cohen" is Leonard Cohen, "Country Roads" is "Take Me Home, Country Roads", as long as
        nothing else in the library begins or ends so.
        """
        keys = self._by_edge.get(without_article(fold(text)), set())
        return tuple(self._names[next(iter(keys))]) if len(keys) == 1 else ()

    def first_named(self, text: str) -> tuple[Name, ...]:
        """The artist whose first name `text` is, when just one has it: "Nina"."""
        keys = self._first_names.get(fold(text), set())
        if len(keys) != 1:
            return ()
        return tuple(name for name in self._names[next(iter(keys))] if name.kind == "artist")

    def titles(self) -> Iterator[tuple[str, Name]]:
        """Folded name and track of every track."""
        for key, same in self._names.items():
            track = next((name for name in same if name.kind == "track"), None)
            if track is not None:
                yield key, track

    def sounding(
        self, sounds: str, *, loosely: bool, sounds_of: Callable[[str], str]
    ) -> Iterator[tuple[str, Name]]:
        """Names with the sounds `sounds`, or nearly: one sound more, less or another."""
        if self._sounds is None:
            by_sound: dict[str, list[str]] = {}
            for key in self._names:
                by_sound.setdefault(sounds_of(key), []).append(key)
            self._sounds = by_sound  # made when first needed: most requests spell names right
        alike = [sounds] if sounds in self._sounds else []
        if loosely and not alike:
            found = process.extract(
                sounds, self._sounds.keys(), scorer=OSA.distance, score_cutoff=1, limit=4
            )
            alike = [each for each, _, _ in found]
        for each in alike:
            for key in self._sounds[each]:
                yield key, self._names[key][0]

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


def _by_first_name(names: Mapping[str, Sequence[Name]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for key, same in names.items():
        if any(name.kind == "artist" for name in same) and (first := _first_name(key)):
            found.setdefault(first, set()).add(key)
    return found


def _first_name(key: str) -> str:
    """What an artist may be called by: the first of two or three words that is no article."""
    words = key.split()
    usable = 1 < len(words) <= _MOST_OF_A_PERSON and len(words[0]) >= _SHORT_LETTERS
    return words[0] if usable and words[0] not in _NO_FIRST_NAMES else ""


_MOST_OF_A_PERSON = 3
_NO_FIRST_NAMES = frozenset(
    {
        *("this", "that", "some", "more", "next", "last", "best", "good", "black", "white"),
        *("blue", "green", "little", "love", "like", "when", "what", "with", "from", "your"),
        *("dead", "deep", "wild", "real", "quiet", "winter", "summer"),
    }
)


def _edges(key: str, kinds: frozenset[str]) -> set[str]:
    """What a name may be called for short."""
    words = key.split()
    edges = set()
    if (
        "artist" in kinds
        and 1 < len(words) <= 1 + _SHORT_WORDS
        and len(words[-1]) >= _SHORT_LETTERS
    ):
        edges.add(words[-1])
    if kinds & {"track", "album"}:
        for count in range(1, len(words)):
            ends = {" ".join(words[:count]), " ".join(words[-count:])}
            edges |= {end for end in ends if count >= _SHORT_WORDS or len(end) >= _LONG_WORD}
    return {edge for edge in edges if len(edge) >= _SHORT_LETTERS}
