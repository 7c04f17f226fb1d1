"""Conversations with a real library and a fake speaker, judged by what is in the queue after."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from agent_library import Home, open_home


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


@pytest.mark.integration
async def test_something_calm_then_the_second_one(home: Home) -> None:
    turn = await home.say("play something calm")
    assert turn.calls == ["recommend_music", "play_music"]
    assert home.playing == turn.titles[0]
    assert home.queued == turn.titles
    second = await home.say("no, the second one")
    assert home.playing == turn.titles[1]
    assert home.queued == turn.titles, "the list that is being played stays"
    assert turn.titles[1] in second.reply
