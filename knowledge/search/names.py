"""The names of artists and albums in memory, to see whether words name one of them.

A library of 100,000 tracks has some 20,000 such names, about 10 MB here. Rows are only ever added
to or deleted from their tables (ids are never given again and the folded name of an id never
changes), so a new revision is read from the largest known id on; what was deleted since is left
out when hits are read from the catalogue.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from knowledge.search.versions import song_title
from knowledge.search.words import LIGHT, Word, content, name_keys, squeezed

_ENSEMBLE_WORDS = (
    "quartet quintet trio sextet septet octet orchestra band ensemble big group project singers "
    "chorus choir experience his her their and friends jr sr"
)
_ENSEMBLE = frozenset(_ENSEMBLE_WORDS.split())
_MOST_CANDIDATES = 500
"""Of names that merely hold a common word; whole names are found by key."""


@dataclass(frozen=True, slots=True)
class Name:
    """The name of an artist or an album."""

    id: int
    words: tuple[str, ...]
    """Folded; for an album without marks such as "(Deluxe Edition)"."""
    owner: tuple[str, ...] = ()
    """Folded words of the album's artist; empty for an artist."""


@dataclass(frozen=True, slots=True)
class Named:
    """A name that some words of a query may stand for."""

    name: Name
    closeness: float
    """Of the words to their spelling in the library, 0 to 1."""
    complete: float
    """How much of the name the words are, 0 to 1."""

    @property
    def is_whole(self) -> bool:
        """The words are the whole name."""
        return self.complete >= 1.0


