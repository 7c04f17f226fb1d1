"""Music that nobody plays, so that a clip always has something else to be compared with.

How sure a match is depends on its lead over the best other music. In an index of a handful of
recordings there may be no other music, and whatever is there would lead. So a small index is
searched along with strangers: its own recordings, backwards and transposed.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from knowledge.fingerprint.hashes import pair_reference
from knowledge.fingerprint.models import CODE_BYTES, Fingerprint, SegmentView, Words32
from knowledge.fingerprint.peaks import Peaks
from knowledge.fingerprint.verification import PITCH_BITS
from knowledge.recognition.memory_segment import segment_of

FEW = 60
"""With more recordings than this, they are one another's strangers."""
_COUNT = 32
_PREFIX = "stranger "
_FRAMES = 4_096
"""One minute of each."""
_FAN_OUT = 5
_LOWEST_SHIFT, _HIGHEST_SHIFT = 35, 110
"""Steps of 6.7 cents: two to seven semitones, which no search for another pitch undoes."""
_PITCHES = 960


def is_stranger(key: str) -> bool:
    """Whether a match is none of the index's own recordings."""
    return key.startswith(_PREFIX)


def strangers_of(segments: Sequence[SegmentView]) -> SegmentView | None:
    """Make strangers for a small index; None for an empty one."""
    sources = list(_landmarks(segments))
    if not sources:
        return None
    random = np.random.default_rng(0)
    made = [
        _stranger(
            sources[number % len(sources)],
            int(random.integers(_LOWEST_SHIFT, _HIGHEST_SHIFT)) * (1 if number % 2 else -1),
        )
        for number in range(_COUNT)
    ]
    return segment_of([f"{_PREFIX}{number}" for number in range(_COUNT)], made)


def _landmarks(segments: Sequence[SegmentView]) -> Iterator[Words32]:
    for segment in segments:
        for place in np.flatnonzero(segment.alive).tolist():
            first, last = segment.landmark_starts[place], segment.landmark_starts[place + 1]
            if last > first:
                yield segment.landmarks[int(first) : int(last)]


def _stranger(landmarks: Words32, shift: int) -> Fingerprint:
    frames = (landmarks >> PITCH_BITS).astype(np.int64)
    pitches = (landmarks & ((1 << PITCH_BITS) - 1)).astype(np.int64) + shift
    begin = max(0, (int(frames[-1]) - _FRAMES) // 2)
    inside = (frames >= begin) & (frames < begin + _FRAMES) & (pitches >= 0) & (pitches < _PITCHES)
    times, pitches = frames[inside][::-1], pitches[inside][::-1]
    times = times.max(initial=begin) - times
    peaks = Peaks(
        times.astype(np.float32), pitches.astype(np.float32), np.ones(times.size, np.float32)
    )
    hashes, at = pair_reference(peaks, _FAN_OUT)
    return Fingerprint(
        frames=int(times.max(initial=0)) + 2,
        hashes=hashes,
        times=at,
        landmarks=np.sort(times << PITCH_BITS | pitches).astype(np.uint32),
        codes=np.empty((0, CODE_BYTES), np.uint8),
    )
