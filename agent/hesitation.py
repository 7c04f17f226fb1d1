"""Speech as it is said: fillers, words said twice, and slips of speech recognition taken out.

The words of each language are in `understanding/languages/CODE.speech.toml`.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

Spans = Callable[[str], Sequence[tuple[int, int]]]
"""Where names of the library stand in a text, as places of characters: they stay as they are."""

_MOST = 500
"""Characters; a longer text is no slip of the tongue."""
_SIGNS = r"[,.…!?]*"
_PAUSE = re.compile(r"(?<=\w)\s*(?:\.{2,}|…)\s*(?=[a-zà-ÿ])")
_AGAIN = re.compile(
    r"^(?P<word>[^\W\d_]{2,}(?:\s[^\W\d_]+)?)(?:[\s,.!…]+(?P=word))+[\s,.!…]*$", re.IGNORECASE
)
_ONCE_MORE = re.compile(r"^(?P<word>[^\W\d_]{2,})(?:[\s,!]+(?P=word)){2,}(?=\W)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fluency:
    """What is said without meaning anything, in one language."""

    filler: re.Pattern[str] | None
    asides: tuple[re.Pattern[str], ...]
    """Each is replaced by a space."""
    lead: re.Pattern[str] | None
    """What a request may begin with that is no part of it."""
    after_filler: re.Pattern[str] | None
    twice: tuple[re.Pattern[str], ...]
    slips: Mapping[str, re.Pattern[str]]
    """What was meant to what was heard instead."""
    repairs: tuple[str, ...]
    """Words that take back what was said; a pause before one of them stays."""


@lru_cache(maxsize=32)
def fluency(code: str) -> Fluency | None:
    """The words of a language; None when there is no file for it."""
    source = files("agent.understanding") / "languages" / f"{code}.speech.toml"
    if not source.is_file():
        return None
    data = tomllib.loads(source.read_text("utf-8"))
    fillers, asides, twice = (data.get(name, {}) for name in ("fillers", "asides", "twice"))
    return Fluency(
        filler=_fillers(fillers.get("words", ()), fillers.get("paused", ())),
        asides=_asides(asides),
        lead=_any(asides.get("before", ()), rf"^(?:{{}})(?:{_SIGNS}\s+|[,.…!?]+\s*)(?=\S)"),
        after_filler=_any(asides.get("after", ()), rf"^(?:{{}}){_SIGNS}\s+"),
        twice=_twice(twice),
        slips=_slips(data.get("slips", {})) | _genres(data.get("genres", {})),
        repairs=tuple(data.get("repair", {}).get("marks", ())),
    )


def fluent(text: str, names: Spans = lambda _: (), *, code: str = "en") -> str:
    """`text` as its speaker meant to say it: "um, play, uh, the, the one" is "play the one".

    A filler that belongs to a name of the library is none.
    """
    known = fluency(code)
    if not text or len(text) > _MOST or known is None:
        return text
    kept = _without_fillers(text, names(text), known)
    kept = _joined(_once(kept, known, names), known)
    for pattern in known.asides:
        kept = _unnamed(pattern, " ", kept, names)
    for _ in range(3):
        shorter = known.lead.sub("", kept) if known.lead is not None else kept
        if shorter == kept:
            break
        kept = shorter
    kept = _once(kept, known, names)
    if not names(kept):
        kept = _AGAIN.sub(r"\g<word>", kept)
    kept = _ONCE_MORE.sub(r"\g<word>,", kept)
    for meant, pattern in known.slips.items():
        kept = pattern.sub(meant, kept)
    return " ".join(kept.split()).strip(" ,") or text


def _without_fillers(text: str, spans: Sequence[tuple[int, int]], known: Fluency) -> str:
    if known.filler is None:
        return text
    pieces, at = [], 0
    for found in known.filler.finditer(text):
        if found.start() < at or _inside(found, spans):
            continue
        pieces.append(text[at : found.start()].rstrip(" ,") + " ")
        at = found.end()
        if pieces[-1].strip() and known.after_filler is not None:
            rest = known.after_filler.match(text[at:])
            at += rest.end() if rest is not None else 0
    return "".join([*pieces, text[at:]])


def _once(text: str, known: Fluency, names: Spans) -> str:
    """What was said twice by mistake, said once."""
    for pattern in known.twice:
        text = _unnamed(pattern, r"\1", text, names)
    return text


def _joined(text: str, known: Fluency) -> str:
    """A pause in the middle of a phrase is none: "less... sleepy"; before "no" it stays."""
    marks = tuple(mark.split()[0] for mark in known.repairs)

    def join(found: re.Match[str]) -> str:
        rest = text[found.end() :].lower()
        return found[0] if marks and rest.startswith(marks) else " "

    return _PAUSE.sub(join, text)


def _unnamed(pattern: re.Pattern[str], put: str, text: str, names: Spans) -> str:
    spans = names(text) if pattern.search(text) else ()
    return pattern.sub(lambda found: found[0] if _inside(found, spans) else found.expand(put), text)


def _inside(found: re.Match[str], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start < found.end() and found.start() < end for start, end in spans)


def _one_of(phrases: Sequence[str]) -> str:
    """A pattern for any of `phrases`, the longest first, with any signs between their words."""
    longest = sorted(phrases, key=len, reverse=True)
    return "|".join(r"[,.…]*\s+".join(map(re.escape, phrase.split())) for phrase in longest)


def _any(phrases: Sequence[str], frame: str) -> re.Pattern[str] | None:
    return re.compile(frame.replace("{}", _one_of(phrases)), re.IGNORECASE) if phrases else None


def _fillers(words: Sequence[str], paused: Sequence[str]) -> re.Pattern[str] | None:
    if not words and not paused:
        return None
    both = [*words, *(rf"(?:{word})(?=[,.…])" for word in paused)]
    return re.compile(
        rf"(?:(?<=\s)|^)[,.…\s]*\b(?:{'|'.join(both)})(?! huh)\b[,.…]*(?:\s+|$)", re.IGNORECASE
    )


def _asides(data: Mapping[str, Sequence[str]]) -> tuple[re.Pattern[str], ...]:
    after = _one_of(data.get("after", ())) or "(?!)"
    patterns = (
        _any(
            data.get("anywhere", ()),
            rf"(?:(?<=\s)|^)[,.…]*\s*(?:{{}})(?![\w']){_SIGNS}(?:\s+(?:(?:{after}){_SIGNS}\s+)?|$)",
        ),
        _any(data.get("parted", ()), r"(?:,|…|\.{2,})\s*(?:{})\s*(?:,|…|\.{2,})\s*"),
        _any(data.get("oaths", ()), rf"(?:^|(?<=\s))(?:oh )?(?:{{}})\b{_SIGNS}\s*"),
    )
    return tuple(pattern for pattern in patterns if pattern is not None)


def _twice(data: Mapping[str, Sequence[str]]) -> tuple[re.Pattern[str], ...]:
    patterns = (
        _any(data.get("paused", ()), r"\b({})\b(?:,|…|\.\.\.)\s+\1\b"),
        _any(data.get("bare", ()), r"\b({})\s+\1\b(?=\s+\w)"),
    )
    return tuple(pattern for pattern in patterns if pattern is not None)


def _slips(data: Mapping[str, Mapping[str, str]]) -> dict[str, re.Pattern[str]]:
    """What was meant to where it is misheard: a table of what was `heard` and the `where`."""
    return {
        meant: re.compile(slip["where"].format("|".join(slip["heard"])), re.IGNORECASE)
        for meant, slip in data.items()
    }


def _genres(data: Mapping[str, Sequence[str]]) -> dict[str, re.Pattern[str]]:
    """Genres as recognition has been seen to write them, where a genre is wanted."""
    found = {}
    for genre, heard in data.items():
        either = _one_of(heard)
        found[genre] = re.compile(
            rf"(?<=\bsome )(?:{either})\b|\b(?:{either})(?= (?:music|songs)\b)", re.IGNORECASE
        )
    return found
