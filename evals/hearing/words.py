"""How many words of a transcript are wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from knowledge.folding import fold

_NUMBER_WORDS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
sixteen seventeen eighteen nineteen twenty
"""
_NUMBERS = {word: str(number) for number, word in enumerate(str.split(_NUMBER_WORDS))}
_SAME = {"mr": "mister", "mrs": "missus", "ms": "miss", "st": "saint", "okay": "ok"}


@dataclass(slots=True)
class WordErrors:
    """Counts over many transcripts."""

    words: int = 0
    wrong: int = 0

    def add(self, reference: str, heard: str) -> None:
        """Compare one transcript with what was said."""
        said = spoken_words(reference)
        self.words += len(said)
        self.wrong += distance(said, spoken_words(heard))

    @property
    def rate(self) -> float:
        """Word error rate; 0.0 of nothing."""
        return self.wrong / self.words if self.words else 0.0


def spoken_words(text: str) -> list[str]:
    """The words apart from how they are written: case, accents, "No. 5" and "number five"."""
    words = [_NUMBERS.get(word, word) for word in fold(text).split()]
    words = [_SAME.get(word, word) for word in words]
    for place, (word, after) in enumerate(pairwise(words)):
        if word == "no" and after.isdigit():
            words[place] = "number"
    return words


def distance(reference: Sequence[str], heard: Sequence[str]) -> int:
    """Fewest words to put in, leave out or exchange."""
    row = list(range(len(heard) + 1))
    for place, word in enumerate(reference, 1):
        before, row[0] = row[0], place
        for column, other in enumerate(heard, 1):
            kept = before if word == other else before + 1
            before, row[column] = row[column], min(kept, row[column] + 1, row[column - 1] + 1)
    return row[-1]


def holds(transcript: str, value: str) -> bool:
    """Whether the words of `value` stand in the transcript, one after the other."""
    return f" {' '.join(spoken_words(value))} " in f" {' '.join(spoken_words(transcript))} "
