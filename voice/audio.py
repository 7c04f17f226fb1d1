"""Sound as numbers: what everything in `voice` hands on."""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]
"""Mono sound, shape (n,), full scale at 1.0."""

HEARING_RATE_HZ: Final = 16_000
"""What voice activity, wake word and transcription hear."""
SPEAKING_RATE_HZ: Final = 24_000
"""What synthesizers make, whatever their own rate."""
