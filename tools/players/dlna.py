"""A DLNA or UPnP renderer as a player (AVTransport:1 and RenderingControl:1).

The renderer fetches the recordings from us. What it reports counts: its transport state, the
address that it plays, and its place in it, which it tells in whole seconds.
"""

import asyncio
import contextlib
import itertools
import logging
import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from knowledge.models import QueueItem
from tools.errors import PlayerNotResponding, PlayerRefused, ToolError
from tools.players.elsewhere import COMMAND_TIMEOUT_S, PlayerElsewhere, ServedTo
from tools.players.player import (
    PlaybackStatus,
    PlayerCapability,
    PlayerEventKind,
    PlayerState,
)

_log = logging.getLogger(__name__)
_POLL_PLAYING_S = 1.0
_POLL_IDLE_S = 5.0
_STOPPED_AT_ONCE_S = 1.5
_SECOND_S = 1.2
"""Within so much a place told in whole seconds agrees with our clock."""
_STATUS = {
    "PLAYING": PlaybackStatus.PLAYING,
    "PAUSED_PLAYBACK": PlaybackStatus.PAUSED,
}
_SILENT = frozenset({"STOPPED", "NO_MEDIA_PRESENT"})
_CAPABILITIES = frozenset(
    {PlayerCapability.PAUSE, PlayerCapability.SEEK, PlayerCapability.VOLUME}
    | {PlayerCapability.GAPLESS}
)


