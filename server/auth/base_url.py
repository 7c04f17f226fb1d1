"""The address under which somebody reached us, which is also the issuer of tokens there."""

from collections.abc import Collection
from typing import Final
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

RESOURCES: Final = ("/mcp", "/alexa", "/google", "/siri")
"""Parts of this server that a token may be for alone (RFC 8707); without one it is for all."""
_BELOW: Final = {**{part: part for part in RESOURCES}, "/api/siri": "/siri"}
"""The parts by the paths at which they are served."""


def base_of(connection: HTTPConnection, public_url: str = "") -> str:
    """Such as "http://127.0.0.1:8765": the origin of a request whose Host the guard knows.

    A proxy in front of us speaks plain HTTP to us: who asks for the public name gets the public
    address, with its scheme.
    """
    host = connection.headers.get("host", "").lower()
    if public_url and urlsplit(public_url).netloc.lower() == host:
        return public_url
    secure = connection.url.scheme in {"https", "wss"}
    return f"{'https' if secure else 'http'}://{host}"


def bases_of(connection: HTTPConnection, public_url: str = "") -> frozenset[str]:
    """All origins whose tokens are good here: the one asked for, and the public one."""
    return frozenset(one for one in (base_of(connection, public_url), public_url) if one)


def audiences(path: str, bases: Collection[str]) -> frozenset[str]:
    """What a token must be for, to be good at `path`: this whole server, or that part of it."""
    served = f"{path.rstrip('/')}/"
    parts = ("", *(part for start, part in _BELOW.items() if served.startswith(f"{start}/")))
    return frozenset(base + one for base in bases for one in parts)


def audience_of(resource: str, base: str) -> str | None:
    """The audience that a client means by `resource`; None when it is no part of this server."""
    if not resource:
        return base
    wanted = resource.rstrip("/")
    known = {base + part for part in ("", *RESOURCES)}
    return wanted if wanted in known else None
