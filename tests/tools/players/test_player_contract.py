"""What playback may expect of every player, whatever it is made of."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from player_rigs import LONG_S, Rig, rig
from tools.errors import PlayerRefused
from tools.players.player import PlaybackStatus, PlayerCapability, PlayerEventKind

pytestmark = pytest.mark.integration

PLAYING, PAUSED, IDLE = PlaybackStatus.PLAYING, PlaybackStatus.PAUSED, PlaybackStatus.IDLE


@pytest.fixture(params=["fake", "silent", "browser", "mpv", "mpd", "snapcast"])
async def room(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Rig]:
    async with rig(request.param, tmp_path) as made:
        yield made


async def test_it_is_idle_at_first(room: Rig) -> None:
    assert room.player.connected
    assert room.player.name
    assert room.player.state.status is IDLE
    assert room.player.state.item_id is None


async def test_playing_means_that_time_goes_on(room: Rig) -> None:
    state = await room.player.play(room.long)
    assert (state.status, state.item_id) == (PLAYING, "long")
    assert state.duration_s == pytest.approx(LONG_S, abs=0.2)
    await room.until(lambda: room.player.state.position_s > state.position_s + 0.2)


async def test_it_begins_where_asked(room: Rig) -> None:
    state = await room.player.play(room.long, start_s=8.0)
    assert state.position_s == pytest.approx(8.0, abs=1.5)


async def test_pause_holds_and_resume_goes_on(room: Rig) -> None:
    await room.player.play(room.long)
    paused = await room.player.pause()
    assert (paused.status, paused.item_id) == (PAUSED, "long")
    held = room.player.state.position_s
    for _ in range(3):
        await room.until(lambda: True)
    assert room.player.state.position_s == pytest.approx(held, abs=0.05)
    resumed = await room.player.resume()
    assert resumed.status is PLAYING
    await room.until(lambda: room.player.state.position_s > held + 0.1)


async def test_seeking_while_playing_and_while_paused(room: Rig) -> None:
    await room.player.play(room.long)
    assert (await room.player.seek(12.0)).position_s == pytest.approx(12.0, abs=0.5)
    await room.until(lambda: room.player.state.position_s > 12.1)
    await room.player.pause()
    state = await room.player.seek(3.0)
    assert state.position_s == pytest.approx(3.0, abs=0.5)
    assert state.status is PAUSED
    assert (await room.player.resume()).position_s == pytest.approx(3.0, abs=1.0)


async def test_volume_and_mute(room: Rig) -> None:
    assert PlayerCapability.VOLUME in room.player.capabilities
    state = await room.player.set_volume(35)
    assert (state.volume, state.muted) == (35, False)
    await room.player.play(room.long)
    state = await room.player.set_volume(35, muted=True)
    assert (state.volume, state.muted) == (35, True)
    assert room.player.state.status is PLAYING
    state = await room.player.set_volume(0)
    assert (state.volume, state.muted) == (0, False)


async def test_stopping(room: Rig) -> None:
    await room.player.play(room.long)
    await room.player.prepare(room.other)
    state = await room.player.stop()
    assert (state.status, state.item_id) == (IDLE, None)
    await room.player.stop()
    assert room.player.state.status is IDLE
    assert (await room.player.play(room.long)).status is PLAYING


async def test_another_track_takes_the_place_of_the_first(room: Rig) -> None:
    await room.player.play(room.long)
    await room.player.prepare(room.short)
    state = await room.player.play(room.other)
    assert (state.status, state.item_id) == (PLAYING, "other")
    ended = await room.heard(PlayerEventKind.ENDED)  # what was prepared before is forgotten
    assert ended.state.item_id == "other"


async def test_it_goes_on_with_what_was_prepared(room: Rig) -> None:
    await room.player.play(room.short)
    await room.player.prepare(room.long)
    advanced = await room.heard(PlayerEventKind.ADVANCED)
    assert (advanced.state.status, advanced.state.item_id) == (PLAYING, "long")
    await room.until(lambda: room.player.state.position_s > 0.2)
    assert room.player.state.item_id == "long"
    assert room.player.state.duration_s == pytest.approx(LONG_S, abs=0.2)
    assert all(event.kind is not PlayerEventKind.ENDED for event in room.events)


async def test_what_is_prepared_can_change(room: Rig) -> None:
    await room.player.play(room.short)
    await room.player.prepare(room.other)
    await room.player.prepare(room.long)
    advanced = await room.heard(PlayerEventKind.ADVANCED)
    assert advanced.state.item_id == "long"


async def test_what_is_prepared_can_be_taken_back(room: Rig) -> None:
    await room.player.play(room.short)
    await room.player.prepare(room.other)
    await room.player.prepare(None)
    ended = await room.heard(PlayerEventKind.ENDED)
    assert (ended.state.status, ended.state.item_id) == (IDLE, "short")
    assert room.player.state.status is IDLE


async def test_the_same_track_can_follow_itself(room: Rig) -> None:
    await room.player.play(room.short)
    await room.player.prepare(room.short)
    advanced = await room.heard(PlayerEventKind.ADVANCED)
    assert advanced.state.item_id == "short"
    await room.heard(PlayerEventKind.ENDED)


async def test_a_broken_file_is_refused(room: Rig) -> None:
    with pytest.raises(PlayerRefused):
        await room.player.play(room.broken)
    assert room.player.state.status is IDLE
    assert (await room.player.play(room.long)).status is PLAYING


async def test_a_broken_file_while_another_plays_is_silence(room: Rig) -> None:
    await room.player.play(room.long)
    with pytest.raises(PlayerRefused):
        await room.player.play(room.broken)
    assert room.player.state.status is IDLE


async def test_a_broken_file_that_was_prepared_fails_in_its_turn(room: Rig) -> None:
    await room.player.play(room.short)
    await room.player.prepare(room.broken)
    failed = await room.heard(PlayerEventKind.FAILED)
    assert (failed.state.status, failed.state.item_id) == (IDLE, "broken")
    assert failed.message
    assert room.player.state.status is IDLE


async def test_after_closing_nothing_sounds(room: Rig) -> None:
    await room.player.play(room.long)
    await room.player.close()
    assert room.player.state.status is IDLE
