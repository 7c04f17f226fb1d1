"""mpv itself: it dies, it outlives us, and it is met again."""

import asyncio
import os
import signal
import stat
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.history import History
from knowledge.models import QueueItem
from knowledge.queue import QueueStore
from player_rigs import LONG, OTHER, SHORT, need_mpv, sound_files
from player_sounds import write_tone
from player_tracks import store_tracks, track
from tools.errors import NoPlayer, PlayerNotResponding
from tools.players.mpv import MpvPlayer
from tools.players.mpv_ipc import MpvConnection, MpvGone
from tools.players.mpv_process import socket_in
from tools.players.playback import Playback
from tools.players.player import PlaybackStatus, PlayerEvent, PlayerEventKind

pytestmark = pytest.mark.integration


@pytest.fixture
async def folder(tmp_path: Path) -> AsyncIterator[Path]:
    """A data folder; a detached mpv that is left in it is told to quit."""
    need_mpv()
    sound_files(tmp_path)
    yield tmp_path
    try:
        mpv = await MpvConnection.connect(
            socket_in(tmp_path), on_event=lambda _: None, on_gone=lambda: None
        )
        await mpv.command("quit")
        await mpv.close()
    except MpvGone:
        return


def player(folder: Path, *, detached: bool = False) -> MpvPlayer:
    return MpvPlayer(
        lambda track_id: folder / f"{track_id}.wav",
        audio_output="null",
        detached_in=folder if detached else None,
    )


async def until(condition: object, timeout_s: float = 10.0) -> None:
    assert callable(condition)
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.01)


def pid_of(mpv: MpvPlayer) -> int:
    assert mpv._process is not None
    return mpv._process.pid


