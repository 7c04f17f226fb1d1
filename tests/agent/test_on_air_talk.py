"""What a radio station plays: as we recognise it, or else as the station says."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from agent.loop import Agent
from agent_library import Home, open_home
from knowledge.errors import UnreadableAudio
from knowledge.fingerprint.models import Certainty
from knowledge.stations import Station, Stations, track_of
from tools.context import OnAir

pytestmark = pytest.mark.integration


@dataclass
class Ear:
    """A `StationListener` that knows what it was told."""

    answer: OnAir = field(default_factory=OnAir)
    fails: bool = False
    asked: list[str] = field(default_factory=list)

    async def now(self, station: Station) -> OnAir:
        self.asked.append(station.name)
        if self.fails:
            raise UnreadableAudio("no sound")
        return self.answer


@dataclass
class Talk:
    home: Home
    ear: Ear

    async def say(self, text: str) -> str:
        return (await self.home.say(text)).reply


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with open_home(tmp_path) as home:
        stations, ear = Stations(home.database), Ear()
        station = stations.add("Radio Blue", "http://127.0.0.1:1/live")
        home.services = replace(home.services, stations=stations, on_air=ear)
        home.agent = Agent(home.services, sessions=home.sessions)
        talk = Talk(home, ear)
        await home.services.playback.play([track_of(station)])
        assert home.playing == "Radio Blue"
        yield talk


@pytest.mark.parametrize(
    "text",
    [
        "what is this on the radio?",
        "what song is the station playing?",
        "what's playing?",
        "what song is this?",
        "was läuft gerade?",
    ],
)
async def test_our_own_ear_comes_before_the_word_of_the_station(talk: Talk, text: str) -> None:
    talk.ear.answer = OnAir("Ads!", "Take Five", "Dave Brubeck", Certainty.CERTAIN)
    told = await talk.say(text)
    assert "Take Five" in told
    assert "Ads!" not in told
    assert talk.ear.asked == ["Radio Blue"]


async def test_what_is_likely_is_told_as_likely(talk: Talk) -> None:
    talk.ear.answer = OnAir("", "Take Five", "Dave Brubeck", Certainty.LIKELY)
    assert await talk.say("what song is the station playing?") == (
        "Radio Blue is probably playing Take Five by Dave Brubeck."
    )


async def test_else_the_station_is_quoted(talk: Talk) -> None:
    talk.ear.answer = OnAir("Nina Simone - Sinnerman")
    assert await talk.say("what is this on the radio?") == (
        "Radio Blue itself says: “Nina Simone - Sinnerman”."
    )


async def test_what_nobody_knows_is_told_so(talk: Talk) -> None:
    talk.ear.fails = True
    assert "it does not say what it plays" in await talk.say("what song is this?")
