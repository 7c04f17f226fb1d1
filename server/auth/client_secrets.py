"""Short-lived keys for browsers and other clients that should not hold the access token."""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from server.auth.identity import OWNER, Identity

PREFIX: Final = "ek_"
SHORTEST_S: Final = 10
LONGEST_S: Final = 7_200
USUAL_S: Final = 600
_MAX_SECRETS: Final = 1_000
_BYTES: Final = 24


@dataclass(frozen=True, slots=True)
class ClientSecret:
    """One such key. It opens `/v1/realtime` until it expires, any number of times, and no more."""

    value: str
    expires_at: float
    """Seconds since 1970."""
    session: dict[str, Any]
    """What sessions opened with it begin with."""


@dataclass(frozen=True, slots=True)
class _Kept:
    expires_at: float
    session: dict[str, Any]
    identity: Identity


class ClientSecrets:
    """The keys of this process, of which only hashes are kept; gone when it ends."""

    def __init__(self, *, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self._known: OrderedDict[bytes, _Kept] = OrderedDict()

    def make(
        self, session: dict[str, Any], *, seconds: int = USUAL_S, identity: Identity = OWNER
    ) -> ClientSecret:
        """A new key; of more than a thousand the oldest is forgotten.

        Args:
            session: what sessions opened with it begin with.
            seconds: how long it opens, `SHORTEST_S` to `LONGEST_S`.
            identity: who made it; whoever presents it may do as much.
        """
        seconds = min(max(seconds, SHORTEST_S), LONGEST_S)
        value, expires_at = PREFIX + secrets.token_urlsafe(_BYTES), self._clock() + seconds
        self._forget_expired()
        while len(self._known) >= _MAX_SECRETS:
            self._known.popitem(last=False)
        self._known[_digest(value)] = _Kept(expires_at, session, identity)
        return ClientSecret(value, expires_at, session)

    def session_of(self, presented: str | None) -> dict[str, Any] | None:
        """What a session opened with this key begins with; None when it is no key, or expired."""
        kept = self._find(presented)
        return None if kept is None else kept.session

    def identity_of(self, presented: str | None) -> Identity | None:
        """Who made this key; None when it is no key, or expired."""
        kept = self._find(presented)
        return None if kept is None else kept.identity

    def _find(self, presented: str | None) -> _Kept | None:
        if presented is None or not presented.startswith(PREFIX):
            return None
        # Looked up by hash: how long that takes says nothing about the keys there are.
        kept = self._known.get(_digest(presented))
        return kept if kept is not None and self._clock() < kept.expires_at else None

    def _forget_expired(self) -> None:
        now = self._clock()
        for digest in [one for one, kept in self._known.items() if kept.expires_at <= now]:
            del self._known[digest]


def _digest(value: str) -> bytes:
    return hashlib.sha256(value.encode()).digest()
