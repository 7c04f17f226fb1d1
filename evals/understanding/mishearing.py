"""Rows as a recogniser might have heard them: words left out, or taken for others that sound alike.

Simulated, with a seed that is a hash of the row's id: about one word in seven is wrong, as with a
small recogniser in a living room. Real recordings are measured by the evaluation of hearing.
"""

import hashlib
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Levenshtein

from agent.understanding.training.data import Row

CONFUSED, DROPPED = 0.11, 0.04
"""Share of words."""
_MIN_LETTERS = 3
_NEAREST = 4
_SOUNDS = (
    ("ph", "f"), ("ck", "k"), ("gh", ""), ("wh", "w"), ("wr", "r"), ("kn", "n"), ("qu", "kw"),
    ("sh", "s"), ("ch", "s"), ("th", "t"), ("c", "k"), ("z", "s"), ("x", "ks"), ("v", "f"),
    ("b", "p"), ("d", "t"), ("g", "k"), ("j", "k"), ("m", "n"), ("y", ""), ("w", ""), ("h", ""),
)  # fmt: skip
_VOWELS = re.compile(r"[aeiou']+")
_AGAIN = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """The consonants of a word, voiced and voiceless alike: "play" and "blue" sound the same."""
    text = word.casefold()
    for written, spoken in _SOUNDS:
        text = text.replace(written, spoken)
    return _AGAIN.sub(r"\1", _VOWELS.sub("", text))


@dataclass(slots=True)
class Mishearing:
    """Mishears words as others of a vocabulary."""

    vocabulary: Iterable[str]
    _by_sound: dict[str, list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self._by_sound = {}
        for word in sorted({word.casefold() for word in self.vocabulary if word.isalpha()}):
            self._by_sound.setdefault(sound(word), []).append(word)

    def mishear(self, row: Row) -> Row:
        """The same row with other words."""
        seed = hashlib.sha256(f"misheard {row.id}".encode()).digest()[:8]
        rng = random.Random(int.from_bytes(seed, "big"))
        words = row.text.split()
        heard: list[str] = []
        for word in words:
            luck = rng.random()
            if luck < DROPPED and len(words) > _MIN_LETTERS:
                continue
            heard.append(self._confused(word, rng) if luck < DROPPED + CONFUSED else word)
        return replace(row, text=" ".join(heard) or row.text)

    def _confused(self, word: str, rng: random.Random) -> str:
        bare = word.casefold().strip(".,?!")
        others = [other for other in self._by_sound.get(sound(bare), ()) if other != bare]
        near = sorted(others, key=lambda other: (Levenshtein.distance(bare, other), other))
        return rng.choice(near[:_NEAREST]) if near else bare[:-1] or bare


def vocabulary(rows: Sequence[Row]) -> set[str]:
    """Words of `rows`, without punctuation."""
    return {word.casefold().strip(".,?!") for row in rows for word in row.text.split()}
