"""Slips of the finger in the words of commands: "puase the song"."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from agent.understanding.features import WordVectors
from agent.understanding.language import Language
from agent.understanding.tokens import Token

MIN_LETTERS = 4


@dataclass(slots=True)
class Spelling:
    """Mends words that no dictionary knows and that are one slip from a word of a command.

    One slip is a letter too many, too few, wrong, or swapped with its neighbour. Words of names
    are unknown too, so the mended words serve to tell the intent only, never as a name.
    """

    language: Language
    words: WordVectors
    _targets: list[str] = field(init=False)

    def __post_init__(self) -> None:
        vocabulary = self.language.vocabulary
        self._targets = sorted(word for word in vocabulary if len(word) >= MIN_LETTERS)

    def mend(self, tokens: Sequence[Token]) -> list[Token]:
        """The same tokens with mended words; places in the text stay."""
        return [replace(token, word=self._mended(token.word)) for token in tokens]

    def _mended(self, word: str) -> str:
        if len(word) < MIN_LETTERS or not word.isalpha() or word in self.language.vocabulary:
            return word
        if self.words.find([word]):
            return word
        found = process.extract(word, self._targets, scorer=OSA.distance, score_cutoff=1, limit=2)
        same_start = [target for target, _, _ in found if target[0] == word[0]]
        return same_start[0] if len(same_start) == 1 else word
