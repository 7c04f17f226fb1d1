"""Playback says only what a player confirmed, and keeps queue, player and history in step."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.history import History
from knowledge.models import PlayEventKind, Queue, RepeatMode
from knowledge.queue import QueueStore
from player_fake import Answer, FakePlayer
from player_tracks import Clock, store_tracks, track
from tools.errors import (
    NoPlayer,
    NothingPlaying,
    PlayerNotResponding,
    PlayerRefused,
    QueueEmpty,
    ToolError,
)
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, PlayerCapability, PlayerState

pytestmark = pytest.mark.integration

ONE, TWO, THREE, FOUR, FIVE = (
    track(number, title) for number, title in enumerate(("one", "two", "three", "four", "five"), 1)
)
ALL = (ONE, TWO, THREE, FOUR, FIVE)


@dataclass
class Room:
    """One installation: a library, a player and the playback between them."""

    store: QueueStore
    history: History
    player: FakePlayer
    clock: Clock
    playback: Playback
    heard: list[tuple[Queue, PlayerState]] = field(default_factory=list)

    def titles(self) -> str:
        return " ".join(item.track.title for item in self.playback.queue.items)

    def sounding(self) -> str | None:
        return self.player.playing.track.title if self.player.playing else None

    def events(self, *kinds: PlayEventKind) -> list[tuple[str, str, float]]:
        found = self.history.last(50, kinds or tuple(PlayEventKind))
        return [(e.kind.value, e.track.title, e.played_s) for e in reversed(found)]

    def restart(self, *players: FakePlayer) -> Playback:
        return Playback(
            self.store,
            self.history,
            players or (self.player,),
            clock=self.clock,
            stopwatch=self.clock.stopwatch,
        )


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    yield opened
    opened.close()


@pytest.fixture
async def room(database: Database) -> AsyncIterator[Room]:
    catalog = store_tracks(database, ALL)
    store, history = QueueStore(database, catalog), History(database, catalog)
    player, clock = FakePlayer(), Clock()
    playback = Playback(store, history, [player], clock=clock, stopwatch=clock.stopwatch)
    made = Room(store, history, player, clock, playback)
    playback.listen(lambda queue, state: made.heard.append((queue, state)))
    yield made
    await playback.close()


async def test_playing_is_said_after_the_player_confirmed(room: Room) -> None:
    state = await room.playback.play(ALL, start=1)
    assert state.status is PlaybackStatus.PLAYING
    assert room.playback.queue.current is not None
    assert state.item_id == room.playback.queue.current.id
    assert room.sounding() == "two"
    assert room.player.commands == ["play two", "prepare three"]
    assert room.heard[-1] == (room.playback.queue, state)
    assert room.store.load() == room.playback.queue


async def test_without_a_player_nothing_changes(room: Room) -> None:
    room.player.disconnect()
    with pytest.raises(NoPlayer):
        await room.playback.play(ALL)
    assert room.playback.queue == Queue()
    assert room.playback.player is None
    assert room.playback.state.status is PlaybackStatus.IDLE
    for command in (room.playback.resume, room.playback.pause, room.playback.next):
        with pytest.raises(ToolError):
            await command()


async def test_a_silent_player_is_not_said_to_play(room: Room) -> None:
    room.player.answer = Answer.STAY_SILENT
    with pytest.raises(PlayerNotResponding) as caught:
        await room.playback.play([ONE])
    assert caught.value.next_step
    assert room.playback.state.status is PlaybackStatus.IDLE
    assert room.titles() == "one"
    assert room.events() == []


async def test_a_player_that_goes_away_while_asked(room: Room) -> None:
    room.player.answer = Answer.DISCONNECT
    with pytest.raises(NoPlayer):
        await room.playback.play(ALL)
    assert room.playback.state.status is PlaybackStatus.IDLE


async def test_a_refused_track_is_an_error_when_nothing_else_is_there(room: Room) -> None:
    room.player.refused_titles = {"one"}
    with pytest.raises(PlayerRefused, match="one cannot be decoded"):
        await room.playback.play([ONE])
    assert room.playback.problem is not None
    assert room.playback.problem.item.track is ONE


async def test_a_refused_track_is_passed_over_when_others_follow(room: Room) -> None:
    room.player.refused_titles = {"one", "two"}
    state = await room.playback.play(ALL)
    assert room.sounding() == "three"
    assert room.playback.queue.current is not None
    assert state.item_id == room.playback.queue.current.id
    assert room.playback.problem is not None
    assert room.playback.problem.item.track is TWO


async def test_three_refused_tracks_are_enough(room: Room) -> None:
    room.player.answer = Answer.REFUSE
    with pytest.raises(PlayerRefused):
        await room.playback.play(ALL)
    assert room.player.commands == ["play one", "play two", "play three"]


async def test_playing_nothing_is_an_error(room: Room) -> None:
    with pytest.raises(QueueEmpty):
        await room.playback.play([])


async def test_next_and_previous(room: Room) -> None:
    await room.playback.play((ONE, TWO))
    await room.playback.next()
    assert room.sounding() == "two"
    with pytest.raises(QueueEmpty):
        await room.playback.next()
    assert room.sounding() == "two"
    await room.playback.previous()
    await room.playback.previous()
    assert room.sounding() == "one"


async def test_jumping(room: Room) -> None:
    await room.playback.play(ALL)
    await room.playback.jump(room.playback.queue.items[3].id)
    assert room.sounding() == "four"


async def test_pause_resume_seek_stop(room: Room) -> None:
    playback = room.playback
    with pytest.raises(NothingPlaying):
        await playback.pause()
    with pytest.raises(NothingPlaying):
        await playback.seek(3)
    await playback.play(ALL)
    assert (await playback.pause()).status is PlaybackStatus.PAUSED
    assert (await playback.pause()).status is PlaybackStatus.PAUSED
    assert (await playback.resume()).status is PlaybackStatus.PLAYING
    assert (await playback.resume()).status is PlaybackStatus.PLAYING
    assert (await playback.seek(-5)).position_s == 0.0
    assert (await playback.seek(9_999)).position_s == ONE.duration_s
    with pytest.raises(ValueError, match="number"):
        await playback.seek(float("nan"))
    assert (await playback.stop()).status is PlaybackStatus.IDLE
    assert room.player.commands.count("pause") == 1
    await playback.resume()
    assert room.sounding() == "one"


async def test_what_a_player_cannot_do_is_refused(room: Room, database: Database) -> None:
    plain = FakePlayer("plain", capabilities=frozenset({PlayerCapability.PAUSE}))
    playback = room.restart(plain)
    await playback.play([ONE])
    with pytest.raises(PlayerRefused, match="cannot seek"):
        await playback.seek(1)
    with pytest.raises(PlayerRefused, match="volume"):
        await playback.set_volume(3)
    await playback.close()


async def test_the_device_goes_on_by_itself(room: Room) -> None:
    await room.playback.play((ONE, TWO))
    room.clock.pass_time(200)
    room.player.end_track()
    await room.playback.settled()
    assert room.playback.queue.position == 1
    assert room.player.commands[-1] == "prepare None"
    assert room.store.load().position == 1
    room.clock.pass_time(150)
    room.player.end_track()
    await room.playback.settled()
    assert room.playback.queue.position is None
    assert room.playback.state.status is PlaybackStatus.IDLE
    assert room.events() == [("play", "one", 200.0), ("play", "two", 150.0)]
    await room.playback.resume()
    assert room.sounding() == "one"


async def test_a_device_that_cannot_prepare_is_told_to_play_the_next(room: Room) -> None:
    await room.playback.play((ONE, TWO))
    room.player.prepared = None
    room.player.end_track()
    await room.playback.settled()
    assert room.sounding() == "two"


async def test_repeating(room: Room) -> None:
    await room.playback.play((ONE, TWO), start=1)
    await room.playback.repeat(RepeatMode.ALL)
    assert room.player.prepared is not None
    assert room.player.prepared.track is ONE
    await room.playback.repeat(RepeatMode.ONE)
    assert room.player.prepared.track is TWO
    for _ in range(3):
        room.player.end_track()
        await room.playback.settled()
    assert room.sounding() == "two"
    assert len(room.events(PlayEventKind.PLAY)) == 4
    assert room.player.prepared.track is TWO


async def test_what_follows_is_prepared_whenever_it_changes(room: Room) -> None:
    await room.playback.play((ONE, TWO))
    await room.playback.add((FOUR,))
    assert room.player.commands == ["play one", "prepare two"]
    await room.playback.play_next((THREE,))
    await room.playback.move(room.playback.queue.items[3].id, 1)
    await room.playback.remove([room.playback.queue.items[1].id])
    await room.playback.remove([item.id for item in room.playback.queue.items[1:]])
    assert room.player.commands[2:] == [
        "prepare three",
        "prepare four",
        "prepare three",
        "prepare None",
    ]


async def test_shuffling_keeps_what_plays(room: Room) -> None:
    await room.playback.play(ALL, start=2)
    await room.playback.shuffle(True)
    assert room.playback.queue.position == 0
    assert room.sounding() == "three"
    await room.playback.shuffle(False)
    assert room.titles() == "one two three four five"
    assert room.player.prepared is not None
    assert room.player.prepared.track is FOUR
    assert room.player.commands.count("play three") == 1


async def test_removing_what_plays_plays_the_next(room: Room) -> None:
    await room.playback.play((ONE, TWO))
    await room.playback.remove([room.playback.queue.items[0].id])
    assert room.sounding() == "two"
    await room.playback.remove([room.playback.queue.items[0].id])
    assert room.sounding() is None


async def test_clearing_is_silence_and_undo_brings_it_back(room: Room) -> None:
    await room.playback.play((ONE, TWO), start=1)
    room.player.pass_time(60)
    await room.playback.clear()
    assert room.sounding() is None
    assert room.playback.queue.items == ()
    await room.playback.undo()
    assert room.titles() == "one two"
    assert room.playback.queue.current is not None
    assert room.playback.queue.current.track is TWO
    assert (await room.playback.resume()).position_s == 60.0
    assert room.sounding() == "two"


async def test_undoing_a_wrong_play_goes_on_where_it_was(room: Room) -> None:
    await room.playback.play((ONE, TWO))
    room.player.pass_time(42)
    await room.playback.play((THREE,))
    await room.playback.undo()
    assert room.titles() == "one two"
    assert room.sounding() == "one"
    assert room.playback.state.position_s == 42


async def test_undoing_an_edit_does_not_disturb_what_plays(room: Room) -> None:
    await room.playback.play((ONE, TWO))
    await room.playback.add((THREE,))
    room.player.end_track()
    await room.playback.settled()
    await room.playback.undo()
    assert room.titles() == "one two"
    assert room.sounding() == "two"
    assert room.playback.queue.position == 1
    assert room.player.commands.count("play two") == 0


async def test_there_may_be_nothing_to_undo(room: Room) -> None:
    with pytest.raises(QueueEmpty, match="undo"):
        await room.playback.undo()


async def test_a_track_that_fails_while_playing_is_passed_over(room: Room) -> None:
    await room.playback.play(ALL)
    room.player.fail("the file is broken")
    await room.playback.settled()
    assert room.sounding() == "two"
    assert room.playback.problem is not None
    assert room.playback.problem.message == "the file is broken"
    room.player.fail()
    await room.playback.settled()
    room.player.fail()
    await room.playback.settled()
    assert room.sounding() is None
    assert room.playback.queue.position == 2
    assert room.heard[-1][1].status is PlaybackStatus.IDLE


async def test_a_disconnected_player_leaves_the_queue_and_the_place(room: Room) -> None:
    await room.playback.play((ONE, TWO))
    room.player.pass_time(30)
    room.player.disconnect()
    await room.playback.settled()
    assert room.heard[-1][1].status is PlaybackStatus.IDLE
    assert room.titles() == "one two"
    room.player.reconnect()
    state = await room.playback.resume()
    assert state.position_s == 30.0


async def test_someone_uses_the_buttons_of_the_device(room: Room) -> None:
    await room.playback.play([ONE])
    room.clock.pass_time(20)
    room.player.change(PlaybackStatus.PAUSED)
    await room.playback.settled()
    room.clock.pass_time(1_000)
    room.player.change(PlaybackStatus.PLAYING)
    await room.playback.settled()
    room.clock.pass_time(5)
    await room.playback.stop()
    assert room.heard[-1][1].status is PlaybackStatus.IDLE
    assert room.events() == [("play", "one", 25.0)]


async def test_a_late_event_of_an_old_track_is_ignored(room: Room) -> None:
    await room.playback.play((ONE, TWO, THREE))
    room.player.end_track()  # the device goes on to "two" in the very moment ...
    await room.playback.play((FOUR, FIVE))  # ... in which something else is asked for
    await room.playback.settled()
    assert room.sounding() == "four"
    assert room.playback.queue.position == 0


async def test_skips_are_told_from_plays(room: Room) -> None:
    await room.playback.play(ALL, session_id="s")
    room.clock.pass_time(10)
    await room.playback.next()
    room.clock.pass_time(31)
    await room.playback.next()
    room.clock.pass_time(1)
    await room.playback.stop()
    assert room.events() == [
        ("play", "one", 10.0),
        ("skip", "one", 10.0),
        ("play", "two", 31.0),
        ("play", "three", 1.0),
    ]
    assert {event.session_id for event in room.history.last(9)} == {"s"}
    assert {event.player for event in room.history.last(9)} == {"fake"}


async def test_half_of_a_short_track_is_not_skipped(room: Room, database: Database) -> None:
    short = track(4, "four", duration_s=20.0)
    await room.playback.play((short, ONE))
    room.clock.pass_time(11)
    await room.playback.next()
    assert [kind for kind, _, _ in room.events()] == ["play", "play"]


async def test_volume_is_remembered_for_each_player(room: Room) -> None:
    other = FakePlayer("other")
    playback = room.restart(room.player, other)
    await playback.set_volume(30)
    assert (await playback.volume_change(-50)).volume == 0
    assert (await playback.volume_change(40)).volume == 40
    await playback.select("other")
    await playback.set_volume(150)
    await playback.close()

    fresh, fresh_other = FakePlayer(), FakePlayer("other")
    again = room.restart(fresh, fresh_other)
    await again.select("fake")
    await again.play([ONE])
    assert fresh.state.volume == 40
    await again.select("other")
    assert fresh_other.state.volume == 100
    await again.close()


async def test_mute_and_back(room: Room) -> None:
    await room.playback.set_volume(30)
    muted = await room.playback.mute()
    assert (muted.volume, muted.muted) == (30, True)
    loud = await room.playback.mute(False)
    assert (loud.volume, loud.muted) == (30, False)
    await room.playback.mute()
    assert (await room.playback.volume_change(10)) == PlayerState(volume=40)


async def test_the_music_moves_to_another_player(room: Room) -> None:
    other = FakePlayer("kitchen")
    playback = room.restart(room.player, other)
    await playback.play((ONE, TWO))
    room.player.pass_time(50)
    state = await playback.select("kitchen")
    assert playback.player is other
    assert (state.status, state.position_s) == (PlaybackStatus.PLAYING, 50.0)
    assert room.sounding() is None
    assert other.prepared is not None
    with pytest.raises(NoPlayer, match="attic"):
        await playback.select("attic")
    room.player.fail("an event of a player that is not in use")
    await playback.settled()
    assert playback.state.status is PlaybackStatus.PLAYING
    await playback.close()


async def test_a_paused_track_moves_paused(room: Room) -> None:
    other = FakePlayer("kitchen")
    playback = room.restart(room.player, other)
    await playback.play((ONE, TWO))
    room.player.pass_time(50)
    await playback.pause()
    await playback.select("kitchen")
    assert other.commands == []
    assert (await playback.resume()).position_s == 50.0
    assert other.playing is not None
    await playback.close()


async def test_the_first_connected_player_is_used_and_stays(room: Room) -> None:
    room.player.disconnect()
    other = FakePlayer("kitchen")
    playback = room.restart(room.player, other)
    await playback.play([ONE])
    room.player.reconnect()
    assert playback.player is other
    await playback.stop()
    assert playback.player is room.player
    await playback.close()


async def test_after_a_restart_nothing_plays_but_everything_is_there(room: Room) -> None:
    await room.playback.play(ALL, start=2)
    room.player.pass_time(77)
    await room.playback.close()
    player = FakePlayer()
    playback = room.restart(player)
    assert playback.state.status is PlaybackStatus.IDLE
    assert playback.queue == room.playback.queue
    await playback.resume()
    assert player.commands[0] == "play three"
    assert player.state.position_s == 77.0
    await playback.close()


async def test_settings_are_kept_and_told(room: Room) -> None:
    await room.playback.set_settings(crossfade_s=99, levelling=False)
    assert room.player.settings.crossfade_s == 12.0
    fresh = FakePlayer()
    playback = room.restart(fresh)
    assert (playback.settings.crossfade_s, playback.settings.levelling) == (12.0, False)
    assert fresh.settings == playback.settings
    await playback.close()
    with pytest.raises(ValueError, match="number"):
        await room.playback.set_settings(crossfade_s=float("inf"))


async def test_commands_at_the_same_time_come_one_after_the_other(room: Room) -> None:
    await asyncio.gather(
        room.playback.play(ALL),
        room.playback.next(),
        room.playback.add((ONE,)),
        room.playback.next(),
    )
    assert room.titles() == "one two three four five one"
    assert room.sounding() == "three"
    assert room.store.load() == room.playback.queue


async def test_a_listener_that_fails_harms_nobody(room: Room) -> None:
    def broken(queue: Queue, state: PlayerState) -> None:
        raise RuntimeError(str(state))

    room.playback.listen(broken)
    room.playback.listen(lambda queue, state: room.heard.append((queue, state)))
    await room.playback.play([ONE])
    assert len(room.heard) == 2


async def test_editing_needs_no_player(room: Room) -> None:
    room.player.disconnect()
    await room.playback.add((ONE, TWO))
    await room.playback.shuffle(True)
    assert room.playback.queue.current is not None
    assert room.playback.queue.current.track is ONE
    assert room.player.commands == []
