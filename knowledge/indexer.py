"""Index the music folders in two phases.

A quick scan first, so that everything can be found and played; then the analysis of the sound, at
low priority, resumable.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

from knowledge.database import Database
from knowledge.progress import IndexPhase, IndexProgress, Listener, ProgressMeter
from knowledge.scan import Scanner, ScanReport
from knowledge.sources.folders import outermost

__all__ = ["IndexPhase", "IndexProgress", "Indexer", "Listener", "ScanReport"]

ANALYSER = "signal/1"


class Indexer:
    """The one that keeps the library in step with the music folders.

    Safe to share between threads: scans wait for one another, and so do analyses. Both run in the
    calling thread, with their risky part in worker processes.
    """

    def __init__(
        self, database: Database, covers: Path, roots: Sequence[Path], *, workers: int = 1
    ) -> None:
        """Prepare to index.

        Args:
            database: the library.
            covers: folder for cover pictures.
            roots: the music folders; files outside them leave the library at the next scan.
            workers: processes that read and analyse at once.
        """
        self._meter = ProgressMeter()
        self._roots = outermost(roots)
        self._scanning = threading.Lock()
        self._scanner = Scanner(
            database,
            covers,
            self._roots,
            analysers=(ANALYSER,),
            workers=workers,
            meter=self._meter,
        )

    @property
    def roots(self) -> tuple[Path, ...]:
        """The music folders, resolved, none inside another."""
        return self._roots

    def scan(
        self,
        progress: Listener | None = None,
        *,
        only: Sequence[Path] | None = None,
        again: bool = False,
        stop: threading.Event | None = None,
    ) -> ScanReport:
        """Find new, changed, moved and deleted files and read their tags.

        Args:
            progress: told a few times a second.
            only: look only at these files and folders.
            again: read also the files that did not change.
            stop: when set, the scan ends after the file it is reading.
        """
        with self._scanning:
            return self._scanner.scan(only=only, again=again, listener=progress, stop=stop)

    def status(self) -> IndexProgress:
        """Return what is going on now."""
        return self._meter.now
