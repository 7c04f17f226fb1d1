"""What is searched: indexes on disk that another process may change, and clips in the database."""

import logging
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import IndexCorrupt, IndexOutdated
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import SegmentView
from knowledge.people.current import PersonId, current_person
from knowledge.recognition.clips import Clip, ClipStore
from knowledge.recognition.memory_segment import segment_of

_LOG = logging.getLogger(__name__)
_MOST_PEOPLE = 8
"""Clips of so many people are held in memory."""


class SearchedIndex:
    """An index on disk, always seen as it is now. One that is damaged holds nothing meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._index: FingerprintIndex | None = None
        self._complained = False

    def segments(self) -> Sequence[SegmentView]:
        """Return a consistent view of everything."""
        index = self._fresh()
        return () if index is None else index.segments()

    @property
    def generation(self) -> int:
        """A number that is another one after every change; 0 when there is no index."""
        index = self._fresh()
        return 0 if index is None else index.generation

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            if self._index is not None:
                self._index.close()
            self._index = None

    def _fresh(self) -> FingerprintIndex | None:
        with self._lock:
            try:
                if self._index is None:
                    self._index = FingerprintIndex.open(self._folder, read_only=True)
                else:
                    self._index.refresh()
            except (IndexCorrupt, IndexOutdated) as error:
                self._index = None
                if not self._complained:
                    self._complained = True
                    _LOG.warning("nothing can be recognised until the next scan: %s", error)
            else:
                self._complained = False
            return self._index


@dataclass(frozen=True, slots=True)
class _Clips:
    """The clips of one person."""

    stamp: tuple[int, int, int]
    segments: Sequence[SegmentView]
    clips: Mapping[int, Clip]


class SearchedTunes:
    """The clips of a person's tunes, read again whenever they changed.

    They are searched in memory: a user may erase them at any moment, and no file keeps a copy.
    """

    def __init__(self, store: ClipStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._of: dict[PersonId, _Clips] = {}

    def segments(self) -> Sequence[SegmentView]:
        """Return all clips as one segment; none when there are none."""
        return self._fresh().segments

    def clips(self) -> Mapping[int, Clip]:
        """Return the clips by their ids, which are their keys in the segment."""
        return self._fresh().clips

    def _fresh(self) -> _Clips:
        person = current_person()
        with self._lock:
            known, stamp = self._of.pop(person, None), self._store.stamp
            if known is None or known.stamp != stamp:
                clips = {clip.id: clip for clip in self._store.of_tunes()}
                prints = [clip.fingerprint for clip in clips.values()]
                keys = [str(clip_id) for clip_id in clips]
                known = _Clips(stamp, (segment_of(keys, prints),) if prints else (), clips)
            self._of[person] = known  # the last one: who asked longest ago is let go of
            while len(self._of) > _MOST_PEOPLE:
                del self._of[next(iter(self._of))]
            return known
