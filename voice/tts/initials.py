"""Letters said one by one: initials, acronyms, and names that are written in capitals."""

import re
from typing import Final

LETTER_MARK: Final = "\u2060"
"""Invisible, behind an A that is a letter and not the article."""
_SAID_AS_WORDS: Final = 4
"""Capitals of this length with a vowel are a word, shorter ones are left to the voice."""
_LETTERS: Final = """
ABC AFI AI AM BB BBC BBE BMG BPM CBS CCR CD CDS CIA CJ CNN DC DFA DIY DJ DJS DMC DNA DMX DVD ECM EDM
ELO ELP EMF EMI EP EPS FBI FM HD HQ HTML ID IDM IQ JJ JLS KD KLF KMFDM KT LA LCD LED LFO LP LPS MC
MCA MCS MF MGMT MTV NBA NDR NIN NWA NY NYC OMD OST PBS PC PJ PM POD PVC RCA RHCP RIP RJD RSO RTL SOS
SWV TLC TNT TV UB UFO UK USA VCR VHS VIP WDR XTC XXL YMCA YMO ZZ
"""
_ACRONYMS: Final = frozenset(_LETTERS.split())
_OPENINGS: Final = frozenset({
    "And", "Anything", "Do", "I", "It", "Not", "Or", "Say", "Shall", "That", "Then", "This", "What",
    "You",
})  # fmt: skip
"""They open a sentence of a reply: the full stop before them ends one, also after initials."""
_VOWELS: Final = frozenset("AEIOUYÄÖÜÉÈÁÍÓÚ")

_DOTTED: Final = re.compile(r"(?<![\w.])((?:[^\W\d_]\.[ ]?){2,})(?=(\S*))", re.IGNORECASE)
_SINGLE: Final = re.compile(r"(?<![\w.'’])(?<!\bin )([A-Z])\.(?= [A-Z][\w'’.])")
_SLASHED: Final = re.compile(r"\b([A-Z]{1,3})/([A-Z]{1,3})\b")
_CAPITALS: Final = re.compile(r"(?<![\w&])[A-ZÄÖÜÉÈÁÍÓÚ]{2,}(?:['’]?s)?(?![\w])")
_AND_BETWEEN: Final = re.compile(r"\b([A-Z]) ?(?:&|'n'|’n’) ?([A-Z])\b")
_BEFORE_DIGIT: Final = re.compile(r"(?<![\w])([A-Z]{1,3})-?(?=\d{1,3}(?:['’]?s)?(?!\w))")
_LETTER_A: Final = re.compile(
    r"\b(?:[Ss]ide|[Pp]lan|[Pp]art|[Gg]roup|[Tt]ype|[Vv]itamin|[Ss]ection) A\b(?! [a-z])"
)


def letters(word: str) -> str:
    """Make "R E M" of "REM", with a mark at each A."""
    return " ".join(f"A{LETTER_MARK}" if letter == "A" else letter for letter in word.upper())


def spell_initials(text: str) -> str:
    """Put blanks between letters that are said one by one; other capitals become words."""
    text = _AND_BETWEEN.sub(lambda found: f"{letters(found[1])} and {letters(found[2])}", text)
    text = _SLASHED.sub(lambda found: letters(found[1] + found[2]), text)
    text = _SINGLE.sub(lambda found: letters(found[1]), text)
    text = _DOTTED.sub(_dotted, text)
    text = _BEFORE_DIGIT.sub(lambda found: letters(found[1]) + " ", text)
    text = _CAPITALS.sub(_capitals, text)
    return _LETTER_A.sub(lambda found: found[0] + LETTER_MARK, text)


def _dotted(found: re.Match[str]) -> str:
    written = found[1]
    if written.lower() in {"e.g.", "i.e.", "a.m.", "p.m."}:
        return written
    if written.islower() and " " in written:
        return written
    spoken = letters(re.sub(r"[. ]", "", written))
    following = found[2]
    if not following or following.strip(",?'") in _OPENINGS:
        return f"{spoken}. "
    return f"{spoken} " if written.endswith(" ") or following[0].isalnum() else spoken


def _capitals(found: re.Match[str]) -> str:
    written = found[0]
    plural = written[-1] == "s"
    word = written.rstrip("s’'") if plural else written
    if word in _ACRONYMS or not _VOWELS & set(word):
        return letters(word) + ("'s" if plural else "")
    return written if len(word) < _SAID_AS_WORDS else written.capitalize()