def lives(pid: int) -> bool:
    """Whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_a_killed_mpv_is_noticed_and_started_again(folder: Path) -> None:
    mpv, events = player(folder), list[PlayerEvent]()
    mpv.listen(events.append)
    await mpv.play(LONG, start_s=4.0)
    os.kill(pid_of(mpv), signal.SIGKILL)
    await until(lambda: any(event.kind is PlayerEventKind.DISCONNECTED for event in events))
    lost = next(event for event in events if event.kind is PlayerEventKind.DISCONNECTED)
    assert lost.state.status is PlaybackStatus.IDLE
    assert lost.state.item_id == "long"
    assert lost.state.position_s >= 4.0
    assert mpv.state.status is PlaybackStatus.IDLE
    assert mpv.connected
    assert (await mpv.play(OTHER)).status is PlaybackStatus.PLAYING
    await mpv.close()


async def test_an_owned_mpv_quits_with_us(folder: Path) -> None:
    mpv = player(folder)
    await mpv.play(LONG)
    pid = pid_of(mpv)
    await mpv.close()
    assert not lives(pid)


async def test_an_owned_mpv_does_not_outlive_a_killed_program(folder: Path) -> None:
    code = (
        "import asyncio, sys; sys.path.insert(0, sys.argv[2])\n"
        "from pathlib import Path\n"
        "from player_rigs import LONG\n"
        "from tools.players.mpv import MpvPlayer\n"
        "async def main():\n"
        "    mpv = MpvPlayer(lambda _: Path(sys.argv[1]) / '1.wav', audio_output='null')\n"
        "    await mpv.play(LONG, timeout_s=20)\n"
        "    print(mpv._process.pid, flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n"
    )
    support = Path(__file__).parents[2] / "support"
    program = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        code,
        str(folder),
        str(support),
        stdout=asyncio.subprocess.PIPE,
        cwd=support.parents[1],
    )
    assert program.stdout is not None
    pid = int(await program.stdout.readline())
    assert lives(pid)
    program.kill()
    await program.wait()
    await until(lambda: not lives(pid))


async def test_mpv_that_is_not_installed_is_not_connected(tmp_path: Path) -> None:
    mpv = MpvPlayer(lambda _: tmp_path, program="no-such-mpv")
    assert not mpv.connected
    assert not await mpv.reattach()
    with pytest.raises(NoPlayer, match="not installed"):
        await mpv.play(LONG)


@pytest.mark.parametrize("detached", [False, True])
async def test_a_machine_without_sound_is_told_from_a_broken_file(
    folder: Path, *, detached: bool
) -> None:
    """Also by the mpv of a single command, which leaves when it has nothing to play."""
    mpv = MpvPlayer(
        lambda _: folder / "1.wav",
        audio_output="jack",
        detached_in=folder if detached else None,
    )
    with pytest.raises(NoPlayer, match="no sound output"):
        await mpv.play(LONG)
    await mpv.close()


async def test_a_program_that_is_no_mpv(folder: Path) -> None:
    mpv = MpvPlayer(lambda _: folder / "1.wav", program="true")
    with pytest.raises((NoPlayer, PlayerNotResponding)):
        await mpv.play(LONG, timeout_s=1.0)
    assert mpv.state.status is PlaybackStatus.IDLE
    await mpv.close()


async def test_a_hostile_file_name_is_only_a_name(folder: Path) -> None:
    name = 'a,b=c "%5%" ${path} --idle=no [x].wav'
    write_tone(folder / name, 2.0)
    mpv = MpvPlayer(lambda _: folder / name, audio_output="null")
    loud = QueueItem("loud", track(1))
    assert (await mpv.play(loud)).status is PlaybackStatus.PLAYING
    await mpv.close()


async def test_loudness_is_levelled_for_each_file(folder: Path) -> None:
    mpv = player(folder)
    quiet = track(1)
    object.__setattr__(quiet, "loudness_lufs", -12.0)
    await mpv.play(QueueItem("quiet", quiet))
    assert mpv._connection is not None
    filters = await mpv._connection.get("af")
    assert filters[0]["params"]["graph"] == "volume=-6.00dB"
    await mpv.play(LONG)
    assert await mpv._connection.get("af") == []
    await mpv.close()


async def test_mpv_plays_on_without_us_and_is_met_again(folder: Path) -> None:
    first = player(folder, detached=True)
    await first.play(SHORT)
    await first.prepare_all((LONG, OTHER))
    path = socket_in(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    await first.close()

    second, events = player(folder, detached=True), list[PlayerEvent]()
    second.listen(events.append)
    assert await second.reattach()
    await until(lambda: second.state.item_id == "long")  # it went on by itself
    assert second.state.status is PlaybackStatus.PLAYING
    assert (await second.pause()).status is PlaybackStatus.PAUSED
    await second.close()

    third = player(folder, detached=True)
    assert await third.reattach()
    assert third.state.status is PlaybackStatus.PAUSED
    assert third.state.item_id == "long"
    assert (await third.resume()).status is PlaybackStatus.PLAYING
    await third.stop()
    await third.close()
    assert not await player(folder, detached=True).reattach()


async def test_a_stale_socket_is_cleaned_up(folder: Path) -> None:
    path = socket_in(folder)
    server = await asyncio.start_unix_server(lambda _reader, _writer: None, str(path))
    server.close()
    await server.wait_closed()
    if not path.exists():  # newer Pythons remove it themselves
        path.touch()
    mpv = player(folder, detached=True)
    assert not await mpv.reattach()
    assert (await mpv.play(LONG)).status is PlaybackStatus.PLAYING
    await mpv.stop()
    await mpv.close()


def test_a_data_folder_with_a_long_path_still_gets_a_socket(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    with tempfile.TemporaryDirectory() as temporary:
        monkeypatch.setattr(tempfile, "tempdir", temporary)
        deep = tmp_path / ("x" * 90)
        path = socket_in(deep)
        assert path.is_relative_to(temporary)
        assert len(os.fsencode(path)) <= 100
        assert path == socket_in(deep)
        assert path != socket_in(tmp_path / ("y" * 90))
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        path.parent.chmod(0o755)
        with pytest.raises(NoPlayer, match="not private"):
            socket_in(deep)


async def test_one_shot_commands_steer_the_same_music(folder: Path) -> None:
    """What `ask "play ..."`, then `ask "next"`, then `ask "pause"` do, one program each."""
    shown = (SHORT.track, LONG.track, OTHER.track)
    database = Database.at(folder / "library.db")
    catalog = store_tracks(database, shown)
    store, history = QueueStore(database, catalog), History(database, catalog)

    async def program() -> Playback:
        playback = Playback(store, history, [player(folder, detached=True)])
        await playback.open()
        return playback

    asked = await program()
    assert (await asked.play(shown)).status is PlaybackStatus.PLAYING
    await asked.close()

    await asyncio.sleep(0.8)  # the first track ends meanwhile, with nobody there
    asked = await program()
    await until(lambda: asked.state.status is PlaybackStatus.PLAYING)
    await until(lambda: asked.queue.current is not None and asked.queue.current.track.id == 1)
    assert (await asked.pause()).status is PlaybackStatus.PAUSED
    await asked.close()

    asked = await program()
    assert str(asked.state.status) == "paused"
    await asked.clear()
    assert str(asked.state.status) == "idle"
    await asked.close()
    newest, before = history.last(9)
    assert (before.track.title, before.played_s) == ("short", SHORT.track.duration_s)
    assert newest.track.title == "long"
    assert 0.0 < newest.played_s < LONG.track.duration_s
    database.close()
