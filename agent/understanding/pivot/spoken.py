"""Second thoughts in other languages: "spiel Abba, nein warte, Queen", "¿y de Miles Davis?".

What takes words back, and what such words may be, is in `languages/CODE.speech.toml`. They become
the English for it, "play Abba, no wait, Queen", and are carried out as if said in English.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files

from agent.understanding.pivot.compiling import Compiler
from agent.understanding.pivot.language import PivotLanguage, PivotRule, load_pivot
from agent.understanding.pivot.matching import PivotMatcher
from agent.understanding.pivot.words import words_of
from agent.understanding.template import needed_words

_MOST_WORDS = 12
"""Of a fragment; longer ones are requests, or about something else."""
_END = " ,;.…!?。，！？、¿¡"

_CLOCK = re.compile(r"\b([01]?\d|2[0-4])(?: ?h ?|\.)([0-5]\d)\b(?![.%\d])", re.IGNORECASE)
_HOURS = re.compile(r"\b(\d{1,2})h\b", re.IGNORECASE)
"""Times as they are written: "6h45", "6.45", "7h"."""

Reads = Callable[[str], str]
"""The English of a whole request in that language; "" when it is none."""


@dataclass(frozen=True, slots=True)
class SpokenWords:
    """What goes back on words in one language."""

    inside: re.Pattern[str] | None
    """Between what was said first and what was meant."""
    lead: re.Pattern[str] | None
    """Before what was meant instead of the turn before."""
    follow: re.Pattern[str] | None
    """Before what is asked next in the same way: "and ...?"."""
    filler: re.Pattern[str] | None
    again: re.Pattern[str] | None
    """Asks for the last reply once more."""
    fragments: tuple[PivotRule, ...]
    informal: re.Pattern[str] | None = None
    """Spellings of speech: "s'te plaît"; in Han letters and kana, endings."""
    written: Mapping[str, str] = field(default_factory=dict)
    """What is written for each."""


def spoken_words(language: PivotLanguage) -> SpokenWords | None:
    """The words of a language; None when there is no file for it."""
    return _read(language.code)


@lru_cache(maxsize=32)
def _read(code: str) -> SpokenWords | None:
    source = files("agent.understanding") / "languages" / f"{code}.speech.toml"
    language = load_pivot(code)
    if language is None or not source.is_file():
        return None
    data = tomllib.loads(source.read_text("utf-8"))
    repair = data.get("repair", {})
    compiler = Compiler(language.spelling)
    gap = r"\s*" if language.is_written_without_spaces else r"\s+"
    strong, weak = (_either(repair.get(name, ())) for name in ("strong", "weak"))
    sign = r"\s*(?:[,;.…，、。]+|\s[-–—])\s*"
    inside = [rf"(?:{sign}|{gap})(?P<strong>{strong})"] if strong else []
    inside += [rf"{sign}(?:{weak})"] if weak else []
    before = repair.get("lead", ())
    lead = _either([phrase for phrase in before if phrase not in repair.get("weak", ())])
    no = _either([phrase for phrase in before if phrase in repair.get("weak", ())])
    follow = _either(repair.get("follow", ()))
    written = {  # what the grammar itself knows stays
        said: meant
        for said, meant in data.get("informal", {}).items()
        if not (len(own := _words(said, language)) == 1 and own <= language.vocabulary)
    }
    after = rf"(?:\s*[,.…!，、。！:]+\s*|{gap})"
    return SpokenWords(
        inside=_compiled(rf"(?:{'|'.join(inside)}){after}(?=\S)") if inside else None,
        # "Não gosto de" is no correction: a mere "no" needs a pause after it.
        lead=_compiled(rf"^[¿¡\s]*(?:(?:{no or '(?!)'}){sign}|(?:{lead}){after})+(?=\S)")
        if lead
        else None,
        follow=_compiled(rf"^[¿¡\s]*(?:{follow}){after}(?=\S)") if follow else None,
        filler=_compiled(rf"(?:(?<=[\s,.…，、])|^)(?:{fillers})(?:\s*[,.…，、]+\s*|{gap})(?=\S)")
        if (fillers := _either(repair.get("fillers", ())))
        else None,
        again=_compiled(rf"^[¿¡\s]*(?:{again})[\s.?!？！。]*$")
        if (again := _either(repair.get("again", ())))
        else None,
        fragments=tuple(
            _rule(template, english, compiler)
            for template, english in data.get("fragments", {}).items()
        ),
        informal=_informal(written, language),
        written=written,
    )


def _informal(said: Mapping[str, str], language: PivotLanguage) -> re.Pattern[str] | None:
    if not said:
        return None
    longest = "|".join(map(re.escape, sorted(said, key=len, reverse=True)))
    if language.is_written_without_spaces:
        return _compiled(rf"(?:{longest})(?=[\s,.…!?，、。！？～~]*$|[,，、。])")
    return _compiled(rf"(?<![\w'’])(?:{longest})(?![\w'’])")


def _words(said: str, language: PivotLanguage) -> frozenset[str]:
    if language.is_written_without_spaces:
        return frozenset()
    return frozenset(token.word for token in words_of(said, None, language.spelling))


def _rule(template: str, english: str, compiler: Compiler) -> PivotRule:
    node = compiler.compile(template)
    return PivotRule(english, node, "", needed_words(node), compiler.needed_sets(node))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _either(phrases: Sequence[str]) -> str:
    longest = sorted(phrases, key=len, reverse=True)
    return "|".join(r"[,.…，、]*\s+".join(map(re.escape, each.split())) for each in longest)


def fluent(language: PivotLanguage, text: str) -> str:
    """`text` without the fillers of the language, and with words of speech as they are written."""
    words = spoken_words(language)
    if words is None:
        return text
    text = _HOURS.sub(r"\1 h", _CLOCK.sub(r"\1:\2", text))
    if words.filler is not None:
        text = words.filler.sub("", text) or text
    if words.informal is not None:
        said = text.replace("’", "'")
        text = words.informal.sub(lambda one: words.written[one[0].casefold()], said) or text
    return text


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was meant after a second thought."""

    english: str
    original: str = ""
    """What of the words said that is, where it is a whole request by itself."""