class DlnaPlayer(PlayerElsewhere):
    """Plays on one renderer, and comes back to it whenever it returns."""

    def __init__(
        self, served: ServedTo, *, location: str, name: str = "DLNA", answered_from: str = ""
    ) -> None:
        """Make a player; `start` connects it.

        Args:
            served: the address of a recording as the renderer reaches it.
            location: address of its description.
            name: what people call it.
            answered_from: the number of the machine that said so in the network, and which
                alone is asked; "" for an address that was configured.
        """
        super().__init__(name, _CAPABILITIES)
        self._served = served
        self._location = location
        self._host = urlsplit(location).hostname or ""
        self._answered_from = answered_from
        self._renderer: Any = None
        self._items: dict[str, QueueItem] = {}
        """What we gave the renderer, by address."""
        self._asked: str | None = None
        self._next: str | None = None
        self._said_s = 0.0
        """The place in the words of the renderer, whole seconds."""
        self._asked_at = 0.0
        self._numbers = itertools.count(1)
        self._changed = asyncio.Event()

    @property
    def capabilities(self) -> frozenset[PlayerCapability]:
        if self._renderer is None or self._renderer.has_next_transport_uri:
            return self._capabilities
        return self._capabilities - {PlayerCapability.GAPLESS}

    async def prepare(self, item: QueueItem | None) -> None:
        renderer = self._renderer
        if renderer is None or self._asked is None or not renderer.has_next_transport_uri:
            return
        if self._next is not None:
            self._items.pop(self._next, None)
        self._next = None
        if item is None:
            with contextlib.suppress(ToolError):  # some refuse an empty address
                await self._do(renderer.async_set_next_transport_uri("", "", ""))
            return
        address, about = await self._address_of(item)
        self._items[address], self._next = item, address
        await self._do(renderer.async_set_next_transport_uri(address, item.track.title, about))

    async def pause(self) -> PlayerState:
        self._expect_sounding()
        await self._do(self._renderer.async_pause())
        await self._until(lambda: self._reported.status is not PlaybackStatus.PLAYING, "pause")
        return self.state

    async def resume(self) -> PlayerState:
        state = self._expect_sounding()
        item = next(one for one in self._items.values() if one.id == state.item_id)
        await self._do(self._renderer.async_play())
        await self._confirm(item, None, COMMAND_TIMEOUT_S)
        return self.state

    async def seek(self, position_s: float) -> PlayerState:
        self._expect_sounding()
        await self._seek(position_s)
        return self.state

    async def set_volume(self, volume: int, *, muted: bool = False) -> PlayerState:
        self._expect_there()
        self._report(replace(self.state, volume=volume, muted=muted))
        await self._set_device_volume(self._device_volume(volume))
        if self._renderer.has_volume_mute:
            await self._do(self._renderer.async_mute_volume(muted))
        await self._refresh()
        return self.state

    # The connection

    async def _attend(self) -> None:
        # Heavy: only who has a renderer loads it.
        from async_upnp_client.aiohttp import AiohttpNotifyServer  # noqa: PLC0415
        from async_upnp_client.exceptions import UpnpError  # noqa: PLC0415
        from async_upnp_client.profiles.dlna import DmrDevice  # noqa: PLC0415

        from tools.players import dlna_requests  # noqa: PLC0415

        ours = await asyncio.to_thread(_address_towards, self._host)
        theirs = (
            frozenset({self._answered_from})
            if self._answered_from
            else await dlna_requests.addresses_of(self._host)
        )
        requester = dlna_requests.OneHostRequester(theirs, timeout_s=COMMAND_TIMEOUT_S)
        try:
            device = await dlna_requests.open_device(self._location, requester)
        except dlna_requests.ForeignAddressError as error:
            self._refuse(str(error))
            raise
        self._absent = ""
        events = AiohttpNotifyServer(requester, source=(ours, 0))
        await events.async_start_server()
        renderer = DmrDevice(device, events.event_handler)
        try:
            renderer.on_event = self._heard
            with contextlib.suppress(UpnpError):  # then it is asked, and tells nothing by itself
                await renderer.async_subscribe_services(auto_resubscribe=True)
            self._renderer = renderer
            await self._refresh()
            self._came()
            while True:
                await self._wait_for_news()
                if not self._proving:
                    await self._follow()
        finally:
            self._renderer = None
            with contextlib.suppress(UpnpError, OSError, TimeoutError):
                async with asyncio.timeout(COMMAND_TIMEOUT_S):
                    await renderer.async_unsubscribe_services()
            await events.async_stop_server()

    def _refuse(self, why: str) -> None:
        """Say once that this renderer is not used, and why."""
        said = f"{self.name} is not used, because its description is not safe. {why}"
        if said != self._absent:
            _log.warning("%s", said)
        self._absent = said

    def _heard(self, _service: Any, _variables: Sequence[Any]) -> None:
        self._changed.set()

    async def _wait_for_news(self) -> None:
        playing = self._reported.status is PlaybackStatus.PLAYING
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_POLL_PLAYING_S if playing else _POLL_IDLE_S):
                await self._changed.wait()
        self._changed.clear()

    async def _let_go(self) -> None:
        if self._renderer is not None and self._asked is not None:
            await self._take_back()

    async def _do(self, command: Any) -> Any:
        """Wait for what the renderer answers.

        Raises:
            PlayerRefused: it says no.
            PlayerNotResponding: it is gone, or does not answer.
        """
        from async_upnp_client.exceptions import UpnpActionError, UpnpError  # noqa: PLC0415

        try:
            async with asyncio.timeout(COMMAND_TIMEOUT_S):
                return await command
        except UpnpActionError as error:
            why = error.error_desc or f"error {error.error_code}"
            raise PlayerRefused(f"{self.name} says: {why[:100]}.") from error
        except (UpnpError, OSError, TimeoutError) as error:
            raise PlayerNotResponding(f"{self.name} does not answer.") from error

    # What it reports

    async def _refresh(self) -> None:
        renderer = self._renderer
        if renderer is None:
            raise PlayerNotResponding(f"{self.name} is not connected.")
        await self._do(renderer.async_update(do_ping=True))
        self._took()

    def _took(self) -> None:
        renderer, before = self._renderer, self.state
        state = getattr(renderer.transport_state, "name", "")
        address = self._address()
        item = None if address is None else self._items.get(address)
        status = _STATUS.get(state, PlaybackStatus.IDLE)
        level = renderer.volume_level
        volume = before.volume if level is None else self._shown_volume(round(level * 100))
        muted = renderer.is_volume_muted is True
        self._trouble = None
        late_s = self._clock() - self._asked_at
        if self._proving and state in _SILENT and late_s > _STOPPED_AT_ONCE_S:
            self._trouble = "it stopped at once"
        wrong = self._proving and address != self._asked
        if item is None or status is PlaybackStatus.IDLE or wrong:
            # While it goes on to the next one it is neither silent nor playing.
            if state == "TRANSITIONING" and before.status is not PlaybackStatus.IDLE:
                return
            self._report(PlayerState(volume=volume, muted=muted))
            return
        self._said_s = float(renderer.media_position or 0)
        position_s = self._said_s
        same = before.item_id == item.id and before.status is status
        if same and 0.0 <= before.position_s - position_s < _SECOND_S:
            position_s = before.position_s  # it tells whole seconds only
        self._report(
            PlayerState(
                status=status,
                item_id=item.id,
                position_s=position_s,
                duration_s=float(renderer.media_duration or item.track.duration_s),
                volume=volume,
                muted=muted,
            )
        )

    def _address(self) -> str | None:
        """The address that the renderer says it plays, as we gave it."""
        renderer = self._renderer
        for said in (renderer.current_track_uri, renderer.av_transport_uri):
            if said in self._items:
                return str(said)
        return None

    def _proof(self) -> PlayerState:
        if self._trouble is not None:
            raise PlayerRefused(f"{self.name} cannot play it: {self._trouble}.")
        return replace(super()._proof(), position_s=self._said_s)

    async def _follow(self) -> None:
        """Something changed: find out what, and tell it."""
        async with self._commands:
            before = self.state
            await self._refresh()
        address = self._address()
        silent = self._reported.status is PlaybackStatus.IDLE
        if address is not None and address == self._next and not silent:
            self._items.pop(self._asked or "", None)
            self._asked, self._next = address, None
            self._announcer.say(PlayerEventKind.ADVANCED, self.state)
        elif before.status is not PlaybackStatus.IDLE and silent:
            self._ended(before, address)
        elif replace(self.state, position_s=0.0) != replace(before, position_s=0.0):
            self._announcer.say(PlayerEventKind.STATE, self.state)

    def _ended(self, before: PlayerState, address: str | None) -> None:
        last = replace(before, status=PlaybackStatus.IDLE)
        failed = self._items.get(self._next or "") if self._next is not None else None
        self._items, self._asked, self._next = {}, None, None
        if failed is not None and address is not None:
            gone = replace(last, item_id=failed.id, position_s=0.0)
            message = f"{self.name} cannot play it."
            self._announcer.say(PlayerEventKind.FAILED, gone, message)
            return
        self._announcer.say(PlayerEventKind.ENDED, last)

    # Commands to it

    async def _sound(self, item: QueueItem, start_s: float, timeout_s: float) -> None:
        await self._load(item)
        await self._confirm(item, 0.0, timeout_s)
        if start_s > 0.0:
            await self._seek(start_s)

    async def _load(self, item: QueueItem) -> None:
        """Give it `item` instead of everything else, and start it."""
        renderer = self._renderer
        address, about = await self._address_of(item)
        state = getattr(renderer.transport_state, "name", "")
        if state not in _SILENT:
            await self._do(renderer.async_stop())
        self._items, self._asked, self._next = {address: item}, address, None
        self._report(self._silent())
        self._said_s = 0.0
        await self._do(renderer.async_set_transport_uri(address, item.track.title, about))
        self._asked_at = self._clock()
        await self._do(renderer.async_wait_for_can_play(max_wait_time=1))
        await self._do(renderer.async_play())

    async def _address_of(self, item: QueueItem) -> tuple[str, str]:
        """An address of `item` that no other has, and what the renderer is told about it."""
        served = await self._served(item, self._host)
        sign = "&" if "?" in served.url else "?"
        address = f"{served.url}{sign}n={next(self._numbers)}"
        about = await self._do(
            self._renderer.construct_play_media_metadata(
                address,
                item.track.title,
                override_mime_type=served.media_type,
                override_dlna_features="*",
                override_upnp_class="object.item.audioItem.musicTrack",
                meta_data={"creator": item.track.artist, "album": item.track.album or ""},
            )
        )
        return address, str(about)

    async def _seek(self, position_s: float) -> None:
        target = timedelta(seconds=round(position_s))
        await self._do(self._renderer.async_seek_rel_time(target))
        await self._until(lambda: abs(self._said_s - position_s) <= 2.0, "confirm the new position")

    async def _take_back(self) -> None:
        """Silence it, whatever it does."""
        self._items, self._asked, self._next = {}, None, None
        self._report(self._silent())
        renderer = self._renderer
        if renderer is not None:
            with contextlib.suppress(ToolError):
                await self._do(renderer.async_stop())

    async def _set_device_volume(self, volume: int) -> None:
        await self._do(self._renderer.async_set_volume_level(volume / 100))


