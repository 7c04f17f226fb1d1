"""How much of our voice has sounded at the client, which plays it on its own."""

import asyncio
import time
from collections.abc import Callable


class PlaybackClock:
    """Reckons how far a client is in playing one reply, and lets it correct that.

    Sound is sent faster than it sounds, and plays from its arrival without a gap for as long as
    there is some. What the client reports counts more than what we reckon.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sent_ms = 0.0
        self._ends_at: float | None = None
        self._stopped_ms: float | None = None

    @property
    def sent_ms(self) -> float:
        """How much was sent, milliseconds."""
        return self._sent_ms

    @property
    def left_ms(self) -> float:
        """How much of what was sent has not sounded yet, milliseconds."""
        if self._stopped_ms is not None or self._ends_at is None:
            return 0.0
        return max(0.0, (self._ends_at - self._clock()) * 1000.0)

    @property
    def played_ms(self) -> float:
        """How much has sounded, milliseconds."""
        if self._stopped_ms is not None:
            return self._stopped_ms
        return max(0.0, self._sent_ms - self.left_ms)

    def sent(self, duration_ms: float) -> None:
        """So much more is on its way."""
        now = self._clock()
        starts_at = now if self._ends_at is None else max(now, self._ends_at)
        self._ends_at = starts_at + duration_ms / 1000.0
        self._sent_ms += duration_ms

    def reported(self, played_ms: float, *, playing: bool) -> None:
        """The client says how far it is."""
        played_ms = min(played_ms, self._sent_ms)
        if self._stopped_ms is not None:
            self._stopped_ms = min(self._stopped_ms, played_ms)
            return
        left_ms = self._sent_ms - played_ms if playing else 0.0
        self._ends_at = self._clock() + left_ms / 1000.0
        if not playing and played_ms < self._sent_ms:
            self._stopped_ms = played_ms

    def stop(self) -> float:
        """Nothing more sounds; returns how much did, milliseconds."""
        self._stopped_ms = self.played_ms
        return self._stopped_ms


class Sounding:
    """Whether our voice sounds at the client now; tells when it does, for longer, or no more."""

    def __init__(self, changed: Callable[[bool], None]) -> None:
        self._changed = changed
        self._timer: asyncio.TimerHandle | None = None
        self._on = False

    @property
    def now(self) -> bool:
        return self._on

    def until(self, left_ms: float) -> None:
        """It sounds for so much longer, in milliseconds; 0 is silence at once."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if left_ms > 0:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(left_ms / 1000.0, self._set, False)
        self._set(left_ms > 0)

    def _set(self, on: bool) -> None:
        if on or self._on:
            self._on = on
            self._changed(on)
