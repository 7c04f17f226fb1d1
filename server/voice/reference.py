"""What our own music sounds like at this moment, for whoever must not mistake it for speech.

The file that plays is decoded a few seconds around the place where the player is, in a thread,
and only while somebody asks. The player says where it is a few times a second, each time a
little late; what was said with the least delay counts, and once believed it is kept until it is
clearly wrong, so that the samples follow each other without jumps.
"""

import asyncio
import contextlib
import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.errors import KnowledgeError
from knowledge.models import Queue
from server.voice.decode_ahead import decode_ahead
from tools.players.ducking import DUCK_SHARE
from tools.players.player import PlaybackStatus, PlayerState
from voice.audio import HEARING_RATE_HZ, Samples
from voice.echo import ReferenceGuard

_LOG = logging.getLogger(__name__)

_BEFORE_S: Final = 2.0
_AFTER_S: Final = 4.0
_PIECE_S: Final = 0.5
_WATCH_S: Final = 0.25
_CLOSELY_S: Final = 0.03
"""How often the place is read in the first moments of a piece of music."""
_FIRST_S: Final = 0.5
_WRONG_S: Final = 0.08
_JUMP_S: Final = 0.6
"""A place that is this wrong was sought: it is believed at once."""
_WINDOW: Final = 12
_UNUSED_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where the player is."""

    item_id: str
    track_id: int
    position_s: float


@dataclass(slots=True)
class _Stretch:
    """Music without a jump: which file, and at what time its beginning sounds or would sound."""

    item_id: str
    track_id: int
    zero_s: float
    begins_s: float
    ends_s: float = float("inf")
    failed: bool = False
    pieces: Iterator[tuple[int, Samples]] | None = None
    first: int = 0
    """Index of the first sample that is held, from the beginning of the track."""
    held: deque[Samples] = field(default_factory=deque)
    count: int = 0


class MusicReference:
    """A `PlaybackReference` of the music in this installation, shared by all microphones."""

    def __init__(
        self,
        place: Callable[[], Place | None],
        path_of: Callable[[int], Path],
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it; nothing is decoded before somebody asks.

        Args:
            place: where the player is now, None while nothing sounds; asked on the event loop.
            path_of: the file of a track; asked in a thread, may raise `KnowledgeError`.
            clock: that of `samples`, seconds.
        """
        self._place = place
        self._path_of = path_of
        self._clock = clock
        self._lock = threading.Lock()
        self._stretches: deque[_Stretch] = deque(maxlen=4)
        self._late: deque[float] = deque(maxlen=_WINDOW)
        self._asked_at = -_UNUSED_S
        self._wake = threading.Event()
        self._ended = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._watching: asyncio.Task[None] | None = None
        self._thread: threading.Thread | None = None

    def wanted(self) -> None:
        """Somebody listens from now on. Call it on the event loop."""
        self._asked_at = self._clock()
        if not self._ended and not self._is_watched:
            self._loop = asyncio.get_running_loop()
            self._watching = self._loop.create_task(self._watch())

    def guard(self) -> ReferenceGuard:
        """What takes this music out of one microphone's sound."""
        self.wanted()
        return ReferenceGuard(self, shares=(DUCK_SHARE,), clock=self._clock)

    def samples(self, start_s: float, end_s: float) -> Samples | None:
        """See `PlaybackReference`; what is not decoded is silence."""
        self._asked_at = self._clock()
        if not self._is_watched and not self._ended and self._loop is not None:
            with contextlib.suppress(RuntimeError):  # the loop is closed
                self._loop.call_soon_threadsafe(self.wanted)
        length = round((end_s - start_s) * HEARING_RATE_HZ)
        done: Samples | None = None
        with self._lock:
            for one in self._stretches:
                if one.begins_s < end_s and one.ends_s > start_s and one.count:
                    done = np.zeros(length, np.float32) if done is None else done
                    _copy(one, start_s, done)
        return done

    async def close(self) -> None:
        self._ended = True
        self._wake.set()
        if self._watching is not None:
            self._watching.cancel()
            await asyncio.gather(self._watching, return_exceptions=True)
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, 5.0)

    # On the event loop

    async def _watch(self) -> None:
        thread = self._thread = threading.Thread(
            target=self._decode, name="echo-reference", daemon=True
        )
        thread.start()
        try:
            while self._clock() - self._asked_at < _UNUSED_S:
                self.look()
                await asyncio.sleep(_CLOSELY_S if self._is_new else _WATCH_S)
        finally:
            with self._lock:
                self._stretches.clear()
            self._wake.set()

    def look(self) -> None:
        """Read where the player is; also to be called when it reports something."""
        if not self._is_watched:
            return
        place, now = self._place(), self._clock()
        with self._lock:
            current = self._current()
            if place is None:
                if current is not None:
                    current.ends_s = now
                return
            zero_s = now - place.position_s
            if current is None or current.item_id != place.item_id:
                self._begin(place, zero_s, now)
                return
            self._late.append(zero_s)
            earliest_s = min(self._late)
            off_s = earliest_s - current.zero_s
            if zero_s - current.zero_s < -_JUMP_S or off_s > _JUMP_S:
                self._begin(place, zero_s, now)
            elif now - current.begins_s < _FIRST_S:
                current.zero_s = min(current.zero_s, earliest_s)
            elif len(self._late) == _WINDOW and abs(off_s) > _WRONG_S:
                current.zero_s = earliest_s

    @property
    def _is_watched(self) -> bool:
        return self._watching is not None and not self._watching.done()

    @property
    def _is_new(self) -> bool:
        with self._lock:
            current = self._current()
            return current is not None and self._clock() - current.begins_s < _FIRST_S

    def _current(self) -> _Stretch | None:
        last = self._stretches[-1] if self._stretches else None
        return None if last is None or last.ends_s < float("inf") else last

    def _begin(self, place: Place, zero_s: float, now: float) -> None:
        if (current := self._current()) is not None:
            current.ends_s = now
        self._late.clear()
        self._stretches.append(_Stretch(place.item_id, place.track_id, zero_s, now))
        self._wake.set()

    # In the thread

    def _decode(self) -> None:
        while not self._ended:
            with self._lock:
                current = self._current()
                idle = not self._stretches
            if idle and not self._is_watched:
                return
            if current is None or current.failed or not self._advance(current):
                self._wake.wait(_WATCH_S)
                self._wake.clear()

    def _advance(self, one: _Stretch) -> bool:
        """Decode the next piece where it is due; False when there is nothing to do."""
        position_s = self._clock() - one.zero_s
        if one.count and (one.first + one.count) / HEARING_RATE_HZ > position_s + _AFTER_S:
            return False
        try:
            if one.pieces is None:
                path = self._path_of(one.track_id)
                one.pieces = decode_ahead(path, max(position_s, 0.0), piece_s=_PIECE_S)
            first, piece = next(one.pieces, (0, None))
        except (KnowledgeError, OSError) as error:
            _LOG.info("what plays cannot be known: %s", error)
            piece = None
        if piece is None:
            one.failed = True
            return False
        with self._lock:
            one.first = one.first if one.count else first
            one.held.append(piece)
            one.count += len(piece)
            oldest = round((position_s - _BEFORE_S) * HEARING_RATE_HZ)
            while one.held and one.first + len(one.held[0]) < oldest:
                gone = one.held.popleft()
                one.first += len(gone)
                one.count -= len(gone)
        return True


def place_of(queue: Queue, state: PlayerState) -> Place | None:
    """Where the player is, as a `Place`; None while nothing sounds."""
    if state.status is not PlaybackStatus.PLAYING or state.muted or state.volume == 0:
        return None
    item = next((one for one in queue.items if one.id == state.item_id), None)
    return None if item is None else Place(item.id, item.track.id, state.position_s)


def _copy(one: _Stretch, start_s: float, into: Samples) -> None:
    """Add what `one` holds of the time that `into` covers."""
    at = round((start_s - one.zero_s) * HEARING_RATE_HZ)
    low, high = max(at, round((one.begins_s - one.zero_s) * HEARING_RATE_HZ)), at + len(into)
    if one.ends_s < float("inf"):
        high = min(high, round((one.ends_s - one.zero_s) * HEARING_RATE_HZ))
    place = one.first
    for piece in one.held:
        first, last = max(place, low), min(place + len(piece), high)
        if first < last:
            into[first - at : last - at] = piece[first - place : last - place]
        place += len(piece)
