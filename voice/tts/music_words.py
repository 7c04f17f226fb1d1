"""What is written in titles and credits and said in another way."""

import re
from collections.abc import Callable
from typing import Final

from voice.tts.initials import LETTER_MARK, letters
from voice.tts.number_words import cardinal, in_pairs, ordinal

_STYLISED: Final = {
    "!!!": "chick chick chick",
    "+44": "plus forty four",
    "2pac": "Tupac",
    "3oh!3": "three oh three",
    "6lack": "black",
    "a$ap": "asap",
    "a-ha": "ah hah",
    "alt-j": "alt jay",
    "boyz ii men": "Boys to Men",
    "chvrches": "churches",
    "deadmau5": "dead mouse",
    "gza": "jizza",
    "inxs": "in excess",
    "jay-z": "Jay Zee",
    "ke$ha": "Kesha",
    "la roux": "la roo",
    "m*a*s*h": "mash",
    "mø": "muh",
    "mstrkrft": "master craft",
    "n*e*r*d": "nerd",
    "n.e.r.d": "nerd",
    "p!nk": "Pink",
    "rza": "rizza",
    "sbtrkt": "subtract",
    "se7en": "seven",
    "sunn o)))": "sun",
    "sza": "sizza",
    "t.a.t.u.": "tattoo",
    "will.i.am": "will I am",
    "ww2": "World War two",
    "wwi": "World War one",
    "wwii": "World War two",
    "xxxtentacion": "ex ex ex tentacion",
}
_ABBREVIATIONS: Final = {
    "feat.": "featuring",
    "feat": "featuring",
    "ft.": "featuring",
    "vs.": "versus",
    "vs": "versus",
    "w/": "with",
    "pt.": "part",
    "pts.": "parts",
    "vol.": "volume",
    "vols.": "volumes",
    "op.": "opus",
    "opp.": "opus",
    "arr.": "arranged by",
    "prod.": "produced by",
    "orch.": "orchestra",
    "approx.": "approximately",
    "incl.": "including",
    "etc.": "et cetera",
    "e.g.": "for example",
    "i.e.": "that is",
    "dr.": "Doctor",
    "mr.": "Mister",
    "mrs.": "Missus",
    "ms.": "Miz",
    "sgt.": "Sergeant",
    "lt.": "Lieutenant",
    "jr.": "Junior",
    "sr.": "Senior",
    "prof.": "Professor",
    "rev.": "Reverend",
    "mt.": "Mount",
    "bros.": "Brothers",
    "inc.": "Incorporated",
    "ltd.": "Limited",
    "anh.": "Anhang",
    "hob.": "Hoboken",
}
_ENDS_SENTENCES: Final = frozenset({"etc.", "jr.", "sr.", "bros.", "inc.", "ltd.", "orch."})
_WITH_NUMBER: Final = {
    "no": "number",
    "nos": "numbers",
    "nr": "number",
    "ca": "about",
    "ch": "chapter",
}
_CATALOGUES: Final = frozenset(
    {"BWV", "KV", "K", "RV", "HWV", "TWV", "D", "S", "WoO", "WWV", "SWV"}
)
_KEYWORDS: Final = (
    r"(?:Part|Parts|Volume|Vol\.|Pt\.|Act|Book|Chapter|Movement|Number|Suite|Episode|Canto|Side|Disc"
    r"|Phase|Scene|War|Opus|Op\.|Symphony|Sonata|Concerto|Quartet|Variation|Etude|Étude|Prelude|Part-)"
)
_REGNAL: Final = (
    r"(?:Henry|Louis|Edward|George|Charles|James|Richard|William|Elizabeth|Pius|Benedict|Paul"
    r"|Frederick|Philip|Ferdinand|Napoleon|Ivan|Catherine|Alexander|Nicholas|Ludwig|Wilhelm|Leo)"
)
_ROMAN: Final = r"(?=[IVX]+\b)(?P<tens>X{0,3})(?P<ones>IX|IV|V?I{0,3})"
_HOBOKEN: Final = re.compile(rf"\bHob\. ?{_ROMAN} ?: ?(?=\d)")
_KEY: Final = re.compile(
    r"\b([A-G])(#|♯|b|♭|[- ]sharp|[- ]flat)?[ -]([Mm]ajor|[Mm]inor|maj\b\.?|min\b\.?|dur|moll)"
)
_MODES: Final = {"maj": "major", "min": "minor"}

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def spell_titles(text: str) -> str:
    """Write out abbreviations, keys, catalogue numbers, roman numerals and odd names."""
    for pattern, spoken in _RULES:
        text = pattern.sub(spoken, text)
    return text


