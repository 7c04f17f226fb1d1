"""Under which address a device fetches our recordings: this machine, as it is seen from there."""

import asyncio
import ipaddress
import socket
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from knowledge.errors import KnowledgeError
from knowledge.models import QueueItem
from knowledge.people.current import current_person
from server.auth.signed_urls import SignedUrls
from server.auth.tokens import is_loopback
from server.settings import ServerSettings
from tools.errors import NoPlayer, PlayerRefused
from tools.players.elsewhere import Served

_VALID_S = 86_400.0
"""Longer than any queue is left alone: a device may fetch a part of it again much later."""
_MEDIA_TYPES = {
    ".mp3": "audio/mpeg",
    ".flac": "audio/flac",
    ".ogg": "audio/ogg",
    ".oga": "audio/ogg",
    ".opus": "audio/ogg",
    ".m4a": "audio/mp4",
    ".mp4": "audio/mp4",
    ".aac": "audio/aac",
    ".wav": "audio/wav",
}
_CONVERTED = "audio/flac"
"""What everything else is sent as; see `server.media.playable`."""


class OwnAddresses:
    """Signed addresses of recordings, by the device that is to fetch them."""

    def __init__(
        self, server: ServerSettings, urls: SignedUrls, path_of: Callable[[int], Path]
    ) -> None:
        """Make them for what is configured; `listening_at` tells the port that was taken."""
        self._server = server
        self._urls = urls
        self._path_of = path_of
        self._port = server.port

    def listening_at(self, url: str) -> None:
        """The server listens there, which may be another port than the configured one."""
        self._port = urlsplit(url).port or self._port

    async def served(self, item: QueueItem, host: str) -> Served:
        """Where the device at `host` fetches the recording of `item`.

        Raises:
            PlayerRefused: the recording is not there.
            NoPlayer: the device cannot reach this server.
        """
        if item.track.is_live:
            return Served(await self.stream(item, host), "audio/mpeg")
        try:
            path = await asyncio.to_thread(self._path_of, item.track.id)
        except KnowledgeError as error:
            raise PlayerRefused(str(error)) from error
        base = await asyncio.to_thread(self.base_for, host)
        signed = self._urls.sign(
            f"/api/tracks/{item.track.id}/audio", valid_s=_VALID_S, person=current_person()
        )
        return Served(f"{base}{signed}", _MEDIA_TYPES.get(path.suffix.lower(), _CONVERTED))

    async def stream(self, item: QueueItem, host: str = "") -> str:
        """Where the device at `host` listens to the radio station of `item`; see `served`."""
        base = await asyncio.to_thread(self.base_for, host)
        path = f"/api/stations/{-item.track.id}/stream"
        return base + self._urls.sign(path, valid_s=_VALID_S, person=current_person())

    def base_for(self, host: str) -> str:
        """Our address as the device at `host` sees it, without a path. May look up a name.

        Raises:
            NoPlayer: there is none: the name is unknown, or we listen on this machine only.
        """
        if host.startswith("/") or host == "":  # a socket of this machine
            return f"http://127.0.0.1:{self._port}"
        try:
            ours = own_address_towards(host)
        except OSError as error:
            raise NoPlayer(f"There is no way from this machine to {host}.") from error
        if ours.is_loopback:
            return f"http://{_literal(ours)}:{self._port}"
        if self._server.public_url:
            return self._server.public_url
        if is_loopback(self._server.host):
            raise NoPlayer(
                f"{host} cannot fetch music from here: the server listens on this machine only. "
                'Set server.host = "0.0.0.0" in config.toml and start it again.'
            )
        return f"http://{_literal(ours)}:{self._port}"


def own_address_towards(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """The address that this machine shows to `host`, by its routing table; nothing is sent.

    Raises:
        OSError: the name is unknown, or there is no route.
    """
    family, _, _, _, address = socket.getaddrinfo(host, 9, type=socket.SOCK_DGRAM)[0]
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        probe.connect(address)
        return ipaddress.ip_address(str(probe.getsockname()[0]).partition("%")[0])


def _literal(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    return f"[{address}]" if address.version == 6 else str(address)
