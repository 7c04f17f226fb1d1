"""What is only told beside a request: "abbassa un po' che sono al telefono".

A sentence is taken for a request and a remark where one side of a comma, or of a word like
"because", can be read and the other cannot, and where that other side speaks the language: it has
small words of it. "Take Me Home, Country Roads" has none, so it stays one name. What goes on with
a "but" or takes something back is no remark.
"""

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import repeat

from agent.understanding.pivot.identification import small_words
from agent.understanding.pivot.language import PivotLanguage
from agent.understanding.pivot.words import words_of
from agent.understanding.tokens import Token

_SIGNS = ",;.!?…、，。！？;–—"
_FEWEST_WORDS = 2
_FEWEST_LETTERS = 3
_FEWEST_SMALL = 2

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """A request and what is told beside it, as places of words."""

    first: int
    end: int
    """Of the request."""
    sure: bool
    """The rest is surely a remark, so that names may stand in the request."""
    own_words: float
    """Share of the words told beside it that are small words of the language, 0 to 1."""
    before: bool
    """The remark comes before the request."""


def beside(language: PivotLanguage, text: str, tokens: Sequence[Token]) -> Iterator[Beside]:
    """Each way to take a sentence for a request with a remark, the longest remark last."""
    because, but, back, _ = _words(language.code)
    said = tuple(token.word for token in tokens)
    for at in range(1, len(tokens)):
        parted = any(sign in text[tokens[at - 1].end : tokens[at].start] for sign in _SIGNS)
        reason = _begins(said[at:], because)
        if (parted or reason) and not _begins(said[at:], but):
            rest = said[at:]
            if (reason and len(rest) > 1) or _is_remark(language, rest):
                yield _beside(language, 0, at, rest, surely=reason)
        # In Japanese and Hindi the reason ends with its word: "うるさいから、音下げて".
        ended = any(said[at - len(word) : at] == word for word in because if len(word) <= at)
        if (parted or (ended and language.code in _REASON_ENDS)) and not _begins(said[at:], back):
            rest = said[:at]
            if _is_remark(language, rest) and not _begins(rest, back):
                yield _beside(language, at, len(tokens), rest)


def without_no(language: PivotLanguage, tokens: Sequence[Token]) -> Sequence[Token]:
    """The words after a "no" that they begin with: "nee nochmal zurück"; none without one."""
    said = tuple(token.word for token in tokens)
    return tokens[1:] if _begins(said, _words(language.code)[3]) else ()


_REASON_ENDS = frozenset({"ja", "hi"})


def _is_remark(language: PivotLanguage, said: Sequence[str]) -> bool:
    """Whether it is long enough and tells no time, which belongs to what is asked for."""
    fewest = _FEWEST_LETTERS if language.is_written_without_spaces else _FEWEST_WORDS
    return len(said) >= fewest and not any(map(_tells_time, said, repeat(language)))


def _tells_time(word: str, language: PivotLanguage) -> bool:
    numbers = language.numbers
    if language.is_written_without_spaces:
        return word.isdecimal() or word in _TIMES
    amount = numbers.units.get(word, 0) > 1 or word in numbers.fractions
    return any(letter.isdecimal() for letter in word) or amount or word in numbers.seconds


_TIMES = frozenset("分点时時半")


def _beside(
    language: PivotLanguage, first: int, end: int, rest: Sequence[str], *, surely: bool = False
) -> Beside:
    """Names hardly have several small words of a language in them; remarks do."""
    small = small_words(language.code)
    sure = surely or language.is_written_without_spaces
    sure = sure or sum(word in small for word in rest) >= _FEWEST_SMALL
    known = (small | language.vocabulary) - small_words("en")
    own = 1.0 if surely else sum(word in known for word in rest) / len(rest)
    return Beside(first, end, sure, own, before=first > 0)


def _begins(said: Sequence[str], phrases: Sequence[Phrase]) -> bool:
    return any(tuple(said[: len(phrase)]) == phrase for phrase in phrases)


@lru_cache(maxsize=32)
def _words(code: str) -> tuple[tuple[Phrase, ...], ...]:
    """What gives a reason, what goes on or takes back, of it what takes back, and "no"."""
    source = files("agent.understanding") / "languages" / f"{code}.speech.toml"
    if not source.is_file():
        return (), (), (), ()
    data = tomllib.loads(source.read_text("utf-8"))
    remark, repair = data.get("remark", {}), data.get("repair", {})
    back = [*repair.get("lead", ()), *repair.get("strong", ())]
    but = [*remark.get("but", ()), *back, *repair.get("follow", ())]
    return tuple(map(_cut, (remark.get("because", ()), but, back, remark.get("no", ()))))


def _cut(phrases: Sequence[str]) -> tuple[Phrase, ...]:
    cut = (tuple(token.word for token in words_of(phrase)) for phrase in phrases)
    return tuple(dict.fromkeys(phrase for phrase in cut if phrase))
