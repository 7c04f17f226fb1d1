"""How a text sounds, roughly: so that what was misheard is found next to what was meant.

A recogniser that does not know a name writes common words that sound like it: "Sigur Rós" comes
out as "see your rows". Both are written here with the same few letters, one for each group of
sounds that are easily confused, without word boundaries. The rules are those of English spelling,
because unknown names are misheard as English words; they only have to be the same on both sides.
"""

import re
from functools import lru_cache
from typing import Final

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

_NOT_WORDS: Final = re.compile(r"[^a-z0-9 ]+")
_DIGITS: Final = re.compile(r"\d+")
_SMALL_WORDS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS_WORDS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_SMALL: Final = tuple(_SMALL_WORDS.split())
_TENS: Final = tuple(_TENS_WORDS.split())

_ROMAN: Final = {"ii": "two", "iii": "three", "iv": "four", "vi": "six", "vii": "seven"}
_SHORT_FOR: Final = {
    "op": "opus", "vol": "volume", "pt": "part", "st": "saint", "dr": "doctor", "mr": "mister",
    "vs": "versus", "feat": "featuring", "ft": "featuring",
}  # fmt: skip

# In order; the first that fits is taken. Letters of the answer: consonants p t k f s x m n l r w,
# vowels i (front), a (open), u (back).
_RULES: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^wr", "r"),
        (r"^(kn|gn|pn)", "n"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"sch|tch|dge?|cz|tsch", "x"),
        (r"ti(?=on|ou|al)|si(?=on)|ci(?=an|ou|al)", "x"),
        (r"ch(?=r|l)", "k"),
        (r"ch|sh|j", "x"),
        (r"ph|v|f|gh$", "f"),
        (r"igh|eigh", "i"),
        (r"gh(?=t|$)", ""),
        (r"th|t|d", "t"),
        (r"ck|q|kh|gh|k", "k"),
        (r"sc(?=[eiy])", "s"),
        (r"c(?=[eiy])", "s"),
        (r"c", "k"),
        (r"g(?=e|i|y)", "x"),
        (r"g", "k"),
        (r"x", "ks"),
        (r"s|z", "s"),
        (r"b|p", "p"),
        (r"m", "m"),
        (r"n", "n"),
        (r"l", "l"),
        (r"rh|r", "r"),
        (r"wh?", "w"),
        (r"h", ""),
        (r"e$", ""),
        (r"ee|ea|ie|ei|ey|ai|ay|oe|ae|[eiy]", "i"),
        (r"ou|oo|ow|au|aw|oa|[ou]", "u"),
        (r"a", "a"),
    )
)
_TWICE: Final = re.compile(r"(.)\1+")
_VOWELS: Final = re.compile(r"[iau]+")


def folded(text: str) -> str:
    """Words in plain lower-case letters and digits, single blanks between them."""
    plain = anyascii(text).lower().replace("'", "").replace("&", " and ")
    return " ".join(_NOT_WORDS.sub(" ", plain).split())


def spelled(text: str) -> str:
    """As `folded`, with numbers and the abbreviations of titles as words."""
    words = folded(text).split()
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if word in {"no", "nr"} and after.isdigit():
            words[at] = "number"
        elif at and word in _ROMAN:
            words[at] = _ROMAN[word]
        elif word in _SHORT_FOR:
            words[at] = _SHORT_FOR[word]
        elif word.isdigit():
            words[at] = _number(word)
    return _DIGITS.sub(lambda digits: f" {_number(digits[0])} ", " ".join(words))


def sounds(text: str) -> str:
    """The rough sound of a text, one letter for each group of sounds; "" for none."""
    return _TWICE.sub(r"\1", "".join(_word(word) for word in spelled(text).split()))


def likeness(one: str, other: str) -> float:
    """How alike two results of `sounds` are, 0..1; consonants count twice."""
    if not one or not other:
        return 0.0
    whole = ratio(one, other)
    hard = ratio(_VOWELS.sub("", one), _VOWELS.sub("", other))
    return (whole + hard) / 200.0


@lru_cache(maxsize=100_000)
def _word(word: str) -> str:
    at = 0
    written = []
    while at < len(word):
        for pattern, sound in _RULES:
            # Patterns with ^ only fit at the beginning of the word.
            if found := pattern.match(word, at):
                written.append(sound)
                at = found.end()
                break
        else:
            at += 1
    return "".join(written)


def _number(digits: str) -> str:
    """English words for a number, read as years and house numbers are; longer ones by digit."""
    value = int(digits[:9])
    if len(digits) == 4 and digits[0] != "0":
        high, low = divmod(value, 100)
        if low == 0:
            end = "hundred" if high % 10 else "thousand"
            return f"{_pair(high if high % 10 else high // 10)} {end}"
        return f"{_pair(high)} {'o ' if low < 10 else ''}{_pair(low)}"
    if len(digits) <= 2:
        return _pair(value)
    if len(digits) == 3:
        high, low = divmod(value, 100)
        return f"{_SMALL[high]} hundred {_pair(low) if low else ''}"
    return " ".join(_SMALL[int(digit)] for digit in digits)


def _pair(value: int) -> str:
    if value < 20:
        return _SMALL[value]
    tens, ones = divmod(value, 10)
    return _TENS[tens - 2] + (f" {_SMALL[ones]}" if ones else "")
