"""How much of something a client may send: a burst, and so much a second after that."""

import time
from collections.abc import Callable


class Allowance:
    """Counts an amount, such as bytes or seconds of sound. For one client."""

    def __init__(
        self, *, burst: float, per_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._burst, self._per_s, self._clock = burst, per_s, clock
        self._left = burst
        self._at = clock()

    def allows(self, amount: float) -> bool:
        """Whether so much may come now; counts it when so."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._per_s)
        self._at = now
        if self._left < amount:
            return False
        self._left -= amount
        return True
