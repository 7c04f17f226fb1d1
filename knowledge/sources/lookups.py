"""Ask a service about every recording, one after the other, in the background.

Each recording is a job in the database, so that a kill repeats at most the one that was being asked
about. While the service is away nothing is lost and nothing is given up: it waits.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from knowledge.database import Database
from knowledge.errors import KnowledgeError, SourceRefused, SourceUnreachable
from knowledge.jobs import Job, JobState, JobStore

_LOG = logging.getLogger(__name__)
_PAUSE_S = 30.0
_LONGEST_PAUSE_S = 900.0
_IDLE_S = 600.0
_JOIN_S = 10.0

Ask = Callable[[Job], None]
"""Asks about one recording and keeps what came back; raises `SourceUnreachable` to be called again
later, and `SourceRefused` when asking makes no sense before somebody did something."""


class LookupState(StrEnum):
    RUNNING = "running"
    WAITING = "waiting"
    """The service is away; it goes on by itself."""
    STOPPED = "stopped"
    """The service refuses; somebody has to do something."""
    IDLE = "idle"
    """Everything was asked."""


@dataclass(frozen=True, slots=True)
class LookupProgress:
    """How far it is."""

    name: str
    state: LookupState
    done: int
    total: int
    failed: int
    problem: str = ""


class Lookups:
    """Goes through the library in one thread. Call from any thread."""

    def __init__(
        self,
        name: str,
        database: Database,
        ask: Ask,
        *,
        changed: Callable[[], None] = lambda: None,
        pause_s: float = _PAUSE_S,
    ) -> None:
        """Prepare.

        Args:
            name: and version of what is asked, such as "lrclib/1"; another version asks again.
            database: the library.
            ask: asks about one recording.
            changed: is told, from the thread, when there is news.
            pause_s: how long it waits when the service is away; longer each time.
        """
        self.name = name
        self._jobs = JobStore(database, name)
        self._ask = ask
        self._changed = changed
        self._pause_s = pause_s
        self._stop = threading.Event()
        self._wanted = threading.Event()
        self._thread: threading.Thread | None = None
        self._state = LookupState.IDLE
        self._problem = ""

    def start(self) -> None:
        """Begin, with what is left of last time."""
        self._thread = threading.Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def look_again(self) -> None:
        """There may be new recordings; also tries a service again that refused."""
        self._wanted.set()

    def close(self) -> None:
        """Stop soon, and wait for it a little."""
        self._stop.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(_JOIN_S)

    def progress(self) -> LookupProgress:
        counts = self._jobs.counts()
        done, failed = counts.get(JobState.DONE, 0), counts.get(JobState.FAILED, 0)
        return LookupProgress(
            self.name, self._state, done, sum(counts.values()), failed, self._problem
        )

    def run(self) -> None:
        """Ask about everything that waits, in this thread; returns when nothing does."""
        self._jobs.prepare()
        pause_s = self._pause_s
        self._say(LookupState.RUNNING)
        while not self._stop.is_set() and (job := self._jobs.claim()) is not None:
            try:
                self._ask(job)
            except SourceUnreachable as error:
                self._jobs.give_back(job, uncounted=True)
                self._say(LookupState.WAITING, str(error))
                self._stop.wait(min(max(pause_s, error.retry_after_s), _LONGEST_PAUSE_S))
                pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
                continue
            except SourceRefused as error:
                self._jobs.give_back(job, uncounted=True)
                self._say(LookupState.STOPPED, str(error))
                return
            except KnowledgeError as error:
                self._jobs.fail(job, str(error))
            except Exception as error:  # noqa: BLE001  one recording must not stop the others
                _LOG.warning("%s: %s", self.name, error, exc_info=True)
                self._jobs.fail(job, "Something went wrong inside Refrain.")
            else:
                self._jobs.finish(job, self.name, lambda _: None)
            if self._state is not LookupState.RUNNING:
                pause_s = self._pause_s
                self._say(LookupState.RUNNING)
        self._say(LookupState.IDLE)

    def _run(self) -> None:
        while not self._stop.is_set():
            self._wanted.clear()
            try:
                self.run()
            except Exception as error:  # noqa: BLE001  the next round tries again
                _LOG.warning("%s: %s", self.name, error, exc_info=True)
            self._wanted.wait(None if self._state is LookupState.STOPPED else _IDLE_S)

    def _say(self, state: LookupState, problem: str = "") -> None:
        if (state, problem) != (self._state, self._problem):
            self._state, self._problem = state, problem
            self._changed()
