"""Which known word a misspelled one must mean: a slip of the finger, not another word."""

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 5
_ONLY_SWAPPED = 5
"""In words so short only two letters that changed places are a slip: "story" is no "stormy"."""
_TWO_EDITS = 8
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")


def near_words(word: str, words: Sequence[str]) -> list[str]:
    """Those of `words` that `word` may be a misspelling of, all equally near.

    One letter may be wrong, two in words of eight letters or more; never the first. A letter is
    taken for another only when both are vowels or neighbours on the keyboard, and never at the
    end, where it makes another form of a word: "coming" is no "coding", "recorded" no "recorder".
    """
    if len(word) < _SHORTEST:
        return []
    allowed = 2 if len(word) >= _TWO_EDITS else 1
    close = process.extract(word, words, scorer=OSA.distance, score_cutoff=allowed, limit=8)
    likely = [(edits, known) for known, edits, _ in close if _is_slip(word, known)]
    least = min((edits for edits, _ in likely), default=0)
    return [known for edits, known in likely if edits == least]


def can_be_misspelled(word: str) -> bool:
    """Whether a word is long enough that what looks like it must be it."""
    return len(word) >= _SHORTEST


def _is_slip(word: str, known: str) -> bool:
    if word[0] != known[0]:
        return False
    if len(word) != len(known):
        if len(word) <= _ONLY_SWAPPED:
            return False
        return word[-1] == known[-1] or len(word) > _TWO_EDITS
    changed = [(a, b) for a, b in zip(word, known, strict=True) if a != b]
    if sorted(a for a, _ in changed) == sorted(b for _, b in changed):
        return True  # two letters changed places
    if len(word) <= _ONLY_SWAPPED or word[-1] != known[-1]:
        return False
    return all(_are_near(a, b) for a, b in changed)


def _are_near(one: str, other: str) -> bool:
    return {one, other} <= _VOWELS or other in _NEIGHBOURS.get(one, frozenset())


def _neighbours() -> dict[str, frozenset[str]]:
    places = {
        letter: (row, column + row / 2)
        for row, letters in enumerate(_ROWS)
        for column, letter in enumerate(letters)
    }
    return {
        one: frozenset(
            other
            for other, (row, column) in places.items()
            if other != one and abs(row - places[one][0]) <= 1 and abs(column - places[one][1]) <= 1
        )
        for one in places
    }


_NEIGHBOURS = _neighbours()
