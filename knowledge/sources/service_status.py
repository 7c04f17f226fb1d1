"""How a service is, as far as we noticed."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum


class ServiceState(StrEnum):
    OFF = "off"
    """Switched off, or there is no key."""
    UNTRIED = "untried"
    """Nobody asked it since the start."""
    ANSWERS = "answers"
    BUSY = "busy"
    """It asked to be left alone for a while."""
    UNREACHABLE = "unreachable"
    REFUSES = "refuses"
    """It wants another key, or a new login."""


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """What is known of one service."""

    name: str
    base_url: str
    state: ServiceState = ServiceState.UNTRIED
    problem: str = ""
    """What went wrong last, in words for the user; empty when nothing did."""
    answered_at: float | None = None
    """When it answered last, in seconds since the epoch."""
    retry_in_s: float = 0.0
    """It is not asked before so many seconds have passed."""
    requests: int = 0
    """How often it was asked since the start."""
    from_cache: int = 0
    """How often an answer was at hand."""


class StatusKeeper:
    """Notes how requests went. Safe to share between threads."""

    def __init__(self, name: str, base_url: str, *, clock: Callable[[], float] = time.time) -> None:
        self._status = ServiceStatus(name, base_url)
        self._clock = clock
        self._lock = threading.Lock()

    @property
    def status(self) -> ServiceStatus:
        with self._lock:
            return self._status

    def asked(self) -> None:
        with self._lock:
            self._status = replace(self._status, requests=self._status.requests + 1)

    def served(self) -> None:
        """An answer came out of the cache."""
        with self._lock:
            self._status = replace(self._status, from_cache=self._status.from_cache + 1)

    def answered(self) -> None:
        with self._lock:
            self._status = replace(
                self._status, state=ServiceState.ANSWERS, problem="", answered_at=self._clock()
            )

    def failed(self, state: ServiceState, problem: str) -> None:
        with self._lock:
            self._status = replace(self._status, state=state, problem=problem)
