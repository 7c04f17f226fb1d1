"""What is answered without knowing who asks."""

from typing import Final

_PATHS: Final = frozenset(
    {
        "/api/health",
        "/login",
        "/logout",
        "/invitation",
        "/device",
        "/oauth/authorize",
        "/oauth/token",
        "/oauth/revoke",
        "/oauth/register",
        "/oauth/device",
        "/oauth/jwks.json",
        "/manifest.webmanifest",
        "/spotify/callback",
    }
)
_BELOW: Final = ("/.well-known/", "/styles/", "/icons/")
_OWN_DOORS: Final = ("/alexa", "/google/", "/rest/")
"""Paths whose routes find out themselves who it is: by a signature, a query, a token of their own.
They start as nobody and call `identify()` and `acting_as()` when they know."""


def is_public(path: str) -> bool:
    """Whether anybody may ask for this: the login itself, its looks, metadata, our state."""
    return path in _PATHS or (path.startswith(_BELOW) and _is_straight(path))


def has_own_door(path: str) -> bool:
    """Whether the routes here find out themselves who asks."""
    return path.startswith(_OWN_DOORS) and _is_straight(path)


def _is_straight(path: str) -> bool:
    """Whether it leads where it says: "/styles/../app.js" is no style."""
    return not any(trick in path for trick in ("..", "//", "\\", "\x00"))
