"""How far the indexer is: one value that any thread may ask for at any time."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias


class IndexPhase(StrEnum):
    IDLE = "idle"
    SCANNING = "scanning"
    ANALYSING = "analysing"
    MELODIES = "melodies"
    """Finding the tunes of recordings that are analysed already."""


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """What the indexer is doing now."""

    phase: IndexPhase = IndexPhase.IDLE
    done: int = 0
    total: int = 0
    """Files to read in this scan, or recordings to analyse in this run."""
    current: str = ""
    """The file being worked on, relative to its music folder."""
    failed: int = 0
    """Recordings that could not be analysed in this run."""
    refused: int = 0
    """Files refused in this scan."""
    eta_s: float | None = None
    """Seconds to the end of this phase; None while unknown."""


Listener: TypeAlias = Callable[[IndexProgress], None]


class ProgressMeter:
    """Counts, estimates the end, and tells a listener a few times a second."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, interval_s: float = 0.2
    ) -> None:
        self._clock = clock
        self._interval_s = interval_s
        self._lock = threading.Lock()
        self._now = IndexProgress()
        self._began = 0.0
        self._told = 0.0
        self._listener: Listener | None = None

    @property
    def now(self) -> IndexProgress:
        with self._lock:
            return self._now

    def begin(self, phase: IndexPhase, total: int, listener: Listener | None) -> None:
        """Start a phase at zero."""
        with self._lock:
            self._now = IndexProgress(phase=phase, total=total)
            self._began = self._clock()
            self._listener = listener
        self._tell(always=True)

    def working_on(self, current: str) -> None:
        with self._lock:
            self._now = replace(self._now, current=current)

    def step(self, current: str, *, failed: bool = False, refused: bool = False) -> None:
        """Count one more as done."""
        with self._lock:
            done = self._now.done + 1
            elapsed_s = self._clock() - self._began
            left = max(self._now.total - done, 0)
            self._now = replace(
                self._now,
                done=done,
                total=max(self._now.total, done),
                current=current,
                failed=self._now.failed + failed,
                refused=self._now.refused + refused,
                eta_s=elapsed_s / done * left,
            )
        self._tell()

    def end(self) -> None:
        """Go idle; the counts of the phase stay to be read."""
        self._tell(always=True)
        with self._lock:
            self._now = replace(self._now, phase=IndexPhase.IDLE, current="", eta_s=None)
        self._tell(always=True)
        with self._lock:
            self._listener = None

    def _tell(self, *, always: bool = False) -> None:
        with self._lock:
            listener, now, time_s = self._listener, self._now, self._clock()
            if listener is None or not (always or time_s - self._told >= self._interval_s):
                return
            self._told = time_s
        listener(now)
