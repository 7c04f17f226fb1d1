"""What may have been meant by what was heard: readings with names of the library put in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from voice.stt.names import NameIndex, NameMatch, SpokenName
from voice.stt.phonetics import folded

MAX_HYPOTHESES: Final = 20
_LONGEST_NAME: Final = 8
_PER_WINDOW: Final = 4
_BETWEEN: Final = frozenset({"by", "from", "of"})
_ARTISTS: Final = 4
_SHORT_SOUND: Final = 4
_PAIR: Final = 0.12
"""A title and its own artist in one breath are likelier than either alone."""
_FUNCTION_TEXT: Final = (
    "a an the and or of by from to in on at for with my me i you it is that this some any please "
    "play put add queue song songs track album artist music something anything called named next "
    "more what who like want hear listen"
)
_FUNCTION_WORDS: Final = frozenset(_FUNCTION_TEXT.split())


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One reading."""

    text: str
    likeness: float
    """How alike what was heard and the names put in sound, 0..1."""
    names: tuple[SpokenName, ...]
    replaced: int
    """How many words of what was heard gave way."""


def hypotheses(text: str, index: NameIndex) -> tuple[Hypothesis, ...]:
    """The likeliest readings of `text`, best first; without the one that it is already."""
    words = text.split()
    if not words:
        return ()
    found = list(_replacements(words, index))
    best: dict[str, Hypothesis] = {}
    for one in found:
        key = folded(one.text)
        if key == folded(text):
            continue
        if key not in best or one.likeness > best[key].likeness:
            best[key] = one
    ranked = sorted(best.values(), key=lambda one: -one.likeness)
    return tuple(ranked[:MAX_HYPOTHESES])


def _replacements(words: Sequence[str], index: NameIndex) -> Iterator[Hypothesis]:
    keys = [folded(word) for word in words]
    for begin in range(len(words)):
        for end in range(begin + 1, min(len(words), begin + _LONGEST_NAME) + 1):
            window = keys[begin:end]
            if all(key in _FUNCTION_WORDS for key in window):
                continue
            for match in index.nearest(" ".join(words[begin:end]), _PER_WINDOW):
                if match.name.kind == "command" and len(words) > end - begin:
                    continue  # a command is a command only alone
                yield _put(words, [(begin, end, match)])
            if begin and keys[begin - 1] in _BETWEEN and end == len(words):
                yield from _pairs(words, begin, end, index)


def _pairs(words: Sequence[str], begin: int, end: int, index: NameIndex) -> Iterator[Hypothesis]:
    """Titles before "by" for each artist that the words behind it sound like."""
    heard = " ".join(words[begin:end])
    artists = [match for match in index.nearest(heard, 3 * _ARTISTS) if match.name.kind == "artist"]
    for artist in artists[:_ARTISTS]:
        for start in range(max(0, begin - 1 - _LONGEST_NAME), begin - 1):
            title_words = " ".join(words[start : begin - 1])
            for title in index.by_artist(artist.name.text, title_words, 2):
                yield _put(words, [(start, begin - 1, title), (begin, end, artist)])


def _put(words: Sequence[str], places: Sequence[tuple[int, int, NameMatch]]) -> Hypothesis:
    """The words with names in some places."""
    reading: list[str] = []
    at = 0
    for begin, end, match in places:
        reading += words[at:begin]
        name = match.name.text
        last = words[end - 1]
        reading.append(name + _punctuation(last) if end == len(words) else name)
        at = end
    reading += words[at:]
    replaced = sum(end - begin for begin, end, _ in places)
    likeness = sum(match.likeness * (end - begin) for begin, end, match in places) / replaced
    bonus = _PAIR if len(places) > 1 else 0.0
    return Hypothesis(
        " ".join(reading),
        min(1.0, likeness + bonus),
        tuple(match.name for _, _, match in places),
        replaced,
    )


def _punctuation(word: str) -> str:
    return word[-1] if word[-1] in ".?!" else ""
