"""The gist of a request that no template fits: one command among words that mean nothing.

"Geht das vielleicht auch etwas leiser" is "leiser", with a measure. Every word has to be accounted
for: it belongs to the one command, says how much, or is one that may stand around any command. A
"not", a name or a word from elsewhere is none of these, and then nothing is read. What the words
are is in `languages/CODE.gist.toml`.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from agent.understanding.pivot.compiling import Compiler
from agent.understanding.pivot.language import PivotLanguage, load_pivot
from agent.understanding.pivot.words import Spelling, words_of
from agent.understanding.template import Maybe, Node, OneOf, Sequential, Word

_MOST_WORDS = 16
_MOST_LETTERS = 30
_LOUDNESS = frozenset({"turn it up", "turn it down"})
"""Commands that have a measure."""

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GistWords:
    """What is said of one language's commands, and around them."""

    commands: Mapping[Phrase, str]
    """The English of each."""
    soft: frozenset[Phrase]
    """May stand anywhere."""
    measures: Mapping[Phrase, str]
    longest: int
    """Words of the longest phrase."""


@dataclass(frozen=True, slots=True)
class _Said:
    """What the words up to a place come to."""

    command: str = ""
    measure: str = ""


def gist(language: PivotLanguage, words: Sequence[str], *, only_loudness: bool = False) -> str:
    """The English of the only command among `words`; "" when there is none, or more is said.

    Args:
        language: the one that the words would be in.
        words: as `words_of` cuts them.
        only_loudness: read nothing but "louder" and "quieter", where a name may be meant.
    """
    known = gist_words(language.code)
    most = _MOST_LETTERS if language.is_written_without_spaces else _MOST_WORDS
    if known is None or not 0 < len(words) <= most:
        return ""
    reached: list[dict[_Said, int]] = [{} for _ in range(len(words) + 1)]
    reached[0][_Said()] = 0
    for at in range(len(words)):
        for said, weight in reached[at].items():
            for end, meant, more in _steps(known, words, at, said):
                reached[end][meant] = max(reached[end].get(meant, 0), weight + more)
    found = {said: weight for said, weight in reached[-1].items() if said.command}
    if only_loudness:
        found = {said: weight for said, weight in found.items() if said.command in _LOUDNESS}
    if not found:
        return ""
    longest = max(found.values())
    likely = sorted((said.measure, said.command) for said in found if found[said] == longest)
    if len({command for _, command in likely}) > 1:
        return ""
    measure, command = likely[-1]
    return f"{command} {measure}" if command in _LOUDNESS and measure else command


def _steps(
    known: GistWords, words: Sequence[str], at: int, said: _Said
) -> Iterator[tuple[int, _Said, int]]:
    """What the next words may be: where they end, what is said then, words of the command."""
    for size in range(1, min(known.longest, len(words) - at) + 1):
        phrase = tuple(words[at : at + size])
        command = known.commands.get(phrase)
        if command is not None and said.command in {"", command}:
            yield at + size, _Said(command, said.measure), size
        if phrase in known.measures:
            yield at + size, _Said(said.command, known.measures[phrase]), 0
        if phrase in known.soft:
            yield at + size, said, 0


@lru_cache(maxsize=32)
def gist_words(code: str) -> GistWords | None:
    """The words of a language; None when nobody has written them down."""
    source = files("agent.understanding") / "languages" / f"{code}.gist.toml"
    language = load_pivot(code)
    if language is None or not source.is_file():
        return None
    data = tomllib.loads(source.read_text("utf-8"))
    spelling = language.spelling
    compiler = Compiler(spelling)
    commands = {
        phrase: english
        for english, templates in data["commands"].items()
        for template in templates
        for phrase in _phrases(compiler.compile(template))
    }
    said = data["words"]
    measures = {
        phrase: measure
        for key, measure in (("bit", "a bit"), ("lot", "a lot"))
        for phrase in _cut(said[key], spelling)
    }
    soft = frozenset(_cut(said["soft"], spelling))
    longest = max(map(len, (*commands, *soft, *measures)))
    return GistWords(commands, soft, measures, longest)


def _cut(phrases: Iterable[str], spelling: Spelling) -> Iterator[Phrase]:
    for phrase in phrases:
        yield tuple(token.word for token in words_of(phrase, None, spelling))


def _phrases(node: Node) -> list[Phrase]:
    """Every way to say a template without slots."""
    match node:
        case Word(word):
            return [(word,)]
        case OneOf(choices):
            return [phrase for choice in choices for phrase in _phrases(choice)]
        case Maybe(part):
            return [(), *_phrases(part)]
        case Sequential(parts):
            found: list[Phrase] = [()]
            for part in parts:
                found = [(*before, *after) for before in found for after in _phrases(part)]
            return found
        case _:
            return []
