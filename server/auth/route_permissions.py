"""What each address asks of who calls it. What stands nowhere here only an administrator may.

The guard looks here, before any route runs, so that nothing depends on how a route was written. A
test walks all routes and fails where one is missing.
"""

import re
from collections.abc import Iterable
from enum import Enum
from functools import cache
from typing import Final

from server.auth.identity import NOBODY, Identity, Permission
from server.auth.public_paths import has_own_door, is_public


class Who(Enum):
    """Who may, where it is not a question of permissions."""

    ANYBODY = "anybody"
    """Strangers, too."""
    SOMEBODY = "somebody"
    """Everybody whom we know, whatever their token allows."""
    PERSON = "person"
    """Somebody in a browser or at the command line: no program, whatever its token allows."""


Access = Permission | Who
_LISTEN, _CONTROL, _LIBRARY = Permission.LISTEN, Permission.CONTROL, Permission.LIBRARY
_HISTORY, _ADMIN = Permission.HISTORY, Permission.ADMIN
_READS, _WRITES = ("GET", "HEAD"), ("POST", "PUT", "PATCH", "DELETE")

_TABLE: Final[tuple[tuple[tuple[str, ...], str, Access], ...]] = (
    # music
    (_READS, "/api/library", _LISTEN),
    (_READS, "/api/tracks{rest}", _LISTEN),
    (_READS, "/api/albums{rest}", _LISTEN),
    (_READS, "/api/artists{rest}", _LISTEN),
    (_READS, "/api/genres{rest}", _LISTEN),
    (_READS, "/api/search", _LISTEN),
    (_READS, "/api/sound/map", _LISTEN),
    (_READS, "/api/lyrics/search", _LISTEN),
    (_READS, "/api/meaning", _LISTEN),
    (_READS, "/api/covers/{rest}", _LISTEN),
    (_READS, "/api/playlists{rest}", _LISTEN),
    (_READS, "/api/smart-playlists", _LISTEN),
    (_READS, "/api/recommendations", _LISTEN),
    (_READS, "/api/radio{rest}", _LISTEN),
    (_READS, "/api/stations{rest}", _LISTEN),
    (_READS, "/api/services", _LISTEN),
    # what plays, and where
    (_READS, "/api/queue", _LISTEN),
    (_READS, "/api/player", _LISTEN),
    (_READS, "/api/players", _LISTEN),
    (_READS, "/api/rooms{rest}", _LISTEN),
    (_READS, "/api/settings", _LISTEN),
    (_READS, "/api/timers", _LISTEN),
    (_WRITES, "/api/queue/{rest}", _CONTROL),
    (_WRITES, "/api/player/{rest}", _CONTROL),
    (_WRITES, "/api/rooms{rest}", _CONTROL),
    (_WRITES, "/api/radio/{rest}", _CONTROL),
    (_WRITES, "/api/stations/{id}/play", _CONTROL),
    (("PUT",), "/api/settings", _CONTROL),
    (_WRITES, "/api/timers{rest}", _CONTROL),
    # what the library holds
    (_WRITES, "/api/playlists{rest}", _LIBRARY),
    (_WRITES, "/api/smart-playlists{rest}", _LIBRARY),
    (_WRITES, "/api/stations{rest}", _LIBRARY),
    (_WRITES, "/api/ratings/{id}", _LIBRARY),
    (_WRITES, "/api/feedback", _LIBRARY),
    (("PUT",), "/api/tracks/{id}/lyrics/fetched", _LIBRARY),
    (("PUT", "POST"), "/api/tracks/{id}/facts/{rest}", _LIBRARY),
    (_READS, "/api/index{rest}", _LISTEN),
    (_WRITES, "/api/index/rescan", _LIBRARY),
    # recognising
    (_WRITES, "/api/recognise", _LISTEN),
    (_WRITES, "/api/recognise/url", _LISTEN),
    (_READS, "/api/listening", _LISTEN),
    (_WRITES, "/api/listening{rest}", _LISTEN),
    (_WRITES, "/api/hum", _LISTEN),
    (_WRITES, "/api/hum/{id}/pick", _LISTEN),
    (_READS, "/api/melodies", _LISTEN),
    (_WRITES, "/api/timeline", _LISTEN),
    (_READS, "/api/timeline{rest}", _LISTEN),
    (("DELETE",), "/api/timeline/{id}", _LISTEN),
    (_READS, "/api/monitors", _LISTEN),
    (_WRITES, "/api/monitors{rest}", _LIBRARY),
    (_READS, "/api/unknown", _HISTORY),
    (_WRITES, "/api/unknown/{id}", _HISTORY),
    (_READS, "/api/packs{rest}", _LIBRARY),
    (_WRITES, "/api/packs{rest}", _ADMIN),
    # what was played and heard, and what is known of tastes
    (_READS, "/api/history", _HISTORY),
    (_READS, "/api/heard", _HISTORY),
    (_WRITES, "/api/heard/{rest}", _HISTORY),
    (_READS, "/api/statistics", _HISTORY),
    (_READS, "/api/taste", _HISTORY),
    (_WRITES, "/api/taste{rest}", _HISTORY),
    (_READS, "/api/imports", _HISTORY),
    (_WRITES, "/api/imports{rest}", _HISTORY),
    (_READS, "/api/me/privacy", _HISTORY),
    (_READS, "/api/me/export", _HISTORY),
    (_WRITES, "/api/services/{rest}", _HISTORY),
    (_READS, "/spotify/connect", _HISTORY),
    (_WRITES, "/api/spotify/login", _HISTORY),
    (_WRITES, "/api/spotify/account", _HISTORY),
    (_READS, "/api/spotify/{rest}", _LISTEN),
    (_WRITES, "/api/spotify/{rest}", _CONTROL),
    # people and devices
    (_READS, "/api/whoami", Who.SOMEBODY),
    (_WRITES, "/api/me{rest}", Who.PERSON),
    (_READS, "/api/devices", Who.PERSON),
    (_WRITES, "/api/devices{rest}", Who.PERSON),
    (_READS, "/api/people{rest}", _ADMIN),
    (_WRITES, "/api/people{rest}", _ADMIN),
    (_READS, "/api/invitations", _ADMIN),
    (_WRITES, "/api/invitations{rest}", _ADMIN),
    (_READS, "/api/clients", _ADMIN),
    (_WRITES, "/api/clients{rest}", _ADMIN),
    (_READS, "/api/audit", _ADMIN),
    # other programs
    (_READS, "/api/docs", Who.SOMEBODY),
    (_READS, "/api/openapi.json", Who.SOMEBODY),
    (_READS, "/v1/models{rest}", _LISTEN),
    (_WRITES, "/v1/audio/{rest}", _LISTEN),
    (_WRITES, "/v1/chat/completions", _LISTEN),
    (_WRITES, "/v1/realtime/client_secrets", _LISTEN),
    (("WEBSOCKET",), "/v1/realtime", _LISTEN),
    (_WRITES, "/api/siri", _LISTEN),
    (("GET", "HEAD", "POST", "DELETE"), "/mcp", Who.SOMEBODY),
    (("GET", "HEAD", "POST", "DELETE"), "/mcp/{rest}", Who.SOMEBODY),
    (_READS, "/metrics", _ADMIN),
)
"""Methods, path, who may. `{rest}` is anything, `{…}` else one part of the path; first match."""

