"""What comes out of a real mpv while somebody speaks."""

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from player_rigs import LONG, OTHER, need_mpv, sound_files
from tools.players.mpv import MpvPlayer
from tools.players.mpv_gain import GAIN, MpvGain
from tools.players.mpv_ipc import MpvConnection
from tools.players.mpv_process import MpvProgram, end, socket_in

pytestmark = pytest.mark.integration


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    need_mpv()
    sound_files(tmp_path)
    return tmp_path


async def becomes(mpv: MpvConnection | None, name: str, value: Any) -> None:
    """Wait until a property of mpv has this value."""
    assert mpv is not None
    async with asyncio.timeout(10):
        while await mpv.get(name) != value:  # noqa: ASYNC110  mpv is asked each time
            await asyncio.sleep(0.01)


async def test_what_comes_out_gets_quiet_and_comes_back(folder: Path) -> None:
    ended = asyncio.Event()

    def on_event(event: Mapping[str, Any]) -> None:
        if event.get("event") == "end-file":
            ended.set()

    found = shutil.which("mpv")
    assert found is not None
    process, line = MpvProgram(found, "pcm").start_owned()
    mpv = await MpvConnection.connect(line, on_event=on_event, on_gone=lambda: None)
    await mpv.set("audio-format", "s16")
    await mpv.set("ao-pcm-waveheader", False)
    gain = MpvGain()
    await gain.connected(mpv)

    async def level_db() -> float:
        """Loudness of a second of the same tone, as mpv puts it out now."""
        heard = folder / "heard"
        ended.clear()
        await mpv.set("ao-pcm-file", str(heard))
        await mpv.command("loadfile", str(folder / "2.wav"))
        async with asyncio.timeout(20):
            await ended.wait()
        await mpv.command("stop")
        await becomes(mpv, "current-ao", None)  # until then it holds the file
        samples = np.fromfile(heard, "<i2").astype(np.float64) / 32768
        return 10 * float(np.log10(np.mean(samples**2) + 1e-12))

    loud_db = await level_db()
    assert loud_db > -20
    gain.duck(True)
    await gain.settled()
    assert await level_db() == pytest.approx(loud_db - 18, abs=0.5)
    await mpv.set("volume", 50)  # a cubic scale: half of it is 18 dB quieter
    assert await level_db() == pytest.approx(loud_db - 36, abs=1)
    gain.duck(False)
    await gain.settled()
    assert await level_db() == pytest.approx(loud_db - 18, abs=0.5)
    await gain.let_go()
    await mpv.close()
    end(process)


async def test_an_mpv_that_is_started_meanwhile_is_quiet_too(folder: Path) -> None:
    mpv = MpvPlayer(lambda track_id: folder / f"{track_id}.wav", audio_output="null")
    mpv.duck(True)
    await mpv.play(LONG)
    await becomes(mpv._connection, GAIN, -18)
    await mpv.play(OTHER)
    await becomes(mpv._connection, GAIN, -18)
    mpv.duck(False)
    await becomes(mpv._connection, GAIN, 0)
    await mpv.close()


async def test_the_newest_wish_counts(folder: Path) -> None:
    mpv = MpvPlayer(lambda track_id: folder / f"{track_id}.wav", audio_output="null")
    await mpv.play(LONG)
    for on in (True, False, True, False, True):
        mpv.duck(on)
        await asyncio.sleep(0.013)
    await becomes(mpv._connection, GAIN, -18)
    await mpv.close()


def detached(folder: Path) -> MpvPlayer:
    return MpvPlayer(
        lambda track_id: folder / f"{track_id}.wav", audio_output="null", detached_in=folder
    )


async def test_music_that_plays_on_without_us_is_loud(folder: Path) -> None:
    first = detached(folder)
    first.duck(True)
    await first.play(LONG)
    await first.close()
    line = await MpvConnection.connect(
        socket_in(folder), on_event=lambda _: None, on_gone=lambda: None
    )
    assert await line.get(GAIN) == 0
    await line.command("quit")
    await line.close()


async def test_what_a_killed_program_left_ducked_is_repaired(folder: Path) -> None:
    killed = detached(folder)
    await killed.play(LONG)
    killed.duck(True)
    await becomes(killed._connection, GAIN, -18)
    assert killed._connection is not None
    await killed._connection.close()  # nobody said a word to mpv
    met = detached(folder)
    assert await met.reattach()
    await becomes(met._connection, GAIN, 0)
    assert met._connection is not None
    await met._connection.command("quit")
    await met.close()
