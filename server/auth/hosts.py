"""Which names this server answers to, and which pages may talk to it.

A foreign web page can make its own host name point at 127.0.0.1 (DNS rebinding) and then talk to
us as if it were our page. It cannot change the Host header the browser sends with it, so we
answer only to names we know. A page may also send requests across origins; browsers then name it
in Origin, and we refuse what is not ours.
"""

import ipaddress
import socket
from urllib.parse import urlsplit

from server.auth.tokens import is_loopback
from server.settings import ServerSettings

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})


class KnownHosts:
    """Names under which the page may be opened."""

    def __init__(self, server: ServerSettings) -> None:
        names = set(LOOPBACK_NAMES) | {name.lower() for name in server.allowed_hosts}
        if server.public_url and (public := urlsplit(server.public_url).hostname):
            names.add(public)
        self._any_address = not is_loopback(server.host)
        if self._any_address:
            own = socket.gethostname().lower()
            names |= {own, f"{own.partition('.')[0]}.local", server.host.lower()}
        else:
            names.add(server.host.lower())
        self._names = frozenset(names)

    def knows(self, host_header: str | None) -> bool:
        """Whether `Host` names us. A bare address cannot be rebound, so any will do on a LAN."""
        name = host_name(host_header)
        if name is None:
            return False
        return name in self._names or (self._any_address and _is_address(name))


def host_name(host_header: str | None) -> str | None:
    """The name in a Host header without its port, lower case; None when it is no Host header."""
    if not host_header or any(sign in host_header for sign in "/@?#\\ "):
        return None
    if host_header.startswith("["):
        end = host_header.find("]")
        return None if end < 0 else host_header[: end + 1].lower()
    return host_header.partition(":")[0].lower().rstrip(".") or None


def same_origin(origin: str, host_header: str | None) -> bool:
    """Whether `Origin` is the page that was served under `host_header`."""
    if not host_header:
        return False
    try:
        parts = urlsplit(origin)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.netloc.lower() == host_header.lower()


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.strip("[]"))
    except ValueError:
        return False
    return True
