"""Sleep timers and alarms of rooms in conversation: one in each, told and cancelled by its name."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from agent.loop import Agent
from agent_library import Home, TurnRecord, open_home
from knowledge.timers.models import Alarm, SleepTimer, SleepUntil
from player_house import House, furnish
from tools.players.player import PlaybackStatus

pytestmark = pytest.mark.integration


@dataclass(frozen=True, slots=True)
class Talk:
    home: Home
    house: House

    async def say(self, text: str, session_id: str = "phone") -> TurnRecord:
        return await self.home.say(text, session_id)

    @property
    def sleeps(self) -> dict[str, SleepTimer]:
        assert self.home.services.timers is not None
        return {one.room: one for one in self.home.services.timers.sleeps()}

    @property
    def alarms(self) -> tuple[Alarm, ...]:
        assert self.home.services.timers is not None
        return self.home.services.timers.alarms()


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with open_home(tmp_path) as home:
        house = furnish(home.database, home.services.catalog, home.services.playback)
        home.services = replace(home.services, rooms=house.rooms)
        home.agent = Agent(home.services, sessions=home.sessions)
        yield Talk(home, house)
        await house.close()


async def test_each_room_has_its_sleep_timer(talk: Talk) -> None:
    await talk.say("play Take Five in the kitchen")
    await talk.say("play Suzanne in the bedroom", "tablet")
    await talk.say("play Grace", "page")
    kitchen = await talk.say("stop in 20 minutes in the kitchen")
    assert kitchen.reply == "Kitchen: The music will stop at 20:50 (20 minutes)."
    bedroom = await talk.say("in the bedroom, sleep timer half an hour", "tablet")
    assert "Bedroom: The music will stop at 21:00" in bedroom.reply
    await talk.say("stop the music at eleven", "page")
    assert set(talk.sleeps) == {"kitchen", "bedroom", ""}
    assert talk.house.kitchen.state.status is PlaybackStatus.PLAYING

    told = await talk.say("how long until the music stops?", "page")
    assert "kitchen: the end of the music at 20:50" in told.reply
    assert "bedroom: the end of the music at 21:00" in told.reply
    assert "23:00" in told.reply
    there = await talk.say("how long is the timer in the kitchen?", "page")
    assert there.reply.startswith("Kitchen: Set: the end of the music at 20:50")
    assert "21:00" not in there.reply

    assert (
        "Kitchen: The sleep timer is off."
        in (await talk.say("cancel the timer in the kitchen", "page")).reply
    )
    assert set(talk.sleeps) == {"bedroom", ""}


async def test_a_room_is_the_one_that_is_spoken_of_or_asked_from(talk: Talk) -> None:
    talk.house.rooms.asks_from("panel", "bedroom")
    await talk.say("play Suzanne", "panel")
    await talk.say("sleep timer 20 minutes", "panel")
    assert set(talk.sleeps) == {"bedroom"}
    await talk.say("play Take Five in the kitchen")
    await talk.say("stop after this song")
    assert talk.sleeps["kitchen"].until is SleepUntil.SONG
    assert "21:00" in (await talk.say("add ten minutes", "panel")).reply
    await talk.say("turn off the sleep timer", "panel")
    assert set(talk.sleeps) == {"kitchen"}


async def test_which_of_several_is_asked_where_none_is_near(talk: Talk) -> None:
    await talk.say("play Take Five in the kitchen", "one")
    await talk.say("play Suzanne in the bedroom", "two")
    await talk.say("stop in 20 minutes in the kitchen", "one")
    await talk.say("stop in 30 minutes in the bedroom", "two")
    asked = await talk.say("cancel the sleep timer", "three")
    assert "kitchen" in asked.reply
    assert "bedroom" in asked.reply
    await talk.say("the second one", "three")
    assert set(talk.sleeps) == {"kitchen"}


@pytest.mark.parametrize(
    "text",
    [
        "stop the music in the kitchen in 20 minutes",
        "turn off the kitchen in 20 minutes",
        "stop the kitchen in 20 minutes",
        "set a sleep timer for 20 minutes in the kitchen",
        "in the kitchen stop in 20 minutes",
        "in 20 minutes stop the music in the kitchen",
        "fade out the music in the kitchen in 20 minutes",
        "stopp die Musik in der Küche in 20 Minuten",
        "apaga la música en la cocina en 20 minutos",
        "arrête la musique dans la cuisine dans 20 minutes",
    ],
)
async def test_many_ways_to_say_it(talk: Talk, text: str) -> None:
    await talk.say("play Take Five in the kitchen")
    await talk.say("play Suzanne in the bedroom", "tablet")
    answer = await talk.say(text, "other")
    assert set(talk.sleeps) == {"kitchen"}, answer.reply
    assert talk.sleeps["kitchen"].until is SleepUntil.TIME
    assert talk.house.kitchen.state.status is PlaybackStatus.PLAYING


async def test_everywhere(talk: Talk) -> None:
    await talk.say("play Take Five in the kitchen")
    await talk.say("play Suzanne in the bedroom", "tablet")
    said = await talk.say("stop everywhere in half an hour", "page")
    assert "21:00" in said.reply
    assert set(talk.sleeps) == {"kitchen", "bedroom"}
    assert "Two timers are off" in (await talk.say("cancel all timers", "page")).reply


async def test_alarms_of_rooms(talk: Talk) -> None:
    answer = await talk.say("wake me at seven with Take Five in the bedroom")
    assert "07:00" in answer.reply
    assert [one.player for one in talk.alarms] == ["bedroom"]
    talk.house.rooms.asks_from("panel", "kitchen")
    await talk.say("wake me at eight", "panel")
    assert sorted(one.player for one in talk.alarms) == ["bedroom", "kitchen"]
    told = await talk.say("which alarms are set in the bedroom?")
    assert "07:00" in told.reply
    assert "08:00" not in told.reply
    await talk.say("cancel the alarm in the bedroom")
    assert [one.player for one in talk.alarms] == ["kitchen"]


async def test_a_room_without_a_speaker_is_told(talk: Talk) -> None:
    await talk.say("play Take Five in the kitchen")
    answer = await talk.say("stop in ten minutes in the garage")
    assert "garage" in answer.reply
    assert talk.sleeps == {}


async def test_undo_takes_back_the_timer_of_a_room(talk: Talk) -> None:
    await talk.say("play Take Five in the kitchen")
    await talk.say("stop in 20 minutes in the kitchen")
    await talk.say("undo that")
    assert talk.sleeps == {}
