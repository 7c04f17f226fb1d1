"""Which function of the client a request wants, and with which arguments."""

import json
from typing import Any

import pytest

from server.realtime.client_tools import ClientTools, told
from server.realtime.wishes import FunctionTool

pytestmark = pytest.mark.unit


def function(name: str, about: str = "", needed: bool = True, **properties: Any) -> FunctionTool:
    schema = {"type": "object", "properties": properties}
    if needed:
        schema["required"] = list(properties)
    return FunctionTool(type="function", name=name, description=about, parameters=schema)


TEXT = {"type": "string"}
FUNCTIONS = (
    function("get_weather", "Get the current weather in a city.", city=TEXT),
    function("setTimer", "Start a kitchen timer.", minutes={"type": "integer"}),
    function("turn_lamp", "Switch a lamp.", state={"type": "string", "enum": ["on", "off"]}),
    function("roll_dice", "Roll a six-sided die."),
)


@pytest.mark.parametrize(
    ("text", "name", "arguments"),
    [
        ("What's the weather in Paris?", "get_weather", {"city": "Paris"}),
        ("weather for New York please", "get_weather", {"city": "New York"}),
        ("set a timer for 12 minutes", "setTimer", {"minutes": 12}),
        ("Turn the lamp off", "turn_lamp", {"state": "off"}),
        ("roll the dice", "roll_dice", {}),
    ],
)
def test_the_words_decide_which_function_is_called(
    text: str, name: str, arguments: dict[str, Any]
) -> None:
    call = ClientTools().choose(text, FUNCTIONS, "auto")
    assert call is not None
    assert (call.name, json.loads(call.arguments)) == (name, arguments)


@pytest.mark.parametrize(
    "text",
    [
        "play something calm",
        "pause",
        "what is this?",
        "set a timer",
        "",
        "turn it up",
        "the next one",
    ],
)
def test_what_no_function_can_do_is_left_to_the_agent(text: str) -> None:
    assert ClientTools().choose(text, FUNCTIONS, "auto") is None


def test_outcomes_are_those_of_calls_that_were_made() -> None:
    tools = ClientTools()
    call = tools.choose("roll the dice", FUNCTIONS, "auto")
    assert call is not None
    output = {"type": "function_call_output", "call_id": call.call_id, "output": "4"}
    assert tools.outcomes([output, {"type": "message"}]) == ["4."]
    assert tools.outcomes([output]) == []


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("It is raining.", "It is raining."),
        ('"It is sunny"', "It is sunny."),
        ('{"skyColour": "grey", "wind_kmh": 30}', "sky Colour: grey, wind kmh: 30."),
        ("[1, 2, 3, 4]", "1, 2, 3."),
        ("true", "yes."),
        ("null", "Done."),
        ("", "Done."),
    ],
)
def test_an_outcome_is_told_in_words(output: str, words: str) -> None:
    assert told(output) == words
