"""Addresses that work without a token for a while, for players that cannot send headers."""

import hashlib
import hmac
import time
from collections.abc import Callable, Mapping
from typing import Final
from urllib.parse import urlencode

from knowledge.people.current import PersonId

_LONGEST_S = 7 * 86_400


class SignedUrls:
    """Signs paths and knows signed ones. HMAC-SHA-256 over the path, the end and the person."""

    PURPOSE: Final = "signed addresses"
    """What the key is derived for."""

    def __init__(self, key: bytes, *, clock: Callable[[], float] = time.time) -> None:
        """Sign with `key` (32 bytes of an installation's own); `clock` gives Unix time."""
        self._key = key
        self._clock = clock

    def sign(self, path: str, *, valid_s: float, person: PersonId) -> str:
        """`path` with a query by which it opens for `valid_s` seconds, a week at most."""
        until = int(self._clock() + min(valid_s, _LONGEST_S))
        signature = self._signature(path, until, person)
        return f"{path}?{urlencode({'until': until, 'person': person, 'signature': signature})}"

    def signer_of(self, path: str, query: Mapping[str, str]) -> PersonId | None:
        """For whom this address was signed; None when it was not, or its time is over."""
        until, person = query.get("until", ""), query.get("person", "")
        if not (_is_count(until) and _is_count(person)):
            return None
        signed = self._signature(path, int(until), PersonId(int(person)))
        if not hmac.compare_digest(signed.encode(), query.get("signature", "").encode()):
            return None
        return PersonId(int(person)) if self._clock() <= int(until) else None

    def _signature(self, path: str, until: int, person: PersonId) -> str:
        said = f"{path}\n{until}\n{person}".encode()
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 15
