"""The Music Player Daemon as a player (its protocol 0.23, through python-mpd2).

MPD fetches the recordings from us over HTTP. Its songs are told apart by their ids; it goes on
to the next song of its own queue without a gap, so that queue holds what sounds and what follows.
"""

import asyncio
import contextlib
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from knowledge.models import QueueItem
from tools.errors import PlayerNotResponding, PlayerRefused
from tools.players.elsewhere import COMMAND_TIMEOUT_S, PlayerElsewhere, ServedTo
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerEventKind,
    PlayerState,
)

_ADDRESS = re.compile(r"https?://[^\s;\"]+")
_STATUS = {"play": PlaybackStatus.PLAYING, "pause": PlaybackStatus.PAUSED}
_PLAIN_MODES = ("random", "repeat", "single", "consume", "crossfade")
_CAPABILITIES = frozenset(
    {PlayerCapability.PAUSE, PlayerCapability.SEEK, PlayerCapability.VOLUME}
    | {PlayerCapability.GAPLESS}
)


class MpdPlayer(PlayerElsewhere):
    """Plays on one MPD, and comes back to it whenever it returns."""

    def __init__(
        self,
        served: ServedTo,
        *,
        name: str = "MPD",
        host: str = "127.0.0.1",
        port: int = 6600,
        password: str = "",
        make_client: Callable[[], Any] | None = None,
    ) -> None:
        """Make a player; `start` connects it.

        Args:
            served: the address of a recording as MPD reaches it.
            name: what people call it.
            host: name or address of the machine, or the path of MPD's socket.
            port: its TCP port.
            password: what MPD asks for; "" for nothing.
            make_client: another client than that of python-mpd2.
        """
        super().__init__(name, _CAPABILITIES)
        self._served = served
        self._host, self._port, self._password = host, port, password
        self._make_client = make_client or _client
        self._mpd: Any = None
        self._songs: dict[str, QueueItem] = {}
        """What we put into MPD's queue, by the ids it gave."""
        self._addresses: dict[str, QueueItem] = {}
        """The same by their addresses, which outlive an MPD that is started again."""
        self._song: str | None = None
        """The song that sounds, or was asked for."""

    @property
    def capabilities(self) -> frozenset[PlayerCapability]:
        """MPD without a mixer has no volume."""
        return self._capabilities

    async def prepare(self, item: QueueItem | None) -> None:
        if self._song is None or not self.connected:
            return
        async with self._commands:
            for song in [one for one in self._songs if one != self._song]:
                with contextlib.suppress(PlayerRefused):  # MPD played it and took it off
                    await self._do("deleteid", song)
                self._songs.pop(song, None)
            if item is not None:
                await self._add(item)

    async def pause(self) -> PlayerState:
        self._expect_sounding()
        await self._do("pause", 1)
        await self._until(lambda: self._reported.status is not PlaybackStatus.PLAYING, "pause")
        return self.state

    async def resume(self) -> PlayerState:
        state = self._expect_sounding()
        await self._do("pause", 0)
        item = next(one for one in self._songs.values() if one.id == state.item_id)
        await self._confirm(item, None, COMMAND_TIMEOUT_S)
        return self.state

    async def seek(self, position_s: float) -> PlayerState:
        self._expect_sounding()
        paused = self._reported.status is PlaybackStatus.PAUSED
        await self._do("seekcur", f"{position_s:.3f}")
        await self._until(
            lambda: abs(self._reported.position_s - position_s) < 1.0 + COMMAND_TIMEOUT_S,
            "confirm the new position",
        )
        if paused and self._reported.status is PlaybackStatus.PLAYING:
            await self._do("pause", 1)
            await self._refresh()
        return self.state

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:
        self._expect_there()
        self._report(replace(self.state, volume=volume, muted=muted))
        await self._set_device_volume(0 if muted else self._device_volume(volume))
        await self._refresh()
        return self.state

    # The connection

    async def _attend(self) -> None:
        mpd = self._make_client()
        try:
            async with asyncio.timeout(COMMAND_TIMEOUT_S):
                await mpd.connect(self._host, self._port)
                if self._password:
                    await mpd.password(self._password)
                for mode in _PLAIN_MODES:
                    await getattr(mpd, mode)(0)
                self._mpd = mpd
                await self._meet_again()
                await self._refresh()
            self._came()
            async for _ in mpd.idle(["player", "mixer", "playlist"]):
                if not self._proving:
                    await self._follow()
        finally:
            self._mpd = None
            mpd.disconnect()

    async def _meet_again(self) -> None:
        """Find what we gave it before; an MPD that was started again numbers its songs anew."""
        known, self._songs, self._song = self._songs, {}, None
        if not known:
            return
        for song in await self._do("playlistinfo"):
            item = self._addresses.get(str(song.get("file")))
            if item is not None:
                self._songs[str(song["id"])] = item
        now = str((await self._do("status")).get("songid"))
        self._song = now if now in self._songs else None

    async def _let_go(self) -> None:
        if self._mpd is not None and self._song is not None:
            await self._take_back()
        if self._mpd is not None:
            self._mpd.disconnect()
            self._mpd = None

    async def _do(self, command: str, *arguments: Any) -> Any:
        """Give MPD a command.

        Raises:
            PlayerRefused: it says no.
            PlayerNotResponding: it is gone, or does not answer.
        """
        from mpd.base import CommandError, MPDError  # noqa: PLC0415  only who has an MPD needs it

        mpd = self._mpd
        if mpd is None:
            raise PlayerNotResponding(f"{self.name} is not connected.")
        try:
            async with asyncio.timeout(COMMAND_TIMEOUT_S):
                return await getattr(mpd, command)(*arguments)
        except CommandError as error:
            raise PlayerRefused(f"{self.name} says: {_words(error)}.") from error
        except (MPDError, OSError, TimeoutError) as error:
            raise PlayerNotResponding(f"{self.name} does not answer.") from error

    # What MPD reports

    async def _refresh(self) -> None:
        self._took(await self._do("status"))

    def _took(self, status: dict[str, Any]) -> None:
        song = status.get("songid")
        item = None if song is None else self._songs.get(str(song))
        sounds = _STATUS.get(str(status.get("state")), PlaybackStatus.IDLE)
        volume, muted = self._volume(status)
        self._trouble = _without_address(str(status["error"])) if "error" in status else None
        if item is None or sounds is PlaybackStatus.IDLE:
            self._report(PlayerState(volume=volume, muted=muted))
            return
        self._report(
            PlayerState(
                status=sounds,
                item_id=item.id,
                position_s=float(status.get("elapsed", 0.0)),
                duration_s=float(status.get("duration", item.track.duration_s)),
                volume=volume,
                muted=muted,
            )
        )
        if not self._proving:
            return
        if str(song) != self._song:
            self._report(replace(self._reported, status=PlaybackStatus.IDLE))

    def _volume(self, status: dict[str, Any]) -> tuple[int, bool]:
        volume = int(status.get("volume", -1))
        if volume < 0:
            self._capabilities = _CAPABILITIES - {PlayerCapability.VOLUME}
            return self._reported.volume, self._reported.muted
        self._capabilities = _CAPABILITIES
        if self._reported.muted and volume == 0:
            return self._reported.volume, True
        return self._shown_volume(volume), False

    async def _follow(self) -> None:
        """Something changed at MPD: find out what, and tell it."""
        async with self._commands:
            before, song = self.state, self._song
            status = await self._do("status")
            self._took(status)
        now = str(status["songid"]) if status.get("songid") is not None else None
        if song is not None and now != song and now in self._songs:
            if self._reported.status is PlaybackStatus.IDLE and self._trouble is not None:
                await self._failed(now)
                return
            self._song = now
            self._songs.pop(song, None)
            with contextlib.suppress(PlayerRefused):
                await self._do("deleteid", song)
            self._announcer.say(PlayerEventKind.ADVANCED, self.state)
        elif before.status is not PlaybackStatus.IDLE and song is not None and self._is_silent():
            await self._ended(before)
        elif replace(self.state, position_s=0.0) != replace(before, position_s=0.0):
            self._announcer.say(PlayerEventKind.STATE, self.state)

    def _is_silent(self) -> bool:
        return self._reported.status is PlaybackStatus.IDLE

    async def _ended(self, before: PlayerState) -> None:
        """MPD stopped: everything was played, or a song cannot be."""
        last = replace(before, status=PlaybackStatus.IDLE)
        waiting = [song for song in self._songs if song != self._song]
        if self._trouble is not None:
            await self._failed(waiting[0] if waiting else self._song)
            return
        await self._forget()
        self._announcer.say(PlayerEventKind.ENDED, last)

    async def _failed(self, song: str | None) -> None:
        item = None if song is None else self._songs.get(song)
        message = f"{self.name} cannot play it: {self._trouble}."
        await self._forget()
        last = replace(self._silent(), item_id=None if item is None else item.id)
        self._announcer.say(PlayerEventKind.FAILED, last, message)

    # Commands to MPD

    async def _sound(self, item: QueueItem, start_s: float, timeout_s: float) -> None:
        await self._load(item, start_s)
        await self._confirm(item, start_s, timeout_s)

    async def _add(self, item: QueueItem) -> str:
        """Put `item` behind everything else; the id that MPD gives it."""
        address = (await self._served(item, self._host)).url
        song = str(await self._do("addid", address))
        kept = {*(one.id for one in self._songs.values())}
        self._addresses = {
            known: one for known, one in self._addresses.items() if one.id in kept
        } | {address: item}
        self._songs[song] = item
        return song

    async def _load(self, item: QueueItem, start_s: float) -> None:
        """Let `item` be all that MPD has, and start it."""
        await self._do("clear")
        await self._do("clearerror")
        self._songs = {}
        song = self._song = await self._add(item)
        if start_s > 0.0:
            await self._do("seekid", song, f"{start_s:.3f}")
            await self._do("pause", 0)
        else:
            await self._do("playid", song)

    def _proof(self) -> PlayerState:
        if self._trouble is not None:
            raise PlayerRefused(f"{self.name} cannot play it: {self._trouble}.")
        return super()._proof()

    async def _take_back(self) -> None:
        """Silence MPD, whatever it does."""
        with contextlib.suppress(PlayerNotResponding, PlayerRefused):
            await self._forget()

    async def _forget(self) -> None:
        self._songs, self._addresses, self._song = {}, {}, None
        self._report(self._silent())
        if self._mpd is not None:
            await self._do("clear")
            await self._do("clearerror")
            await self._refresh()

    async def _set_device_volume(self, volume: int) -> None:
        await self._do("setvol", volume)


def _client() -> Any:
    from mpd.asyncio import MPDClient  # noqa: PLC0415  only who has an MPD needs it

    return MPDClient()


def _words(error: Exception) -> str:
    """MPD's own words, without the numbers in front: "[50@0] {addid} No such song"."""
    return _without_address(str(error).rpartition("} ")[2]) or "no"


def _without_address(words: str) -> str:
    """MPD's words without the address of the recording, which opens it for whoever reads it."""
    return _ADDRESS.sub("the recording", words).rstrip(". ")