@dataclass(frozen=True, slots=True)
class FoundRenderer:
    """A renderer that answered to a search in the network."""

    name: str
    location: str
    answered_from: str
    """The number of the machine that answered; the description lies there."""


async def find_renderers(*, timeout_s: int = 3, source: str = "") -> tuple[FoundRenderer, ...]:
    """Ask the network which renderers there are (SSDP).

    Args:
        timeout_s: how long to listen for answers.
        source: the address of this machine from which to ask; "" lets the system choose.
    """
    from async_upnp_client.profiles.dlna import DmrDevice  # noqa: PLC0415

    answers = await DmrDevice.async_search(
        source=(source, 0) if source else None, timeout=timeout_s
    )
    found: dict[str, FoundRenderer] = {}
    for answer in itertools.islice(answers, 50):
        location = str(answer.get("location", ""))
        if location in found:
            continue
        renderer = await described(location, str(answer.get("_host", "")))
        if renderer is not None:
            found[location] = renderer
    return tuple(found.values())


async def described(location: str, answered_from: str) -> FoundRenderer | None:
    """The renderer that `answered_from` its own machine says is at `location`; None: it is none.

    A description on another machine is not asked for, nor one that names other machines.
    """
    from async_upnp_client.exceptions import UpnpError  # noqa: PLC0415

    from tools.players import dlna_requests  # noqa: PLC0415

    try:
        address = dlna_requests.plain(answered_from)
        requester = dlna_requests.OneHostRequester(
            frozenset({address}), timeout_s=COMMAND_TIMEOUT_S
        )
        device = await dlna_requests.open_device(location, requester)
    except dlna_requests.ForeignAddressError as error:
        _log.warning("A renderer at %s is not offered. %s", answered_from, error)
        return None
    except (UpnpError, OSError, TimeoutError, ValueError) as error:
        _log.debug("There is no renderer at %s: %r", location[:200], error)
        return None
    return FoundRenderer(device.friendly_name[:60], location, address)


def _address_towards(host: str) -> str:
    """The address of this machine as `host` sees it; nothing is sent."""
    family, _, _, _, address = socket.getaddrinfo(host, 9, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect(address)
        return str(probe.getsockname()[0])
