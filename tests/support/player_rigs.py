"""Every kind of player, set up so that the same tests can be run on each of them."""

import asyncio
import contextlib
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from knowledge.models import QueueItem, Track
from player_fake import FakePlayer
from player_mpd import real_mpd
from player_page import ScriptedPage
from player_snapcast import BUFFER_MS, real_snapcast
from player_sound_server import sound_server
from player_sounds import write_junk, write_tone
from player_tracks import track
from tools.players.browser import BrowserPlayer
from tools.players.mpd import MpdPlayer
from tools.players.mpv import MpvPlayer
from tools.players.player import Player, PlayerEvent, PlayerEventKind
from tools.players.silent import SilentPlayer
from tools.players.snapcast import SnapcastPlayer

SHORT_S = 0.7
LONG_S = 20.0
LONG = QueueItem("long", track(1, "long", duration_s=LONG_S))
SHORT = QueueItem("short", track(2, "short", duration_s=SHORT_S))
OTHER = QueueItem("other", track(3, "other", duration_s=SHORT_S))
BROKEN = QueueItem("broken", track(4, "broken", duration_s=SHORT_S))


@dataclass
class Rig:
    """One player and the items that it can, or cannot, play."""

    player: Player
    events: list[PlayerEvent] = field(default_factory=list)
    long: QueueItem = LONG
    short: QueueItem = SHORT
    other: QueueItem = OTHER
    broken: QueueItem = BROKEN

    async def until(self, condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Wait for something, or fail."""
        deadline = time.monotonic() + timeout_s
        while not condition():
            assert time.monotonic() < deadline, (self.player.state, self.events)
            self.nudge()
            await asyncio.sleep(0.01)

    async def heard(self, kind: PlayerEventKind) -> PlayerEvent:
        """Wait for an event of this kind."""
        await self.until(lambda: any(event.kind is kind for event in self.events))
        return next(event for event in self.events if event.kind is kind)

    def nudge(self) -> None:
        """Let a player that has no clock go on."""


class FakeRig(Rig):
    """The fake has no time of its own: it passes while the test waits."""

    def nudge(self) -> None:
        fake = self.player
        assert isinstance(fake, FakePlayer)
        if fake.playing is None or fake.state.status != "playing":
            return
        fake.pass_time(0.05)
        if fake.state.position_s >= fake.state.duration_s:
            if fake.prepared is not None and fake.prepared.track.title in fake.refused_titles:
                fake.fail("broken", item=fake.prepared)
            else:
                fake.end_track()


def sound_files(folder: Path) -> Callable[[int], Path]:
    """The files of the items of a rig."""
    write_tone(folder / "1.wav", LONG_S, 330.0)
    write_tone(folder / "2.wav", SHORT_S, 440.0)
    write_tone(folder / "3.wav", SHORT_S, 550.0)
    write_junk(folder / "4.wav")
    return lambda track_id: folder / f"{track_id}.wav"


def need_mpv() -> None:
    """Skip without mpv, unless nothing may be skipped."""
    if shutil.which("mpv") is None:
        reason = "mpv is not installed (apt install mpv)"
        if os.environ.get("REFRAIN_TEST_SKIP_NOTHING") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


def page_track(shown: Track) -> dict[str, Any]:
    return {"title": shown.title, "duration_s": shown.duration_s, "id": shown.id}


@asynccontextmanager
async def rig(kind: str, folder: Path) -> AsyncIterator[Rig]:
    """A rig of this kind: "fake", "silent", "browser", "mpv", "mpd" or "snapcast"."""
    page: ScriptedPage | None = None
    made: Rig
    if kind in {"mpd", "snapcast"}:
        real = _mpd_rig if kind == "mpd" else _snapcast_rig
        async with real(folder) as made:
            yield made
        return
    match kind:
        case "fake":
            made = FakeRig(FakePlayer(refused_titles=frozenset({"broken"})))
        case "silent":
            made = Rig(SilentPlayer(await asyncio.to_thread(sound_files, folder)))
        case "mpv":
            need_mpv()
            files = await asyncio.to_thread(sound_files, folder)
            made = Rig(MpvPlayer(files, audio_output="null"))
        case _:
            browser = BrowserPlayer(page_track)
            page = ScriptedPage(browser).open()
            page.broken = {"broken"}
            made = Rig(browser)
    made.player.listen(made.events.append)
    try:
        yield made
    finally:
        await made.player.close()
        if page is not None:
            page.reload()
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(0)


@asynccontextmanager
async def _mpd_rig(folder: Path) -> AsyncIterator[Rig]:
    files = await asyncio.to_thread(sound_files, folder)
    with real_mpd(folder) as mpd:
        async with sound_server(files) as served:
            player = MpdPlayer(served, port=mpd.port)
            player.start()
            made = Rig(player)
            await made.until(lambda: player.connected)
            player.listen(made.events.append)
            try:
                yield made
            finally:
                await player.close()


@asynccontextmanager
async def _snapcast_rig(folder: Path) -> AsyncIterator[Rig]:
    files = await asyncio.to_thread(sound_files, folder)
    with real_snapcast(folder, "kitchen") as snapcast:
        player = SnapcastPlayer(
            files,
            port=snapcast.control,
            source=f"tcp://127.0.0.1:{snapcast.source}",
            rooms={"kitchen": "kitchen"},
            latency_s=BUFFER_MS / 1000,
        )
        player.start()
        made = Rig(player)
        await made.until(lambda: player.connected and player.rooms[0].connected)
        player.listen(made.events.append)
        try:
            yield made
        finally:
            await player.close()