def repaired(
    language: PivotLanguage, text: str, reads: Reads, *, surely: bool = True
) -> Repaired | None:
    """What `text` means when it takes something back; None when it does not.

    Args:
        language: the one that `text` would be in.
        text: what was said.
        reads: reads whole requests.
        surely: it is that language; else a request before the second thought has to prove it.
    """
    words = spoken_words(language)
    if words is None:
        return None
    if surely and words.again is not None and words.again.match(text):
        return Repaired("what did you say")
    lead = words.lead.match(text) if words.lead is not None else None
    if surely and lead is not None:
        rest = text[lead.end() :].strip(_END)
        meant = _whole(rest, reads) or _fragment(language, words, rest)
        return Repaired(f"no, i meant {meant}") if meant else None
    for found in words.inside.finditer(text) if words.inside is not None else ():
        before = reads(text[: found.start()].strip(_END)) if found.start() else ""
        after = text[found.end() :].strip(_END)
        if not before or not after:
            continue
        if whole := _whole(after, reads):
            return Repaired(whole, after)
        named = bool(found["strong"]) or found[0].rstrip()[-1] in _END
        if meant := _fragment(language, words, after, named=named):
            return Repaired(f"{before}, no wait, {meant}")
    return None


def _whole(text: str, reads: Reads) -> str:
    """The English of a request; "" of what only points: "the one by Jeff Buckley"."""
    english = reads(text)
    return "" if english.startswith(("the one ", "by ")) else english


def followed(language: PivotLanguage, text: str) -> str:
    """The English of a fragment that goes on with the request before; "" for anything else."""
    words = spoken_words(language)
    found = words.follow.match(text) if words is not None and words.follow is not None else None
    if words is None or found is None:
        return ""
    meant = _fragment(language, words, text[found.end() :].strip(_END))
    return f"and {meant}" if meant else ""


def _fragment(language: PivotLanguage, words: SpokenWords, text: str, *, named: bool = True) -> str:
    """The English of a part of a request: "by Miles Davis", "the album", a mere name if `named`."""
    tokens = words_of(text, language.contractions, language.spelling)
    longest = 2 * _MOST_WORDS if language.is_written_without_spaces else _MOST_WORDS
    if not 0 < len(tokens) <= longest:
        return ""
    matcher = PivotMatcher(language, text, tokens)
    found = [each for rule in words.fragments if (each := matcher.match(rule)) is not None]
    best = min(found, key=lambda each: each.free_words, default=None)
    if best is None:
        return text if named else ""
    return best.english
