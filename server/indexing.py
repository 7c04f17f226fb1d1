"""Keeps the index up to date in the background: one thread that scans and analyses, one watcher."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.database import Database
from knowledge.indexer import Indexer
from knowledge.progress import IndexProgress

_LOG = logging.getLogger(__name__)
_TELL_EVERY_S = 0.5
_JOIN_S = 20.0


class Indexing:
    """The indexer as a background service. Methods may be called from any thread."""

    def __init__(
        self,
        database: Database,
        covers: Path,
        roots: Sequence[Path],
        *,
        workers: int,
        watch: bool,
    ) -> None:
        self.roots = tuple(roots)
        self._indexer = Indexer(database, covers, self.roots, workers=workers)
        self._watch = watch
        self._wanted = threading.Event()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._tasks: list[asyncio.Task[None]] = []

    def status(self) -> IndexProgress:
        return self._indexer.status()

    def rescan(self) -> None:
        """Look for changed files soon."""
        self._wanted.set()

    def start(self, *, changed: Callable[[], None], library_changed: Callable[[], None]) -> None:
        """Begin with a scan. Call on the event loop.

        Args:
            changed: told on the event loop when there is progress.
            library_changed: told from the indexer's thread when tracks may have changed.
        """
        self._library_changed = library_changed
        self._thread = threading.Thread(target=self._work, name="indexer", daemon=True)
        self._thread.start()
        self.rescan()
        loop = asyncio.get_running_loop()
        self._tasks.append(loop.create_task(self._tell(changed)))
        if self._watch and self.roots:
            self._tasks.append(loop.create_task(self._watch_folders()))

    async def close(self) -> None:
        """Stop after the track that is being analysed; the rest goes on with the next start."""
        self._stop.set()
        self._wanted.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, _JOIN_S)

    def _work(self) -> None:
        while not self._stop.is_set():
            self._wanted.wait()
            self._wanted.clear()
            if self._stop.is_set():
                return
            try:
                self._indexer.scan(stop=self._stop)
                self._library_changed()
                self._indexer.analyse(stop=self._stop)
                self._library_changed()
            except Exception:  # noqa: BLE001
                # The next rescan tries again; a broken disk must not take the server down.
                _LOG.exception("indexing stopped early")

    async def _tell(self, changed: Callable[[], None]) -> None:
        last: IndexProgress | None = None
        while True:
            now = self.status()
            if now != last:
                last = now
                changed()
            await asyncio.sleep(_TELL_EVERY_S)

    async def _watch_folders(self) -> None:
        # A native library that only watching needs.
        from knowledge.watcher import FolderWatcher  # noqa: PLC0415

        with contextlib.suppress(asyncio.CancelledError):
            await FolderWatcher(self.roots, self.rescan).run()
