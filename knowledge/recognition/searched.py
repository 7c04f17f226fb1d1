"""What is searched: indexes on disk that another process may change, and clips in the database."""

import logging
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.errors import IndexCorrupt, IndexOutdated
from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.models import SegmentView
from knowledge.recognition.clips import Clip, ClipStore
from knowledge.recognition.memory_segment import segment_of

_LOG = logging.getLogger(__name__)


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


class SearchedTunes:
    """The clips of tunes, read again whenever they changed.

    They are searched in memory: a user may erase them at any moment, and no file keeps a copy.
    """

    def __init__(self, store: ClipStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._segments: Sequence[SegmentView] = ()
        self._clips: Mapping[int, Clip] = {}

    def segments(self) -> Sequence[SegmentView]:
        """Return all clips as one segment; none when there are none."""
        return self._fresh()[0]

    def clips(self) -> Mapping[int, Clip]:
        """Return the clips by their ids, which are their keys in the segment."""
        return self._fresh()[1]

    def _fresh(self) -> tuple[Sequence[SegmentView], Mapping[int, Clip]]:
        with self._lock:
            stamp = self._store.stamp
            if stamp != self._stamp:
                self._clips = {clip.id: clip for clip in self._store.of_tunes()}
                prints = [clip.fingerprint for clip in self._clips.values()]
                keys = [str(clip_id) for clip_id in self._clips]
                self._segments = (segment_of(keys, prints),) if prints else ()
                self._stamp = stamp
            return self._segments, self._clips
