"""Permissions as the texts that OAuth calls scopes."""

from collections.abc import Iterable

from server.auth.identity import Permission

ORDINARY = frozenset(Permission) - {Permission.ADMIN}
"""What everybody may who is no administrator."""

MEANINGS = {
    Permission.LISTEN: "Search your library, hear recordings, and talk with Refrain",
    Permission.CONTROL: "Play and pause, and change the queue and the speakers",
    Permission.LIBRARY: "Change playlists and ratings, and what the library holds",
    Permission.HISTORY: "See what was played and heard, and what is known of your taste",
    Permission.ADMIN: "Everything, including people, devices and settings",
}
"""What a person reads who is asked for them."""


def scopes_of(text: str) -> frozenset[Permission]:
    """The permissions in a list separated by spaces; what we do not know is left out."""
    known = {one.value: one for one in Permission}
    return frozenset(known[word] for word in text.split() if word in known)


def text_of(permissions: Iterable[Permission]) -> str:
    """The list, always in the same order."""
    given = frozenset(permissions)
    return " ".join(one.value for one in Permission if one in given)
