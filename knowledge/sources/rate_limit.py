"""How often a service may be asked."""

import threading
import time
from collections.abc import Callable


class RateLimit:
    """Lets one request through in so many seconds, whichever thread it comes from."""

    def __init__(
        self,
        every_s: float = 1.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._every_s = every_s
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = 0.0

    def turn(self, at_least_s: float = 0.0) -> float:
        """Take the next turn, and return in how many seconds it is.

        Args:
            at_least_s: not before so many seconds in any case.
        """
        with self._lock:
            now = self._clock()
            turn = max(self._next, now + at_least_s)
            self._next = turn + self._every_s
        return max(0.0, turn - now)

    def wait(self, at_least_s: float = 0.0) -> None:
        """Wait for one's turn; see `turn`."""
        if (wait_s := self.turn(at_least_s)) > 0:
            self._sleep(wait_s)
