"""Write down what really sounded, and for how long."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from knowledge.history import History
from knowledge.models import PlayEvent, PlayEventKind, QueueItem
from knowledge.people.current import acting_as

_SKIPPED_BEFORE_S = 30.0
_SKIPPED_BEFORE_PART = 0.5


@dataclass(slots=True)
class _Sounding:
    item: QueueItem
    player: str
    session_id: str
    event_id: int
    played_s: float
    since: float | None
    """When it last began to sound, on the stopwatch; None while paused."""


class PlayRecorder:
    """Keeps the history of one playback. Only playing time counts, not pauses or seeks.

    What was played belongs to who wanted it, whoever presses a button meanwhile.
    """

    def __init__(
        self,
        history: History,
        *,
        clock: Callable[[], datetime],
        stopwatch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._history = history
        self._clock = clock
        self._stopwatch = stopwatch
        self._sounding: _Sounding | None = None

    @property
    def item_id(self) -> str | None:
        """The queue item being recorded."""
        return None if self._sounding is None else self._sounding.item.id

    async def begin(
        self, item: QueueItem, *, player: str, session_id: str = "", played_s: float = 0.0
    ) -> None:
        """A player reported that `item` sounds; it did so for `played_s` already."""
        await self.finish()
        if item.track.is_live:
            return  # a station is no recording: nobody knows what sounds there
        at = self._clock() - timedelta(seconds=played_s)
        event_id = await self._write(item, at, played_s, player, session_id)
        self._sounding = _Sounding(item, player, session_id, event_id, played_s, self._stopwatch())

    async def catch_up(
        self,
        before: QueueItem | None,
        passed: Sequence[QueueItem],
        item: QueueItem,
        *,
        player: str,
        position_s: float,
    ) -> None:
        """A player went on alone while nobody wrote: it was at `before`, and is at `item` now.

        What it passed is taken to have sounded in full, one after the other, up to now; a pause
        in between is not known of.
        """
        last = await asyncio.to_thread(self._last_of, item if before is None else before)
        known = last is not None and before is not None and last.track.id == before.track.id
        if last is not None and known and before is item:
            played_s = max(last.played_s, position_s)
            self._sounding = _Sounding(
                item, player, last.session_id, last.id, played_s, self._stopwatch()
            )
            return
        if last is not None and known and before is not None:
            await asyncio.to_thread(self._history.update_played, last.id, before.track.duration_s)
        session_id = last.session_id if last is not None and known else ""
        at = self._clock() - timedelta(seconds=position_s)
        at -= timedelta(seconds=sum(each.track.duration_s for each in passed))
        for each in passed:
            await self._write(each, at, each.track.duration_s, player, session_id)
            at += timedelta(seconds=each.track.duration_s)
        await self.begin(item, player=player, session_id=session_id, played_s=position_s)

    def sounds(self, playing: bool) -> None:
        """It goes on sounding, or it is paused."""
        if self._sounding is None:
            return
        now = self._stopwatch()
        if self._sounding.since is not None:
            self._sounding.played_s += max(0.0, now - self._sounding.since)
        self._sounding.since = now if playing else None

    async def checkpoint(self) -> None:
        """Keep the time played so far, so that a sudden end loses little."""
        if self._sounding is None:
            return
        self.sounds(self._sounding.since is not None)
        await asyncio.to_thread(
            self._history.update_played, self._sounding.event_id, self._sounding.played_s
        )

    async def finish(self, *, skipped: bool = False) -> None:
        """It sounds no more.

        When someone moved on (`skipped`) before 30 s or half of the track, a SKIP is recorded.
        """
        if self._sounding is None:
            return
        await self.checkpoint()
        done, self._sounding = self._sounding, None
        half_s = done.item.track.duration_s * _SKIPPED_BEFORE_PART or _SKIPPED_BEFORE_S
        if skipped and done.played_s < min(_SKIPPED_BEFORE_S, half_s):
            await asyncio.to_thread(
                self._history.record,
                PlayEventKind.SKIP,
                done.item.track.id,
                at=self._clock(),
                played_s=done.played_s,
                player=done.player,
                session_id=done.session_id,
                person=done.item.person,
            )

    def _last_of(self, item: QueueItem) -> PlayEvent | None:
        with acting_as(item.person):
            return next(iter(self._history.last(1)), None)

    async def _write(
        self, item: QueueItem, at: datetime, played_s: float, player: str, session_id: str
    ) -> int:
        return await asyncio.to_thread(
            self._history.record,
            PlayEventKind.PLAY,
            item.track.id,
            at=at,
            played_s=played_s,
            player=player,
            session_id=session_id,
            person=item.person,
        )
