"""Pages come, go, reload, lie and fall silent; what is said about the music stays true."""

import asyncio
import json
import math
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from knowledge.database import Database
from knowledge.history import History
from knowledge.models import QueueItem
from knowledge.playback_memory import PlaybackSettings
from knowledge.queue import QueueStore
from player_page import ScriptedPage
from player_rigs import BROKEN, LONG, OTHER, SHORT, page_track
from player_tracks import store_tracks, track
from tools.errors import (
    NoPlayer,
    NothingPlaying,
    PlayerBlocked,
    PlayerNotResponding,
)
from tools.players import browser as browser_module
from tools.players.browser import BrowserPlayer
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, PlayerEvent, PlayerEventKind

pytestmark = pytest.mark.integration

PLAYING, PAUSED, IDLE = PlaybackStatus.PLAYING, PlaybackStatus.PAUSED, PlaybackStatus.IDLE


class Room:
    """One browser player and the pages that are opened in a test."""

    def __init__(self) -> None:
        self.player = BrowserPlayer(page_track, timeout_s=0.5)
        self.events: list[PlayerEvent] = []
        self.player.listen(self.events.append)
        self.pages: list[ScriptedPage] = []

    def page(self, name: str = "page") -> ScriptedPage:
        page = ScriptedPage(self.player, name).open()
        page.broken = {"broken"}
        self.pages.append(page)
        return page

    def kinds(self) -> list[PlayerEventKind]:
        return [event.kind for event in self.events if event.kind is not PlayerEventKind.STATE]


@pytest.fixture
async def room() -> AsyncIterator[Room]:
    made = Room()
    yield made
    await made.player.close()
    for page in made.pages:
        page.reload()


