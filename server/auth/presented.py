"""What a request brings to say who it is: a token, a key, a cookie."""

from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
INSECURE_KEY_PROTOCOL = "openai-insecure-api-key."
"""Browsers cannot send headers with a WebSocket; OpenAI's clients put the key in here instead."""

_SOUND = (("/api/tracks/", "/audio"), ("/api/stations/", "/stream"))


def presented_token(connection: HTTPConnection) -> str | None:
    """The token or key that a request came with, wherever it stands in it."""
    scheme, _, value = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value:
        return value.strip()
    if connection.scope["type"] == "websocket":
        for protocol in connection.scope.get("subprotocols", []):
            if protocol.startswith(INSECURE_KEY_PROTOCOL):
                return str(protocol.removeprefix(INSECURE_KEY_PROTOCOL))
    if takes_token_in_query(connection):
        query = parse_qs(connection.url.query)
        return query["token"][0] if "token" in query else None
    return None


def takes_token_in_query(connection: HTTPConnection) -> bool:
    """Only where no header can be sent: the page itself, sound and pictures, the WebSocket."""
    if connection.scope["type"] == "websocket":
        return True
    if connection.scope["method"] not in SAFE_METHODS:
        return False
    path: str = connection.scope["path"]
    return path == "/" or is_media(path)


def is_media(path: str) -> bool:
    """Whether this is sound or a picture, which a signed address may open."""
    return path.startswith("/api/covers/") or any(
        path.startswith(start) and path.endswith(end) for start, end in _SOUND
    )


def cookie_of(headers: Mapping[str, str], name: str) -> str | None:
    """The cookie of that name; None without it, and where the header cannot be read."""
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return None
    return None if morsel is None else morsel.value
