"""Bring tracks to one loudness, as ReplayGain 2.0 does: one gain for the whole track.

The loudness is the integrated one of EBU R 128, measured by the analyser.
"""

import math

from knowledge.models import Track

TARGET_LUFS = -18.0
"""The reference level of ReplayGain 2.0; leaves room for the peaks of loud records."""

MAX_GAIN_DB = 12.0
"""Very quiet recordings are mostly noise: no more than this is added."""

MIN_GAIN_DB = -24.0


def levelling_gain_db(track: Track) -> float:
    """Decibels to add so that `track` sounds as loud as others, and does not clip.

    Returns:
        -24 to 12. 0 when the loudness is not known (yet), or makes no sense. A gain above 0 is
        limited so that the largest sample stays within full scale; with an unknown peak nothing
        is added.
    """
    loudness = track.loudness_lufs
    if loudness is None or not math.isfinite(loudness):
        return 0.0
    gain_db = min(max(TARGET_LUFS - loudness, MIN_GAIN_DB), MAX_GAIN_DB)
    return min(gain_db, max(0.0, _headroom_db(track.peak)))


def _headroom_db(peak: float | None) -> float:
    """Decibels between the largest sample and full scale; negative for a peak above it."""
    if peak is None or not math.isfinite(peak) or peak <= 0.0:
        return 0.0
    return -20.0 * math.log10(peak)
