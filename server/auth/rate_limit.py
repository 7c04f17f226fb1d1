"""Token buckets: so many requests at once, so many a second after that."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_REMEMBERED_CLIENTS = 4096


@dataclass(slots=True)
class TokenBucket:
    """One client's allowance."""

    burst: float
    """How many may come at once."""
    per_s: float
    """How many a second are given back."""
    level: float
    at: float
    """Seconds of the clock when `level` was right."""

    def take(self, now: float) -> bool:
        """Use one, if there is one."""
        self.level = min(self.burst, self.level + (now - self.at) * self.per_s)
        self.at = now
        if self.level < 1.0:
            return False
        self.level -= 1.0
        return True


class RateLimit:
    """A bucket for each client; the least recently seen ones are forgotten."""

    def __init__(
        self, *, burst: float, per_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst = burst
        self._per_s = per_s
        self._clock = clock
        self._buckets: OrderedDict[str, TokenBucket] = OrderedDict()

    def allows(self, client: str) -> bool:
        """Whether `client` may do it once more now; counts it when so."""
        now = self._clock()
        bucket = self._buckets.get(client)
        if bucket is None:
            bucket = TokenBucket(self._burst, self._per_s, self._burst, now)
            self._buckets[client] = bucket
            if len(self._buckets) > _REMEMBERED_CLIENTS:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(client)
        return bucket.take(now)
