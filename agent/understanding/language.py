"""A language, read from its data file in `languages/`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from agent.understanding.intents import Intent
from agent.understanding.numerals import NumberWords
from agent.understanding.template import Node, needed_words, parse, vocabulary
from knowledge.times.vocabulary import load_time_words


@dataclass(frozen=True, slots=True)
class Rule:
    """One sentence template and what it means."""

    intent: Intent
    template: str
    node: Node
    fixed: tuple[tuple[str, str], ...]
    """Slots that this template says without naming them, such as state "off"."""
    needs: str
    """What must be the case for it to mean that: "playing", "results", "ears",
    "recognised", or nothing."""
    needed: frozenset[str] | None
    """Each match contains one of these words; None: it may match anything."""


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    rules: tuple[Rule, ...]
    numbers: NumberWords
    contractions: Mapping[str, tuple[str, ...]]
    wake: tuple[tuple[str, ...], ...]
    """Names that an assistant is called by, longest first."""
    before: tuple[tuple[str, ...], ...]
    """Polite or hesitating beginnings that mean nothing, longest first."""
    after: tuple[tuple[str, ...], ...]
    verbs: tuple[tuple[str, ...], ...]
    """What a request for something named begins with."""
    tails: tuple[tuple[str, ...], ...]
    """What may follow the name."""
    time: Mapping[str, Any]
    """Words of time expressions; see `knowledge.times`."""
    vocabulary: frozenset[str]
    """Every word the templates know."""


@lru_cache(maxsize=8)
def load_language(code: str = "en") -> Language:
    """Read `languages/CODE.toml`, and the macros and intents of its parts `CODE.*.toml`.

    Raises:
        TemplateMistake: a template in the file is malformed.
        FileNotFoundError: there is no such language.
    """
    folder = files("agent.understanding") / "languages"
    data = tomllib.loads((folder / f"{code}.toml").read_text("utf-8"))
    parts = [data, *(tomllib.loads((folder / name).read_text("utf-8")) for name in _parts(code))]
    macros: dict[str, Node] = {}
    for part in parts:
        for name, template in part.get("macros", {}).items():
            macros[name] = parse(template, macros)
    rules = tuple(
        Rule(intent, template, node, fixed, needs, needed_words(node))
        for part in parts
        for intent, template, fixed, needs in _templates(part.get("intents", {}))
        for node in (parse(template, macros),)
    )
    said = load_time_words(code)
    return Language(
        code=code,
        rules=rules,
        numbers=said.numbers,
        contractions={word: tuple(parts) for word, parts in data["contractions"].items()},
        wake=_phrases(data["words"]["wake"]),
        before=_phrases(data["words"]["wake"] + data["words"]["before"]),
        after=_phrases(data["words"]["after"]),
        verbs=_phrases(data["words"]["verbs"]),
        tails=_phrases(data["words"]["tails"]),
        time=said.time,
        vocabulary=frozenset().union(*(vocabulary(rule.node) for rule in rules)),
    )


def _parts(code: str) -> list[str]:
    folder = files("agent.understanding") / "languages"
    names = (entry.name for entry in folder.iterdir())
    return sorted(
        name
        for name in names
        if name.startswith(f"{code}.")
        and name.endswith(".toml")
        and name not in {f"{code}.toml", f"{code}.lexicon.toml"}
    )


def _templates(
    intents: Mapping[str, Any],
) -> list[tuple[Intent, str, tuple[tuple[str, str], ...], str]]:
    found = []
    for name, block in intents.items():
        groups = [block, *block.get("with", ())]
        for group in groups:
            fixed = tuple(group.get("slots", {}).items())
            needs = group.get("needs", "")
            found += [
                (Intent(name), template, fixed, needs) for template in group.get("templates", ())
            ]
    return found


def _phrases(phrases: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases), key=len, reverse=True))
