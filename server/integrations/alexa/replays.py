"""Requests that were answered already: whoever overhears one must not send it once more.

A request is good for 150 s before and after the time that it bears, so its fingerprint is kept for
as long. What is signed is the body, so the body is what tells one request from another.
"""

import hashlib
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from server.integrations.alexa.certificates import NotFromAlexa

_MOST: Final = 20_000


class SeenRequests:
    """The fingerprints of requests that could still be repeated. For one event loop."""

    def __init__(self, good_for: timedelta, *, most: int = _MOST) -> None:
        """Remember at most `most`; a request is good until `good_for` after its own time."""
        self._good_for = good_for
        self._most = most
        self._until: OrderedDict[bytes, datetime] = OrderedDict()

    def __len__(self) -> int:
        return len(self._until)

    def add(self, body: bytes, made_at: datetime, now: datetime) -> None:
        """Remember a request that was proved to be good otherwise.

        Raises:
            NotFromAlexa: it came before, or more come than a household can send.
        """
        self._forget(now)
        key = hashlib.sha256(body).digest()
        if key in self._until:
            raise NotFromAlexa("the same request came before")
        if len(self._until) >= self._most:
            raise NotFromAlexa("too many requests came within a few minutes")
        self._until[key] = made_at + self._good_for

    def _forget(self, now: datetime) -> None:
        # In the order in which they came, which is nearly that in which they end; one that bears
        # a later time holds up those behind it for five minutes at most.
        while self._until:
            key, until = next(iter(self._until.items()))
            if until >= now:
                return
            del self._until[key]
