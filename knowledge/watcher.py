"""Watch the music folders and bring the library up to date when something in them changes."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import TypeAlias

from watchfiles import Change, awatch

from knowledge.indexer import Indexer, ScanReport
from knowledge.melody.written.endings import is_written
from knowledge.sources.folders import is_music

_QUIET_MS = 1500
"""Changes are gathered until nothing happened for so long: copying an album is one change."""
_LONGEST_MS = 15_000
"""A copy that goes on for minutes is still shown in parts."""
_RESCAN_ALL = 500
"""With more changed paths than this, looking at everything is quicker."""

logger = logging.getLogger(__name__)

OnScanned: TypeAlias = Callable[[ScanReport], Awaitable[None]]


class FolderWatcher:
    """Scans what changed in the folders of an indexer, as long as `run` runs."""

    def __init__(self, indexer: Indexer, *, quiet_ms: int = _QUIET_MS) -> None:
        self._indexer = indexer
        self._quiet_ms = quiet_ms

    async def run(self, stop: asyncio.Event, on_scanned: OnScanned | None = None) -> None:
        """Watch until `stop` is set.

        Args:
            stop: ends the watch.
            on_scanned: told after each scan that followed a change; the analysis of new tracks
                is the caller's to start.
        """
        roots = [root for root in self._indexer.roots if root.is_dir()]
        if not roots:
            await stop.wait()
            return
        changes = awatch(
            *roots,
            watch_filter=_concerns_music,
            debounce=_LONGEST_MS,
            step=self._quiet_ms,
            stop_event=stop,
            recursive=True,
            ignore_permission_denied=True,
        )
        async for batch in changes:
            paths = changed_paths(Path(path) for _, path in batch)
            only = paths if len(paths) <= _RESCAN_ALL else None
            logger.info("%d paths changed in the music folders", len(paths))
            report = await asyncio.to_thread(self._indexer.scan, only=only)
            if on_scanned is not None:
                await on_scanned(report)


def changed_paths(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Drop paths that lie in another changed folder."""
    kept: list[Path] = []
    for path in sorted(set(paths)):
        if not kept or not path.is_relative_to(kept[-1]):
            kept.append(path)
    return tuple(kept)


def _concerns_music(_change: Change, path: str) -> bool:
    """Whether a change may matter: to music, to notation, to a folder, or to what is gone."""
    changed = Path(path)
    if changed.name.startswith("."):
        return False
    name = changed.name
    return is_music(name) or is_written(name) or not changed.is_file()
