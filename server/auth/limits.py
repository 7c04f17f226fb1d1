"""How often somebody may do something: by who they are, wherever they come from."""

import asyncio
from typing import Final

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from server.auth.identity import Identity

PEOPLE: Final = RateLimitItemPerMinute(6_000)
"""Requests of one person in browsers, and of the household."""
PROGRAMS: Final = RateLimitItemPerMinute(1_200)
"""Requests of one person's one program."""
EVENTS: Final = RateLimitItemPerMinute(4_000)
"""Messages, sound left out, of one person's one program on all its WebSockets together."""
WRONG_LOGINS: Final = RateLimitItemPerMinute(10, 15)
"""Wrong passwords for one name from one address."""
WRONG_LOGINS_NAME: Final = RateLimitItemPerHour(100)
"""Wrong passwords for one name from anywhere."""
WRONG_LOGINS_ADDRESS: Final = RateLimitItemPerMinute(40, 15)
"""Wrong passwords from one address."""
WRONG_CODES: Final = RateLimitItemPerMinute(10, 10)
"""Codes of devices that one person typed in wrong."""
TOKENS: Final = RateLimitItemPerMinute(120)
"""Requests for tokens from one address."""
WRONG_CLIENTS: Final = RateLimitItemPerMinute(20, 5)
"""Wrong secrets of programs from one address."""
REGISTRATIONS: Final = RateLimitItemPerHour(30)
"""Programs that register themselves from one address."""
DEVICES: Final = RateLimitItemPerMinute(20, 10)
"""Codes for devices that one address asks for."""


class Limits:
    """Counts in the memory of this process."""

    def __init__(self) -> None:
        self.checking_passwords = asyncio.Semaphore(2)
        """Held while a password is checked and counted. Who waits holds no worker thread, which
        all requests need, and is counted before the next guess."""
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def hit(self, limit: RateLimitItem, *who: str) -> bool:
        """Count once more; False when that was too often."""
        return self._limiter.hit(limit, *_named(limit, who))

    def may(self, limit: RateLimitItem, *who: str) -> bool:
        """Whether it could be counted once more."""
        return self._limiter.test(limit, *_named(limit, who))

    def request(self, identity: Identity) -> bool:
        """Count a request; False when there were too many."""
        return self.hit(PROGRAMS if identity.client else PEOPLE, *_who(identity))

    def event(self, identity: Identity) -> bool:
        """Count a message on a WebSocket; False when there were too many."""
        return self.hit(EVENTS, *_who(identity))


def _who(identity: Identity) -> tuple[str, str]:
    return str(identity.person), identity.client


_NAMES: Final = {
    id(PEOPLE): "people",
    id(PROGRAMS): "programs",
    id(EVENTS): "events",
    id(WRONG_LOGINS): "wrong-logins",
    id(WRONG_LOGINS_NAME): "wrong-logins-name",
    id(WRONG_LOGINS_ADDRESS): "wrong-logins-address",
    id(WRONG_CODES): "wrong-codes",
    id(TOKENS): "tokens",
    id(WRONG_CLIENTS): "wrong-clients",
    id(REGISTRATIONS): "registrations",
    id(DEVICES): "devices",
}


def _named(limit: RateLimitItem, who: tuple[str, ...]) -> tuple[str, ...]:
    """Two limits of the same size do not count together."""
    return (_NAMES.get(id(limit), str(limit)), *(one[:200] for one in who))
