"""Every message exists in every language, with the same variables, and words whatever comes."""

import ast as python
import logging
import re
import time
from collections.abc import Iterator
from importlib import resources
from itertools import product
from pathlib import Path

import pytest
from fluent.syntax import ast, parse
from fluent.syntax.visitor import Visitor

import agent.replies
from agent.replies import LANGUAGES, Manner, Say, render
from agent.replies.catalogue import VARIANTS, catalogue

pytestmark = pytest.mark.unit

ABROAD = tuple(language for language in LANGUAGES if language != "en")
SOURCES = Path(agent.replies.__file__).parents[2]
WORDS_OF_TOOLS = re.compile(
    r"(?:failed|none|reason|step|time|wish|note|which)-|wish$|whose$|terms?$|unsaid$|taste-lines$"
)
"""Messages that English says as the tool wrote it."""


class _Variables(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()
        self.messages: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.names.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:  # noqa: N802
        self.messages.add(node.id.name)


def messages(language: str) -> dict[str, ast.Message]:
    source = resources.files("agent.replies") / "catalogues" / f"{language}.ftl"
    parsed = parse(source.read_text(encoding="utf-8"))
    junk = [entry.content for entry in parsed.body if isinstance(entry, ast.Junk)]
    assert not junk, f"{language}: {junk[0]}"
    return {entry.id.name: entry for entry in parsed.body if isinstance(entry, ast.Message)}


ALL = {language: messages(language) for language in LANGUAGES}


def variables(language: str, message_id: str) -> set[str]:
    """Everything that a message needs, through the messages it is made of."""
    found = _Variables()
    found.visit(ALL[language][message_id])
    return found.names.union(*(variables(language, each) for each in found.messages))


@pytest.mark.parametrize("language", ABROAD)
def test_every_english_message_is_there(language: str) -> None:
    assert not ALL["en"].keys() - ALL[language].keys()


@pytest.mark.parametrize("language", ABROAD)
def test_no_language_has_messages_of_its_own(language: str) -> None:
    assert ALL[language].keys() == ALL["de"].keys()
    beyond = ALL[language].keys() - ALL["en"].keys()
    assert all(WORDS_OF_TOOLS.match(message) for message in beyond)


@pytest.mark.parametrize("language", ABROAD)
def test_the_variables_are_those_of_english(language: str) -> None:
    for message in ALL["en"]:
        unknown = variables(language, message) - variables("en", message)
        assert not unknown, f"{language}: {message} asks for {unknown}"


@pytest.mark.parametrize("language", ABROAD)
def test_names_and_amounts_are_not_dropped(language: str) -> None:
    """Numbers and kinds may be told otherwise; names are what a reply is about."""
    names = {"title", "artist", "track", "name", "names", "playlist", "album", "year", "clock"}
    for message in ALL["en"].keys() - {"playlist-has-all"}:
        dropped = (variables("en", message) - variables(language, message)) & names
        assert not dropped, f"{language}: {message} drops {dropped}"


@pytest.mark.parametrize("language", ABROAD)
def test_what_tools_say_needs_what_german_needs(language: str) -> None:
    for message in ALL["de"].keys() - ALL["en"].keys():
        assert variables(language, message) - {"month", "day", "weekday"} <= (
            variables("de", message) | {"kind", "about", "low", "high", "bpm", "first", "last"}
        ), message


@pytest.mark.parametrize("language", LANGUAGES)
def test_variants_have_known_names(language: str) -> None:
    known = {*VARIANTS, "brief", "detailed", "plain", "playful"}
    for message in ALL[language].values():
        assert {attribute.id.name for attribute in message.attributes} <= known


VALUES: tuple[str | int | float, ...] = (
    *(0, 1, 5, 2.5, ""),
    "\u202e{ $x } [one] *\n" * 30,
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_the_facts_a_message_is_worded(
    language: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        needs = {message: variables(language, message) for message in ALL[language]}
        for (message, needed), value in product(needs.items(), VALUES):
            is_number = isinstance(value, int | float)
            values = {name: value if is_number or name not in _NUMBERS else 3 for name in needed}
            said = render(Say(message, values), language)
            assert said or value == "" or message == "unsaid", message
    assert not caplog.records


_NUMBERS = {
    *("count", "minutes", "level", "percent", "matched", "clip", "more", "place", "weekday"),
    *("month", "artists", "albums", "seconds"),
}


def _said_in_code() -> Iterator[str]:
    """The messages that bring no English words of their own."""
    for package in ("agent", "tools"):
        for path in (SOURCES / package).rglob("*.py"):
            for node in python.walk(python.parse(path.read_text(encoding="utf-8"))):
                match node:
                    case python.Call(
                        func=python.Name("Say"), args=[python.Constant(str(message)), *_]
                    ) if all(each.arg != "english" for each in node.keywords):
                        yield message


def test_everything_that_the_code_says_can_be_worded() -> None:
    assert not set(_said_in_code()) - ALL["de"].keys() - {"unworded"}


def test_a_language_without_a_catalogue_is_answered_in_english() -> None:
    assert render(Say("paused"), "fi") == "Paused."
    assert render(Say("paused"), "de-AT") == "Pause."


def test_a_message_without_a_translation_is_said_in_english() -> None:
    assert render(Say("nobody-translated-this", english="Done"), "de") == "Done."
    assert render(Say("nobody-translated-this"), "de") == ""


def test_a_reply_costs_less_than_a_millisecond() -> None:
    said = Say("play-album", {"name": "A", "artist": "B", "count": 7, "title": "C", "first": "D"})
    manner = Manner("pl")
    render(said, manner=manner)
    began = time.process_time()
    for _ in range(300):
        render(said, manner=manner)
    assert (time.process_time() - began) / 300 < 0.001


def test_catalogues_are_read_once() -> None:
    assert catalogue("sv") is catalogue("sv")
