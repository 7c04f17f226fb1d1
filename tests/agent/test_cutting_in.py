"""The user cuts in: what was heard of a reply is what was said, and no word of theirs is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path

import pytest

from agent.events import ReplyDelta, TurnStarted
from agent.session import Session
from agent_library import Home, open_home

pytestmark = pytest.mark.integration


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


def texts(home: Home, session_id: str = "kitchen") -> list[str]:
    return [message.text for message in home.sessions.load(session_id).messages]


def test_a_reply_becomes_what_was_heard_of_it() -> None:
    session = Session("s").heard("hello").said("Hello! What would you like?")
    assert session.amended("Hello!").messages[-1].text == "Hello!"
    assert [message.role for message in session.amended("").messages] == ["user"]


def test_without_a_reply_an_earlier_one_is_left_alone() -> None:
    session = Session("s").heard("hello").said("Hello!").heard("play")
    assert session.amended("") is session


def test_a_reply_is_found_by_its_turn() -> None:
    session = Session("s").heard("a", turn="t1").said("One two three.", turn="t1")
    session = session.heard("b", turn="t2").said("Four.", turn="t2")
    amended = session.amended("One two", turn="t1")
    assert [message.text for message in amended.messages] == ["a", "One two", "b", "Four."]
    assert session.amended("x", turn="t3") is session


async def test_what_was_heard_outlives_a_restart(tmp_path: Path) -> None:
    async with open_home(tmp_path) as home:
        turn = await home.say("find songs by nina simone")
        assert await home.agent.amend("kitchen", "I found  Feeling ")
        assert not await home.agent.amend("kitchen", "I found Feeling")
    async with open_home(tmp_path) as home:
        assert texts(home) == ["find songs by nina simone", "I found Feeling"]
        assert home.sessions.load("kitchen").messages[-1].results == turn.results


async def test_numbers_stay_when_nothing_of_the_reply_was_heard(home: Home) -> None:
    await home.say("find songs by nina simone")
    assert await home.agent.amend("kitchen", "")
    assert texts(home) == ["find songs by nina simone"]
    await home.say("the second one")
    assert home.playing == "Sinnerman"


async def test_amending_waits_for_the_turn_that_is_ending_and_comes_before_the_next(
    home: Home,
) -> None:
    async with aclosing(home.agent.run("help", session_id="kitchen")) as events:
        async for event in events:
            if isinstance(event, ReplyDelta):
                break
        amending = asyncio.create_task(home.agent.amend("kitchen", "I can"))
        await asyncio.sleep(0)
        following = asyncio.create_task(home.say("pause"))
        await asyncio.sleep(0)
        assert not amending.done()
    assert await amending
    await following
    assert texts(home)[:3] == ["help", "I can", "pause"]


async def test_a_late_word_about_an_earlier_reply_does_not_touch_the_newer_one(
    home: Home,
) -> None:
    first = await home.say("find daft punk")
    started = next(event for event in first.events if isinstance(event, TurnStarted))
    second = await home.say("find nina simone")
    assert await home.agent.amend("kitchen", "Here is", turn_id=started.turn_id)
    assert texts(home) == ["find daft punk", "Here is", "find nina simone", second.reply]


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 80])
async def test_no_instant_is_a_bad_one_for_cancelling(home: Home, steps: int) -> None:
    turn = asyncio.create_task(home.say("find daft punk"))
    for _ in range(steps):
        await asyncio.sleep(0)
    turn.cancel()
    turn.cancel()  # whoever cancels may be impatient
    await asyncio.gather(turn, return_exceptions=True)
    await asyncio.gather(*home.agent._tasks)
    assert texts(home)[0] == "find daft punk"
    assert (await home.say("pause")).finished
    assert texts(home).count("find daft punk") == 1


async def test_words_said_while_another_turn_is_under_way_are_kept(home: Home) -> None:
    async with home.sessions.turn("kitchen"):
        waiting = asyncio.create_task(home.say("play take five"))
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    await asyncio.gather(*home.agent._tasks)
    assert texts(home) == ["play take five"]
    assert home.playing is None
