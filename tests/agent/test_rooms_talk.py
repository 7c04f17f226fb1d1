"""Rooms in conversation: music where it is wanted, moved, and silent where nobody wants it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from agent.loop import Agent
from agent_library import Home, TurnRecord, open_home
from knowledge.people.current import HOUSEHOLD, acting_as
from people_here import ANNA, BEN, people_in
from player_fake import Answer
from player_house import House, furnish
from tools.players.player import PlaybackStatus

pytestmark = pytest.mark.integration


@dataclass(frozen=True, slots=True)
class Talk:
    home: Home
    house: House

    async def say(self, text: str, session_id: str = "phone") -> TurnRecord:
        return await self.home.say(text, session_id)


@pytest.fixture
async def talk(tmp_path: Path) -> AsyncIterator[Talk]:
    async with open_home(tmp_path) as home:
        house = furnish(home.database, home.services.catalog, home.services.playback)
        home.services = replace(home.services, rooms=house.rooms)
        home.agent = Agent(home.services, sessions=home.sessions)
        yield Talk(home, house)
        await house.close()


def title(player: object) -> str | None:
    playing = getattr(player, "playing", None)
    return None if playing is None else playing.track.title


async def test_two_rooms_play_different_things(talk: Talk) -> None:
    first = await talk.say("play Take Five in the kitchen")
    second = await talk.say("play Suzanne in the bedroom", "tablet")
    third = await talk.say("play Grace", "page")

    assert (title(talk.house.kitchen), title(talk.house.bedroom)) == ("Take Five", "Suzanne")
    assert talk.home.playing == "Grace"
    assert first.reply == "Kitchen: Playing Take Five by Dave Brubeck."
    assert "Bedroom" in second.reply
    assert "Kitchen" not in third.reply
    assert talk.home.queued == ["Grace"]


async def test_a_conversation_stays_in_its_room_while_that_sounds(talk: Talk) -> None:
    await talk.say("play Time Out in the kitchen")
    assert title(talk.house.kitchen) == "Blue Rondo"
    skipped = await talk.say("next")
    assert title(talk.house.kitchen) == "Take Five"
    assert skipped.reply.startswith("Kitchen:")
    assert "40" in (await talk.say("volume 40")).reply
    assert talk.house.kitchen.state.volume == 40
    paused = await talk.say("pause")
    assert paused.reply == "Kitchen: Paused."
    assert talk.house.kitchen.state.status is PlaybackStatus.PAUSED
    assert "play Take Five" not in talk.home.player.commands


async def test_each_room_is_steered_by_its_name(talk: Talk) -> None:
    await talk.say("play Take Five in the kitchen")
    await talk.say("play Suzanne", "page")
    await talk.say("pause the kitchen", "page")
    assert talk.house.kitchen.state.status is PlaybackStatus.PAUSED
    assert talk.home.status == "playing"
    await talk.say("turn the kitchen down", "page")
    assert talk.house.kitchen.state.volume == 90
    assert talk.home.player.state.volume == 100
    heard = await talk.say("what is playing in the kitchen?", "page")
    assert "Take Five" in heard.reply
    await talk.say("resume in the kitchen", "page")
    assert str(talk.house.kitchen.state.status) == "playing"


@pytest.mark.parametrize(
    "words",
    [
        "move it to the bedroom",
        "play it in the bedroom",
        "continue in the bedroom",
        "in the bedroom",
    ],
)
async def test_music_moves_and_goes_on_where_it_was(talk: Talk, words: str) -> None:
    await talk.say("play Time Out in the kitchen")
    talk.house.kitchen.pass_time(25.0)

    moved = await talk.say(words)

    assert moved.reply == "Bedroom: Blue Rondo by Dave Brubeck goes on there."
    assert title(talk.house.bedroom) == "Blue Rondo"
    assert talk.house.bedroom.state.position_s == pytest.approx(25.0)
    assert title(talk.house.kitchen) is None
    await talk.say("next")
    assert title(talk.house.bedroom) == "Take Five", "what followed has moved along"


async def test_move_it_here_goes_to_the_room_of_the_asking_device(talk: Talk) -> None:
    talk.house.rooms.asks_from("panel", "the bedroom")
    await talk.say("play Take Five in the kitchen")
    await talk.say("move it here", "panel")
    assert title(talk.house.bedroom) == "Take Five"
    await talk.say("play Suzanne", "panel")
    assert title(talk.house.bedroom) == "Suzanne", "a device in a room plays there"
    await talk.say("move the music here", "page")
    assert talk.home.playing == "Suzanne", "a page is in no room: it moves to the main speaker"


async def test_a_stranger_is_not_where_somebody_elses_device_stands(talk: Talk) -> None:
    """Names of conversations are anybody's to choose: whose device it is counts as well."""
    people_in(talk.home.database)
    rooms = talk.house.rooms
    with acting_as(ANNA):
        rooms.asks_from("panel", "the bedroom")
        await talk.say("play Suzanne in the kitchen", "panel")
        assert rooms.here("panel") is not None
    for stranger in (BEN, HOUSEHOLD):
        with acting_as(stranger):
            assert rooms.here("panel") is None
            assert rooms.to_play("panel") is None
            rooms.asks_from("panel", "the kitchen")
    with acting_as(ANNA):
        assert rooms.here("panel") == rooms.named("bedroom"), "nobody moves her device either"
    with acting_as(HOUSEHOLD), acting_as(ANNA, at=HOUSEHOLD):
        here = rooms.here("panel")
    assert here == rooms.named("kitchen"), "at a device of all it is where that stands"


