"""What the words of a query may be: as they stand, respelled, cut otherwise, without filler."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from knowledge.search.spelling import Vocabulary
from knowledge.search.versions import version_word
from knowledge.search.words import ABOUT_MUSIC, FILLER, LIGHT, Word, in_digits, number_spellings

_MOST_READINGS = 5
_NUMBER_CLOSENESS = 0.97


class Freedom(IntEnum):
    """How freely the words may be read; the next degree is tried when one finds nothing."""

    LITERAL = 0
    """Only words that the library does not know are corrected."""
    RESPELLED = 1
    """Every word may be misspelled, cut or joined wrongly, and the last one unfinished."""
    WITHOUT_FILLER = 2
    """And words such as "song" or "from" may be dropped."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the words of a query."""

    tokens: tuple[str, ...]
    """All words, light ones included."""
    words: tuple[Word, ...]
    """The words that count, each with its spellings."""

    @property
    def text(self) -> str:
        """The words as one line."""
        return " ".join(self.tokens)

    def at(self, places: Sequence[int]) -> "Reading":
        """Return the reading of only the words at these places."""
        chosen = set(places)
        words = tuple(word for word in self.words if word.position in chosen)
        return Reading(tuple(self.tokens[place] for place in places), words)


def readings(
    tokens: Sequence[str], vocabulary: Vocabulary, freedom: Freedom
) -> tuple[Reading, ...]:
    """List the ways to read `tokens`, the most literal first; empty when there are no words."""
    words = tuple(tokens)
    if freedom is Freedom.WITHOUT_FILLER:
        shorter = [tuple(w for w in words if w not in kind) for kind in (ABOUT_MUSIC, FILLER)]
        cuts = dict.fromkeys(cut for cut in shorter if cut and cut != words)
        return tuple(_read(cut, vocabulary, freedom) for cut in cuts)
    if not words:
        return ()
    cuts = dict.fromkeys((words, in_digits(words)))
    if len(vocabulary):
        cuts |= dict.fromkeys(vocabulary.parted(words))
        for joined in vocabulary.joined(words):
            unknown = any(not vocabulary.count(word) for word in words if word not in joined)
            if unknown or freedom is not Freedom.LITERAL:
                cuts[joined] = None
    return tuple(_read(cut, vocabulary, freedom) for cut in list(cuts)[:_MOST_READINGS])


def _read(tokens: tuple[str, ...], vocabulary: Vocabulary, freedom: Freedom) -> Reading:
    last = len(tokens) - 1
    only_light = all(token in LIGHT for token in tokens)
    weighty = [
        (place, token) for place, token in enumerate(tokens) if only_light or token not in LIGHT
    ]
    words = tuple(
        _word(token, place, vocabulary, freedom, is_last=place == last, alone=len(weighty) == 1)
        for place, token in weighty
    )
    return Reading(tokens, words)


def _word(
    token: str,
    place: int,
    vocabulary: Vocabulary,
    freedom: Freedom,
    *,
    is_last: bool,
    alone: bool,
) -> Word:
    spellings = [(token, 1.0)]
    spellings += [(other, _NUMBER_CLOSENESS) for other in number_spellings(token)]
    known = vocabulary.count(token) > 0 or version_word(token) is not None
    may_err = not known or freedom is not Freedom.LITERAL
    is_prefix = is_last and may_err and vocabulary.has_prefix(token)
    if may_err and not (is_prefix and freedom is Freedom.LITERAL):
        spellings += vocabulary.corrections(token, alone=alone)
    return Word(token, place, tuple(spellings), is_prefix=is_prefix)
