"""Words for kinds of music, moods, activities and the like, found in a list of words."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases of one language by what they are words for."""

    kinds: Mapping[tuple[str, ...], tuple[str, ...]]
    """Words of a phrase to the kinds it belongs to: "soul" is a genre, "piano" an instrument."""
    longest: int

    def find(self, words: Sequence[str]) -> list[tuple[int, int, tuple[str, ...]]]:
        """First word, end and kinds of every phrase, longest first; no two of a kind overlap."""
        found: list[tuple[int, int, tuple[str, ...]]] = []
        taken: set[tuple[str, int]] = set()
        for length in range(min(self.longest, len(words)), 0, -1):
            for first in range(len(words) - length + 1):
                kinds = self.kinds.get(tuple(words[first : first + length]), ())
                free = tuple(
                    kind
                    for kind in kinds
                    if not any((kind, at) in taken for at in range(first, first + length))
                )
                if free:
                    taken |= {(kind, at) for kind in free for at in range(first, first + length)}
                    found.append((first, first + length, free))
        return found

    def phrases(self, kind: str) -> tuple[str, ...]:
        """Every phrase of `kind`."""
        return tuple(" ".join(words) for words, kinds in self.kinds.items() if kind in kinds)


@lru_cache(maxsize=8)
def load_lexicon(code: str = "en") -> Lexicon:
    """Read `languages/CODE.lexicon.toml`."""
    source = files("agent.understanding") / "languages" / f"{code}.lexicon.toml"
    kinds: dict[tuple[str, ...], tuple[str, ...]] = {}
    for kind, text in tomllib.loads(source.read_text("utf-8")).items():
        for phrase in text.replace("\n", " ").split(","):
            words = tuple(phrase.split())
            if words:
                kinds[words] = (*kinds.get(words, ()), kind)
    return Lexicon(kinds, max(map(len, kinds)))
