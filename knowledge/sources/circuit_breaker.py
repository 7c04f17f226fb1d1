"""Leave a service alone that does not answer, instead of waiting for it again and again."""

import threading
import time
from collections.abc import Callable

_FAILURES = 3
_FIRST_PAUSE_S = 30.0
_LONGEST_PAUSE_S = 900.0


class CircuitBreaker:
    """Opens after some failures in a row, for longer each time; then one request may try.

    Safe to share between threads.
    """

    def __init__(
        self,
        *,
        failures: int = _FAILURES,
        first_pause_s: float = _FIRST_PAUSE_S,
        longest_pause_s: float = _LONGEST_PAUSE_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = failures
        self._first_pause_s = first_pause_s
        self._longest_pause_s = longest_pause_s
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._pause_s = first_pause_s
        self._closed_at = 0.0

    @property
    def is_open(self) -> bool:
        """Whether nobody should ask."""
        return self.retry_in_s > 0

    @property
    def retry_in_s(self) -> float:
        """Seconds until it is worth asking again; 0 when it is."""
        with self._lock:
            return max(0.0, self._closed_at - self._clock())

    def succeeded(self) -> None:
        with self._lock:
            self._failures = 0
            self._pause_s = self._first_pause_s
            self._closed_at = 0.0

    def failed(self) -> None:
        """One more time there was no answer."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._most:
                self._closed_at = self._clock() + self._pause_s
                self._pause_s = min(2 * self._pause_s, self._longest_pause_s)

    def rest(self, seconds: float) -> None:
        """The service itself asked to be left alone for so long."""
        with self._lock:
            until = self._clock() + min(seconds, self._longest_pause_s)
            self._closed_at = max(self._closed_at, until)
