"""Requests to one renderer, and to nobody else.

A description comes from whoever answers in the network. Were its addresses followed wherever they
lead, a stranger could let this machine ask its own services, or those of others. So requests go to
the addresses that the renderer itself has, are not redirected, and read only so much.
"""

import asyncio
import ipaddress
import socket
from typing import Final
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from async_upnp_client.client import UpnpDevice, UpnpRequester
from async_upnp_client.client_factory import UpnpFactory
from async_upnp_client.const import HttpRequest, HttpResponse
from async_upnp_client.exceptions import (
    UpnpCommunicationError,
    UpnpConnectionError,
    UpnpConnectionTimeoutError,
    UpnpError,
)

_MOST_BYTES: Final = 1_000_000
_ADDRESSES_IN: Final = frozenset({"SCPDURL", "controlURL", "eventSubURL"})
_REDIRECTS: Final = range(300, 400)

Addresses = frozenset[str]
"""Numbers of a machine, as `ipaddress` writes them."""


class ForeignAddressError(UpnpError):
    """A renderer wants us to ask another machine than itself."""


async def addresses_of(host: str) -> Addresses:
    """The numbers behind the name or number of a host.

    Raises:
        OSError: it is unknown.
    """
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, 80, type=socket.SOCK_STREAM)
    return frozenset(plain(str(address[0])) for *_, address in found)


def plain(address: str) -> str:
    """A number in one spelling: without the name of a network card, IPv4 not dressed as IPv6."""
    number = ipaddress.ip_address(address.partition("%")[0])
    mapped = number.ipv4_mapped if isinstance(number, ipaddress.IPv6Address) else None
    return str(mapped or number)


async def open_device(location: str, requester: "OneHostRequester") -> UpnpDevice:
    """Read the description of a device.

    Raises:
        ForeignAddressError: it names addresses of other machines, or leads to them.
        UpnpError: it does not answer, or not with a description.
    """
    device = await UpnpFactory(requester, non_strict=True).async_create_device(location)
    requester.check_description(location, device.device_info.xml)
    return device


class OneHostRequester(UpnpRequester):
    """Asks one machine, whatever addresses it is given."""

    def __init__(self, addresses: Addresses, *, timeout_s: float) -> None:
        """Make it.

        Args:
            addresses: of the machine that may be asked.
            timeout_s: how long an answer may take.
        """
        self._addresses = addresses
        self._timeout_s = timeout_s

    async def async_http_request(self, http_request: HttpRequest) -> HttpResponse:
        """Ask, and follow no redirect.

        Raises:
            ForeignAddressError: the address is that of another machine, or leads to one.
            UpnpError: there is no answer, or too much of one.
        """
        self._check(http_request.url)
        timeout = aiohttp.ClientTimeout(total=http_request.timeout or self._timeout_s)
        connector = aiohttp.TCPConnector(resolver=_Pinned(self._addresses))
        try:
            async with (
                aiohttp.ClientSession(connector=connector, timeout=timeout) as session,
                session.request(
                    http_request.method,
                    http_request.url,
                    headers=dict(http_request.headers or {}),
                    data=http_request.body,
                    allow_redirects=False,
                ) as response,
            ):
                if response.status in _REDIRECTS:
                    raise ForeignAddressError("It sends us to another address.")
                body = await _read(response)
                return HttpResponse(response.status, response.headers, body)
        except TimeoutError as error:
            raise UpnpConnectionTimeoutError(repr(error)) from error
        except aiohttp.ClientConnectionError as error:
            raise UpnpConnectionError(repr(error)) from error
        except (aiohttp.ClientError, ValueError) as error:
            raise UpnpCommunicationError(repr(error)) from error

    def check_description(self, location: str, described: Element) -> None:
        """See that a description names addresses of its own machine only.

        Raises:
            ForeignAddressError: it does not.
        """
        for element in described.iter():
            name = str(element.tag).rpartition("}")[2]
            if name not in _ADDRESSES_IN or not (element.text or "").strip():
                continue
            try:
                address = urljoin(location, (element.text or "").strip())
                there, here = urlsplit(address), urlsplit(location)
                same = (there.scheme, there.hostname) == (here.scheme, here.hostname)
            except ValueError as error:
                raise ForeignAddressError(f"Its {name} is no address.") from error
            if not same:
                self._check(address, only_numbers=True)

    def _check(self, url: str, *, only_numbers: bool = False) -> None:
        """Refuse what is surely elsewhere; names are looked up by `_Pinned`."""
        try:
            split = urlsplit(url)
            host = split.hostname or ""
        except ValueError as error:
            raise ForeignAddressError("That is no address.") from error
        if split.scheme != "http" or not host:
            raise ForeignAddressError(f"It names an address that is not of the web: {url[:80]}")
        try:
            allowed = plain(host) in self._addresses
        except ValueError:
            allowed = not only_numbers
        if not allowed:
            raise ForeignAddressError(f"It names another machine than itself: {host[:80]}")


class _Pinned(AbstractResolver):
    """Looks up names, and lets only those through that mean the one machine."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._names = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        if not found or any(plain(one["host"]) not in self._addresses for one in found):
            raise ForeignAddressError(f"It names another machine than itself: {host[:80]}")
        return found

    async def close(self) -> None:
        """Nothing is held."""


async def _read(response: aiohttp.ClientResponse) -> str:
    body = bytearray()
    async for piece in response.content.iter_chunked(65_536):
        body += piece
        if len(body) > _MOST_BYTES:
            raise UpnpCommunicationError("It says more than a renderer has to say.")
    try:
        return body.decode(response.charset or "utf-8", errors="replace")
    except LookupError:
        return body.decode("utf-8", errors="replace")
