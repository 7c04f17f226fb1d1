"""Correct words that the library does not know to words that it knows."""

from bisect import bisect_left
from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA, Levenshtein
from sqlalchemy import Connection, text

_MAX_TERMS = 400_000
"""About 60 MB; a library of a million tracks has fewer different words."""
_SHORTEST = 3
"""At this length a changed letter makes another word, but one may have been left out."""
_NO_OTHER_LETTER = 4
_TWO_EDITS = 6
"""From this length on two wrong letters are forgiven."""
_MOST = 6

_VOCABULARY = text(
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.search_terms USING fts5vocab(main, track_search, row)"
)
_TERMS = text(f"SELECT term, doc FROM temp.search_terms LIMIT {_MAX_TERMS}")  # noqa: S608


class Vocabulary:
    """Every word of the library with the number of tracks it occurs in."""

    def __init__(self, terms: Iterable[tuple[str, int]]) -> None:
        self._counts = {term: count for term, count in terms if term.isascii()}
        self._sorted = sorted(self._counts)
        self._by_length: dict[int, list[str]] = {}
        for term in self._sorted:
            if not term.isdecimal():
                self._by_length.setdefault(len(term), []).append(term)

    @classmethod
    def read(cls, connection: Connection) -> "Vocabulary":
        """Read the words of the full-text index; about 0.2 CPU seconds for 100,000 tracks."""
        connection.execute(_VOCABULARY)
        return cls((str(row[0]), int(row[1])) for row in connection.execute(_TERMS))

    def __len__(self) -> int:
        return len(self._counts)

    def count(self, term: str) -> int:
        """In how many tracks the word occurs."""
        return self._counts.get(term, 0)

    def has_prefix(self, prefix: str) -> bool:
        """Say whether some word begins like this."""
        place = bisect_left(self._sorted, prefix)
        return place < len(self._sorted) and self._sorted[place].startswith(prefix)

    def corrections(self, word: str, *, alone: bool = False) -> tuple[tuple[str, float], ...]:
        """List known words that `word` may have been meant to be, closest first.

        One wrong, missing, extra or swapped letter counts as one edit (optimal string alignment
        distance). Of a word of three letters at most one can be missing or two be swapped; shorter
        ones and numbers are not corrected. In a word of four letters that is the whole request,
        `alone`, none can be another: nothing else tells whether Bach is meant or Bich.
        """
        if len(word) < _SHORTEST or word.isdecimal() or not word.isascii():
            return ()
        allowed = 2 if len(word) >= _TWO_EDITS else 1
        found: list[tuple[float, int, str]] = []
        first = len(word) if len(word) == _SHORTEST else len(word) - allowed
        for length in range(first, len(word) + allowed + 1):
            # Levenshtein is the faster of the two; a swap costs two there, hence the cutoff.
            close = process.extract(
                word,
                self._by_length.get(length, ()),
                scorer=Levenshtein.distance,
                score_cutoff=2,
                limit=40,
            )
            for term, _, _ in close:
                edits = OSA.distance(word, term)
                other_letters = sorted(term) != sorted(word)
                if other_letters and length == _SHORTEST:
                    continue
                if other_letters and alone and length == len(word) <= _NO_OTHER_LETTER:
                    continue
                if 0 < edits <= allowed:
                    closeness = 1.0 - (0.8 if edits == 1 else 1.9) / max(len(word), len(term))
                    found.append((closeness, self._counts[term], term))
        found.sort(reverse=True)
        return tuple((term, closeness) for closeness, _, term in found[:_MOST])

    def joined(self, words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        """Yield `words` with two neighbours written as one, where that is a known word."""
        for place in range(len(words) - 1):
            together = words[place] + words[place + 1]
            if together in self._counts:
                yield (*words[:place], together, *words[place + 2 :])

    def parted(self, words: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        """Yield `words` with an unknown one written as two known ones."""
        for place, word in enumerate(words):
            if word in self._counts:
                continue
            cuts = [
                (min(self._counts[word[:cut]], self._counts[word[cut:]]), cut)
                for cut in range(2, len(word) - 1)
                if word[:cut] in self._counts and word[cut:] in self._counts
            ]
            if cuts:
                cut = max(cuts)[1]
                yield (*words[:place], word[:cut], word[cut:], *words[place + 1 :])
