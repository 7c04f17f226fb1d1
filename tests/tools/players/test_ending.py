"""Music that is to end with the song that plays, though more stands in the queue."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.history import History
from knowledge.models import Queue, RepeatMode
from knowledge.queue import QueueStore
from player_fake import FakePlayer
from player_tracks import Clock, store_tracks, track
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus

pytestmark = pytest.mark.integration
SONGS = tuple(track(number, title) for number, title in enumerate(("one", "two", "three"), 1))


class Wish:
    """What the music ends with; counts how often it did."""

    def __init__(self) -> None:
        self.ends = True
        self.ended = 0

    def ends_now(self, _queue: Queue) -> bool:
        return self.ends

    def has_ended(self) -> None:
        self.ended += 1


@pytest.fixture
def player() -> FakePlayer:
    return FakePlayer()


@pytest.fixture
def wish() -> Wish:
    return Wish()


@pytest.fixture
async def playback(tmp_path: Path, player: FakePlayer, wish: Wish) -> AsyncIterator[Playback]:
    database = Database.at(tmp_path / "library.db")
    catalog = store_tracks(database, SONGS)
    clock = Clock()
    made = Playback(
        QueueStore(database, catalog),
        History(database, catalog),
        [player],
        clock=clock,
        stopwatch=clock.stopwatch,
    )
    made.end_with(wish.ends_now, wish.has_ended)
    yield made
    await made.close()
    database.close()


async def test_the_player_is_not_told_what_follows_and_the_music_ends(
    playback: Playback, player: FakePlayer, wish: Wish
) -> None:
    await playback.play(SONGS)
    assert player.commands == ["play one", "prepare None"]
    player.end_track()
    await playback.settled()
    assert playback.state.status is PlaybackStatus.IDLE
    assert wish.ended == 1


async def test_going_on_later_begins_with_the_next_song(
    playback: Playback, player: FakePlayer, wish: Wish
) -> None:
    await playback.play(SONGS)
    player.end_track()
    await playback.settled()
    wish.ends = False
    await playback.resume()
    assert player.playing is not None
    assert player.playing.track.title == "two"


async def test_a_wish_in_the_middle_of_a_song_takes_back_what_was_prepared(
    playback: Playback, player: FakePlayer, wish: Wish
) -> None:
    wish.ends = False
    await playback.play(SONGS)
    wish.ends = True
    await playback.look_ahead()
    assert player.commands == ["play one", "prepare two", "prepare None"]
    wish.ends = False
    await playback.look_ahead()
    assert player.commands[-1] == "prepare two"


async def test_a_player_that_went_on_all_the_same_is_stopped(
    playback: Playback, player: FakePlayer, wish: Wish
) -> None:
    wish.ends = False
    await playback.play(SONGS)
    wish.ends = True  # in the last moment: the player never hears of it
    player.end_track()
    await playback.settled()
    assert playback.state.status is PlaybackStatus.IDLE
    assert playback.queue.current is not None
    assert playback.queue.current.track.title == "two"
    assert wish.ended == 1


async def test_repeating_a_song_does_not_hold_it_back(
    playback: Playback, player: FakePlayer, wish: Wish
) -> None:
    await playback.play(SONGS)
    await playback.repeat(RepeatMode.ONE)
    player.end_track()
    await playback.settled()
    assert playback.state.status is PlaybackStatus.IDLE
    assert wish.ended == 1


async def test_a_volume_on_the_way_to_another_is_not_remembered(
    playback: Playback, player: FakePlayer
) -> None:
    await playback.play(SONGS)
    await playback.set_volume(70)
    await playback.set_volume(10, remember=False)
    await playback.stop(keep_place=True)
    player.disconnect()
    player.reconnect()
    await playback.settled()
    await playback.resume()
    assert playback.state.volume == 70


async def test_a_stop_that_keeps_the_place_goes_on_there(
    playback: Playback, player: FakePlayer
) -> None:
    await playback.play(SONGS)
    player.pass_time(42.0)
    await playback.stop(keep_place=True)
    assert (await playback.resume()).position_s == 42.0
