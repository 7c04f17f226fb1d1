"""A turn as a stream of events: limits, order, cancelling, failing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from agent.events import (
    ReplyDelta,
    ResultsNumbered,
    ToolFinished,
    ToolStarted,
    TurnFinished,
    TurnStarted,
)
from agent.loop import MAX_INPUT
from agent.understanding import Understanding
from agent_library import Home, open_home
from tools.toolbox import TOOLBOX

pytestmark = pytest.mark.integration


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


async def test_events_come_in_the_order_in_which_things_happened(home: Home) -> None:
    turn = await home.say("find daft punk")
    kinds = [type(event) for event in turn.events if not isinstance(event, ReplyDelta)]
    assert kinds == [TurnStarted, ToolStarted, ToolFinished, ResultsNumbered, TurnFinished]
    assert turn.finished.reply == turn.reply
    assert turn.finished.model == "offline"
    assert turn.finished.cpu_ms > 0


async def test_the_reply_comes_in_pieces(home: Home) -> None:
    turn = await home.say("play something calm")
    assert len([event for event in turn.events if isinstance(event, ReplyDelta)]) > 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "input_empty"),
        (" \n\t ", "input_empty"),
        ("\x00\x07", "input_empty"),
        ("x" * (MAX_INPUT + 1), "input_too_long"),
    ],
)
async def test_input_limits(home: Home, text: str, code: str) -> None:
    turn = await home.say(text)
    assert turn.failed.code == code
    assert len(turn.events) == 1


@pytest.mark.parametrize(
    "text",
    [
        "x" * MAX_INPUT,
        "play " + "a " * 900,
        "٤٥٦ \u202e\ud800 \U0001f3b5",
        "'; DROP TABLE tracks; --",
        '{"name": "play_music"}',
        '" OR 1=1 NEAR("x")*',
        "play " + "(" * 300,
    ],
)
async def test_strange_text_is_answered(home: Home, text: str) -> None:
    turn = await home.say(text)
    assert turn.finished.reply


async def test_closing_the_stream_ends_the_turn_and_keeps_what_was_said(home: Home) -> None:
    async with aclosing(home.agent.run("help", session_id="kitchen")) as events:
        async for event in events:
            if isinstance(event, ReplyDelta):
                heard = event.text
                break
    messages = home.sessions.load("kitchen").messages
    assert [message.role for message in messages] == ["user", "assistant"]
    assert messages[-1].text == heard.strip()
    assert (await home.say("pause")).finished, "the session is free again"


async def test_cancelling_before_a_word_was_said(home: Home) -> None:
    begun = asyncio.Event()

    async def take_forever(*_args: object, **_kwargs: object) -> None:
        begun.set()
        await asyncio.sleep(60)

    home.player.play = take_forever  # type: ignore[method-assign, assignment]
    turn = asyncio.create_task(home.say("play take five"))
    await begun.wait()
    turn.cancel()
    with pytest.raises(asyncio.CancelledError):
        await turn
    messages = home.sessions.load("kitchen").messages
    assert [message.text for message in messages] == ["play take five"]


async def test_what_goes_wrong_inside_is_told_in_plain_words(home: Home) -> None:
    class Broken:
        def understand(self, _text: str, _context: object = None) -> Understanding:
            raise RuntimeError("secret detail")

    home.agent._planner._understander = Broken()  # type: ignore[assignment]
    turn = await home.say("play take five")
    assert turn.failed.code == "turn_failed"
    assert "secret" not in turn.failed.message
    assert not any(isinstance(event, TurnFinished) for event in turn.events)


async def test_conversations_run_side_by_side(home: Home) -> None:
    turns = await asyncio.gather(
        *(home.say("find daft punk", session_id=f"room {n}") for n in range(5))
    )
    assert all("Daft Punk" in turn.reply for turn in turns)


def test_there_are_at_most_ten_tools_and_all_say_what_they_do() -> None:
    assert len(TOOLBOX) <= 11
    assert len({tool.name for tool in TOOLBOX}) == len(TOOLBOX)
    assert all(len(tool.description) > 20 for tool in TOOLBOX)
