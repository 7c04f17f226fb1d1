"""Speech as it is said: fillers, words said twice, and slips of speech recognition taken out."""

import re
from collections.abc import Callable, Sequence

Spans = Callable[[str], Sequence[tuple[int, int]]]
"""Where names of the library stand in a text, as places of characters: they stay as they are."""

_FILLER = re.compile(
    r"(?:(?<=\s)|^)[,.…\s]*\b(?:u+m+|u+h+(?! huh)|e+r+m*|a+h+(?=[,.…])|h+m+|m{2,}(?=[,.…]))\b"
    r"[,.…]*(?:\s+|$)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r",\s*(?:you know|like|sort of|kind of|well|so|let me see|let's see)\s*,\s*", re.IGNORECASE
)
_TWICE = re.compile(
    r"\b(the|a|an|i|my|to|by|of|and|play|put|can|could|some|that|this)\b(?:,|…|\.\.\.)\s+\1\b",
    re.IGNORECASE,
)
_TWICE_BARE = re.compile(r"\b(i|to|a|an|of|and|play|put|can|could|some)\s+\1\b", re.IGNORECASE)
_SLIP = re.compile(
    r"^(?P<polite>(?:please |hey |ok |okay )*)(?:plays|played|pley|lay|pay|plate)\s+"
    r"(?=(?:some|something|me|us|the|my|a|anything|music)\b)",
    re.IGNORECASE,
)


_OATH = re.compile(
    r"(?:^|(?<=\s))(?:oh )?(?:for (?:fuck|god|christ|heaven|pete|goodness)'?s sake|goddamn(?: it)?|"
    r"damn it|bloody hell|fucking|what the (?:hell|fuck))\b[,.!]*\s*",
    re.IGNORECASE,
)
_PAWS = re.compile(
    r"^(?:pours|paws|pores|pause s)(?= (?:the music|it|this|that|please)\b)", re.IGNORECASE
)


def fluent(text: str, names: Spans = lambda _: ()) -> str:
    """`text` as its speaker meant to say it: "um, play, uh, the, the one" is "play the one".

    A filler that belongs to a name of the library is none.
    """
    if not text or len(text) > _MOST:
        return text
    kept = _without_fillers(text, names(text))
    kept = _PAWS.sub("pause", _OATH.sub("", _ASIDE.sub(" ", kept)))
    for pattern in (_TWICE, _TWICE_BARE):
        kept = pattern.sub(r"\1", kept)
    kept = _SLIP.sub(r"\g<polite>play ", kept)
    kept = _MISHEARD.sub(lambda found: _GENRES[found[0].lower()], kept)
    return " ".join(kept.split()).strip(" ,") or text


def _without_fillers(text: str, spans: Sequence[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for found in _FILLER.finditer(text):
        if any(start < found.end() and found.start() < end for start, end in spans):
            continue
        pieces.append(text[at : found.start()].rstrip(" ,") + " ")
        at = found.end()
    return "".join([*pieces, text[at:]])


_GENRES = {
    **dict.fromkeys(("jas", "jass", "jaz", "jaxx", "chazz"), "jazz"),
    **dict.fromkeys(("regay", "regae", "raggae", "reggie"), "reggae"),
    **dict.fromkeys(("blooze", "bluse"), "blues"),
    **dict.fromkeys(("tekno", "teckno"), "techno"),
    **dict.fromkeys(("hip pop", "hippop"), "hip hop"),
    **dict.fromkeys(("rok", "roc music"), "rock"),
    **dict.fromkeys(("clasical", "classic all"), "classical"),
}
"""Genres as speech recognition has been seen to write them, where a genre is wanted."""
_MISHEARD = re.compile(
    rf"(?<=\bsome )(?:{'|'.join(_GENRES)})\b|\b(?:{'|'.join(_GENRES)})(?= (?:music|songs)\b)",
    re.IGNORECASE,
)
_MOST = 500
"""Characters; a longer text is no slip of the tongue."""