_PARTS: Final = ("/api/", "/v1/", "/oauth/", "/mcp", "/metrics")
"""Where programs go; all else is the page, which everybody gets whom we know."""


def access_to(method: str, path: str) -> Access | None:
    """What a request needs; None where nobody said so.

    Args:
        method: of HTTP; "WEBSOCKET" for one.
        path: of the request.
    """
    if is_public(path) or has_own_door(path):
        return Who.ANYBODY
    if method == "OPTIONS":
        return Who.SOMEBODY
    for methods, pattern, access in _table():
        if method in methods and pattern.fullmatch(path):
            return access
    if not path.startswith(_PARTS) and method in _READS:
        return Who.SOMEBODY
    return None


def allows(identity: Identity, access: Access | None) -> bool:
    """Whether somebody may do what needs this."""
    if access is Who.ANYBODY:
        return True
    if identity is NOBODY or not identity.permissions:
        return False
    if access is Who.SOMEBODY:
        return True
    if access is Who.PERSON:
        return not identity.client
    return identity.may(access if isinstance(access, Permission) else Permission.ADMIN)


@cache
def _table() -> tuple[tuple[Iterable[str], re.Pattern[str], Access], ...]:
    return tuple((frozenset(methods), _pattern(path), who) for methods, path, who in _TABLE)


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{\w+\})", path)
    kinds = {True: ".*", False: "[^/]+"}
    return re.compile(
        "".join(kinds[one == "{rest}"] if one.startswith("{") else re.escape(one) for one in parts),
        re.DOTALL,
    )
