"""How many may recognise at once, and how many may wait for it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from knowledge.errors import RecognitionBusy


class Gate:
    """Lets few through at a time and turns away whom it would keep waiting too long."""

    def __init__(self, *, at_once: int = 2, waiting: int = 8, patience_s: float = 20.0) -> None:
        """Prepare a gate.

        Args:
            at_once: how many may be inside.
            waiting: how many may wait outside.
            patience_s: the longest that one waits.
        """
        self._inside = threading.Semaphore(at_once)
        self._waiting = threading.Semaphore(at_once + waiting)
        self._patience_s = patience_s

    @contextmanager
    def enter(self) -> Iterator[None]:
        """Be inside for the length of the block.

        Raises:
            RecognitionBusy: too many wait already, or none came out in time.
        """
        if not self._waiting.acquire(blocking=False):
            raise RecognitionBusy("Too many clips are being recognised at the moment.")
        try:
            if not self._inside.acquire(timeout=self._patience_s):
                raise RecognitionBusy("Recognising the clips before this one takes too long.")
            try:
                yield
            finally:
                self._inside.release()
        finally:
            self._waiting.release()