def _abbreviation(found: re.Match[str]) -> str:
    word = found[0].lower()
    spoken = _ABBREVIATIONS[word]
    if found.string[found.end() : found.end() + 1].isdigit():  # "Op.35"
        return f"{spoken} "
    if word in _ENDS_SENTENCES and not found.string[found.end() :].strip():
        return f"{spoken}."
    return spoken


def _key(found: re.Match[str]) -> str:
    accidental = (found[2] or "").strip(" -")
    raised = {"#": " sharp", "♯": " sharp", "sharp": " sharp"}.get(
        accidental, " flat" if accidental else ""
    )
    mode = found[3].lower().rstrip(".")
    return f"{letters(found[1])}{raised} {_MODES.get(mode, mode)}"


def _catalogue(found: re.Match[str]) -> str:
    number = found[2]
    spoken = in_pairs(int(number)) if len(number) in {3, 4} else cardinal(int(number))
    name = "W O O" if found[1] == "WoO" else letters(found[1])
    return f"{name} {spoken}"


def _roman_value(found: re.Match[str]) -> int:
    tens, ones = found["tens"], found["ones"]
    low = {"IX": 9, "IV": 4}.get(ones, 5 * ones.startswith("V") + ones.count("I"))
    return 10 * len(tens) + low


def _roman_behind(found: re.Match[str]) -> str:
    return f"{found[1]} {cardinal(_roman_value(found))}"


def _roman_regnal(found: re.Match[str]) -> str:
    return f"{found[1]} the {ordinal(_roman_value(found))}"


def _roman_movement(found: re.Match[str]) -> str:
    return f"{found[1]}{cardinal(_roman_value(found))}, "


def _any_of(words: dict[str, str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_RULES: Final[tuple[Rule, ...]] = (
    (
        re.compile(rf"(?<![\w$!*+])(?:{_any_of(_STYLISED)})(?![\w$*])", re.IGNORECASE),
        lambda found: _STYLISED[found[0].lower()],
    ),
    (re.compile(r"\b(?:St|Ste)\. (?=[A-Z])"), lambda _: "Saint "),
    (_HOBOKEN, lambda found: f"Hoboken {cardinal(_roman_value(found))} "),
    (
        re.compile(rf"\b({'|'.join(_WITH_NUMBER)})\. ?(?=\d)", re.IGNORECASE),
        lambda found: _WITH_NUMBER[found[1].lower()] + " ",
    ),
    (re.compile(rf"\b({_REGNAL}) {_ROMAN}\b(?![.'’]\w)"), _roman_regnal),
    (re.compile(rf"\b({_KEYWORDS}) {_ROMAN}\b(?!['’]\w)"), _roman_behind),
    (re.compile(rf"(^|[:,] |, \" ?){_ROMAN}\. (?=[^\W\d_a-z])"), _roman_movement),
    # two letters at least: "Malcolm X" and "Vitamin V" are no numbers
    (
        re.compile(rf"(?<=[\w!?)])( )(?=[IVX]{{2}}){_ROMAN}\b(?!['’.]\w)"),
        lambda found: " " + cardinal(_roman_value(found)),
    ),
    (re.compile(rf"(?<!\w)(?:{_any_of(_ABBREVIATIONS)})(?![^\W\d])", re.IGNORECASE), _abbreviation),
    (_KEY, _key),
    (
        re.compile(r"\b([A-G])(#|♯|♭)(?!\w)"),
        lambda found: letters(found[1]) + (" flat" if found[2] == "♭" else " sharp"),
    ),
    (re.compile(r"\b[Ii]n A(?=[.,;:)\"”]|$)"), lambda found: found[0] + LETTER_MARK),
    (
        re.compile(
            rf"\b({'|'.join(sorted(_CATALOGUES, key=len, reverse=True))})\.? ?(\d{{1,4}})\b"
        ),
        _catalogue,
    ),
)
