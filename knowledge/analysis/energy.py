"""How driving music is, judged by its signal alone.

This is no model of what people feel. It joins four things that loud, dense, bright music has and
still music has not. Use it to rank inside a library; the absolute value means little.
"""

import math

_INAUDIBLE_DB = -60.0
_LEVEL_DB = (-38.0, -9.0)
_BRIGHTNESS_HZ = (500.0, 4500.0)
_ONSETS_HZ = (0.3, 7.0)
_FLUX_DB = (0.15, 2.2)
_WEIGHTS = (0.4, 0.25, 0.1, 0.25)


def energy(
    *, loudness_db: float, brightness_hz: float, onset_rate_hz: float, flux_db: float
) -> float:
    """Return 0 (still) to 1 (driving).

    Args:
        loudness_db: RMS level, dB relative to full scale.
        brightness_hz: spectral centroid, compared on a logarithmic scale.
        onset_rate_hz: note onsets per second.
        flux_db: mean onset strength, dB: how much changes from frame to frame.
    """
    if loudness_db <= _INAUDIBLE_DB:
        return 0.0
    low, high = (math.log(edge) for edge in _BRIGHTNESS_HZ)
    parts = (
        _share(loudness_db, *_LEVEL_DB),
        _share(math.log(max(brightness_hz, 1.0)), low, high),
        _share(onset_rate_hz, *_ONSETS_HZ),
        _share(flux_db, *_FLUX_DB),
    )
    return sum(weight * part for weight, part in zip(_WEIGHTS, parts, strict=True))


def _share(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)
