"""Turns of an agent that is loaded in the background."""

import asyncio
import threading
from pathlib import Path

import pytest

from agent_library import open_home
from server.turns import Turns, TurnTaker

pytestmark = pytest.mark.integration


async def test_words_said_while_the_agent_is_loaded_are_kept(tmp_path: Path) -> None:
    loaded = threading.Event()

    async with open_home(tmp_path) as home:

        def make() -> TurnTaker:
            loaded.wait()
            return home.agent

        turns = Turns(make)

        async def first_event() -> object:
            return await anext(turns.run("play take five", session_id="kitchen"))

        waiting = asyncio.create_task(first_event())
        await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        loaded.set()
        await asyncio.gather(*turns._tasks)
        assert [m.text for m in home.sessions.load("kitchen").messages] == ["play take five"]
        assert await turns.amend("kitchen", "Playing") is False  # nothing was replied


async def test_who_speaks_reaches_the_conversation(tmp_path: Path) -> None:
    async with open_home(tmp_path) as home:
        turns = Turns(lambda: home.agent)
        async for _ in turns.run("find moby", session_id="kitchen", speaker="Anna", spoken=True):
            pass
        assert home.sessions.load("kitchen").speaker == "Anna"
