"""Music is quiet while somebody speaks, and afterwards as loud as the user wants it by then."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.history import History
from knowledge.queue import QueueStore
from player_fake import FakePlayer
from player_page import ScriptedPage
from player_rigs import LONG, page_track
from player_tracks import Clock, store_tracks, track
from tools.players.browser import BrowserPlayer
from tools.players.ducking import HOLD_S, Ducking
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, Player, PlayerCapability

pytestmark = pytest.mark.unit

ONE = track(1, "one")


@pytest.fixture
def player() -> FakePlayer:
    return FakePlayer()


@pytest.fixture
async def playback(tmp_path: Path, player: FakePlayer) -> AsyncIterator[Playback]:
    database = Database.at(tmp_path / "library.db")
    catalog = store_tracks(database, (ONE,))
    made = Playback(QueueStore(database, catalog), History(database, catalog), [player])
    yield made
    await made.close()
    database.close()


async def test_depth_is_counted_by_owner_and_not_by_calls(player: FakePlayer) -> None:
    ducking = Ducking([player])
    ducking.duck("kitchen")
    ducking.duck("kitchen")
    ducking.duck("bedroom")
    assert (ducking.depth, player.ducked) == (2, True)
    ducking.unduck("kitchen")
    assert player.ducked
    ducking.unduck("kitchen")
    ducking.unduck("nobody")
    assert (ducking.depth, player.ducked) == (1, True)
    ducking.unduck("bedroom")
    assert (ducking.depth, player.ducked) == (0, False)


async def test_an_owner_that_died_does_not_keep_the_music_down(player: FakePlayer) -> None:
    clock = Clock()
    ducking = Ducking([player], clock=clock.stopwatch)
    ducking.duck("dead")
    clock.pass_time(HOLD_S / 2)
    ducking.duck("alive")
    clock.pass_time(HOLD_S / 2)
    ducking.expire()
    assert (ducking.depth, player.ducked) == (1, True)
    ducking.duck("alive")  # still speaking
    clock.pass_time(HOLD_S / 2)
    ducking.expire()
    assert player.ducked
    clock.pass_time(HOLD_S / 2)
    ducking.expire()
    assert (ducking.depth, player.ducked) == (0, False)


async def test_the_end_of_an_owner_needs_nobody_to_look() -> None:
    loud = asyncio.Event()

    class Noticing(FakePlayer):
        def duck(self, on: bool) -> None:
            if not on:
                loud.set()

    ducking = Ducking([Noticing()], hold_s=0.01)
    ducking.duck("dead")
    async with asyncio.timeout(5):
        await loud.wait()
    assert ducking.depth == 0


async def test_a_speaker_that_comes_while_somebody_speaks_is_quiet_too(player: FakePlayer) -> None:
    ducking, late = Ducking([player]), FakePlayer("late")
    ducking.duck("kitchen")
    ducking.add(late)
    assert late.ducked
    ducking.unduck("kitchen")
    assert not late.ducked


async def test_a_player_without_volume_is_left_alone() -> None:
    fixed = FakePlayer(capabilities=frozenset({PlayerCapability.PAUSE}))
    able = FakePlayer()
    ducking = Ducking([fixed, able])
    ducking.duck("voice")
    assert (fixed.ducked, able.ducked) == (False, True)
    ducking.clear()


async def test_a_volume_asked_for_meanwhile_is_kept(playback: Playback, player: FakePlayer) -> None:
    await playback.play([ONE])
    await playback.set_volume(80)
    playback.duck("voice")
    assert playback.ducked
    assert playback.state.volume == 80  # never the ducked one
    await playback.volume_change(-30)
    playback.unduck("voice")
    assert (playback.state.volume, player.ducked, playback.ducked) == (50, False, False)
    assert playback._memory.volume(player.name) == 50


async def test_a_pause_during_a_turn_stays_a_pause(playback: Playback, player: FakePlayer) -> None:
    await playback.play([ONE])
    playback.duck("voice")
    await playback.pause()
    playback.unduck("voice")
    assert playback.state.status is PlaybackStatus.PAUSED
    assert player.commands.count("resume") == 0


async def test_ducking_does_not_wait_for_a_command_that_takes_long(
    playback: Playback, player: FakePlayer
) -> None:
    async with playback._lock:
        playback.duck("voice")
        assert player.ducked


async def test_closing_leaves_nothing_ducked(playback: Playback, player: FakePlayer) -> None:
    playback.duck("voice")
    await playback.close()
    assert not player.ducked


async def test_pages_are_told_and_so_are_those_that_come_later() -> None:
    browser = BrowserPlayer(page_track)
    first = ScriptedPage(browser).open()
    players: list[Player] = [browser]
    ducking = Ducking(players)
    await browser.play(LONG)
    ducking.duck("voice")
    second = ScriptedPage(browser).open()
    assert (first.ducked, second.ducked) == (True, True)
    await browser.set_volume(40)
    assert (browser.state.volume, first.volume) == (40, 40)
    ducking.unduck("voice")
    assert (first.ducked, second.ducked) == (False, False)
    assert browser.state.volume == 40
    for page in (first, second):
        page.reload()
    await browser.close()


async def test_a_page_that_comes_back_is_told_again() -> None:
    browser = BrowserPlayer(page_track)
    page = ScriptedPage(browser).open()
    browser.duck(True)
    page.drop_connection()
    assert not page.ducked  # nobody could tell it when to be loud again
    page.open()
    assert page.ducked
    page.reload()
