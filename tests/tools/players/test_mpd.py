"""A real MPD: what came out of it, and what happens when it goes away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from player_mpd import RealMpd, pitches, real_mpd
from player_rigs import LONG, Rig
from player_sound_server import sound_server
from player_sounds import write_steps, write_tone
from tools.errors import NoPlayer, PlayerRefused
from tools.players.mpd import MpdPlayer
from tools.players.player import PlaybackStatus, PlayerEventKind

pytestmark = pytest.mark.integration


@dataclass
class Stereo(Rig):
    mpd: RealMpd | None = None

    @property
    def device(self) -> RealMpd:
        assert self.mpd is not None
        return self.mpd


@asynccontextmanager
async def stereo(folder: Path) -> AsyncIterator[Stereo]:
    write_tone(folder / "1.wav", 20.0, 200.0)
    write_steps(folder / "2.wav", 12)
    with real_mpd(folder) as mpd:
        async with sound_server(lambda track_id: folder / f"{track_id}.wav") as served:
            player = MpdPlayer(served, name="kitchen", port=mpd.port)
            rig = Stereo(player, mpd=mpd)
            player.start()
            await rig.until(lambda: player.connected)
            player.listen(rig.events.append)
            try:
                yield rig
            finally:
                await player.close()


async def test_the_sound_that_comes_out_is_the_one_that_was_asked_for(tmp_path: Path) -> None:
    async with stereo(tmp_path) as rig:
        await rig.player.play(rig.short)  # 400 Hz in its first second, 500 in the next one
        await rig.player.prepare(rig.long)  # 200 Hz
        await rig.player.seek(10.5)
        await rig.heard(PlayerEventKind.ADVANCED)
        await rig.until(lambda: rig.player.state.position_s > 0.8)
        await rig.player.stop()
        await asyncio.to_thread(rig.device.stop)
        heard = pitches(*rig.device.recorded())

    assert 400.0 in heard
    assert 1200.0 not in heard, "the seconds between were passed over"
    assert 1500.0 in heard, "the last second was not"
    end = heard.index(1500.0)
    between = heard[end : heard.index(200.0, end)]
    assert 0.0 not in between, "there is no gap before what follows"
    assert heard[end:].count(200.0) >= 6


async def test_it_comes_back_when_mpd_does(tmp_path: Path) -> None:
    async with stereo(tmp_path) as rig:
        await rig.player.play(rig.long)
        await asyncio.to_thread(rig.device.kill)
        lost = await rig.heard(PlayerEventKind.DISCONNECTED)
        assert (lost.state.item_id, lost.state.status) == ("long", PlaybackStatus.IDLE)
        assert not rig.player.connected
        assert rig.player.state.status is PlaybackStatus.IDLE
        with pytest.raises(NoPlayer):
            await rig.player.play(rig.long)
        await asyncio.to_thread(rig.device.start)
        await rig.until(lambda: rig.player.connected)
        assert (await rig.player.play(rig.long)).status is PlaybackStatus.PLAYING


async def test_ducking_is_heard_but_not_shown(tmp_path: Path) -> None:
    async with stereo(tmp_path) as rig:
        player = rig.player
        assert isinstance(player, MpdPlayer)
        await player.set_volume(80)
        await player.play(rig.long)
        player.duck(True)
        await asyncio.sleep(0.3)
        assert await volume_of(rig.device) == 10
        assert player.state.volume == 80
        await player.set_volume(40)
        assert await volume_of(rig.device) == 5
        assert player.state.volume == 40
        player.duck(False)
        await asyncio.sleep(0.3)
        assert await volume_of(rig.device) == 40


async def test_somebody_else_at_the_controls_is_noticed(tmp_path: Path) -> None:
    async with stereo(tmp_path) as rig:
        await rig.player.play(rig.long)
        await command(rig.device, "pause 1")
        await rig.until(lambda: rig.player.state.status is PlaybackStatus.PAUSED)
        await command(rig.device, "setvol 33")
        await rig.until(lambda: rig.player.state.volume == 33)
        await command(rig.device, "clear")
        await rig.until(lambda: rig.player.state.status is PlaybackStatus.IDLE)


async def test_a_missing_recording_is_refused(tmp_path: Path) -> None:
    async with stereo(tmp_path) as rig:
        (tmp_path / "1.wav").unlink()
        with pytest.raises(PlayerRefused):
            await rig.player.play(LONG)
        assert rig.player.state.status is PlaybackStatus.IDLE


async def command(mpd: RealMpd, line: str) -> str:
    """Say something to MPD as another client would."""
    reader, writer = await asyncio.open_connection("127.0.0.1", mpd.port)
    try:
        await reader.readline()
        writer.write(f"{line}\n".encode())
        answer = []
        while (said := (await reader.readline()).decode()) and said != "OK\n":
            answer.append(said)
        return "".join(answer)
    finally:
        writer.close()


async def volume_of(mpd: RealMpd) -> int:
    status = await command(mpd, "status")
    return next(int(one.split()[1]) for one in status.splitlines() if one.startswith("volume"))
