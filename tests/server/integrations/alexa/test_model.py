"""The interaction model: what the developer console accepts, and what the skill understands."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from server.integrations.alexa.commands import COMMANDS, request_of
from server.integrations.alexa.messages import Intent, Slot
from server.integrations.alexa.model import LOCALES, interaction_model
from server.integrations.alexa.words import words_of

pytestmark = pytest.mark.unit

_HANDLED_APART = {"AMAZON.HelpIntent", "AMAZON.FallbackIntent"}


def intents_of(locale: str) -> list[dict[str, Any]]:
    made = interaction_model(locale, "my refrain")
    found: list[dict[str, Any]] = made["interactionModel"]["languageModel"]["intents"]
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_that_may_be_said_means_something(locale: str) -> None:
    for one in intents_of(locale):
        slots = {slot["name"]: Slot(name=slot["name"], value="7") for slot in one.get("slots", ())}
        intent = Intent(name=one["name"], slots=slots)
        known = one["name"] in COMMANDS or one["name"] in _HANDLED_APART
        assert known or request_of(intent, words_of(locale)), one["name"]


@pytest.mark.parametrize("locale", LOCALES)
def test_it_keeps_to_the_rules_of_the_console(locale: str) -> None:
    names = [one["name"] for one in intents_of(locale)]
    assert len(names) == len(set(names))
    assert {"AMAZON.PauseIntent", "AMAZON.ResumeIntent", "AMAZON.StopIntent"} <= set(names)
    said: list[str] = []
    for one in intents_of(locale):
        slots = {slot["name"]: slot["type"] for slot in one.get("slots", ())}
        for sample in one["samples"]:
            used = re.findall(r"{(\w+)}", sample)
            assert set(used) <= set(slots)
            assert len(used) <= 1, "a search query stands alone"
            assert re.sub(r"{\w+}", "", sample).strip(), "a search query needs words around it"
            assert re.fullmatch(r"[\w{}' ]+", sample), sample
            said.append(sample)
    assert len(said) == len(set(said))


def test_the_words_around_a_slot_are_put_back() -> None:
    intent = Intent(name="SomethingLikeIntent", slots={"query": Slot(value="Miles Davis")})
    assert request_of(intent, words_of("en-GB")) == "play something like Miles Davis"
    assert request_of(intent, words_of("de-DE")) == "spiele etwas wie Miles Davis"
    assert (
        request_of(Intent(name="PickIntent", slots={"number": Slot(value="?")}), words_of("en"))
        == ""
    )


@pytest.mark.parametrize(
    ("locale", "name"), [("fr-FR", "my refrain"), ("en-US", "r2d2"), ("en-US", "")]
)
def test_what_cannot_be_is_refused(locale: str, name: str) -> None:
    with pytest.raises(ValueError, match=r"There is a model|letters"):
        interaction_model(locale, name)


def test_the_command_prints_it() -> None:
    program = Path(sys.executable).with_name("refrain")
    done = subprocess.run(
        [program, "alexa", "model", "--locale", "de-DE", "--name", "mein Refrain"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    model = json.loads(done.stdout)["interactionModel"]["languageModel"]
    assert model["invocationName"] == "mein refrain"
