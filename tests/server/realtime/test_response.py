"""One response: which events, in which order, however it ends."""

from typing import Any

import pytest

from agent.events import (
    AgentEvent,
    NumberedResult,
    ReplyDelta,
    ResultsNumbered,
    ToolFinished,
    ToolStarted,
    TurnFailed,
    TurnFinished,
    TurnStarted,
)
from knowledge.models import Track
from server.realtime.conversation import Conversation
from server.realtime.response import ResponseStream
from tools.result import Found

pytestmark = pytest.mark.unit

TURN: tuple[AgentEvent, ...] = (
    TurnStarted("t1", "play something calm"),
    ToolStarted("call_1", "play_music", {"mood": "calm"}),
    ToolFinished(
        "call_1", "play_music", Found((Track(7, "Still", ("Ann",)),), {"playing": "Still"})
    ),
    ResultsNumbered((NumberedResult(1, "track", 7, "Still", "Ann"),)),
    ReplyDelta("Playing "),
    ReplyDelta("Still."),
    TurnFinished("t1", "Playing Still.", "offline", 3.2),
)


class Client:
    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []
        self.conversation = Conversation()

    def stream(self, *, keep: bool = True) -> ResponseStream:
        return ResponseStream(
            self.events.append, self.conversation, metadata={"mine": "1"}, keep=keep
        )

    @property
    def types(self) -> list[str]:
        return [event["type"] for event in self.events]

    def only(self, kind: str) -> dict[str, Any]:
        found = [event for event in self.events if event["type"] == kind]
        assert len(found) == 1, kind
        return found[0]


def test_a_turn_with_a_tool_is_told_in_the_order_clients_expect() -> None:
    client = Client()
    stream = client.stream()
    for event in TURN:
        stream.take(event)
    assert client.types == [
        "response.created",
        "response.output_item.added",
        "conversation.item.added",
        "response.function_call_arguments.delta",
        "response.function_call_arguments.done",
        "conversation.item.done",
        "response.output_item.done",
        "refrain.tool",
        "conversation.item.added",
        "conversation.item.done",
        "refrain.tool",
        "refrain.results",
        "response.output_item.added",
        "conversation.item.added",
        "response.content_part.added",
        "response.output_text.delta",
        "response.output_text.delta",
        "response.output_text.done",
        "response.content_part.done",
        "conversation.item.done",
        "response.output_item.done",
        "response.done",
    ]
    done = client.only("response.done")["response"]
    assert done["status"] == "completed"
    assert done["metadata"] == {"mine": "1", "model": "offline", "cpu_ms": "3.2"}
    assert [item["type"] for item in done["output"]] == ["function_call", "message"]
    assert done["output"][1]["content"] == [{"type": "output_text", "text": "Playing Still."}]
    assert len(client.conversation) == 3


def test_tool_states_and_results_reach_the_page() -> None:
    client = Client()
    stream = client.stream()
    for event in TURN:
        stream.take(event)
    states = [event["status"] for event in client.events if event["type"] == "refrain.tool"]
    assert states == ["started", "found"]
    assert client.only("refrain.results")["items"][0]["title"] == "Still"


def test_a_cancelled_response_still_sends_every_done() -> None:
    client = Client()
    stream = client.stream()
    for event in TURN[:5]:
        stream.take(event)
    stream.cancel()
    assert client.types[-5:] == [
        "response.output_text.done",
        "response.content_part.done",
        "conversation.item.done",
        "response.output_item.done",
        "response.done",
    ]
    done = client.only("response.done")["response"]
    assert done["status"] == "cancelled"
    assert done["status_details"] == {"type": "cancelled", "reason": "client_cancelled"}
    assert done["output"][-1]["status"] == "incomplete"
    assert client.only("response.output_text.done")["text"] == "Playing "


def test_a_failed_turn_says_why_and_ends() -> None:
    client = Client()
    stream = client.stream()
    stream.take(TurnFailed("t1", "input_too_long", "That is too long."))
    stream.cancel()
    assert client.only("error")["error"]["message"] == "That is too long."
    assert client.only("response.done")["response"]["status"] == "failed"
    assert stream.ended


def test_a_reply_that_was_not_streamed_is_sent_whole() -> None:
    client = Client()
    stream = client.stream()
    stream.take(TurnFinished("t1", "Done.", "offline", 1.0))
    assert client.only("response.output_text.done")["text"] == "Done."


def test_a_response_outside_the_conversation_leaves_no_items_in_it() -> None:
    client = Client()
    stream = client.stream(keep=False)
    for event in TURN:
        stream.take(event)
    assert len(client.conversation) == 0
    assert not [one for one in client.types if one.startswith("conversation.")]
