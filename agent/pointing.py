"""Words that point: "the second one", "both", "that album", "her". Pure text, no knowledge."""

import re
from dataclasses import dataclass
from typing import Literal

from knowledge.folding import fold

PointedKind = Literal["album", "artist", "list", "track"]

_ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "last": -1, "1st": 1, "2nd": 2, "3rd": 3,
}  # fmt: skip
_CARDINALS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_ORDINAL_WORD = "|".join([*_ORDINALS, r"\d{1,2}(?:st|nd|rd|th)"])
_CARDINAL_WORD = "|".join([*_CARDINALS, r"\d{1,3}"])
_THING = r"(?:one|song|track|result|option|choice|album|record|artist|playlist|entry|item|card)"
_ORDINAL = re.compile(rf"\b(?:the |that |this |my )?({_ORDINAL_WORD})\b(?: {_THING}s?\b)?")
_NUMBER = re.compile(
    rf"\b(?:number|no|nr|option|result|track|choice|card|position|place) ({_CARDINAL_WORD})\b"
)
_FIRST_FEW = re.compile(rf"\b(?:the )?(first|last|top) (?!one\b|1\b)({_CARDINAL_WORD})\b")
_BARE = re.compile(
    r"^(?:play |no |yes |ok |okay |um |uh |just |the |please )*" rf"({_CARDINAL_WORD})(?: please)?$"
)
_ALL = re.compile(
    r"\b(?:all of (?:them|those|these)|them all|everything|all (?:\d+|three|two|four|five)|"
    r"(?:play|queue|add|save|like) (?:them|these|those|all|both))\b|^all$"
)
_ALL_BUT = re.compile(
    r"\b(?:all(?: of (?:them|those|these))?|everything|every one(?: of (?:them|those|these))?|"
    r"them all|(?:the )?whole list)(?: but| except(?: for)?| without| apart from| minus| save) "
    r"(?P<left>.+)$"
)
_BOTH = re.compile(r"\bboth\b")
_OTHER = re.compile(
    r"\b(?:the |that |an)?other (?:one|song|track|version|album|artist)\b|\bthe other\b"
)
_REST = re.compile(r"\bthe (?:others|rest(?: of (?:them|those|these))?|other ones)\b")
_PERSON = r"(?:artist|band|singer|group|composer|musician|guy|woman|man|lady|orchestra)"
_WORKS = r"(?:songs?|tracks?|music|albums?|stuff|work|hits)"
_POINTED: dict[PointedKind, re.Pattern[str]] = {
    "album": re.compile(
        r"\b(?:that|this|the|its|same) (?:whole |entire |full |same )?(?:album|record|lp|cd)\b|"
        r"\b(?:whole|entire|full|complete) (?:album|record|lp|cd)\b|"
        r"\balbum (?:it|this|that) (?:is|s|was)\b"
    ),
    "artist": re.compile(
        rf"\b(?:that|this|the same|same) {_PERSON}\b|"
        r"\b(?:by|from|of|like) (?:her|him|them|he|she|they|his|hers|theirs)\b|"
        rf"\b(?:her|his|their) (?:other |best |new |latest |older |last |first )?{_WORKS}\b"
    ),
    "list": re.compile(
        rf"\b(?:these|those)(?: {_WORKS}| results)?\b|"
        r"\b(?:them|the list|the results|the whole list)\b"
    ),
    "track": re.compile(
        r"\b(?:this|that|the current|the same|same) "
        r"(?:song|track|tune|one|piece|recording|music)\b|\b(?:it|this|that)\b"
    ),
}
_PATTERNS = tuple(_POINTED.values())
_HERE = re.compile(r"\b(?:this|the current|(?:is|are) playing)\b")
_GLUE = frozenset(("the", "one", "and", "of", "all", "a", "but", "except", "whole", "entire"))
_TO_QUEUE = re.compile(r" (?:in|to|into|onto|on) (?:the|my|our) queue$")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What a sentence points at, if anything."""

    numbers: tuple[int, ...] = ()
    """Numbers in the result list, 1 first, -1 the last; empty when none is named."""
    everything: bool = False
    other: bool = False
    """ "The other one": of two, the one that was not taken."""
    kind: PointedKind | None = None
    """Kind of the thing that "that", "it", "her" point at."""
    rest: bool = False
    """ "The others": all but the one that was taken."""
    here: bool = False
    """It is "this" one: what sounds now, not what was spoken of last."""


def point(text: str, *, listed: int = 0) -> Pointer:
    """Read the pointing words of `text`.

    Args:
        text: what was said.
        listed: how many numbered results there are; a bare "two" counts only up to it.
    """
    said = fold(text)
    if listed and (match := _ALL_BUT.search(said)):
        left = point(match["left"], listed=listed).numbers
        left = tuple(listed if number == -1 else number for number in left)
        if left:
            return Pointer(tuple(n for n in range(1, listed + 1) if n not in left))
    if match := _FIRST_FEW.search(said):
        few = min(_count(match[2]), listed or _count(match[2]))
        first = 1 if match[1] != "last" else max(1, listed - few + 1)
        return Pointer(tuple(range(first, first + few)))
    other = _OTHER.search(said) is not None
    numbers = _numbers(said, listed)
    if _BOTH.search(said) and listed:
        numbers = tuple(range(1, min(2, listed) + 1))
    everything = not numbers and _ALL.search(said) is not None
    kind = next((kind for kind, pattern in _POINTED.items() if pattern.search(said)), None)
    here = _HERE.search(said) is not None
    rest = _REST.search(said) is not None
    return Pointer(numbers, everything, other and not numbers, kind, rest, here)


def only_points(text: str) -> bool:
    """Whether `text` is nothing but pointing words: "the second one", "this song", "them"."""
    said = _TO_QUEUE.sub("", fold(text))
    for pattern in (_REST, _FIRST_FEW, _NUMBER, _ORDINAL, _OTHER, _ALL, _BOTH, *_PATTERNS):
        said = pattern.sub(" ", said)
    return all(word in _GLUE for word in said.split())


def _numbers(said: str, listed: int) -> tuple[int, ...]:
    found = [(m.start(), _ordinal(m[1])) for m in _ORDINAL.finditer(said)]
    found += [(m.start(), _count(m[1])) for m in _NUMBER.finditer(said)]
    if not found and (match := _BARE.match(said)):
        number = _count(match[1])
        if 1 <= number <= listed:
            found = [(0, number)]
    return tuple(dict.fromkeys(number for _, number in sorted(found)))


def _ordinal(word: str) -> int:
    return _ORDINALS[word] if word in _ORDINALS else int(word[:-2])


def _count(word: str) -> int:
    return _CARDINALS[word] if word in _CARDINALS else int(word)