async def test_the_music_stays_where_it_was_when_the_new_speaker_fails(talk: Talk) -> None:
    await talk.say("play Take Five in the kitchen")
    talk.house.bedroom.answer = Answer.STAY_SILENT
    failed = await talk.say("move it to the bedroom")
    assert "did not answer" in failed.reply
    assert talk.house.kitchen.state.status is PlaybackStatus.PLAYING
    assert title(talk.house.kitchen) == "Take Five"


async def test_what_was_found_is_played_in_the_room_that_is_named(talk: Talk) -> None:
    await talk.say("play Suzanne")
    await talk.say("find Hayloft II")
    await talk.say("play it in the kitchen")
    assert title(talk.house.kitchen) == "Hayloft II"
    assert talk.home.playing == "Suzanne"


async def test_everywhere_is_one_sound_in_step(talk: Talk) -> None:
    await talk.say("play Take Five in the lounge")
    assert talk.house.group.sounding_in == ["lounge"]
    everywhere = await talk.say("play Suzanne everywhere")
    assert talk.house.group.sounding_in == ["lounge", "office"]
    assert everywhere.reply.startswith("Everywhere: ")
    assert "Suzanne by Leonard Cohen" in everywhere.reply
    await talk.say("pause the office")
    assert talk.house.group.sounding_in == ["lounge"]
    assert talk.house.group.state.status is PlaybackStatus.PLAYING
    await talk.say("set the lounge to 20 percent")
    volumes = {room.room: room.volume for room in talk.house.group.rooms}
    assert volumes == {"lounge": 20, "office": 50}


async def test_everything_stops_everywhere(talk: Talk) -> None:
    await talk.say("play Take Five in the kitchen")
    await talk.say("play Suzanne in the bedroom")
    await talk.say("play Grace", "page")
    stopped = await talk.say("stop it everywhere")
    assert stopped.reply == "Everywhere: Stopped."
    assert not talk.house.rooms.sounding()
    again = await talk.say("stop everywhere")
    assert "Nothing is playing" in again.reply


async def test_unknown_rooms_are_told_with_those_there_are(talk: Talk) -> None:
    garage = await talk.say("play Take Five in the garage")
    assert "no speaker called garage" in garage.reply
    assert "kitchen, bedroom, lounge, office and speaker" in garage.reply
    assert talk.home.playing is None
    await talk.say("play Grace")
    sauna = await talk.say("move the music to the sauna")
    assert "no speaker called sauna" in sauna.reply
    assert talk.home.playing == "Grace"


async def test_what_a_speaker_cannot_do_is_told(talk: Talk) -> None:
    await talk.say("play Take Five in the bedroom")
    louder = await talk.say("turn the bedroom up")
    assert "bedroom speaker cannot change its volume" in louder.reply


async def test_the_speakers_and_what_they_play_are_listed(talk: Talk) -> None:
    await talk.say("play Take Five in the kitchen")
    talk.house.bedroom.disconnect()
    listed = await talk.say("which speakers are there?")
    assert listed.reply == (
        "There is kitchen, playing Take Five, bedroom, which is not connected, lounge, office and "
        "speaker."
    )


async def test_titles_with_rooms_in_them_stay_titles(talk: Talk) -> None:
    turn = await talk.say("play Wild Is the Wind in the kitchen")
    assert title(talk.house.kitchen) == "Wild Is the Wind"
    assert turn.kinds == ["found"]


async def test_an_alarm_rings_in_the_room_that_was_named(talk: Talk) -> None:
    set_ = await talk.say("wake me at seven with Take Five in the bedroom")
    assert "bedroom" in set_.reply
    assert talk.home.services.timers is not None
    [alarm] = talk.home.services.timers.alarms()
    assert alarm.player == "bedroom"


@pytest.mark.parametrize(
    ("play", "pause", "louder", "move"),
    [
        (
            "spiel Take Five in der Küche",
            "pausiere die Küche",
            "stell die Lautstärke in der Küche auf 30",
            "verschieb die Musik ins Schlafzimmer",
        ),
        (
            "mets Take Five dans la cuisine",
            "pause dans la cuisine",
            "mets le volume à 30 dans la cuisine",
            "déplace la musique dans la chambre",
        ),
        (
            "キッチンでTake Fiveをかけて",
            "キッチンの音楽を一時停止",
            "キッチンの音量を30にして",
            "音楽を寝室に移して",
        ),
    ],
)
async def test_rooms_are_steered_in_other_languages(
    talk: Talk, play: str, pause: str, louder: str, move: str
) -> None:
    await talk.say(play)
    assert title(talk.house.kitchen) == "Take Five"
    await talk.say(louder)
    assert talk.house.kitchen.state.volume == 30
    await talk.say(move)
    assert title(talk.house.bedroom) == "Take Five"
    await talk.say(play)
    await talk.say(pause, "page")
    assert talk.house.kitchen.state.status is PlaybackStatus.PAUSED


@pytest.mark.parametrize(
    "text",
    [
        *("welche Lautsprecher gibt es?", "qué altavoces hay", "quelles enceintes il y a"),
        *("quali casse ci sono", "quais caixas existem", "welke speakers zijn er"),
        *("jakie są głośniki", "vilka högtalare finns det", "有哪些音箱"),
        *("どのスピーカーが使えますか", "कौन से स्पीकर हैं"),
    ],
)
async def test_the_speakers_are_listed_in_any_language(talk: Talk, text: str) -> None:
    listed = await talk.say(text)
    assert "kitchen" in listed.reply
    assert "office" in listed.reply
