"""All melodies of the library in one index, kept in memory and up to date.

It holds the tunes of the recordings that have a file, the tunes that are written down, and what was
hummed and then picked: a hum is one more line of the recording that it turned out to be. The index
is made with the first question; after that only what changed is read. Of the melodies themselves
nothing is held here beside the index but a key and a number each: about 200 bytes.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeAlias

from sqlalchemy import Connection, func, select

from knowledge.catalog_reading import PRESENT
from knowledge.catalog_rows import chunks
from knowledge.database import Database
from knowledge.melody.models import Contour, Melody, MelodyKey, MelodyLine, MelodyMatches
from knowledge.melody.rows import unpack_lines
from knowledge.revision import LIBRARY_REVISION, MELODY_REVISION, read
from knowledge.schema import tracks
from knowledge.schema_melody import hums, melodies, written_tunes

_LOG = logging.getLogger(__name__)
_AT_ONCE = 40
"""So many changed melodies are taken in before a question is answered; more of them beside it."""
_BATCH = 2_000
"""Melodies that are taken in at once, so that a large import is searchable in parts."""
LEARNED_WEIGHT = 0.9
"""Of a hum as a line of its recording: it is what people sing, but hummed, not played."""
_HUMS_A_RECORDING = 8
_COSTLY_S = 0.1
"""While melodies are being found, an index that took so long is not renewed with each of them."""
_REST = 20.0
"""It stays good for so many times as long as it took."""

Stamp: TypeAlias = tuple[float, float]
"""When a recording was heard, and when a hum of it was last picked."""


class Index(Protocol):
    """What `knowledge.melody.matching.MelodyIndex` can do."""

    def __len__(self) -> int: ...

    def updated(self, added: Sequence[Melody], gone: Collection[MelodyKey]) -> "Index":
        """Return an index with other melodies; this one stays as it is."""
        ...

    def search(self, contour: Contour, *, count: int = 10) -> MelodyMatches:
        """Return the melodies that a hum may be."""
        ...


Build: TypeAlias = Callable[[Iterable[Melody]], Index]


@dataclass(frozen=True, slots=True)
class _Held:
    """An index, and of what."""

    index: Index
    stamps: Mapping[MelodyKey, Stamp]
    revision: tuple[int, int]
    good_until: float = 0.0
    """On the clock; until then small changes wait."""


class MelodyLibrary:
    """The melodies of the library. Safe to share between threads."""

    def __init__(
        self,
        database: Database,
        *,
        build: Build | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare; nothing is read before somebody asks.

        Args:
            database: the library.
            build: makes an index in place of the usual one.
            clock: seconds.
        """
        self._clock = clock
        self._database = database
        self._build = build or build_index
        self._lock = threading.Lock()
        self._held: _Held | None = None
        self._catching_up: threading.Thread | None = None

    def index(self) -> Index:
        """The index as the library is now.

        Of many changes at once, and of a large library, some come a moment later.
        """
        with self._lock:
            held = self._held
            if held is not None and self._clock() < held.good_until:
                return held.index
            revision = self._revision()
            if held is not None and held.revision == revision:
                return held.index
            stamps = self._stamps()
            if held is not None and len(_changed(held.stamps, stamps)) > _AT_ONCE:
                self._catch_up_beside()
                return held.index
            began = time.thread_time()
            fresh = self._brought_up(held, stamps, revision)
            took_s = time.thread_time() - began
            if held is not None and took_s > _COSTLY_S:
                fresh = replace(fresh, good_until=self._clock() + _REST * took_s)
            self._held = fresh
            return fresh.index

    def look_again(self) -> None:
        """Let the next question see what changed, whatever that costs."""
        with self._lock:
            if self._held is not None:
                self._held = replace(self._held, good_until=0.0)

    def catch_up(self) -> None:
        """Take in all that changed, in this thread; questions are answered meanwhile."""
        while True:
            with self._lock:
                held, revision = self._held, self._revision()
                if held is not None and held.revision == revision:
                    return
                stamps = self._stamps()
            part = stamps if held is None else _part(held.stamps, stamps)
            whole = part.keys() == stamps.keys() and part == stamps
            fresh = self._brought_up(held, part, revision if whole else (-1, -1))
            with self._lock:
                if self._held is held:  # else somebody was quicker
                    self._held = fresh

    def __len__(self) -> int:
        held = self._held
        return 0 if held is None else len(held.index)

    def _catch_up_beside(self) -> None:
        if self._catching_up is None or not self._catching_up.is_alive():
            self._catching_up = threading.Thread(
                target=self._catch_up_quietly, name="melodies", daemon=True
            )
            self._catching_up.start()

    def _catch_up_quietly(self) -> None:
        try:
            self.catch_up()
        except Exception:  # noqa: BLE001  the next question tries again
            _LOG.exception("the melodies of the library were not brought up to date")

    def _brought_up(
        self, held: _Held | None, stamps: Mapping[MelodyKey, Stamp], revision: tuple[int, int]
    ) -> _Held:
        if held is None:
            return _Held(self._build(self._melodies(stamps)), stamps, revision)
        changed = _changed(held.stamps, stamps)
        if not changed:
            return _Held(held.index, stamps, revision)
        added = tuple(self._melodies([key for key in changed if key in stamps]))
        gone = [key for key in changed if key in held.stamps]
        return _Held(held.index.updated(added, gone), stamps, revision)

    def _revision(self) -> tuple[int, int]:
        with self._database.read() as connection:
            return read(connection, MELODY_REVISION), read(connection, LIBRARY_REVISION)

    def _stamps(self) -> dict[MelodyKey, Stamp]:
        """What the index should hold now."""
        heard = (
            select(melodies.c.audio_hash, melodies.c.heard_at)
            .join(tracks, tracks.c.audio_hash == melodies.c.audio_hash)
            .where(PRESENT)
        )
        picked = (
            select(hums.c.picked, func.max(hums.c.picked_at).label("at"))
            .join(tracks, tracks.c.audio_hash == hums.c.picked)
            .where(PRESENT)
            .group_by(hums.c.picked)
        )
        with self._database.read() as connection:
            stamps = {row.audio_hash: (row.heard_at, 0.0) for row in connection.execute(heard)}
            for row in connection.execute(picked):
                stamps[row.picked] = (stamps.get(row.picked, (0.0, 0.0))[0], row.at or 0.0)
            for key in connection.execute(select(written_tunes.c.key).distinct()).scalars():
                stamps[key] = (0.0, 0.0)
        return stamps

    def _melodies(self, keys: Iterable[MelodyKey]) -> Iterator[Melody]:
        for chunk in chunks(keys):
            with self._database.read() as connection:
                found = _lines(connection, chunk)
            for key in chunk:
                if found.get(key):
                    yield Melody(key, tuple(found[key]))