async def until(condition: Any, timeout_s: float = 5.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


async def test_without_a_page_there_is_no_player(room: Room) -> None:
    assert not room.player.connected
    for command in (room.player.play(LONG), room.player.pause(), room.player.set_volume(3)):
        with pytest.raises(NoPlayer):
            await command
    room.page()
    assert room.player.connected
    with pytest.raises(NothingPlaying):
        await room.player.pause()


async def test_the_page_gets_all_that_it_needs(room: Room) -> None:
    page = room.page()
    loud = QueueItem("loud", replace(track(7, "loud"), loudness_lufs=-8.0, peak=1.0))
    room.player.adjust(PlaybackSettings(crossfade_s=4.0, levelling=True))
    await room.player.play(loud, start_s=5.0)
    await room.player.prepare(OTHER)
    play, prepare = page.sent
    assert play["type"] == "refrain.player.command"
    assert (play["command"], play["item_id"], play["start_s"]) == ("play", "loud", 5.0)
    assert play["track"]["title"] == "loud"
    assert (play["gain_db"], play["crossfade_s"]) == (-10.0, 4.0)
    assert (prepare["command"], prepare["item_id"], prepare["gain_db"]) == ("prepare", "other", 0.0)
    room.player.adjust(PlaybackSettings(levelling=False))
    assert page.sent[-1]["command"] == "prepare"
    assert page.sent[-1]["crossfade_s"] == 0.0
    await room.player.prepare(None)
    assert "track" not in page.sent[-1]


async def test_a_page_that_says_nothing_does_not_play(room: Room) -> None:
    page = room.page()
    page.mute = True
    with pytest.raises(PlayerNotResponding):
        await room.player.play(LONG, timeout_s=0.2)
    assert room.player.state.status is IDLE
    assert page.commands() == ["play", "stop"]


async def test_a_start_that_comes_too_late_is_not_believed(room: Room) -> None:
    page = room.page()
    page.mute = True
    with pytest.raises(PlayerNotResponding):
        await room.player.play(LONG, timeout_s=0.1)
    page._obey(page.sent[0])
    await asyncio.sleep(0.1)
    assert page.status == "playing"
    assert room.player.state.status is IDLE
    page._obey(page.sent[1])  # at last it hears that it should stop
    assert room.player.state.status is IDLE
    assert room.events[1:] == []


async def test_playing_without_progress_is_not_playing(room: Room) -> None:
    page = room.page()
    page.mute = True

    async def stuck() -> None:
        await until(lambda: page.sent)
        for _ in range(5):
            state = {"status": "playing", "item_id": "long", "position_s": 0.0, "duration_s": 20.0}
            page.report(command_id=page.sent[0]["command_id"], state=state)
            await asyncio.sleep(0.02)

    task = asyncio.create_task(stuck())
    with pytest.raises(PlayerNotResponding):
        await room.player.play(LONG, timeout_s=0.3)
    await task


async def test_a_browser_that_wants_a_click_first_says_so(room: Room) -> None:
    page = room.page()
    page.blocked = True
    with pytest.raises(PlayerBlocked, match="click") as caught:
        await room.player.play(LONG)
    assert "Click" in caught.value.next_step


async def test_a_page_that_closes_while_it_is_asked(room: Room) -> None:
    page = room.page()
    page.mute = True
    asyncio.get_running_loop().call_later(0.05, page.reload)
    with pytest.raises(NoPlayer):
        await room.player.play(LONG, timeout_s=5)
    assert not room.player.connected


async def test_a_reload_ends_the_music_and_tells_where(room: Room) -> None:
    page = room.page()
    await room.player.play(LONG, start_s=9.0)
    page.reload()
    assert room.kinds() == [PlayerEventKind.DISCONNECTED]
    lost = room.events[-1].state
    assert (lost.status, lost.item_id) == (IDLE, "long")
    assert lost.position_s == pytest.approx(9.0, abs=1.0)
    assert room.player.state.status is IDLE
    again = room.page()
    await room.player.play(LONG, start_s=lost.position_s)
    assert again.status == "playing"


async def test_a_page_that_plays_on_without_connection_is_found_again(room: Room) -> None:
    page = room.page()
    await room.player.play(LONG)
    page.drop_connection()
    assert room.player.state.status is IDLE
    room.player.attach(page, "page")
    await asyncio.sleep(0.1)
    assert str(room.player.state.status) == "idle"  # nobody knows this item
    room.player.believe(lambda item_id: item_id == "long")
    await until(lambda: room.player.state.status is PLAYING)
    assert room.player.state.item_id == "long"
    assert (await room.player.pause()).status is PAUSED


async def test_the_page_that_was_turned_to_last_sounds(room: Room) -> None:
    desk = room.page("desk")
    kitchen = room.page("kitchen")
    assert room.player.page_name == "kitchen"
    room.player.claim(desk)
    await room.player.play(LONG)
    assert (desk.status, kitchen.status) == ("playing", "idle")
    room.page("phone")
    room.player.claim(kitchen)
    assert room.player.state.status is PLAYING
    await room.player.seek(4.0)
    assert desk.commands()[-1] == "seek"  # what sounds stays where it is ...
    await room.player.play(OTHER)
    await until(lambda: desk.status == "idle")  # ... until something new is played
    assert kitchen.status == "playing"


async def test_turning_to_another_page_takes_paused_music_along(room: Room) -> None:
    desk, kitchen = room.page("desk"), room.page("kitchen")
    room.player.claim(desk)
    await room.player.play(LONG, start_s=6.0)
    await room.player.pause()
    room.player.attach(kitchen)  # said again, it means claim
    lost = room.events[-1]
    assert (lost.kind, lost.state.item_id) == (PlayerEventKind.DISCONNECTED, "long")
    await room.player.play(LONG, start_s=lost.state.position_s)
    assert kitchen.status == "playing"
    assert room.player.state.position_s >= 6.0
    await until(lambda: desk.status == "idle")


async def test_only_one_page_sounds(room: Room) -> None:
    desk = room.page("desk")
    await room.player.play(LONG)
    stray = room.page("stray")
    stray._item, stray.status = {"item_id": "long", "track": page_track(LONG.track)}, "playing"
    await until(lambda: stray.status == "idle")
    assert desk.status == "playing"
    assert room.player.state.status is PLAYING


async def test_the_volume_goes_with_the_music(room: Room) -> None:
    desk = room.page("desk")
    await room.player.set_volume(25, muted=True)
    kitchen = room.page("kitchen")
    await room.player.play(LONG)
    assert (desk.volume, kitchen.volume, kitchen.muted) == (25, 25, True)
    assert (room.player.state.volume, room.player.state.muted) == (25, True)


async def test_when_the_last_page_goes_the_player_is_gone(room: Room) -> None:
    desk, kitchen = room.page("desk"), room.page("kitchen")
    kitchen.reload()
    assert room.player.connected
    assert room.player.page_name == "desk"
    desk.reload()
    assert not room.player.connected
    assert room.kinds() == [PlayerEventKind.DISCONNECTED]


async def test_the_buttons_of_the_page_are_heard(room: Room) -> None:
    page = room.page()
    await room.player.play(LONG)
    room.events.clear()
    await asyncio.sleep(0.1)
    assert room.events == []  # time that goes on is no news
    page.status, page._at = "paused", (time.monotonic(), 7.0)
    page.report()
    assert [(e.kind, e.state.status) for e in room.events] == [(PlayerEventKind.STATE, PAUSED)]
    assert room.player.state.position_s == 7.0


async def test_a_page_that_falls_silent_is_lost(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_module, "_LOST_AFTER_S", 0.2)
    page = room.page()
    await room.player.play(LONG)
    page.status = "frozen"
    await until(lambda: room.kinds() == [PlayerEventKind.DISCONNECTED])
    assert room.player.state.status is IDLE


async def test_the_position_is_carried_forward_for_a_moment_only() -> None:
    now = [100.0]
    player = BrowserPlayer(page_track, clock=lambda: now[0])
    page = ScriptedPage(player).open()
    await player.play(LONG)
    page.status = "frozen"
    now[0] += 1.0
    assert player.state.position_s == pytest.approx(1.0, abs=0.3)
    now[0] += 900.0
    assert player.state.position_s == pytest.approx(3.0, abs=0.3)
    await player.close()
    page.reload()


def lies() -> list[tuple[str, dict[str, Any]]]:
    good = {"status": "playing", "item_id": "long", "position_s": 1.0, "duration_s": 20.0}
    return [
        ("no number", {"event": "state", "state": {**good, "position_s": math.nan}}),
        ("endless", {"event": "state", "state": {**good, "duration_s": math.inf}}),
        ("negative", {"event": "state", "state": {**good, "position_s": -1.0}}),
        ("huge", {"event": "state", "state": {**good, "position_s": 1e300}}),
        ("too loud", {"event": "state", "state": {**good, "volume": 900}}),
        ("text", {"event": "state", "state": {**good, "position_s": "1"}}),
        ("another item", {"event": "state", "state": {**good, "item_id": "else"}}),
        ("odd item", {"event": "state", "state": {**good, "item_id": "<b>"}}),
        ("long item", {"event": "state", "state": {**good, "item_id": "x" * 5_000}}),
        ("not prepared", {"event": "advanced", "state": {**good, "item_id": "short"}}),
        ("advanced nowhere", {"event": "advanced", "state": good}),
        ("other ended", {"event": "ended", "state": {**good, "item_id": "short"}}),
        ("unknown event", {"event": "exploded", "state": good}),
        ("long message", {"event": "failed", "state": good, "message": "x" * 100_000}),
        ("no state", {"event": "state"}),
        ("list", {"event": "state", "state": [good]}),
        ("deep", {"event": "state", "state": json.loads("[" * 900 + "]" * 900)}),
    ]


@pytest.mark.parametrize(("what", "lie"), lies(), ids=[what for what, _ in lies()])
async def test_what_cannot_be_true_is_not_believed(
    room: Room, what: str, lie: dict[str, Any]
) -> None:
    page = room.page()
    await room.player.play(LONG)
    page.status = "frozen"
    before, events = room.player._state, list(room.events)
    message = {"type": "refrain.player.report", **lie}
    assert room.player.report(page, message) is False
    assert room.player._state == before
    assert room.events == events


async def test_a_stranger_is_not_heard(room: Room) -> None:
    room.page()
    stranger = ScriptedPage(room.player)
    assert stranger.report() is False


async def test_answers_that_nobody_waits_for_change_nothing(room: Room) -> None:
    page = room.page()
    await room.player.play(LONG)
    page.report("failed", command_id="prepare-that-failed", message="no memory")
    assert room.player.state.status is PLAYING
    assert PlayerEventKind.FAILED not in room.kinds()


async def test_playback_through_a_page(room: Room, tmp_path: Path) -> None:
    """The queue, the history and the page stay in step, through a reload as well."""
    shown = (SHORT.track, BROKEN.track, OTHER.track, LONG.track)
    database = Database.at(tmp_path / "library.db")
    catalog = store_tracks(database, shown)
    history = History(database, catalog)
    playback = Playback(QueueStore(database, catalog), history, [room.player])
    page = room.page()
    await playback.play(shown)
    await until(lambda: page.status == "playing" and playback.queue.position == 3)
    assert playback.problem is not None
    assert playback.problem.item.track.title == "broken"
    assert [e.track.title for e in reversed(history.last(9))] == ["short", "other", "long"]

    await playback.seek(11.0)
    page.reload()
    await playback.settled()
    assert str(playback.state.status) == "idle"
    again = room.page()
    state = await playback.resume()
    assert state.position_s == pytest.approx(11.0, abs=1.0)
    assert again.status == "playing"

    again.drop_connection()
    await playback.settled()
    room.player.attach(again)
    await until(lambda: playback.state.status is PLAYING)
    await playback.settled()
    assert playback.queue.position == 3
    await playback.close()
    database.close()
