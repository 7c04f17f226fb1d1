"""An evening on a real MPD: track after track without a gap, and a daemon that goes and returns."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.history import History
from knowledge.queue import QueueStore
from player_mpd import RealMpd, pitches, real_mpd
from player_sound_server import sound_server
from player_sounds import write_tone
from player_tracks import store_tracks, track
from tools.errors import NoPlayer
from tools.players.mpd import MpdPlayer
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus

pytestmark = pytest.mark.integration

HERTZ = {1: 200.0, 2: 400.0, 3: 800.0, 4: 600.0}
LENGTHS = {1: 1.6, 2: 1.6, 3: 1.6, 4: 30.0}
TRACKS = tuple(track(number, f"tone {number}", duration_s=LENGTHS[number]) for number in HERTZ)


@dataclass
class Evening:
    playback: Playback
    player: MpdPlayer
    mpd: RealMpd

    @property
    def playing(self) -> str | None:
        current = self.playback.queue.current
        sounds = self.playback.state.status is PlaybackStatus.PLAYING
        return current.track.title if sounds and current is not None else None

    async def until(self, holds: Callable[[], bool], timeout_s: float = 30.0) -> None:
        deadline = time.monotonic() + timeout_s
        while not holds():
            assert time.monotonic() < deadline, (self.player.state, self.playback.queue)
            await asyncio.sleep(0.02)


@asynccontextmanager
async def evening(folder: Path) -> AsyncIterator[Evening]:
    for number, hertz in HERTZ.items():
        write_tone(folder / f"{number}.wav", LENGTHS[number], hertz)
    database = await asyncio.to_thread(Database.at, folder / "library.db")
    catalog = await asyncio.to_thread(store_tracks, database, TRACKS)
    with real_mpd(folder / "mpd") as mpd:
        async with sound_server(lambda number: folder / f"{number}.wav") as served:
            player = MpdPlayer(served, name="kitchen", port=mpd.port)
            playback = Playback(QueueStore(database, catalog), History(database, catalog), [player])
            made = Evening(playback, player, mpd)
            player.start()
            await made.until(lambda: player.connected)
            try:
                yield made
            finally:
                await playback.close()
                database.close()


async def test_three_tracks_follow_each_other_without_a_gap(tmp_path: Path) -> None:
    async with evening(tmp_path) as here:
        await here.playback.play(TRACKS)
        await here.until(lambda: here.playing == "tone 4")
        await here.until(lambda: here.playback.state.position_s > 0.6)
        await here.playback.stop()
        await asyncio.to_thread(here.mpd.stop)
        heard = pitches(*here.mpd.recorded())

    sounding = heard[heard.index(200.0) : len(heard) - heard[::-1].index(600.0)]
    assert 0.0 not in sounding, "no piece of a tenth of a second is silent"
    assert [sounding.count(hertz) for hertz in (200.0, 400.0, 800.0)] == pytest.approx(
        [16, 16, 16], abs=2
    )


async def test_a_queue_that_changes_at_the_last_moment_is_followed(tmp_path: Path) -> None:
    async with evening(tmp_path) as here:
        await here.playback.play([TRACKS[0], TRACKS[1]])
        await here.until(lambda: here.playback.state.position_s > 1.0)
        await here.playback.play_next([TRACKS[3]])
        await here.until(lambda: here.playing == "tone 4")


async def test_a_daemon_that_was_killed_goes_on_where_it_was_when_asked(tmp_path: Path) -> None:
    async with evening(tmp_path) as here:
        await here.playback.play([TRACKS[3]])
        await here.playback.seek(12.0)
        await here.until(lambda: here.playback.state.position_s > 12.3)
        await asyncio.to_thread(here.mpd.kill)
        await here.until(lambda: not here.player.connected)
        with pytest.raises(NoPlayer):
            await here.playback.resume()
        await asyncio.to_thread(here.mpd.start)
        await here.until(lambda: here.player.connected)
        state = await here.playback.resume()
        assert state.status is PlaybackStatus.PLAYING
        assert state.position_s == pytest.approx(12.5, abs=1.5)


async def test_a_daemon_that_goes_on_by_itself_is_followed(tmp_path: Path) -> None:
    """MPD keeps its queue in a file when it is ended in order, and plays on after that."""
    async with evening(tmp_path) as here:
        await here.playback.play([TRACKS[3], TRACKS[0]])
        await here.until(lambda: here.playback.state.position_s > 2.0)
        await asyncio.to_thread(here.mpd.stop)
        await here.until(lambda: not here.player.connected)
        assert here.playing is None
        await asyncio.to_thread(here.mpd.start)
        await here.until(lambda: here.playing == "tone 4")
        assert here.playback.state.position_s > 1.5
        assert (await here.playback.pause()).status is PlaybackStatus.PAUSED
        assert (await here.playback.next()).status is PlaybackStatus.PLAYING
        await here.until(lambda: here.playing == "tone 1")
