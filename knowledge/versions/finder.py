"""Finds the recording that a clip sounds like another performance of."""

import threading
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.models import HOP, RATE_HZ, Samples, SegmentView
from knowledge.fingerprint.recogniser import SupportsSegments
from knowledge.versions.chroma import NOTES, chroma_of, landmarks_of
from knowledge.versions.decision import SHORTEST_S, is_version
from knowledge.versions.library import Library, Version, library_of
from knowledge.versions.timeline import Timeline, timeline_of

_LONGEST_S = 40.0
_FEWEST_PER_S = 4.0
"""With fewer landmarks there is hardly a note to be heard."""
_PER_S = 60.0
"""Landmarks of a clip, twice as many as are stored of a recording: a clip is noisy."""
MOST = 30_000
"""In a larger library the search takes too long for a question: versions are not looked for."""


class SongVersions:
    """Looks for other performances in an index of fingerprints. Safe to share between threads."""

    def __init__(self, index: SupportsSegments) -> None:
        """Prepare to search; nothing is read before the first question."""
        self._index = index
        self._lock = threading.Lock()
        self._of: tuple[SegmentView, ...] = ()
        self._timelines: Mapping[int, Timeline] = {}
        self._library: Library | None = None

    def version_of(self, samples: Samples) -> str | None:
        """Return the recording that a clip sounds like a version of, if that is likely.

        Args:
            samples: mono at `RATE_HZ`, shape (n,); of a long clip, the middle is analysed.
        """
        best = self.best(samples)
        return best.recording if best is not None and is_version(best.probability) else None

    def best(self, samples: Samples) -> Version | None:
        """Return the most similar song, however unlikely; None when the clip tells too little.

        Args:
            samples: as above.
        """
        clip = self._heard(samples)
        library = None if clip is None else self._library_now()
        return None if clip is None or library is None else library.best(*clip)

    def best_in(self, library: Library, samples: Samples) -> Version | None:
        """As `best`, in another library than the index."""
        clip = self._heard(samples)
        return None if clip is None else library.best(*clip)

    def warm(self) -> None:
        """Make the chroma of the index and load compiled code, so that the first answer is fast."""
        library = self._library_now()
        if library is not None:
            library.best(np.ones((2, NOTES), np.int8), SHORTEST_S)

    def _heard(self, samples: Samples) -> tuple[NDArray[np.int8], float] | None:
        """The chroma and the length of a clip; None when it tells too little."""
        if samples.size < SHORTEST_S * RATE_HZ:
            return None
        longest = int(_LONGEST_S * RATE_HZ)
        first = max(0, samples.size - longest) // 2
        middle = np.nan_to_num(samples[first : first + longest])
        landmarks = landmarks_of(middle, _PER_S)
        seconds = middle.size / RATE_HZ
        if len(landmarks) < _FEWEST_PER_S * seconds:
            return None
        return chroma_of(landmarks, middle.size // HOP), seconds

    def _library_now(self) -> Library | None:
        """What is in the index now; None when that is nothing, or too much."""
        with self._lock:
            segments = tuple(self._index.segments())
            same = len(segments) == len(self._of) and all(
                new is old for new, old in zip(segments, self._of, strict=True)
            )
            if not same:
                count = sum(int(one.alive.sum()) for one in segments)
                fits = 0 < count <= MOST
                # `_of` keeps the segments alive, and so their ids their own.
                self._timelines = {
                    id(one): self._timelines.get(id(one)) or timeline_of(one)
                    for one in (segments if fits else ())
                }
                self._of = segments
                self._library = library_of(tuple(self._timelines.values())) if fits else None
            return self._library
