"""Loads Amazon's certificates: from where Amazon keeps them and from nowhere else.

The address comes with the request, so whoever sends one chooses it. It is checked as Amazon asks
("Host a Custom Skill as a Web Service", verifying the certificate URL), no redirect is followed,
little is read, and no more than a few addresses a minute are tried.
"""

import posixpath
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final
from urllib.parse import unquote, urlsplit

import httpx

from server.auth.rate_limit import RateLimit

_HOST: Final = "s3.amazonaws.com"
_FOLDER: Final = "/echo.api/"
_MOST_BYTES: Final = 64 * 1024
_TIMEOUT_S: Final = 4.0
_KEPT: Final = 8

LoadChain = Callable[[str], Awaitable[bytes]]
"""Reads the certificates (PEM) at an address; raises `NotFromAlexa` when they cannot be had."""


class NotFromAlexa(Exception):
    """The request does not prove that Amazon sent it. The message is for the log."""


def check_address(url: str) -> str:
    """The address of a certificate chain, normalised.

    Raises:
        NotFromAlexa: Amazon keeps none there.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise NotFromAlexa("the address of the certificate is none") from error
    if parts.scheme.lower() != "https":
        raise NotFromAlexa("the certificate is not at an https address")
    if (parts.hostname or "") != _HOST or parts.username or parts.password:
        raise NotFromAlexa("the certificate is not at Amazon's host")
    if port not in {None, 443}:
        raise NotFromAlexa("the certificate is at another port than 443")
    path = posixpath.normpath(unquote(parts.path))
    odd = "\\" in path or not path.isprintable() or not path.isascii()
    if not path.startswith(_FOLDER) or parts.query or odd:
        raise NotFromAlexa("the certificate is in another folder than /echo.api/")
    return f"https://{_HOST}{path}"


class ChainStore:
    """Certificates by address; those that proved good are kept."""

    def __init__(self, load: LoadChain, *, loads: RateLimit | None = None) -> None:
        """Read with `load`, as often as `loads` allows."""
        self._load = load
        self._loads = loads or RateLimit(burst=10, per_s=0.1)
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def chain(self, url: str) -> bytes:
        """The PEM file at an address that was checked."""
        if url in self._kept:
            self._kept.move_to_end(url)
            return self._kept[url]
        if not self._loads.allows("certificates"):
            raise NotFromAlexa("too many certificates were asked for")
        return await self._load(url)

    def keep(self, url: str, chain: bytes) -> None:
        """This one was good."""
        self._kept[url] = chain
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def forget(self, url: str) -> None:
        """This one is good no longer: Amazon puts a new one at another address."""
        self._kept.pop(url, None)


async def load_chain(url: str) -> bytes:
    """Read a file over https.

    Raises:
        NotFromAlexa: it is not there, too large, or somewhere else.
    """
    try:
        async with (
            httpx.AsyncClient(
                follow_redirects=False, timeout=_TIMEOUT_S, trust_env=False
            ) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise NotFromAlexa(f"Amazon answered {answer.status_code} for its certificate")
            data = b""
            async for piece in answer.aiter_bytes():
                data += piece
                if len(data) > _MOST_BYTES:
                    raise NotFromAlexa("the certificate is too large")
            return data
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotFromAlexa(f"the certificate cannot be read: {type(error).__name__}") from error
