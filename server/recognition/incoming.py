"""Sound that came in from outside and has to lie in a file while it is read, and no longer."""

import asyncio
import os
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from server.errors import ServerBusy, TooLarge

_GATHERED_BYTES = 262_144


class IncomingFile:
    """A file that takes in bytes up to a limit. Writing happens in worker threads."""

    def __init__(self, path: Path, max_bytes: int) -> None:
        self.path = path
        self.size = 0
        self.is_kept = False
        self._max_bytes = max_bytes
        self._waiting = bytearray()
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

    async def write(self, data: bytes) -> None:
        """Append `data`.

        Raises:
            TooLarge: it is more than the file may hold.
        """
        self.size += len(data)
        if self.size > self._max_bytes:
            raise TooLarge(f"The file is larger than {self._max_bytes} bytes.")
        self._waiting += data
        if len(self._waiting) >= _GATHERED_BYTES:
            await self.finish()

    async def finish(self) -> None:
        """Write what is still in memory, so that others can read the file."""
        waiting, self._waiting = bytes(self._waiting), bytearray()
        await asyncio.to_thread(self._write, waiting)

    def keep(self) -> Path:
        """Let the file stay; whoever asked removes it."""
        self.is_kept = True
        return self.path

    def close(self) -> None:
        """Let go of the file; it stays."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._descriptor, view) :]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class IncomingFolder:
    """The folder of such files. Only one process may use it."""

    def __init__(self, folder: Path, *, at_once: int = 4) -> None:
        """Use `folder`, for `at_once` short-lived files at most."""
        self._folder = folder
        self._at_once = at_once
        self._open = 0

    def sweep(self) -> None:
        """Remove what a killed process left behind."""
        with suppress(FileNotFoundError):
            for path in self._folder.iterdir():
                path.unlink(missing_ok=True)

    @asynccontextmanager
    async def file(self, max_bytes: int) -> AsyncIterator[IncomingFile]:
        """A new file that is removed at the end of the block, unless it is to be kept.

        Raises:
            ServerBusy: there are too many already.
        """
        if self._open >= self._at_once:
            raise ServerBusy("Too many files are being received at the moment.")
        self._open += 1
        try:
            with IncomingFile(self.place(), max_bytes) as file:
                try:
                    yield file
                finally:
                    if not file.is_kept:
                        file.path.unlink(missing_ok=True)
        finally:
            self._open -= 1

    def place(self) -> Path:
        """Where a new file may be written, by a caller who removes it."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._folder / secrets.token_hex(12)
