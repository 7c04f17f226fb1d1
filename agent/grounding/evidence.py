"""What a name in a tool call may rest on: the request, the conversation, or the library."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from agent.phrases import word_set
from knowledge.folding import fold, without_article

InLibrary = Callable[[str, str], bool]
"""Whether the library has something of this kind ("artist") called exactly so."""

_LIKE_WORD = 80.0
_LIKE_PART = 88.0
_SHORTEST_FUZZY = 4
_SMALL = word_set("a an the of and by in on at to for from with my your no la le el der die das de")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where names may come from in one turn."""

    request: str
    earlier: tuple[str, ...] = ()
    """What the person said before, newest last."""
    names: frozenset[str] = frozenset()
    """Whole names that stand before the person: numbered list, what plays, what was recognised.
    Folded."""
    in_library: InLibrary = field(default=lambda _kind, _name: False)

    def is_spoken(self, value: str) -> bool:
        """Whether the person said `value` in this turn, give or take letters that were misheard."""
        return _said_in(fold(value), fold(self.request))

    def is_partly_spoken(self, value: str) -> bool:
        """Whether at least one weighty word of `value` was said: "Satie" of "Erik Satie"."""
        said = fold(self.request).split()
        return any(_is_said(word, said) for word in _weighty(fold(value).split()))

    def is_known_here(self, value: str) -> bool:
        """Whether the conversation bears `value` out: a whole name on show, or said before."""
        wanted = fold(value)
        if wanted in self.names or without_article(wanted) in self.names:
            return True
        return any(_said_in(wanted, fold(words)) for words in self.earlier)


def whole_names(names: Iterable[str]) -> frozenset[str]:
    """Names as `Evidence.names` wants them."""
    folded = [fold(name) for name in names if name]
    return frozenset([*folded, *(without_article(name) for name in folded)])


def _said_in(value: str, request: str) -> bool:
    if not value:
        return False
    if f" {value} " in f" {request} ":
        return True
    if len(value) > _SHORTEST_FUZZY and fuzz.partial_ratio(value, request) >= _LIKE_PART:
        return len(value) <= len(request)
    words = _weighty(value.split())
    said = request.split()
    return bool(words) and all(_is_said(word, said) for word in words)


def _weighty(words: list[str]) -> list[str]:
    return [word for word in words if word not in _SMALL]


def _is_said(word: str, said: list[str]) -> bool:
    if word in said:
        return True
    if len(word) < _SHORTEST_FUZZY:
        return False
    pairs = ["".join(pair) for pair in pairwise(said)]
    return any(fuzz.ratio(word, other) >= _LIKE_WORD for other in [*said, *pairs])
