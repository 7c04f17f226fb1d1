"""mpv as a player, for a machine with speakers."""

import asyncio
import logging
import shutil
import socket
import subprocess
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from knowledge.errors import KnowledgeError
from knowledge.models import QueueItem
from knowledge.playback_memory import PlaybackSettings
from tools.errors import NoPlayer, NothingPlaying, PlayerNotResponding, PlayerRefused
from tools.players.announcer import Announcer
from tools.players.confirmation import confirm_playing, wait_for
from tools.players.levelling import levelling_gain_db
from tools.players.mpv_gain import MpvGain
from tools.players.mpv_ipc import MpvCommandFailed, MpvConnection, MpvGone
from tools.players.mpv_process import MpvProgram, end, is_ours, socket_in
from tools.players.mpv_reports import OBSERVED, MpvReports
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerListener,
    PlayerState,
)

_log = logging.getLogger(__name__)

_TIMEOUT_S = 3.0
_RETRY_S = 0.02
_NO_SOUND = "audio output initialization failed"
_NO_SOUND_HERE = "mpv found no sound output on this machine."


class MpvPlayer:
    """Plays through an mpv that is started when it is needed, and again when it died."""

    capabilities = frozenset(PlayerCapability) - {PlayerCapability.CROSSFADE}

    def __init__(
        self,
        path_of: Callable[[int], Path],
        *,
        name: str = "mpv",
        detached_in: Path | None = None,
        audio_output: str | None = None,
        program: str = "mpv",
        stream_of: Callable[[QueueItem], Awaitable[str]] | None = None,
    ) -> None:
        """Make a player; nothing is started yet.

        Args:
            path_of: the file of a track id; may block and raise `KnowledgeError`.
            name: what people call it.
            detached_in: the data folder of an mpv that plays on when this program ends; None
                for one that quits with it.
            audio_output: mpv's --ao; None lets mpv choose.
            program: name or path of mpv.
            stream_of: the address of a radio station; None where no server passes it on.
        """
        self._path_of = path_of
        self._stream_of = stream_of
        self._name = name
        self._detached_in = detached_in
        found = shutil.which(program)
        self._program = None if found is None else MpvProgram(found, audio_output)
        self._announcer = Announcer()
        self._settings = PlaybackSettings()
        self._connection: MpvConnection | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._reports = MpvReports()
        self._gain = MpvGain()
        self._starting = False
        self._closed = False

    @property
    def name(self) -> str:
        return self._name

    @property
    def connected(self) -> bool:
        """Whether mpv is installed: it is started when it is needed."""
        return self._program is not None and not self._closed

    @property
    def state(self) -> PlayerState:
        state = self._reports.state
        if self._starting:
            return PlayerState(volume=state.volume, muted=state.muted)
        return state

    def listen(self, listener: PlayerListener) -> None:
        self._announcer.listen(listener)

    def adjust(self, settings: PlaybackSettings) -> None:
        """Levelling from the next track on; mpv cannot crossfade."""
        self._settings = settings

    def duck(self, on: bool) -> None:
        """Quieter or not, beside the volume; an mpv that is started later does the same."""
        self._gain.duck(on)

    async def reattach(self) -> bool:
        if self._detached_in is None or not self.connected:
            return False
        path = await asyncio.to_thread(socket_in, self._detached_in)
        if not await asyncio.to_thread(is_ours, path):
            return False
        try:
            await self._connect(path)
            await self._read_back()
        except MpvGone:
            await asyncio.to_thread(path.unlink, missing_ok=True)
            return False
        return self._reports.state.status is not PlaybackStatus.IDLE

    # Commands

    async def play(
        self, item: QueueItem, *, start_s: float = 0.0, timeout_s: float = 3.0
    ) -> PlayerState:
        path = await self._file(item)
        self._starting = True
        try:
            async with asyncio.timeout(timeout_s):
                mpv = await self._ready(timeout_s)
                await self._load(mpv, item, path, start_s)
                await self._confirm(mpv, item, start_s, timeout_s)
        except TimeoutError as error:
            await self._take_back()
            raise PlayerNotResponding(f"mpv did not start within {timeout_s:g} s.") from error
        except MpvGone as error:
            if self._reports.last_error == _NO_SOUND:  # with nothing else to play, it left
                raise NoPlayer(_NO_SOUND_HERE) from error
            raise PlayerNotResponding("mpv ended instead of playing.") from error
        except MpvCommandFailed as error:
            await self._take_back()
            raise PlayerRefused(f"mpv says: {error}.") from error
        except BaseException:
            await self._take_back()
            raise
        finally:
            self._starting = False
        return self.state

    async def prepare(self, item: QueueItem | None) -> None:
        await self.prepare_all(() if item is None else (item,))

    async def prepare_all(self, items: Sequence[QueueItem]) -> None:
        """Put `items` behind what sounds, in mpv's own playlist: it goes on without a gap."""
        mpv = self._connection
        if mpv is None or self._reports.entry is None:
            return
        files = await asyncio.to_thread(self._files, items)
        try:
            await mpv.command("playlist-clear")  # all but what sounds
            self._reports.only_current()
            for item, path in files:
                entry = await self._give(mpv, item, path, "append")
                self._reports.entries[entry] = item.id
            await self._keep_marks(mpv)
        except (MpvGone, MpvCommandFailed) as error:
            raise PlayerNotResponding(f"mpv was not told what follows: {error}") from error

    async def pause(self) -> PlayerState:
        return await self._set_pause(paused=True)

    async def resume(self) -> PlayerState:
        item_id = self._expect_sounding().item_id
        await self._set_pause(paused=False)
        return await confirm_playing(self._proof, str(item_id), player="mpv", timeout_s=_TIMEOUT_S)

    async def stop(self) -> PlayerState:
        await self._take_back()
        return self.state

    async def seek(self, position_s: float) -> PlayerState:
        self._expect_sounding()
        before = self._reports.restarts
        await self._do("seek", position_s, "absolute+exact")

        def sought() -> PlayerState | None:
            return self.state if self._reports.restarts > before else None

        if await wait_for(sought, timeout_s=_TIMEOUT_S) is None:
            raise PlayerNotResponding("mpv did not confirm the new position.")
        self._reports.took("time-pos", await self._do("get_property", "time-pos"))
        return self.state

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:
        try:
            mpv = await self._ready(_TIMEOUT_S)
            await mpv.set("volume", volume)
            await mpv.set("mute", muted)
            self._reports.took("volume", await mpv.get("volume"))
            self._reports.took("mute", await mpv.get("mute"))
        except (MpvGone, MpvCommandFailed, TimeoutError) as error:
            raise PlayerNotResponding(f"mpv did not take the volume: {error}") from error
        return self.state

    async def close(self) -> None:
        """End an owned mpv; leave a detached one playing."""
        self._closed = True
        await self._gain.let_go()
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()
        if self._process is not None:
            await asyncio.to_thread(end, self._process)
            self._process = None
        self._reports.forget()

    # Starting and finding mpv

    async def _ready(self, timeout_s: float) -> MpvConnection:
        """The connection to a living mpv, started if need be.

        Raises:
            NoPlayer: mpv is not installed or cannot be started.
            TimeoutError: it did not come up in time.
        """
        if self._connection is not None and self._connection.alive:
            return self._connection
        if self._program is None or self._closed:
            raise NoPlayer("mpv is not installed on this machine.")
        async with asyncio.timeout(timeout_s):
            if self._detached_in is None:
                if self._process is not None:
                    await asyncio.to_thread(end, self._process)
                self._process, line = await asyncio.to_thread(self._program.start_owned)
                return await self._connect(line)
            if not await self.reattach() and self._connection is None:
                path = await asyncio.to_thread(socket_in, self._detached_in)
                await asyncio.to_thread(self._program.start_detached, path)
                while self._connection is None:
                    await asyncio.sleep(_RETRY_S)
                    if await asyncio.to_thread(is_ours, path):
                        await self._try_to_connect(path)
        if self._connection is None:
            raise MpvGone("mpv ended at once.")
        return self._connection

    async def _try_to_connect(self, path: Path) -> None:
        try:
            await self._connect(path)
        except MpvGone:
            _log.debug("mpv does not listen yet on %s", path)

    async def _connect(self, address: Path | socket.socket) -> MpvConnection:
        connection = await MpvConnection.connect(address, on_event=self._heard, on_gone=self._gone)
        for number, name in enumerate(OBSERVED, 1):
            await connection.command("observe_property", number, name)
        await self._gain.connected(connection)
        self._connection = connection
        return connection

    async def _read_back(self) -> None:
        """Learn from an mpv that was left playing what it plays."""
        mpv = self._connection
        if mpv is None:
            return
        self._reports.read_back(await mpv.get("script-opts", {}), await mpv.get("playlist", []))
        for name in OBSERVED:
            self._reports.took(name, await mpv.get(name))

    # Files

    async def _load(
        self, mpv: MpvConnection, item: QueueItem, path: Path | str, start_s: float
    ) -> None:
        """Replace whatever plays."""
        self._reports.forget()
        self._reports.last_error = None
        await mpv.set("pause", False)
        entry = await self._give(mpv, item, path, "replace", start_s)
        self._reports.asked_for(entry, item.id, duration_s=item.track.duration_s)
        await self._keep_marks(mpv)

    async def _give(
        self,
        mpv: MpvConnection,
        item: QueueItem,
        path: Path | str,
        flags: str,
        start_s: float = 0.0,
    ) -> int:
        """Hand a file to mpv; returns its playlist entry."""
        options = []
        gain_db = levelling_gain_db(item.track) if self._settings.levelling else 0.0
        if abs(gain_db) >= 0.05:
            options.append(f"af=lavfi=[volume={gain_db:.2f}dB]")
        if start_s > 0.0:
            options.append(f"start={start_s:.3f}")
        answer = await mpv.named_command(
            "loadfile", url=str(path), flags=flags, options=",".join(options)
        )
        return int(answer["playlist_entry_id"])

    async def _keep_marks(self, mpv: MpvConnection) -> None:
        if self._detached_in is not None:
            await mpv.set("script-opts", self._reports.marks())

    async def _file(self, item: QueueItem) -> Path | str:
        if item.track.is_live:
            if self._stream_of is None:
                raise PlayerRefused("Radio plays only while refrain serve runs.")
            return await self._stream_of(item)
        try:
            path = await asyncio.to_thread(self._path_of, item.track.id)
        except KnowledgeError as error:
            raise PlayerRefused(str(error)) from error
        return path.absolute()

    def _files(self, items: Sequence[QueueItem]) -> list[tuple[QueueItem, Path]]:
        found = []
        for item in items:
            if item.track.is_live:
                break  # what follows a station comes after somebody stops it
            try:
                found.append((item, self._path_of(item.track.id).absolute()))
            except KnowledgeError as error:
                _log.warning("%r cannot be prepared: %s", item.track.title, error)
        return found

    # What mpv says

    def _heard(self, event: Mapping[str, Any]) -> None:
        news = self._reports.heard(event)
        if news is not None and not self._starting:
            self._announcer.say(news.kind, news.state, news.message)

    def _gone(self) -> None:
        """Mpv died, or somebody closed it."""
        self._connection = None
        for news in self._reports.gone():
            self._announcer.say(news.kind, news.state, news.message)

    # Small things

    def _proof(self) -> PlayerState:
        """What mpv reported, for `confirm_playing`.

        Raises:
            PlayerRefused: the file cannot be played.
            NoPlayer: there is no way to make a sound on this machine.
            MpvGone: mpv is not there any more.
        """
        why = self._reports.trouble
        if why == _NO_SOUND:
            raise NoPlayer(_NO_SOUND_HERE)
        if why is not None:
            raise PlayerRefused(f"mpv cannot play the file: {why}.")
        if self._connection is None:
            raise MpvGone("mpv has ended.")
        return self._reports.state

    async def _confirm(
        self, mpv: MpvConnection, item: QueueItem, start_s: float, timeout_s: float
    ) -> None:
        await confirm_playing(
            self._proof, item.id, player="mpv", timeout_s=timeout_s, since_s=start_s
        )
        if await mpv.get("core-idle", default=True):
            raise PlayerNotResponding("mpv says that nothing sounds.")
        self._reports.proving = False

    async def _set_pause(self, *, paused: bool) -> PlayerState:
        self._expect_sounding()
        await self._do("set_property", "pause", paused)
        self._reports.took("pause", await self._do("get_property", "pause"))
        return self.state

    async def _take_back(self) -> None:
        """Make mpv silent, whatever it does."""
        self._reports.forget()
        if self._connection is not None:
            try:
                await self._connection.command("stop")
            except (MpvGone, MpvCommandFailed) as error:
                _log.warning("mpv did not stop: %s", error)

    async def _do(self, *words: Any) -> Any:
        if self._connection is None:
            raise NothingPlaying("Nothing is playing.")
        try:
            return await self._connection.command(*words)
        except (MpvGone, MpvCommandFailed) as error:
            raise PlayerNotResponding(f"mpv did not do it: {error}") from error

    def _expect_sounding(self) -> PlayerState:
        if self.state.status is PlaybackStatus.IDLE:
            raise NothingPlaying("Nothing is playing.")
        return self.state
