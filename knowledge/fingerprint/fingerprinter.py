"""From the sound of a recording to what is stored of it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from knowledge.fingerprint.encoder import Coding, Encoder
from knowledge.fingerprint.hashes import pair_reference
from knowledge.fingerprint.models import (
    HOP,
    RATE_HZ,
    TIME_BITS,
    Codes,
    Fingerprint,
    Samples,
)
from knowledge.fingerprint.peaks import Peaks, find_peaks
from knowledge.fingerprint.spectrum import spectrogram
from knowledge.fingerprint.verification import PITCH_BITS

_BLOCK_S = 60
_OVERLAP_S = 2
_LONGEST_FRAMES = 1 << TIME_BITS


@dataclass(frozen=True, slots=True)
class Density:
    """How much of a recording is stored; a second takes about 5 bytes a pair and 4 a landmark."""

    peaks_per_s: float = 30.0
    fan_out: int = 4


class Fingerprinter:
    """Makes fingerprints of whole recordings. Keeps nothing of them, so safe to share."""

    def __init__(self, density: Density | None = None, encoder: Encoder | None = None) -> None:
        self._density = density or Density()
        self._encoder = encoder or Encoder()

    def fingerprint(self, samples: Samples) -> Fingerprint:
        """Fingerprint a recording.

        Args:
            samples: mono at `RATE_HZ`, shape (n,). What lies beyond 16 hours is left out.
        """
        return self.fingerprint_blocks([samples])

    def fingerprint_blocks(self, blocks: Iterable[Samples]) -> Fingerprint:
        """Fingerprint a recording that comes in blocks of any size, in bounded memory."""
        length, overlap = _BLOCK_S * RATE_HZ // HOP, _OVERLAP_S * RATE_HZ // HOP
        parts: list[Peaks] = []
        held = np.empty(0, np.float32)
        coding = Coding(self._encoder)
        codes: list[Codes] = []
        first = 0  # frame at which `held` begins
        total = 0
        for block in blocks:
            codes.append(coding.feed(block))
            held = np.concatenate((held, block.astype(np.float32, copy=False)))
            total += block.size
            while held.size >= (length + 2 * overlap) * HOP:
                # Peaks near a cut lack their surroundings: both sides analyse beyond it.
                lead = overlap if first else 0
                found = find_peaks(
                    spectrogram(held[: (lead + length + overlap) * HOP]), self._density.peaks_per_s
                )
                parts.append(_within(found, lead, lead + length, first))
                drop = length - (overlap - lead)
                held = held[drop * HOP :]
                first += drop
        lead = overlap if first else 0
        found = find_peaks(spectrogram(held), self._density.peaks_per_s)
        parts.append(_within(found, lead, held.size // HOP + 1, first))
        frames = min(total // HOP, _LONGEST_FRAMES - 1)
        return self._of_peaks(_joined(parts), frames, np.concatenate([*codes, coding.finish()]))

    def _of_peaks(self, peaks: Peaks, frames: int, codes: Codes) -> Fingerprint:
        hashes, times = pair_reference(peaks, self._density.fan_out)
        at = np.maximum(np.round(peaks.times), 0).astype(np.uint32)
        pitch = np.clip(np.round(peaks.pitches), 0, (1 << PITCH_BITS) - 1).astype(np.uint32)
        fits = at < _LONGEST_FRAMES
        return Fingerprint(
            frames=frames,
            hashes=hashes[times < _LONGEST_FRAMES],
            times=times[times < _LONGEST_FRAMES],
            landmarks=np.sort((at << PITCH_BITS | pitch)[fits]),
            codes=codes,
        )


def _within(peaks: Peaks, start: int, end: int, first: int) -> Peaks:
    """The peaks from frame `start` to before `end`, with times on the whole recording's clock."""
    inside = (peaks.times >= start) & (peaks.times < end)
    return Peaks(
        peaks.times[inside] + np.float32(first), peaks.pitches[inside], peaks.strengths[inside]
    )


def _joined(parts: list[Peaks]) -> Peaks:
    return Peaks(
        np.concatenate([part.times for part in parts]),
        np.concatenate([part.pitches for part in parts]),
        np.concatenate([part.strengths for part in parts]),
    )