def _lines(connection: Connection, keys: Sequence[MelodyKey]) -> dict[MelodyKey, list[MelodyLine]]:
    """The lines of some melodies, and those that were hummed."""
    found: dict[MelodyKey, list[MelodyLine]] = {}
    heard = select(melodies.c.audio_hash, melodies.c.lines).where(melodies.c.audio_hash.in_(keys))
    for row in connection.execute(heard):
        found[row.audio_hash] = list(unpack_lines(row.lines))
    written = select(written_tunes.c.key, written_tunes.c.lines).where(
        written_tunes.c.key.in_(keys)
    )
    for row in connection.execute(written):
        found[row.key] = list(unpack_lines(row.lines))
    picked = (
        select(hums.c.picked, hums.c.lines)
        .where(hums.c.picked.in_(keys))
        .order_by(hums.c.picked, hums.c.picked_at.desc())
    )
    learned: dict[MelodyKey, int] = {}
    for row in connection.execute(picked):
        learned[row.picked] = learned.get(row.picked, 0) + 1
        if learned[row.picked] <= _HUMS_A_RECORDING:
            found.setdefault(row.picked, []).extend(
                MelodyLine(line.notes, LEARNED_WEIGHT) for line in unpack_lines(row.lines)
            )
    return {
        key: [line for line in lines if len(line.notes)] for key, lines in found.items() if lines
    }


def _changed(held: Mapping[MelodyKey, Stamp], wanted: Mapping[MelodyKey, Stamp]) -> list[MelodyKey]:
    gone = [key for key in held if key not in wanted]
    return gone + [key for key, stamp in wanted.items() if held.get(key) != stamp]


def _part(
    held: Mapping[MelodyKey, Stamp], wanted: Mapping[MelodyKey, Stamp]
) -> dict[MelodyKey, Stamp]:
    """What to hold next on the way to what is wanted: at most a batch of changes away."""
    part = dict(held)
    for key in _changed(held, wanted)[:_BATCH]:
        if key in wanted:
            part[key] = wanted[key]
        else:
            del part[key]
    return part


def build_index(found: Iterable[Melody]) -> Index:
    """Make the usual index."""
    # Compiled code, which only those need who hum.
    from knowledge.melody.matching import MelodyIndex  # noqa: PLC0415

    index: Index = MelodyIndex.build(found)
    return index
