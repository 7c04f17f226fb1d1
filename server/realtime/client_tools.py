"""Functions that the client carries out: which one a request wants, and what came of it.

A language model would choose by reading the descriptions. Without one the words decide: a function
is called when the request shares enough of its words with the function's name and description and
says every argument that the function needs. Requests for music share none, and go to the agent.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pydantic_core import from_json, to_json

from knowledge.folding import fold
from server.realtime.conversation import Item, new_id
from server.realtime.wishes import FunctionTool

_MAX_OUTSTANDING = 32
_MAX_TOLD = 600
_SMALL: Final = frozenset(
    [
        "a",
        "about",
        "all",
        "am",
        "an",
        "and",
        "any",
        "are",
        "at",
        "be",
        "by",
        "can",
        "could",
        "current",
        "currently",
        "do",
        "does",
        "for",
        "from",
        "function",
        "get",
        "gets",
        "given",
        "give",
        "have",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "let",
        "like",
        "me",
        "my",
        "now",
        "of",
        "on",
        "one",
        "or",
        "our",
        "please",
        "return",
        "returns",
        "should",
        "some",
        "tell",
        "that",
        "the",
        "their",
        "them",
        "there",
        "this",
        "to",
        "today",
        "tool",
        "up",
        "us",
        "use",
        "user",
        "want",
        "was",
        "we",
        "what",
        "whats",
        "when",
        "where",
        "which",
        "who",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
_BEFORE_NAMES: Final = ("in", "at", "for", "of", "about", "to", "called", "named", "from", "on")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class ClientCall:
    """A function that the client is asked to carry out."""

    call_id: str
    name: str
    arguments: str
    """JSON, an object."""


class ClientTools:
    """Chooses functions, and knows which calls the client still owes us the outcome of."""

    def __init__(self) -> None:
        self._outstanding: dict[str, str] = {}

    def choose(
        self,
        text: str,
        functions: Sequence[FunctionTool],
        choice: str | Mapping[str, Any] | None,
    ) -> ClientCall | None:
        """The call that `text` asks for, if it asks for one.

        Args:
            text: what the user said.
            functions: what the client can do.
            choice: OpenAI's `tool_choice`: "auto", "none", "required", or one function.
        """
        if not functions or choice == "none":
            return None
        forced = choice.get("name") if isinstance(choice, Mapping) else None
        must = forced is not None or choice == "required"
        able = [one for one in functions if forced in {None, one.name}]
        scored = sorted(((_likeness(text, one), one) for one in able), key=lambda pair: -pair[0])
        for likeness, function in scored:
            if likeness <= 0 and not must:
                break
            arguments = _arguments(text, function, must=must)
            if arguments is not None:
                return self._call(function.name, arguments)
        return None

    def outcomes(self, items: Iterable[Item]) -> list[str]:
        """What came of calls that the client was asked for, as words."""
        found = []
        for item in items:
            if item["type"] != "function_call_output":
                continue
            if self._outstanding.pop(item["call_id"], None) is not None:
                found.append(told(item["output"]))
        return found

    def _call(self, name: str, arguments: dict[str, Any]) -> ClientCall:
        call = ClientCall(new_id("call"), name, to_json(arguments).decode())
        self._outstanding[call.call_id] = name
        while len(self._outstanding) > _MAX_OUTSTANDING:
            del self._outstanding[next(iter(self._outstanding))]
        return call


def told(output: str) -> str:
    """What a function returned, as a sentence or two."""
    try:
        value = from_json(output)
    except ValueError:
        value = output
    text = _worded(value).strip()[:_MAX_TOLD]
    if not text:
        return "Done."
    return text if text[-1] in ".!?…" else f"{text}."


def _worded(value: Any) -> str:
    if isinstance(value, dict):
        parts = (f"{_spaced(str(key))}: {_worded(one)}" for key, one in list(value.items())[:6])
        return ", ".join(parts)
    if isinstance(value, list):
        return ", ".join(_worded(one) for one in value[:3])
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _likeness(text: str, function: FunctionTool) -> float:
    """How many words of the function the request holds; a word of its name counts twice."""
    said = {_stem(word) for word in _words(text)}
    named = {_stem(word) for word in _words(_spaced(function.name))}
    described = {_stem(word) for word in _words(function.description or "")} - named
    return 2.0 * len(said & named) + (1.0 if len(said & described) > 1 else 0.0)


def _arguments(text: str, function: FunctionTool, *, must: bool) -> dict[str, Any] | None:
    """What the request says of each parameter; None when it lacks one that is needed."""
    schema = function.parameters or {}
    properties = schema.get("properties")
    if not isinstance(properties, dict):
        return {}
    required = schema.get("required")
    needed = set(required) if isinstance(required, list) else set()
    found: dict[str, Any] = {}
    for name, about in list(properties.items())[:20]:
        value = _argument(text, function, about if isinstance(about, dict) else {})
        if value is None and name in needed and not must:
            return None
        if value is not None:
            found[str(name)] = value
        elif name in needed:
            found[str(name)] = text.strip()
    return found


def _argument(text: str, function: FunctionTool, about: dict[str, Any]) -> Any:
    options = about.get("enum")
    if isinstance(options, list):
        said = f" {' '.join(_words(text, small=True))} "
        held = (one for one in options if isinstance(one, str) and f" {fold(one)} " in said)
        return next(held, None)
    kind = about.get("type")
    if kind in {"integer", "number"}:
        number = _NUMBER.search(text)
        if number is None:
            return None
        return float(number[0]) if kind == "number" else int(float(number[0]))
    return _phrase(text, function) if kind in {"string", None} else None


def _phrase(text: str, function: FunctionTool) -> str | None:
    """The words of the request that are neither small nor the function's own, as they were said."""
    known = {_stem(word) for word in _words(_spaced(function.name))}
    known |= {_stem(word) for word in _words(function.description or "")}
    words = re.findall(r"[\w'’-]+", text)
    own = [i for i, word in enumerate(words) if not _is_known(word, known)]
    if not own:
        return None
    first = own[0]
    for i in range(len(words) - 1):  # what follows "in", "for" and their like is a name
        if fold(words[i]) in _BEFORE_NAMES and i + 1 in own:
            first = i + 1
            break
    last = first
    while last + 1 < len(words) and last + 1 in own:
        last += 1
    return " ".join(words[first : last + 1])


def _is_known(word: str, known: set[str]) -> bool:
    folded = fold(word)
    return folded in _SMALL or folded.replace("'", "") in _SMALL or _stem(folded) in known


def _words(text: str, *, small: bool = False) -> list[str]:
    words = re.findall(r"[^\W_]+", fold(text))
    return words if small else [word for word in words if word not in _SMALL and len(word) > 1]


def _spaced(name: str) -> str:
    return re.sub(r"([a-z0-9])([A-Z])", r"\1 \2", name).replace("_", " ").replace("-", " ")


def _stem(word: str) -> str:
    for ending in ("ing", "es", "s", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
