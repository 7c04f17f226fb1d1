"""Whether a text can have a word of a language at all, told without compiling its grammar.

A single question from the command line would otherwise compile twenty grammars, most of a CPU
second, to learn that none of them knows a word of it.
"""

import tomllib
from collections.abc import Set as AbstractSet
from functools import lru_cache
from importlib.resources import files

from agent.understanding.pivot.language import spelling_of
from agent.understanding.pivot.words import PLAIN, Spelling, every_word, plain, words_of


def may_speak(code: str, text: str, english: AbstractSet[str]) -> bool:
    """Whether some word of `text` stands in the grammar `code`, and is none of `english`.

    It may be wrong in saying yes, never in saying no: all words of the file count, and those that
    a contraction is opened to are not looked at.
    """
    words, spelling = _outline(code)
    said = {plain(text[token.start : token.end]) for token in words_of(text)} - english
    return any(spelling.of(word) in words for word in said)


@lru_cache(maxsize=32)
def _outline(code: str) -> tuple[frozenset[str], Spelling]:
    """Every word of the file, folded, and its spelling."""
    folder = files("agent.understanding") / "languages"
    source, gist = folder / f"{code}.pivot.toml", folder / f"{code}.gist.toml"
    if not source.is_file():
        return frozenset(), PLAIN
    text = source.read_text("utf-8")
    spelling = PLAIN
    if "\n[spelling" in text:
        spelling = spelling_of(tomllib.loads(text)["spelling"])
    more = gist.read_text("utf-8") if gist.is_file() else ""
    return every_word(text + more, spelling), spelling
