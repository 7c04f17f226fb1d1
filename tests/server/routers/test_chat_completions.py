"""A chat client of OpenAI's talks to the assistant."""

import base64
from typing import Any

import pytest
from openai import APIError, APIStatusError, AsyncOpenAI

from server_turns import ScriptedTurns
from voice_speech import ScriptedTranscriber, tone, wav

pytestmark = pytest.mark.integration
ASKED: Any = [{"role": "user", "content": "play something calm"}]


async def test_the_last_message_is_answered(client: AsyncOpenAI, turns: ScriptedTurns) -> None:
    messages: Any = [
        {"role": "system", "content": "You are a pirate."},
        *ASKED,
        {"role": "assistant", "content": "Playing."},
        {"role": "user", "content": [{"type": "text", "text": "louder"}]},
    ]
    answer = await client.chat.completions.create(model="refrain", messages=messages)
    assert answer.choices[0].message.content == "Playing Still Water."
    assert answer.choices[0].finish_reason == "stop"
    assert answer.choices[0].message.tool_calls is None
    assert [text for _, text in turns.heard] == ["louder"]


async def test_the_answer_comes_word_by_word(client: AsyncOpenAI) -> None:
    chunks = [
        chunk
        async for chunk in await client.chat.completions.create(
            model="refrain", messages=ASKED, stream=True, stream_options={"include_usage": True}
        )
    ]
    words = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices]
    assert words == ["Playing ", "Still ", "Water.", None]
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-2].choices[0].finish_reason == "stop"
    assert chunks[-1].usage is not None
    assert len({chunk.id for chunk in chunks}) == 1


async def test_a_conversation_goes_on_by_its_name_or_its_beginning(
    client: AsyncOpenAI, turns: ScriptedTurns
) -> None:
    async def say(*texts: str, **more: Any) -> str:
        messages: Any = [{"role": "user", "content": text} for text in texts]
        await client.chat.completions.create(model="refrain", messages=messages, **more)
        return turns.heard[-1][0]

    assert await say("hi", metadata={"session": "kitchen"}) == "kitchen"
    assert await say("hi", user="ann") == "ann"
    assert (await say("hi", user="ann@example.org")).startswith("chat-")
    first = await say("play jazz")
    assert await say("play jazz", "louder") == first
    assert await say("play rock") != first


async def test_tools_are_the_assistant_s_own(client: AsyncOpenAI) -> None:
    tools: Any = [{"type": "function", "function": {"name": "get_weather", "parameters": {}}}]
    answer = await client.chat.completions.create(model="refrain", messages=ASKED, tools=tools)
    assert answer.choices[0].message.tool_calls is None
    choices: Any = ("required", {"type": "function", "function": {"name": "get_weather"}})
    for choice in choices:
        with pytest.raises(APIStatusError) as caught:
            await client.chat.completions.create(
                model="refrain",
                messages=ASKED,
                tools=tools,
                tool_choice=choice,
            )
        assert caught.value.status_code == 400
        assert "assistant's own" in caught.value.message


async def test_a_spoken_message_is_understood(
    client: AsyncOpenAI, turns: ScriptedTurns, ears: ScriptedTranscriber
) -> None:
    data = base64.b64encode(wav(tone(1.0))).decode()
    part = {"type": "input_audio", "input_audio": {"data": data, "format": "wav"}}
    messages: Any = [{"role": "user", "content": [part]}]
    await client.chat.completions.create(model="refrain", messages=messages)
    assert turns.heard[-1][1] == "Play Take Five."
    assert len(ears.heard[0][0]) == 16_000


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"messages": [{"role": "system", "content": "hello"}]}, 400),
        ({"messages": [{"role": "user", "content": "  "}]}, 400),
        ({"messages": []}, 422),
        ({"messages": [{"role": "user", "content": [{"type": "image_url"}]}]}, 400),
        ({"model": "gpt-5"}, 404),
        ({"n": 3}, 422),
        ({"modalities": ["text", "audio"]}, 400),
        ({"response_format": {"type": "json_object"}}, 400),
    ],
)
async def test_what_cannot_be_done_is_said(
    client: AsyncOpenAI, changes: dict[str, Any], status: int
) -> None:
    wanted: Any = {"model": "refrain", "messages": ASKED} | changes
    with pytest.raises(APIStatusError) as caught:
        await client.chat.completions.create(**wanted)
    assert caught.value.status_code == status


async def test_a_turn_that_fails_is_an_error_and_no_answer(client: AsyncOpenAI) -> None:
    messages: Any = [{"role": "user", "content": "fail"}]
    for stream in (False, True):
        with pytest.raises(APIStatusError) as caught:
            await client.chat.completions.create(model="refrain", messages=messages, stream=stream)
        assert caught.value.code == "model_unavailable"
    messages[0]["content"] = "break"
    with pytest.raises(APIError) as broken:
        await client.chat.completions.create(model="refrain", messages=messages)
    assert "/home/ann" not in str(broken.value)


async def test_a_client_that_goes_away_ends_its_turn(
    client: AsyncOpenAI, turns: ScriptedTurns
) -> None:
    messages: Any = [{"role": "user", "content": "slowly"}]
    stream = await client.chat.completions.create(model="refrain", messages=messages, stream=True)
    first = await anext(aiter(stream))
    assert first.choices[0].delta.content == "I am thinking"
    await stream.close()
    await client.chat.completions.create(model="refrain", messages=ASKED)
    assert turns.cancelled == 1
