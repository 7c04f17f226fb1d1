"""Converts what the page will play next before it asks, so that it starts without a pause."""

import asyncio
from collections.abc import Callable

from knowledge.catalog import Catalog
from knowledge.errors import KnowledgeError
from knowledge.models import Queue, Track
from server.errors import ServerError
from server.media.playable import PlayableFiles

_AHEAD = 2
"""The current item and the one after it."""


class Foresight:
    """Looks at the queue whenever it changes. Lives on the event loop."""

    def __init__(
        self, catalog: Catalog, playable: PlayableFiles, *, wanted: Callable[[], bool]
    ) -> None:
        """Watch for the page; `wanted` says whether it is the page that plays."""
        self._catalog = catalog
        self._playable = playable
        self._wanted = wanted
        self._task: asyncio.Task[None] | None = None
        self._seen: tuple[int, ...] = ()

    def look_at(self, queue: Queue) -> None:
        """Begin to convert what comes first, unless that is under way already."""
        first = queue.position or 0
        tracks = [item.track for item in queue.items[first : first + _AHEAD]]
        coming = tuple(track.id for track in tracks)
        if coming == self._seen or not self._wanted():
            return
        self._seen = coming
        if self._task is not None:
            self._task.cancel()
        self._task = asyncio.create_task(self._prepare(tracks))

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _prepare(self, tracks: list[Track]) -> None:
        for track in tracks:
            try:
                path = await asyncio.to_thread(self._catalog.path_of, track.id)
                await self._playable.prepare(track, path)
            except (KnowledgeError, ServerError):
                continue  # the page is told why when it asks
