"""The recognising engine as this package uses it. Compiled code: import it late."""

import threading
from collections.abc import Sequence
from dataclasses import replace

from knowledge.fingerprint.fingerprinter import Density, Fingerprinter
from knowledge.fingerprint.models import (
    FRAMES_PER_S,
    Fingerprint,
    Recognised,
    Samples,
    SegmentView,
)
from knowledge.fingerprint.recogniser import Recogniser, SupportsSegments
from knowledge.recognition.redrawing import redrawn
from knowledge.recognition.strangers import FEW, is_stranger, strangers_of

_CLIP_DENSITY = Density(peaks_per_s=60.0, fan_out=6)
"""Clips are short and noisy, and are searched for with nothing but what is kept of them."""


class Engine:
    """Makes fingerprints of clips, and searches indexes. Safe to share between threads."""

    def __init__(self) -> None:
        self._fingerprinter = Fingerprinter(_CLIP_DENSITY)

    def fingerprint(self, samples: Samples) -> Fingerprint:
        """Fingerprint a clip, mono at `RATE_HZ`, more densely than a recording."""
        return self._fingerprinter.fingerprint(samples)

    def search(self, index: SupportsSegments) -> "Search":
        """Return what searches `index`."""
        return Search(index)


class Search:
    """Searches one index, however small it is. Safe to share between threads."""

    def __init__(self, index: SupportsSegments) -> None:
        self._recogniser = Recogniser(_Accompanied(index))

    def warm(self) -> None:
        """Make the first search as fast as the others."""
        self._recogniser.warm()

    def recognise(self, samples: Samples, *, limit: int = 5, picture: bool = False) -> Recognised:
        """See `Recogniser.recognise`."""
        return _own(self._recogniser.recognise(samples, limit=limit, picture=picture))

    def recognise_kept(self, fingerprint: Fingerprint, *, limit: int = 5) -> Recognised:
        """Search for a clip of which only the fingerprint was kept."""
        seconds = fingerprint.frames / FRAMES_PER_S
        seen = redrawn(fingerprint)
        return _own(self._recogniser.recognise_spectrogram(seen, seconds, limit=limit))


class _Accompanied:
    """An index with strangers beside it while it is small."""

    def __init__(self, index: SupportsSegments) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._of: Sequence[SegmentView] = ()
        self._strangers: SegmentView | None = None

    def segments(self) -> Sequence[SegmentView]:
        own = self._index.segments()
        if sum(int(segment.alive.sum()) for segment in own) > FEW:
            return own
        with self._lock:
            same = len(own) == len(self._of) and all(
                new is old for new, old in zip(own, self._of, strict=True)
            )
            if not same:
                self._of, self._strangers = own, strangers_of(own)
            return own if self._strangers is None else (*own, self._strangers)


def _own(found: Recognised) -> Recognised:
    """What was found, without strangers."""
    own = tuple(match for match in found.matches if not is_stranger(match.recording))
    return found if len(own) == len(found.matches) else replace(found, matches=own)
