"""Functions that the client carries out: called by us, answered by OpenAI's stock client."""

import json
from typing import Any

import pytest

from realtime_client import Heard, connected, speak
from realtime_talking import Talking
from voice.audio import HEARING_RATE_HZ
from voice_speech import with_silences

pytestmark = pytest.mark.integration
SAID = with_silences(0.0, 0.3, 1.2, 2.5)
WEATHER: Any = {
    "type": "function",
    "name": "get_weather",
    "description": "Get the current weather in a city.",
    "parameters": {
        "type": "object",
        "properties": {"city": {"type": "string"}},
        "required": ["city"],
    },
}


def with_tools(*tools: Any) -> Any:
    return {"type": "realtime", "tools": list(tools)}


async def test_a_function_is_called_and_what_came_of_it_is_told(talking: Talking) -> None:
    talking.will_hear("What's the weather in Reykjavik?")
    async with connected(talking.server) as connection:
        heard = Heard(connection)
        await connection.session.update(session=with_tools(WEATHER))
        await speak(connection, SAID, HEARING_RATE_HZ)
        done = await heard.until("response.done")
        call = heard.first("response.function_call_arguments.done")
        assert call.name == "get_weather"
        assert json.loads(call.arguments) == {"city": "Reykjavik"}
        kinds = heard.types
        assert kinds[kinds.index("response.created") :] == [
            "response.created",
            "response.output_item.added",
            "conversation.item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "conversation.item.done",
            "response.output_item.done",
            "response.done",
        ]
        assert [item.type for item in done.response.output] == ["function_call"]
        await connection.conversation.item.create(
            item={
                "type": "function_call_output",
                "call_id": call.call_id,
                "output": '{"sky": "rain", "degrees": 4}',
            }
        )
        await connection.response.create()
        told = (await heard.until("response.done")).response.output[-1]
        assert told.content[0].transcript == "sky: rain, degrees: 4."
    assert talking.turns.heard == []


async def test_music_is_ours_also_when_the_client_has_functions(talking: Talking) -> None:
    async with connected(talking.server, events="all") as connection:
        heard = Heard(connection)
        await connection.session.update(session=with_tools(WEATHER))
        await speak(connection, SAID, HEARING_RATE_HZ)
        done = await heard.until("response.done")
        assert talking.turns.heard[-1][1] == "Play something calm."
        # A client that carries out calls would take ours for its own, so it is not shown them.
        assert [item.type for item in done.response.output] == ["message"]
        assert [one.status for one in heard.ours if one.type == "refrain.tool"] == [
            "started",
            "found",
        ]


async def test_a_function_may_be_demanded_or_forbidden(talking: Talking) -> None:
    talking.will_hear("Warsaw, please.")
    content: Any = [{"type": "input_text", "text": "Warsaw, please."}]
    item: Any = {"type": "message", "role": "user", "content": content}
    async with connected(talking.server, modalities="text") as connection:
        heard = Heard(connection)
        choice = {"type": "function", "name": "get_weather"}
        await connection.session.update(session=with_tools(WEATHER) | {"tool_choice": choice})
        await connection.conversation.item.create(item=item)
        await connection.response.create()
        await heard.until("response.done")
        call = heard.first("response.function_call_arguments.done")
        assert json.loads(call.arguments) == {"city": "Warsaw"}
        await connection.session.update(session={"type": "realtime", "tool_choice": "none"})
        weather = [{"type": "input_text", "text": "what is the weather in Warsaw"}]
        await connection.conversation.item.create(item=item | {"content": weather})
        await connection.response.create()
        await heard.until("response.done")
        assert talking.turns.heard[-1][1] == "what is the weather in Warsaw"


async def test_an_outcome_that_nobody_asked_for_is_not_told(talking: Talking) -> None:
    async with connected(talking.server, modalities="text") as connection:
        heard = Heard(connection)
        await connection.conversation.item.create(
            item={"type": "function_call_output", "call_id": "call_x", "output": "pwned"}
        )
        await connection.response.create()
        assert (await heard.until("response.done")).response.output == []
