"""Playlists and lists spoken of without their names, and names that look like something else."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent_library import Home, open_home

pytestmark = pytest.mark.integration


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


def songs_in(home: Home, playlist: str) -> list[str]:
    found = home.services.playlists.named(playlist)
    assert found is not None
    return [track.title for track in home.services.playlists.tracks(found.id)]


async def test_it_is_the_playlist_spoken_of(home: Home) -> None:
    await home.say("make a playlist called Party")
    for text in ("add Take Five to it", "and Suzanne", "also Grace by Jeff Buckley"):
        await home.say(text)
    assert songs_in(home, "Party") == ["Take Five", "Suzanne", "Grace"]
    assert "three tracks" in (await home.say("what's in it now?")).reply
    await home.say("take Suzanne out again")
    await home.say("play it")
    assert home.queued == ["Take Five", "Grace"]
    await home.say("rename it to Saturday")
    assert songs_in(home, "Saturday") == ["Take Five", "Grace"]
    await home.say("remove Grace from Saturday")
    assert songs_in(home, "Saturday") == ["Take Five"]


async def test_the_queue_becomes_a_playlist_and_back(home: Home) -> None:
    await home.say("play nina simone")
    await home.say("save the queue as a playlist called Nina")
    assert songs_in(home, "Nina") == home.queued
    await home.say("play suzanne")
    await home.say("put my nina playlist at the end of the queue")
    assert home.queued == ["Suzanne", *songs_in(home, "Nina")]
    await home.say("skip to sinnerman")
    assert home.playing == "Sinnerman"
    assert len(home.queued) == 4


async def test_no_deletes_nothing(home: Home) -> None:
    home.services.playlists.create("Gym", [home.track_id("Get Lucky")])
    asked = await home.say("delete the gym playlist")
    assert asked.calls == []
    await home.say("no")
    assert songs_in(home, "Gym") == ["Get Lucky"]


async def test_go_on_after_a_stop_by_mistake(home: Home) -> None:
    await home.say("play the album time out")
    await home.say("stop")
    await home.say("no, keep playing")
    assert home.playing == "Blue Rondo"
    await home.say("actually pause")
    assert home.status == "paused"


async def test_the_others_and_who_made_it(home: Home) -> None:
    await home.say("find songs by nina simone")
    await home.say("play the first one")
    await home.say("queue the others")
    assert home.queued == ["Feeling Good", "Sinnerman", "Wild Is the Wind"]
    await home.say("find songs by moby")
    assert "1999" in (await home.say("when was the second one released?")).reply
    assert home.playing == "Feeling Good"


async def test_a_wish_without_somebody(home: Home) -> None:
    await home.say("play some music from the sixties")
    assert "Sinnerman" in home.queued
    await home.say("and nothing by nina simone")
    assert set(home.queued) == {"Unsquare Dance", "Suzanne"}
