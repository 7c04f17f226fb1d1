"""Draw a clip's spectrogram again from its landmarks, as far as they tell.

A clip of which only the fingerprint was kept can then be searched for like one that is heard: in
what was added to the library since, or in a pack.
"""

import numpy as np

from knowledge.fingerprint.models import Fingerprint
from knowledge.fingerprint.peaks import STEPS_PER_OCTAVE
from knowledge.fingerprint.spectrum import BINS, LOWEST_BIN, Spectrogram
from knowledge.fingerprint.verification import PITCH_BITS

_PEAK = 2.0
_BESIDE = 1.0
_LONGEST_FRAMES = 4_096
"""One minute; no clip that is kept is longer."""


def redrawn(fingerprint: Fingerprint) -> Spectrogram:
    """Return a spectrogram with a peak at each landmark and nothing between them."""
    frames = min(fingerprint.frames, _LONGEST_FRAMES)
    values = np.zeros((frames, BINS), np.float32)
    at = (fingerprint.landmarks >> PITCH_BITS).astype(np.int64)
    steps = (fingerprint.landmarks & ((1 << PITCH_BITS) - 1)).astype(np.float64)
    bins = np.round(LOWEST_BIN * 2.0 ** (steps / STEPS_PER_OCTAVE) - LOWEST_BIN).astype(np.int64)
    inside = (at < frames) & (bins > 0) & (bins < BINS - 1)
    at, bins = at[inside], bins[inside]
    for beside in (-1, 1):
        values[at, bins + beside] = _BESIDE
    values[at, bins] = _PEAK
    return Spectrogram(values)
