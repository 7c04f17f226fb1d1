"""Keep the segments few, in the background or when asked to."""

import logging
import threading
from collections.abc import Sequence

from knowledge.errors import KnowledgeError
from knowledge.fingerprint.index.commits import unwritable
from knowledge.fingerprint.index.merging import MergeStopped, merge_segments
from knowledge.fingerprint.index.policy import (
    AUTOMATIC_GROUP,
    full_groups,
    merge_group,
    worth_rewriting,
)
from knowledge.fingerprint.index.segment import Segment
from knowledge.fingerprint.index.store import Store

_log = logging.getLogger(__name__)


class Merger:
    """Merges segments of one store, one group at a time; changes go on meanwhile."""

    def __init__(self, store: Store, *, largest: int) -> None:
        """Make one; `largest` is the postings that a merged segment may hold."""
        self._store = store
        self._largest = largest
        self._busy = threading.Lock()
        self._starting = threading.Lock()
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Merge in the background, if there is enough to merge and nobody does it yet."""
        with self._starting:
            busy = self._thread is not None and self._thread.is_alive()
            if busy or self._stopping.is_set() or not self._next_group(AUTOMATIC_GROUP):
                return
            self._thread = threading.Thread(
                target=self._merge_quietly, name="fingerprint-merge", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Give up a merge that is under way, and begin no other."""
        self._stopping.set()
        with self._starting:
            thread = self._thread
        if thread is not None:
            thread.join()

    def merge(self, *, at_least: int) -> int:
        """Merge while so many segments come together that it is useful; return how often.

        Raises:
            IndexUnwritable: the disk did not take it.
        """
        times = 0
        with self._busy:
            while not self._stopping.is_set():
                group = self._next_group(at_least)
                if not group:
                    break
                self._merge(group)
                times += 1
        return times

    def compact(self) -> None:
        """Write everything anew, as few segments as can be.

        Raises:
            IndexUnwritable: the disk did not take it.
        """
        with self._busy:
            segments = self._store.snapshot.segments
            sizes = [segment.file.head.postings for segment in segments]
            for group in full_groups(sizes, largest=self._largest):
                chosen = [segments[place] for place in group]
                if len(chosen) > 1 or not chosen[0].alive.all():
                    self._merge(chosen)

    def _merge_quietly(self) -> None:
        try:
            self.merge(at_least=AUTOMATIC_GROUP)
        except KnowledgeError as error:  # adding goes on; the next addition tries again
            _log.warning("fingerprint segments were not merged: %s", error)

    def _next_group(self, at_least: int) -> list[Segment]:
        segments = self._store.snapshot.segments
        sizes = [segment.file.head.postings for segment in segments]
        group = merge_group(sizes, at_least=at_least, largest=self._largest)
        if not group:
            group = tuple(
                place
                for place, segment in enumerate(segments)
                if worth_rewriting(len(segment.alive), int(segment.alive.sum()))
            )[:1]
        return [segments[place] for place in group]

    def _merge(self, group: Sequence[Segment]) -> None:
        store = self._store
        store.must_write()
        path = store.new_segment()
        try:
            merged = merge_segments(store.files, path, group, stopping=self._stopping.is_set)
        except MergeStopped:
            store.give_up(path)
            return
        except OSError as error:
            store.give_up(path)
            raise unwritable(error) from error
        store.put_in_place(group, merged)
