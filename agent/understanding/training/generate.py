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

REQUESTS = Path(__file__).parent
"""Holds `requests_en.toml` and its parts `requests_en.*.toml`."""

Piece = tuple[str, str]
"""A word, and the slot it belongs to with "B-" or "I-" before it; "" for none."""

SLOTS = {
    "artist": "artist",
    "album": "album",
    "track": "track",
    "playlist": "playlist",
    "new_name": "new_name",
    "genre": "genre",
    "decade": "year",
    "year": "year",
    "mood": "mood",
    "activity": "activity",
    "instrument": "instrument",
    "service": "service",
    "station": "radio",
    "device": "device",
    "time": "time",
    "recent": "time",
    "description": "description",
    "vibe": "mood",
}
"""Name of a template's slot to the slot of an understanding; others are not tagged."""

_UNKNOWN = 0.35
"""Share of names that hold invented words."""
_STARTS = (*"bcdfghjklmnprstvwz", "br", "ch", "cl", "dr", "fl", "gr", "kr", "ph", "pr", "sh", "sk",
           "sl", "sp", "st", "th", "tr", "", "")  # fmt: skip
_VOWELS = (*"aeiouaeio", "ai", "ea", "ee", "ie", "oo", "ou", "y")
_ENDS = ("", "", "", "n", "r", "s", "t", "ck", "nd", "ll", "th", "x", "m", "lo", "na", "ster")

_ADDED = frozenset({Intent.ADD_TO_PLAYLIST, Intent.REMOVE_FROM_PLAYLIST})
_SOUGHT = frozenset({Intent.SEARCH, Intent.SEARCH_OTHER_MEDIA})


def title_slot(intent: Intent) -> str:
    """What the public schema calls a title: it depends on what is done with it."""
    if intent in _ADDED:
        return "entity_name"
    return "query" if intent in _SOUGHT else "track"


@dataclass(frozen=True, slots=True)
class Request:
    """One made request with the intent it was made for."""

    text: str
    intent: Intent
    tags: tuple[str, ...]
    """One for each word of `text`: "B-artist", "I-artist", "O"."""


@dataclass(slots=True)
class Generator:
    """Makes requests; the same seed makes the same ones."""

    language: Language
    seed: int = 1
    _random: random.Random = field(init=False)
    _lists: dict[str, list[str]] = field(init=False)
    _templates: list[tuple[Intent, Node, int]] = field(init=False)
    """Each with how many times more requests than others it is worth."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._lists, self._templates = {}, []
        for path in sorted(REQUESTS.glob("requests_en*.toml")):
            data: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
            self._lists |= data["lists"]
            macros: dict[str, Node] = {}
            for name, template in data["macros"].items():
                macros[name] = parse(template, macros)
            self._templates += [
                (Intent(name), parse(template, macros), data.get("times", 1))
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
            request
            for intent, nodes in by_intent.items()
            for request in self._draw(nodes, intent, each)
        ]

    def from_templates(self, each: int) -> list[Request]:
        """About `each` requests for each training template."""
        return [
            request
            for intent, node, times in self._templates
            for request in self._draw([node], intent, each * times)
        ]

    def _draw(self, nodes: Sequence[Node], intent: Intent, count: int) -> list[Request]:
        drawn = {}
        for _ in range(count):
            pieces = self._polite(self._pieces(self._random.choice(nodes), intent))
            if pieces:
                request = self._request(pieces, intent)
                drawn[request.text] = request
        return list(drawn.values())

    @staticmethod
    def _request(pieces: Sequence[Piece], intent: Intent) -> Request:
        text = " ".join(word for word, _ in pieces).replace(" 's", "'s")
        tags = [tag or "O" for word, tag in pieces if word != "'s"]
        return Request(text, intent, tuple(tags))

    def _pieces(self, node: Node, intent: Intent) -> list[Piece]:
        match node:
            case Word(word):
                return [(word, "")]
            case OneOf(choices):
                return self._pieces(self._random.choice(choices), intent)
            case Maybe(part):
                return self._pieces(part, intent) if self._random.random() < 0.4 else []
            case Sequential(parts):
                return [piece for part in parts for piece in self._pieces(part, intent)]
            case Slot(name, kind):
                return self._filled(name if kind == "text" else kind, intent)

    def _filled(self, kind: str, intent: Intent) -> list[Piece]:
        """Words for a slot, tagged."""
        if kind == "name":
            choice = self._random.random()
            title = tagged(self.title(), title_slot(intent))
            artist = tagged(self.artist(), "artist")
            if choice < 0.45:
                return title
            return artist if choice < 0.65 else [*title, ("by", ""), *artist]
        if kind in {"track", "title", "album"}:
            slot = title_slot(intent) if kind == "title" else kind
            return tagged(self.title(), slot)
        return tagged(self._fill(kind), SLOTS.get(kind, ""))

    def _fill(self, kind: str) -> str:
        pick = self._random.choice
        if kind in self._lists:
            return pick(self._lists[kind])
        if kind == "recent":
            return pick(self._lists["time"])
        if kind == "artist":
            return self.artist()
        if kind == "number":
            words = list(self.language.numbers.units)
            return pick([str(self._random.randint(1, 100)), pick(words)])
        if kind == "duration":
            unit = pick(["seconds", "seconds", "minutes", "minute"])
            return f"{self._fill('number')} {unit}"
        if kind == "clock":
            minutes = f"{self._random.randint(0, 9)} {self._random.randint(10, 59)}"
            return pick([minutes, self._fill("duration")])
        if kind == "year":
            return str(self._random.randint(1950, 2025))
        return self.title()

    def word(self) -> str:
        """An invented word that sounds like one: most words of real names are unknown too."""
        pick = self._random.choice
        count = pick((1, 2, 2, 2, 3, 3))
        return "".join(pick(_STARTS) + pick(_VOWELS) for _ in range(count)) + pick(_ENDS)

    def unknown(self) -> str:
        """One to three words of which at least one is invented."""
        pick, noun = self._random.choice, self._random.choice(self._lists["noun"])
        word = self.word()
        return pick([word, word, f"{word} {self.word()}", f"{word} {noun}", f"the {word}"])

    def title(self) -> str:
        """An invented title of one to four words."""
        if self._random.random() < _UNKNOWN:
            return self.unknown()
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
                pick(lists["phrase"]),
                pick(lists["phrase"]),
            ]
        )

    def artist(self) -> str:
        """An invented person or band."""
        if self._random.random() < _UNKNOWN:
            first = self._random.choice(self._lists["first_name"])
            return self._random.choice([self.unknown(), f"{first} {self.word()}"])
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

    def _polite(self, pieces: list[Piece]) -> list[Piece]:
        """Some requests get a polite or hesitating beginning or end."""
        luck = self._random.random()
        if luck < 0.12:
            return [*((word, "") for word in self._random.choice(self.language.before)), *pieces]
        if luck < 0.18:
            return [*pieces, *((word, "") for word in self._random.choice(self.language.after))]
        return pieces


def tagged(text: str, slot: str) -> list[Piece]:
    """The words of `text`, all of them one span of `slot`."""
    words = text.split()
    if not slot:
        return [(word, "") for word in words]
    return [(word, f"{'I' if at else 'B'}-{slot}") for at, word in enumerate(words)]