class NameIndex:
    """Names by what they are called and by the words in them."""

    def __init__(self) -> None:
        self._names: dict[int, Name] = {}
        self._by_key: dict[str, list[int]] = {}
        self._by_word: dict[str, list[int]] = {}
        self._by_owner_word: dict[str, list[int]] = {}
        self._by_owner: dict[str, list[int]] = {}
        self._squeezed: dict[int, str] = {}
        self._sorted: dict[int, list[str]] = {}
        self.last_id = 0

    def __len__(self) -> int:
        return len(self._names)

    def add(self, rows: Iterable[tuple[int, str, str, str]]) -> None:
        """Add names by (id, name as shown, folded name, folded name of the owner or "")."""
        for name_id, shown, folded, owner in rows:
            key = song_title(shown).key if owner else folded
            name = Name(name_id, tuple(key.split()), tuple(owner.split()))
            self._names[name_id] = name
            self.last_id = max(self.last_id, name_id)
            for spelled in {*name_keys(name.words), *name_keys(folded.split())}:
                self._by_key.setdefault(spelled, []).append(name_id)
            self._squeezed[name_id] = squeezed(content(name.words))
            for word in set(name.words):
                self._by_word.setdefault(word, []).append(name_id)
            self._by_owner.setdefault(owner, []).append(name_id)
            for word in set(name.owner):
                self._by_owner_word.setdefault(word, []).append(name_id)

    def get(self, name_id: int) -> Name | None:
        """Return the name of an id."""
        return self._names.get(name_id)

    def called(self, words: Sequence[str]) -> tuple[Name, ...]:
        """Return the names that are exactly these words, articles and spaces aside."""
        found: dict[int, None] = {}
        for key in name_keys(words):
            found.update(dict.fromkeys(self._by_key.get(key, ())))
        return tuple(self._names[name_id] for name_id in found)

    def holding(self, words: Sequence[Word], *, with_owner: bool = False) -> tuple[Name, ...]:
        """Return the names that hold every one of `words` in some spelling.

        Args:
            words: at least one.
            with_owner: words may also stand in the owner's name.
        """
        ids: set[int] | None = None
        for word in words:
            holding = self._ids(word, self._by_word)
            if with_owner:
                holding |= self._ids(word, self._by_owner_word)
            ids = holding if ids is None else ids & holding
            if not ids:
                return ()
        whole = self.called([word.text for word in words])
        chosen = sorted((ids or set()) - {name.id for name in whole})[:_MOST_CANDIDATES]
        return (*whole, *(self._names[name_id] for name_id in chosen))

    def owned_by(self, folded_owners: Iterable[str]) -> tuple[Name, ...]:
        """Return the albums filed under the artists."""
        return tuple(
            self._names[name_id]
            for owner in folded_owners
            for name_id in self._by_owner.get(owner, ())
        )

    def resolve(self, words: Sequence[Word]) -> tuple[Named, ...]:
        """Return the names that `words` may stand for; whole names exclude mere parts of names.

        A whole name brings along the groups around it: "dave brubeck" is also the Dave Brubeck
        Quartet, "prince" is also Prince and the Revolution, but not Prince Buster.
        """
        plain = [word.text for word in words]
        if same := self.called(plain):
            whole = [Named(name, 1.0, 1.0) for name in same]
            return (*whole, *self._around(whole))
        found = [named for name in self.holding(words) if (named := _compare(words, name))]
        whole = [named for named in found if named.is_whole]
        if whole:
            return (*whole, *self._around(whole))
        return tuple(sorted(found, key=lambda n: (-n.complete * n.closeness, n.name.id)))

    def similar(self, text: str, *, at_least: float, limit: int = 5) -> tuple[Named, ...]:
        """Return the names whose letters are most like `text`, however they are cut into words.

        Args:
            text: folded words.
            at_least: share of equal letters (normalized indel similarity), 0 to 1.
            limit: how many.
        """
        wanted = squeezed(content(text.split()))
        close = process.extract(
            wanted, self._squeezed, scorer=fuzz.ratio, score_cutoff=100 * at_least, limit=limit
        )
        return tuple(Named(self._names[key], score / 100, 1.0) for _, score, key in close)

    def _ids(self, word: Word, index: dict[str, list[int]]) -> set[int]:
        found: set[int] = set()
        for spelling, _ in word.spellings:
            found.update(index.get(spelling, ()))
        if word.is_prefix:
            for term in self._terms_from(word.text, index):
                found.update(index[term])
        return found

    def _terms_from(self, prefix: str, index: dict[str, list[int]]) -> Iterator[str]:
        terms = self._sorted.get(id(index))
        if terms is None or len(terms) != len(index):
            terms = self._sorted[id(index)] = sorted(index)
        for place in range(bisect_left(terms, prefix), len(terms)):
            if not terms[place].startswith(prefix):
                return
            yield terms[place]

    def _around(self, whole: Sequence[Named]) -> tuple[Named, ...]:
        """Find the groups and duos that a named artist is part of by name."""
        found: dict[int, Named] = {}
        known = {named.name.id for named in whole}
        for named in whole:
            own = named.name.words
            words = [Word(word, place, ((word, 1.0),)) for place, word in enumerate(own)]
            for other in self.holding([w for w in words if w.text not in LIGHT] or words):
                if other.id not in known and _is_around(own, other.words):
                    share = len(content(own)) / len(content(other.words))
                    found[other.id] = Named(other, named.closeness, share)
        return tuple(found.values())


def _compare(words: Sequence[Word], name: Name) -> Named | None:
    remaining = list(name.words)
    total = 0.0
    for word in words:
        closeness, term = word.closeness(remaining)
        if not closeness:
            return None
        remaining.remove(term)
        total += closeness
    missing = [term for term in remaining if term not in LIGHT]
    counted = len(content(name.words))
    complete = 1.0 if not missing else max(0.0, (counted - len(missing)) / counted)
    return Named(name, total / len(words), complete)


def _is_around(own: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether `other` is `own` and friends: "X Quartet", "X and the Y", "Y and X"."""
    core = tuple(content(own))
    for start in range(len(other) - len(core) + 1):
        if other[start : start + len(core)] != core:
            continue
        before = tuple(word for word in other[:start] if word != "the")
        after = other[start + len(core) :]
        if before and before[-1] != "and":
            return False
        return not after or after[0] == "and" or all(w in _ENSEMBLE or w in LIGHT for w in after)
    return False
