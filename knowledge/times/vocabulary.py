"""The words of numbers and times of a language, read from its file beside this one."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from knowledge.times.numerals import NumberWords

_WORD = re.compile(r"[^\W_]+(?:['’`´][^\W_]+)*|(?<=\d):(?=\d)")
_APOSTROPHES = str.maketrans({"’": "'", "`": "'", "´": "'"})
_MAX_CHARACTERS = 500
"""Nobody names a time in more; the rest of a longer text is not read."""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """What a language names times with."""

    numbers: NumberWords
    time: Mapping[str, Any]
    """Lists and tables of phrases by what they mean; the comments of the file explain them."""


@lru_cache(maxsize=4)
def load_time_words(code: str = "en") -> TimeWords:
    """Read `CODE.toml`.

    Raises:
        FileNotFoundError: there is no such language.
    """
    data = tomllib.loads((files("knowledge.times") / f"{code}.toml").read_text("utf-8"))
    numbers = data["numbers"]
    words = NumberWords(
        units=numbers["units"],
        scales=numbers["scales"],
        ordinals=numbers["ordinals"],
        fractions=numbers["fractions"],
        seconds=numbers["seconds"],
        glue=frozenset(numbers["glue"]),
    )
    return TimeWords(words, data["time"])


def words_of(text: str) -> list[str]:
    """Split `text` into lower-case words; punctuation is left out, except ":" in "6:45"."""
    return _WORD.findall(text[:_MAX_CHARACTERS].casefold().translate(_APOSTROPHES))
