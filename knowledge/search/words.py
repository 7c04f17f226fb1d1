"""The words of a query, each with the spellings it may have in the library."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.folding import fold

MAX_WORDS = 12
_LONGEST_QUERY = 240

LIGHT = frozenset({"the", "a", "an", "and"})
"""Words that people add and leave out; they count only in names made of nothing else."""

_ABOUT_MUSIC = (
    "song songs music track tracks tune tunes album albums record records band artist singer group "
    "some any anything everything stuff hits please play put find search show called named titled "
    "recording version by from"
)
_SMALL = "of in on at to for with off is it me my you your i feat ft featuring something"
ABOUT_MUSIC = frozenset(_ABOUT_MUSIC.split())
"""Words that may be said about music without being part of a name."""
FILLER = ABOUT_MUSIC | frozenset(_SMALL.split())
"""The same, and the small words that people mix up. They are dropped only when nothing in the
library holds all words."""

_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = tuple(_NUMBER_WORDS.split())
_TENS = (
    *("", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"),
    "hundred",
)
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
NUMERALS = frozenset(_ROMAN[1:])


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query."""

    text: str
    """As it was said, folded."""
    position: int
    """Its place among all words of the query, light ones included."""
    spellings: tuple[tuple[str, float], ...]
    """How the library may spell it, each with its closeness (0 to 1), closest first."""
    is_prefix: bool = False
    """It may be the beginning of a longer word: somebody is still typing."""

    def closeness(self, terms: Sequence[str]) -> tuple[float, str]:
        """Return how close the closest of `terms` is (0 when none is), and that term."""
        for spelling, closeness in self.spellings:
            if spelling in terms:
                return closeness, spelling
        if self.is_prefix:
            for term in terms:
                if term.startswith(self.text):
                    return 0.6 + 0.4 * len(self.text) / len(term), term
        return 0.0, ""


def tokens(text: str) -> tuple[str, ...]:
    """Fold `text` into words; what is too long to be a name is cut off."""
    # Half a surrogate pair is no text; the database would refuse it.
    clean = text[:_LONGEST_QUERY].encode("utf-8", "ignore").decode("utf-8")
    return tuple(fold(clean).split()[:MAX_WORDS])


def content(words: Sequence[str]) -> list[str]:
    """Leave out the light words, unless there are only light ones."""
    return [word for word in words if word not in LIGHT] or list(words)


def squeezed(words: Iterable[str]) -> str:
    """Write the words as one: "ac dc" and "acdc" are the same name."""
    return "".join(words)


def name_keys(words: Sequence[str]) -> tuple[str, ...]:
    """Make the keys by which two spellings of a name are the same name."""
    whole, core = squeezed(words), squeezed(content(words))
    return (whole,) if whole == core else (whole, core)


def number_spellings(word: str) -> tuple[str, ...]:
    """List other ways to write a small number: "2" for "two" and for "ii"."""
    if word.isdecimal() and len(word) <= 2 and int(word) < len(_NUMBERS):
        number = int(word)
    elif word in _NUMBERS:
        number = _NUMBERS.index(word)
    elif word in NUMERALS and len(word) > 1:
        number = _ROMAN.index(word)
    else:
        return ()
    roman = (_ROMAN[number],) if 1 < number < len(_ROMAN) else ()
    return tuple(other for other in (str(number), _NUMBERS[number], *roman) if other != word)


def in_digits(words: Sequence[str]) -> tuple[str, ...]:
    """Write "ninety nine" as "99" and "number one" as "no 1": how titles have them."""
    written: list[str] = []
    for word in words:
        tens = _TENS.index(written[-1]) * 10 if written and written[-1] in _TENS else 0
        ones = _NUMBERS.index(word) if word in _NUMBERS[1:10] else 0
        if tens and ones:
            written[-1] = str(tens + ones)
        elif written and written[-1] == "number" and word in _NUMBERS:
            written[-1:] = ["no", str(_NUMBERS.index(word))]
        elif written and written[-1] == "number" and word.isdecimal():
            written[-1:] = ["no", word]
        else:
            written.append(word)
    return tuple(str(_TENS.index(w) * 10) if w in _TENS else w for w in written)
