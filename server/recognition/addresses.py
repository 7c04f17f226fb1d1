"""Which addresses this server may open for a stranger.

A page may ask us to fetch a clip from any address. Without a guard it could make us talk to
services that only this machine or its network can reach (server-side request forgery): a router's
page, a cloud's metadata service, our own port. A host name proves nothing, for it may point
anywhere, and elsewhere a moment later (DNS rebinding). So a name is resolved once, what it resolves
to is checked, and the connection goes to exactly the address that was checked.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from server.errors import UrlNotAllowed, UrlNotFetched

Resolve = Callable[[str, int], Awaitable[Collection[str]]]
"""Gives the addresses of a host name, without scope ids. Raises OSError when it has none."""

MAX_URL = 2_048
_RESOLVE_TIMEOUT_S = 5.0
_FIRST_FREE_PORT = 1_024
_WELL_KNOWN_PORTS = frozenset({80, 443})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_IPV4_COMPATIBLE = ipaddress.ip_network("::/96")


@dataclass(frozen=True, slots=True)
class Target:
    """A part of the network that may be opened."""

    scheme: str
    """"http" or "https"."""
    host: str
    """Name for the Host header and the certificate, in ASCII, an IPv6 address without brackets."""
    port: int
    path: str
    """Path and query as sent."""
    addresses: tuple[str, ...]
    """Checked addresses, to be connected to as they stand."""

    @property
    def authority(self) -> str:
        """The Host header."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _DEFAULT_PORTS[self.scheme] else f"{name}:{self.port}"


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """Ask the system."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[4][0]) for address in found))


class AddressGuard:
    """Says what may be opened."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        allowed_hosts: Collection[str] = (),
        resolve: Resolve = resolve,
    ) -> None:
        """Make a guard.

        Args:
            allow_private: let addresses of the local network through.
            allowed_hosts: names that are let through wherever they point to.
            resolve: asks for the addresses of a name.
        """
        self._allow_private = allow_private
        self._allowed_hosts = frozenset(name.lower().rstrip(".") for name in allowed_hosts)
        self._resolve = resolve

    async def check(self, url: str) -> Target:
        """Resolve the host of `url` and check what it points to.

        Raises:
            UrlNotAllowed: it is not HTTP, or leads into this machine or the local network.
            UrlNotFetched: there is no such host.
        """
        parts, host, port = _parted(url)
        trusted = self._allow_private or host in self._allowed_hosts
        if not trusted and port not in _WELL_KNOWN_PORTS and port < _FIRST_FREE_PORT:
            raise UrlNotAllowed(f"Port {port} is not one that sound comes from.")
        try:
            async with asyncio.timeout(_RESOLVE_TIMEOUT_S):
                found = await self._resolve(host, port)
        except (OSError, UnicodeError) as error:  # TimeoutError is an OSError
            raise UrlNotFetched(f"There is no host called {host[:100]!r}.") from error
        addresses = tuple(one for one in found if trusted or is_public(one))
        if not addresses:
            raise UrlNotAllowed("That address belongs to this machine or its network.")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(parts.scheme, host, port, path, addresses)


def is_public(address: str) -> bool:
    """Whether an address can be reached by everyone, and so by the one who asks, without us.

    Addresses that hold another one, as IPv6 can hold IPv4 in several ways, count as what they hold.
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address) and (inner := _held_by(ip)) is not None:
        return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _held_by(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if any(ip in network for network in (*_NAT64, _IPV4_COMPATIBLE)):
        return ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF)
    return None


def _parted(url: str) -> tuple[SplitResult, str, int]:
    """The parts, the host in ASCII and lower case, and the port.

    Raises:
        UrlNotAllowed: it is no address that we open.
    """
    if len(url) > MAX_URL or any(ord(sign) <= 0x20 or ord(sign) >= 0x7F for sign in url):
        raise UrlNotAllowed("Addresses are at most 2,048 printable ASCII characters.")
    try:
        parts = urlsplit(url)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError as error:
        raise UrlNotAllowed("That is not an address.") from error
    if parts.scheme not in _DEFAULT_PORTS:
        raise UrlNotAllowed("Only http and https addresses are opened.")
    if parts.username is not None or parts.password is not None:
        raise UrlNotAllowed("Addresses with a user name or password are not opened.")
    if not host or any(sign in host for sign in "/\\?#@%"):
        raise UrlNotAllowed("That address names no host.")
    return parts, host, _DEFAULT_PORTS[parts.scheme] if port is None else port
