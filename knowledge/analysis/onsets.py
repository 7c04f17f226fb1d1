"""Where notes begin: peaks of the onset strength above their surroundings."""

import numpy as np
from numpy.typing import NDArray

_AROUND_S = 0.05
"""A peak is the largest value this far to both sides."""
_BACKGROUND_S = 0.4
_ABOVE_DB = 1.2
"""A peak rises at least so much over the mean of its surroundings."""


def onset_times(rise_db: NDArray[np.float32], frames_per_s: float) -> NDArray[np.float64]:
    """Return the times of note onsets, seconds.

    Peak picking after Böck, Krebs and Schedl 2012, "Evaluating the Online Capabilities of Onset
    Detection Methods", without its online constraints.

    Args:
        rise_db: onset strength for each frame, dB.
        frames_per_s: frames in a second.
    """
    if rise_db.size < 3:
        return np.zeros(0)
    # scipy.ndimage is slow to import, and only analysis needs it.
    from scipy.ndimage import maximum_filter1d, uniform_filter1d  # noqa: PLC0415

    near = 2 * round(_AROUND_S * frames_per_s) + 1
    wide = 2 * round(_BACKGROUND_S * frames_per_s) + 1
    largest = maximum_filter1d(rise_db, near, mode="nearest")
    background = uniform_filter1d(rise_db, wide, mode="nearest")
    peaks = (rise_db == largest) & (rise_db > background + _ABOVE_DB)
    return np.flatnonzero(peaks) / frames_per_s
