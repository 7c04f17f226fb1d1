"""What people say about covers, in twelve languages; the words are in `cover_words.toml`."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Generic, TypeVar

from knowledge.covers_look.colours import Colour


class Quality(StrEnum):
    """What a cover can be beside coloured."""

    DARK = "dark"
    BRIGHT = "bright"
    COLOURFUL = "colourful"
    PALE = "pale"
    BLACK_AND_WHITE = "black and white"
    WARM = "warm"
    COLD = "cold"
    CIRCLE = "circle"
    STRIPES = "stripes"
    TEXT = "text"
    PLAIN = "plain"


_WORD = re.compile(r"[\u0900-\u097f]+|[^\W\d_]+(?:-[^\W\d_]+)*")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NO_MARK = str.maketrans({"ł": "l", "ø": "o", "ß": "ss", "æ": "ae"})
_MOST = 200


@dataclass(frozen=True, slots=True)
class CoverWords:
    """What was said about a cover."""

    colours: tuple[Colour, ...] = ()
    qualities: tuple[Quality, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.colours or self.qualities)


def read_cover_words(text: str) -> CoverWords:
    """Find colours and other qualities in what somebody says, in any of the languages.

    Languages are not told apart: a few words mean different things in two of them, and then the
    commoner one counts.
    """
    plain = _plain(text[:_MOST])
    qualities: list[Quality] = []
    for both in _BLACK_AND_WHITE:
        if both in plain:
            plain = plain.replace(both, " ")
            qualities.append(Quality.BLACK_AND_WHITE)
    colours = list(_COLOUR_WORDS.within(plain))
    qualities += _QUALITY_WORDS.within(plain)
    return CoverWords(tuple(dict.fromkeys(colours)), tuple(dict.fromkeys(qualities)))


def _plain(text: str) -> str:
    """Lower case, without the accents of Latin letters; other scripts keep all of theirs."""
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    bare = (one for one in parts if not "\u0300" <= one <= "\u036f")
    return unicodedata.normalize("NFC", "".join(bare)).translate(_NO_MARK)


_Meaning = TypeVar("_Meaning", bound=StrEnum)


class _Lexicon(Generic[_Meaning]):
    """Words of several languages to what they mean; "*" in a word stands for any ending."""

    def __init__(self, words: Mapping[_Meaning, str]) -> None:
        spaced: list[str] = []
        unspaced: list[tuple[str, _Meaning]] = []
        self._meanings: list[_Meaning] = []
        for meaning, entries in words.items():
            patterns = []
            for entry in _plain(entries).split():
                if _UNSPACED.search(entry):
                    unspaced.append((entry.rstrip("*"), meaning))
                else:
                    patterns.append(entry.replace("*", r"[\w\u0900-\u097f]*"))
            self._meanings.append(meaning)
            spaced.append(f"({'|'.join(patterns)})")
        self._spaced = re.compile("|".join(spaced))
        # The longest first: "水色" is turquoise before its second half is anything.
        unspaced.sort(key=lambda one: -len(one[0]))
        self._unspaced: tuple[tuple[str, _Meaning], ...] = tuple(unspaced)

    def within(self, plain: str) -> Iterator[_Meaning]:
        """What the words of a text mean, in their order."""
        for found in _WORD.finditer(plain):
            meanings = map(self._meaning_of, (found[0], *found[0].split("-")))
            meaning = next((one for one in meanings if one is not None), None)
            if meaning is not None:
                yield meaning
        for entry, meant in self._unspaced:
            if entry in plain:
                plain = plain.replace(entry, " ")
                yield meant

    def _meaning_of(self, word: str) -> _Meaning | None:
        match = self._spaced.fullmatch(word)
        return None if match is None or not match.lastindex else self._meanings[match.lastindex - 1]


_SAID = tomllib.loads((Path(__file__).parent / "cover_words.toml").read_text("utf-8"))
_COLOUR_WORDS = _Lexicon({Colour(one): words for one, words in _SAID["colours"].items()})
_QUALITY_WORDS = _Lexicon({Quality(one): words for one, words in _SAID["qualities"].items()})
_BLACK_AND_WHITE = tuple(_SAID["black_and_white"]["phrases"])
