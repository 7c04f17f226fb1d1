"""Work that follows a scan or an analysis, in one background thread at low priority.

Each chore brings something in step with the library and can be stopped at any time; what it did
not reach it does next time.
"""

import logging
import os
import threading
from collections.abc import Callable, Sequence
from typing import TypeAlias

_LOG = logging.getLogger(__name__)
_NICENESS = 10
_QUIET_S = 3.0
"""So long nothing more must be wanted before the chores begin: a scan tells of many changes."""
_MOST_QUIET_ROUNDS = 8
"""While a scan goes on for long the chores begin all the same."""
_JOIN_S = 10.0

Chore: TypeAlias = Callable[[threading.Event], object]
"""Does its work until it is done or the event is set."""


class Chores:
    """Does its chores one after the other whenever something changed. Call from any thread."""

    def __init__(self, chores: Sequence[tuple[str, Chore]], *, quiet_s: float = _QUIET_S) -> None:
        """Prepare.

        Args:
            chores: each with a name for the log, in the order in which they are done.
            quiet_s: see the constant.
        """
        self._chores = tuple(chores)
        self._quiet_s = quiet_s
        self._wanted = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._told: set[str] = set()

    def start(self) -> None:
        """Begin, with a first round."""
        self._wanted.set()
        self._thread = threading.Thread(target=self._run, name="chores", daemon=True)
        self._thread.start()

    def look_again(self) -> None:
        """Something changed: do a round soon."""
        self._wanted.set()

    def close(self) -> None:
        """Stop soon, and wait for it a little."""
        self._stop.set()
        self._wanted.set()
        if self._thread is not None:
            self._thread.join(_JOIN_S)

    def _run(self) -> None:
        _be_nice()
        while not self._stop.is_set():
            self._wanted.wait()
            for _ in range(_MOST_QUIET_ROUNDS):
                if self._stop.is_set() or not self._wanted.is_set():
                    break
                self._wanted.clear()
                self._stop.wait(self._quiet_s)
            for name, chore in self._chores:
                if self._stop.is_set():
                    return
                self._do(name, chore)

    def _do(self, name: str, chore: Chore) -> None:
        try:
            chore(self._stop)
        except Exception as error:  # noqa: BLE001  the next round tries again
            said = f"{name}: {error}"
            if said not in self._told:  # once, not after every scan
                self._told = {*list(self._told)[-20:], said}
                _LOG.warning("in the background: %s", said)


def _be_nice() -> None:
    """On Linux a thread has a priority of its own."""
    try:
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
    except (OSError, AttributeError):
        _LOG.debug("the background thread keeps its priority")
