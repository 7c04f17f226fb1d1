"""Addresses to which a client may have people sent back."""

from typing import Final
from urllib.parse import urlencode, urlsplit

from server.auth.hosts import LOOPBACK_NAMES

MOST: Final = 10
_LONGEST: Final = 512
_NEVER: Final = frozenset(
    {"javascript", "data", "file", "vbscript", "blob", "about", "ftp", "ws", "wss", "view-source"}
)


def is_usable(uri: str) -> bool:
    """Whether a client may register this: https, http to its own machine, or an app's scheme."""
    if not 0 < len(uri) <= _LONGEST or not uri.isascii() or not uri.isprintable():
        return False
    if any(sign in uri for sign in " \"'<>\\^`{}|#*"):
        return False
    try:
        parts = urlsplit(uri)
        parts.port  # noqa: B018  raises where it is none
    except ValueError:
        return False
    if parts.username is not None or parts.password is not None:
        return False
    if parts.scheme == "https":
        return bool(parts.hostname)
    if parts.scheme == "http":
        return _is_loopback(parts.hostname)
    return bool(parts.scheme) and parts.scheme not in _NEVER and bool(parts.netloc or parts.path)


def matches(registered: str, asked: str) -> bool:
    """Whether both are the same, to the letter; only the port of one's own machine may differ.

    Programs that listen for the answer themselves take any free port (RFC 8252, 7.3).
    """
    if registered == asked:
        return True
    try:
        ours, theirs = urlsplit(registered), urlsplit(asked)
        theirs.port  # noqa: B018
    except ValueError:
        return False
    if ours.scheme != "http" or theirs.scheme != "http" or not _is_loopback(ours.hostname):
        return False
    return is_usable(asked) and (ours.hostname, ours.path, ours.query) == (
        theirs.hostname,
        theirs.path,
        theirs.query,
    )


def with_answer(uri: str, answer: dict[str, str]) -> str:
    """The address with these parameters added to its query."""
    return f"{uri}{'&' if '?' in uri else '?'}{urlencode(answer)}"


def origin_of(uri: str) -> str:
    """What a content security policy calls the place: an origin, or a scheme with its colon."""
    parts = urlsplit(uri)
    if parts.scheme in {"http", "https"}:
        return f"{parts.scheme}://{parts.netloc}"
    return f"{parts.scheme}:"


def _is_loopback(host: str | None) -> bool:
    return host is not None and (host in LOOPBACK_NAMES or host == "::1")
