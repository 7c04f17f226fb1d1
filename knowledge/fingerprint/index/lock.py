"""One writer at a time, also among processes."""

import fcntl
import os
from pathlib import Path

from knowledge.errors import IndexBusy

_NAME = "lock"


class WriterLock:
    """Held from creation to `release`, or to the end of the process however it comes.

    A forked child shares it: start other processes afresh (spawn) while it is held.
    """

    def __init__(self, folder: Path) -> None:
        """Take the lock of the index in `folder`.

        Raises:
            IndexBusy: somebody else has it.
        """
        descriptor = os.open(folder / _NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise IndexBusy(
                "Another Refrain is changing the fingerprint index. Wait until it is done, stop "
                "it, or open the index for reading only."
            ) from error
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Let others write. Doing it twice is fine."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
