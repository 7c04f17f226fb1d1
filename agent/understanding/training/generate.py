"""Training requests made from templates, for what no public data set labels.

Names are invented from word lists; nothing here is a real catalogue.
"""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agent.understanding.intents import Intent
from agent.understanding.language import Language
from agent.understanding.template import Maybe, Node, OneOf, Sequential, Slot, Word, parse

REQUESTS = Path(__file__).parent / "requests_en.toml"


@dataclass(frozen=True, slots=True)
class Request:
    """One made request with the intent it was made for."""

    text: str
    intent: Intent


@dataclass(slots=True)
class Generator:
    """Makes requests; the same seed makes the same ones."""

    language: Language
    seed: int = 1
    _random: random.Random = field(init=False)
    _lists: dict[str, list[str]] = field(init=False)
    _templates: list[tuple[Intent, Node]] = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        data: dict[str, Any] = tomllib.loads(REQUESTS.read_text("utf-8"))
        self._lists = data["lists"]
        macros: dict[str, Node] = {}
        for name, template in data["macros"].items():
            macros[name] = parse(template, macros)
        self._templates = [
            (Intent(name), parse(template, macros))
            for name, templates in data["intents"].items()
            for template in templates
        ]

    def from_grammar(self, each: int) -> list[Request]:
        """About `each` requests an intent, drawn from the templates of the grammar."""
        by_intent: dict[Intent, list[Node]] = {}
        for rule in self.language.rules:
            if not rule.needs:
                by_intent.setdefault(rule.intent, []).append(rule.node)
        return [
            Request(self._polite(text), intent)
            for intent, nodes in by_intent.items()
            for text in self._draw(nodes, each)
        ]

    def from_templates(self, each: int) -> list[Request]:
        """About `each` requests for each training template."""
        return [
            Request(self._polite(text), intent)
            for intent, node in self._templates
            for text in self._draw([node], each)
        ]

    def _draw(self, nodes: Sequence[Node], count: int) -> list[str]:
        drawn = {" ".join(self._words(self._random.choice(nodes))) for _ in range(count)}
        return sorted(text.replace(" 's", "'s") for text in drawn if text)

    def _words(self, node: Node) -> list[str]:
        match node:
            case Word(word):
                return [word]
            case OneOf(choices):
                return self._words(self._random.choice(choices))
            case Maybe(part):
                return self._words(part) if self._random.random() < 0.4 else []
            case Sequential(parts):
                return [word for part in parts for word in self._words(part)]
            case Slot(name, kind):
                return self._fill(name if kind == "text" else kind).split()

    def _fill(self, kind: str) -> str:
        pick = self._random.choice
        if kind in self._lists:
            return pick(self._lists[kind])
        if kind in {"artist", "pronounced_artist"}:
            return self.artist()
        if kind == "number":
            return pick(
                [str(self._random.randint(1, 100)), pick(list(self.language.numbers.units))]
            )
        if kind == "duration":
            unit = pick(["seconds", "seconds", "minutes", "minute"])
            return f"{self._fill('number')} {unit}"
        if kind == "clock":
            return pick(
                [
                    f"{self._random.randint(0, 9)} {self._random.randint(10, 59)}",
                    self._fill("duration"),
                ]
            )
        if kind == "year":
            return str(self._random.randint(1950, 2025))
        if kind == "name":
            return pick(
                [self.title(), self.title(), self.artist(), f"{self.title()} by {self.artist()}"]
            )
        return self.title()

    def title(self) -> str:
        """An invented title of one to four words."""
        pick, lists = self._random.choice, self._lists
        return pick(
            [
                f"{pick(lists['adjective'])} {pick(lists['noun'])}",
                f"the {pick(lists['noun'])}",
                pick(lists["noun"]),
                f"{pick(lists['noun'])} {pick(lists['link'])} {pick(lists['noun'])}",
                f"{pick(lists['verb'])} {pick(lists['link'])} {pick(lists['noun'])}",
                f"{pick(lists['noun'])} and {pick(lists['noun'])}",
                f"{pick(lists['pronoun'])} {pick(lists['verb'])} {pick(lists['noun'])}",
            ]
        )

    def artist(self) -> str:
        """An invented person or band."""
        pick, lists = self._random.choice, self._lists
        return pick(
            [
                f"{pick(lists['first_name'])} {pick(lists['last_name'])}",
                f"{pick(lists['first_name'])} {pick(lists['last_name'])}",
                pick(lists["last_name"]),
                f"the {pick(lists['noun'])}s",
                f"the {pick(lists['adjective'])} {pick(lists['noun'])}s",
                f"{pick(lists['adjective'])} {pick(lists['noun'])}",
                f"{pick(lists['noun'])} {pick(lists['noun'])}",
            ]
        )

    def _polite(self, text: str) -> str:
        """Some requests get a polite or hesitating beginning or end."""
        luck = self._random.random()
        if luck < 0.12:
            return f"{' '.join(self._random.choice(self.language.before))} {text}"
        if luck < 0.18:
            return f"{text} {' '.join(self._random.choice(self.language.after))}"
        return text
