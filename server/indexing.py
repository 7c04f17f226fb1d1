"""Keeps the index up to date in the background.

One thread scans, one analyses, one finds melodies, and a task watches.
"""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from knowledge.database import Database
from knowledge.indexer import Indexer, ScanReport
from knowledge.progress import IndexPhase, IndexProgress
from knowledge.watcher import FolderWatcher

_LOG = logging.getLogger(__name__)
_TELL_EVERY_S = 0.5
_LIBRARY_EVERY = 4
"""While a scan runs the pages are told of new tracks every so many times."""
_JOIN_S = 5.0


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
        fingerprints: bool = True,
        fingerprinted: Callable[[], object] | None = None,
        models: Sequence[Path] = (),
        melodies: bool = True,
    ) -> None:
        self.roots = tuple(roots)
        self._indexer = Indexer(
            database,
            covers,
            self.roots,
            workers=workers,
            fingerprints=fingerprints,
            fingerprinted=fingerprinted,
            models=models,
            melodies=melodies,
        )
        self._watch = watch
        self._scan_wanted = threading.Event()
        self._analysis_wanted = threading.Event()
        self._melodies_wanted = threading.Event()
        self._stop = threading.Event()
        self._stop_watching = asyncio.Event()
        self._analysing = False
        self._threads: list[threading.Thread] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._library_changed: Callable[[], None] = _nobody
        self._analysed: Callable[[threading.Event], None] = _nobody_yet
        self._melodies: Callable[[], None] = _nobody

    def status(self) -> IndexProgress:
        return self._indexer.status()

    def rescan(self) -> None:
        """Look for changed files soon."""
        self._scan_wanted.set()

    def start(
        self,
        *,
        changed: Callable[[], None],
        library_changed: Callable[[], None],
        analysed: Callable[[threading.Event], None],
        melodies: Callable[[], None] | None = None,
    ) -> None:
        """Begin with a scan. Call on the event loop.

        Args:
            changed: told on the event loop when there is progress.
            library_changed: told when tracks may have changed; from any thread.
            analysed: called after each analysis, in its thread; ends soon when its argument is set.
            melodies: called before and after each search for melodies, in its thread.
        """
        if not self.roots:
            return  # nothing to look at; what the library holds stays as it is
        self._library_changed = library_changed
        self._analysed = analysed
        self._melodies = melodies or _nobody
        works = ((self._scan, "scan"), (self._analyse, "analyse"), (self._find, "melodies"))
        for work, name in works:
            thread = threading.Thread(target=work, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)
        self.rescan()
        loop = asyncio.get_running_loop()
        self._tasks.append(loop.create_task(self._tell(changed)))
        if self._watch:
            self._tasks.append(loop.create_task(self._watch_folders()))

    async def close(self) -> None:
        """Stop after the file that is being read; the rest goes on with the next start."""
        self._stop.set()
        self._stop_watching.set()
        self._scan_wanted.set()
        self._analysis_wanted.set()
        self._melodies_wanted.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for thread in self._threads:
            await asyncio.to_thread(thread.join, _JOIN_S)

    def _scan(self) -> None:
        while self._awaken(self._scan_wanted):
            try:
                self._indexer.scan(stop=self._stop)
            except Exception:  # noqa: BLE001
                # The next rescan tries again; a broken disk must not take the server down.
                _LOG.exception("the scan of the music folders stopped early")
            self._library_changed()
            self._analysis_wanted.set()

    def _analyse(self) -> None:
        while self._awaken(self._analysis_wanted):
            self._analysing = True
            try:
                self._indexer.analyse(stop=self._stop)
                self._analysed(self._stop)
            except Exception:  # noqa: BLE001  as above
                _LOG.exception("the analysis stopped early")
            self._analysing = False
            self._library_changed()
            self._melodies_wanted.set()

    def _find(self) -> None:
        """Find melodies when nothing is left to analyse."""
        while self._awaken(self._melodies_wanted):
            for step in (self._melodies, self._find_melodies, self._melodies):
                try:
                    step()
                except Exception:  # noqa: BLE001  as above
                    _LOG.exception("finding melodies stopped early")

    def _find_melodies(self) -> None:
        self._indexer.find_melodies(stop=self._stop, enough=self._busy)

    def _busy(self) -> bool:
        """Whether something is to be analysed; melodies are wanted again after that."""
        return self._analysis_wanted.is_set() or self._analysing

    def _awaken(self, wanted: threading.Event) -> bool:
        """Wait until something is wanted; False when it is to end instead."""
        wanted.wait()
        wanted.clear()
        return not self._stop.is_set()

    async def _tell(self, changed: Callable[[], None]) -> None:
        last: IndexProgress | None = None
        rounds = 0
        while True:
            now = self.status()
            if now != last:
                last = now
                changed()
            rounds += 1
            if now.phase is IndexPhase.SCANNING and rounds % _LIBRARY_EVERY == 0:
                self._library_changed()
            await asyncio.sleep(_TELL_EVERY_S)

    async def _watch_folders(self) -> None:
        async def scanned(_report: ScanReport) -> None:
            self._library_changed()
            self._analysis_wanted.set()

        try:
            await FolderWatcher(self._indexer).run(self._stop_watching, scanned)
        except Exception:  # noqa: BLE001  as above
            _LOG.exception("the music folders are not watched any more")


def _nobody() -> None:
    pass


def _nobody_yet(_stop: threading.Event) -> None:
    pass
