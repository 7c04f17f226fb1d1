"""The real OpenAI client talks to the real server: every event parses to a class of its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from openai import AsyncOpenAI
from openai.resources.realtime.realtime import AsyncRealtimeConnection
from openai.types.websocket_connection_options import WebSocketConnectionOptions

from server_running import RunningServer

pytestmark = pytest.mark.integration
TIMEOUT_S = 20.0


@asynccontextmanager
async def connected(
    server: RunningServer, key: str = "any", **query: str
) -> AsyncIterator[AsyncRealtimeConnection]:
    client = AsyncOpenAI(api_key=key, base_url=f"{server.url}/v1")
    # A client that reads no further than 16 messages ahead never sees the answer to its farewell.
    reading: WebSocketConnectionOptions = {"max_queue": None}
    async with (
        client,
        client.realtime.connect(
            model="refrain", extra_query=query, websocket_connection_options=reading
        ) as connection,
    ):
        yield connection


async def until(connection: AsyncRealtimeConnection, kind: str) -> list[Any]:
    """Events up to the first of this type; those of OpenAI's must be of a known class."""
    events: list[Any] = []
    async with asyncio.timeout(TIMEOUT_S):
        while not events or events[-1].type != kind:
            event: Any = await connection.recv()
            if not event.type.startswith("refrain."):
                assert type(event).__name__ != "BaseModel", event.type
                assert event.event_id
                events.append(event)
    return events


async def say(connection: AsyncRealtimeConnection, text: str) -> None:
    content: Any = [{"type": "input_text", "text": text}]
    await connection.conversation.item.create(
        item={"type": "message", "role": "user", "content": content}
    )
    await connection.response.create()


async def test_a_text_turn_with_a_tool(server: RunningServer) -> None:
    async with connected(server, events="all") as connection:
        created = (await until(connection, "session.created"))[-1]
        assert created.session.output_modalities == ["text"]
        await connection.session.update(
            session={"type": "realtime", "output_modalities": ["text"], "instructions": "Be brief"}
        )
        updated = (await until(connection, "session.updated"))[-1]
        assert updated.session.instructions == "Be brief"
        await say(connection, "play something calm")
        events = await until(connection, "response.done")
        types = [event.type for event in events]
        assert types[:3] == [
            "conversation.item.added",
            "conversation.item.done",
            "response.created",
        ]
        arguments = next(e for e in events if e.type == "response.function_call_arguments.done")
        assert (arguments.name, arguments.arguments) == (
            "play_music",
            '{"query":"play something calm"}',
        )
        text = "".join(e.delta for e in events if e.type == "response.output_text.delta")
        assert text == "Playing Still Water."
        response = events[-1].response
        assert response.status == "completed"
        assert [type(item).__name__ for item in response.output] == [
            "RealtimeConversationItemFunctionCall",
            "RealtimeConversationItemAssistantMessage",
        ]
        assert response.metadata["model"] == "offline"


async def test_cancel_ends_the_response_and_the_turn(server: RunningServer, turns: Any) -> None:
    async with connected(server) as connection:
        await say(connection, "think slowly")
        await until(connection, "response.output_text.delta")
        await connection.response.create()
        busy = (await until(connection, "error"))[-1]
        assert busy.error.code == "conversation_already_has_active_response"
        await connection.response.cancel()
        done = (await until(connection, "response.done"))[-1].response
        assert done.status == "cancelled"
        assert done.status_details.reason == "client_cancelled"
        assert done.output[-1].status == "incomplete"
        assert turns.cancelled == 1
        await connection.response.cancel()
        idle = (await until(connection, "error"))[-1]
        assert idle.error.code == "response_cancel_not_active"
        await say(connection, "play something")
        assert (await until(connection, "response.done"))[-1].response.status == "completed"


async def test_items_can_be_read_back_and_deleted(server: RunningServer) -> None:
    async with connected(server) as connection:
        await say(connection, "play something")
        item = (await until(connection, "response.done"))[-1].response.output[-1]
        await connection.conversation.item.retrieve(item_id=item.id)
        read = (await until(connection, "conversation.item.retrieved"))[-1].item
        assert read.content[0].text == "Playing Still Water."
        await connection.conversation.item.delete(item_id=item.id)
        assert (await until(connection, "conversation.item.deleted"))[-1].item_id == item.id
        await connection.conversation.item.retrieve(item_id=item.id)
        assert (await until(connection, "error"))[-1].error.code == "item_not_found"


async def test_where_nobody_can_talk_sound_is_refused_in_words_and_the_connection_goes_on(
    server: RunningServer,
) -> None:
    async with connected(server) as connection:
        await connection.input_audio_buffer.append(audio="AAAA")
        refused = (await until(connection, "error"))[-1].error
        assert refused.code == "voice_off"
        assert "voice.enabled" in refused.message
        await say(connection, "play something")
        assert (await until(connection, "response.done"))[-1].response.status == "completed"


@pytest.mark.parametrize(
    ("text", "code"), [("fail now", "model_unavailable"), ("break now", "internal_error")]
)
async def test_a_failed_turn_is_told_without_what_is_inside(
    server: RunningServer, text: str, code: str
) -> None:
    async with connected(server) as connection:
        await say(connection, text)
        events = await until(connection, "response.done")
        error = next(event for event in events if event.type == "error").error
        assert error.code == code
        assert "secret" not in error.message
        assert events[-1].response.status == "failed"
        await say(connection, "play something")
        assert (await until(connection, "response.done"))[-1].response.status == "completed"


async def test_a_response_may_bring_its_own_input_and_leave_no_trace(
    server: RunningServer, turns: Any
) -> None:
    async with connected(server) as connection:
        content: Any = [{"type": "input_text", "text": "just once"}]
        await connection.response.create(
            response={
                "conversation": "none",
                "metadata": {"purpose": "test", "speaker": "Anna"},
                "input": [{"type": "message", "role": "user", "content": content}],
            }
        )
        events = await until(connection, "response.done")
        assert "conversation.item.added" not in {event.type for event in events}
        assert events[-1].response.metadata["purpose"] == "test"
        assert turns.heard[-1][1] == "just once"
        assert turns.said_by[-1] == ("Anna", False), "who speaks, and that it was typed"
        await connection.response.create()
        assert (await until(connection, "error"))[-1].error.code == "nothing_to_answer"


async def test_a_session_keeps_its_id(server: RunningServer, turns: Any) -> None:
    async with connected(server, session="kitchen-1") as connection:
        created: Any = (await until(connection, "session.created"))[-1]
        assert created.session.id == "kitchen-1"
        await say(connection, "play something")
        await until(connection, "response.done")
    assert turns.heard[-1][0] == "kitchen-1"


async def test_the_models_list(server: RunningServer) -> None:
    async with AsyncOpenAI(api_key="any", base_url=f"{server.url}/v1") as client:
        models = [model.id async for model in client.models.list()]
        assert models[0] == "refrain"
        assert (await client.models.retrieve("refrain")).owned_by == "refrain"
