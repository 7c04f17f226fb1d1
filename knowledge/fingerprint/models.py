"""What the parts of recognition hand to one another."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]
"""Mono samples at `RATE_HZ`, shape (n,), about -1 to 1."""
Words32: TypeAlias = NDArray[np.uint32]
Codes: TypeAlias = NDArray[np.uint8]

RATE_HZ = 11_025
HOP = 160
"""Samples from one frame to the next: 14.5 ms. All times inside a fingerprint count frames."""
FRAMES_PER_S = RATE_HZ / HOP
FINGERPRINT_VERSION = 1
"""Raise it when fingerprints change: recordings are then fingerprinted again."""
HASH_BITS = 20
TIME_BITS = 22
"""Bits of a landmark's frame number, so one fingerprint covers 16 hours."""
CODE_HOP = 32
"""Frames from one short-window code to the next: 0.46 s."""
CODE_BYTES = 16
"""Bytes of one short-window code (one sign bit for each of 128 dimensions)."""


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What is stored of one recording; no sound can be made from it.

    Attributes:
        frames: length of the recording in frames.
        hashes: HASH_BITS-bit hashes, shape (n,).
        times: frame of each hash, shape (n,).
        landmarks: peaks for verification, `frame << 10 | frequency bin`, rising, shape (m,).
        codes: short-window codes at `CODE_HOP` frames, shape (k, CODE_BYTES).
    """

    frames: int
    hashes: Words32
    times: Words32
    landmarks: Words32
    codes: Codes


class Certainty(StrEnum):
    CERTAIN = "certain"
    """May be named as a fact."""
    LIKELY = "likely"
    """May be named with "probably"."""
    UNKNOWN = "unknown"
    """May not be named."""


@dataclass(frozen=True, slots=True)
class ClipMatch:
    """A recording that a clip may come from.

    Attributes:
        recording: key of the recording in the index (in the library: its audio hash).
        certainty: what may be claimed.
        probability: calibrated chance that the clip is this recording, 0 to 1.
        score: evidence in natural-log odds before calibration; only for diagnosis and ranking.
        offset_s: where in the recording the clip begins; negative when it begins before it.
        start_s: where in the clip the matched part begins.
        end_s: where in the clip the matched part ends.
        speed: tempo of the clip as a ratio to the recording's; 1.02 is 2 % faster.
        pitch: pitch of the clip against the recording's, semitones.
    """

    recording: str
    certainty: Certainty
    probability: float
    score: float
    offset_s: float
    start_s: float
    end_s: float
    speed: float = 1.0
    pitch: float = 0.0


@dataclass(frozen=True, slots=True)
class ClipPicture:
    """For the eyes: what was heard of the clip, and what of it fitted.

    Attributes:
        seconds: length of the clip.
        peaks: (time in seconds, frequency in hertz) of each spectral peak, shape (n, 2).
        matched: which of the peaks fit the best match, shape (n,).
    """

    seconds: float
    peaks: NDArray[np.float32]
    matched: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Recognised:
    """The outcome for one clip: candidates, best first, each another recording.

    `matches` may hold candidates whose certainty is unknown; those are never to be named.
    `reason` says why nothing can be said at all: "too_short", "silent" or "" otherwise.
    """

    matches: tuple[ClipMatch, ...]
    clip_s: float
    reason: str = ""
    picture: ClipPicture | None = None

    @property
    def best(self) -> ClipMatch | None:
        """The match that may be named, if any."""
        if self.matches and self.matches[0].certainty is not Certainty.UNKNOWN:
            return self.matches[0]
        return None


class SegmentView(Protocol):
    """One immutable part of an index, as the search reads it; arrays may be memory-mapped.

    All recordings of a segment lie one after the other on one timeline of frames.

    Attributes:
        keys: the recordings.
        starts: frame of the timeline where each begins, and the end, uint32.
        alive: which recordings were not removed, shape (len(keys),).
        bits: the directory has 2**bits + 1 entries; bucket = hash >> (HASH_BITS - bits).
        directory: first posting of each bucket, uint32 (uint64 when there are 2**32 postings).
        remainders: low HASH_BITS - bits bits of each hash, uint8; empty when there are none.
        postings: frame on the timeline of each posting, ordered by hash, then frame, uint32.
        landmarks: as in `Fingerprint`, frames counted from the recording's own start.
        landmark_starts: first landmark of each recording, and the end, uint64.
        codes: as in `Fingerprint`, of all recordings.
        code_starts: first code of each recording, and the end, uint64.
    """

    @property
    def keys(self) -> tuple[str, ...]: ...
    @property
    def starts(self) -> Words32: ...
    @property
    def alive(self) -> NDArray[np.bool_]: ...
    @property
    def bits(self) -> int: ...
    @property
    def directory(self) -> NDArray[np.uint32] | NDArray[np.uint64]: ...
    @property
    def remainders(self) -> NDArray[np.uint8]: ...
    @property
    def postings(self) -> Words32: ...
    @property
    def landmarks(self) -> Words32: ...
    @property
    def landmark_starts(self) -> NDArray[np.uint64]: ...
    @property
    def codes(self) -> Codes: ...
    @property
    def code_starts(self) -> NDArray[np.uint64]: ...
