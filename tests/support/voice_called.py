"""Somebody calls: a phrase in a synthetic voice, with silence around it."""

import numpy as np
import pytest
from scipy.signal import resample_poly

from voice.audio import HEARING_RATE_HZ, SPEAKING_RATE_HZ, Samples


def called(text: str, *, before_s: float = 0.5, after_s: float = 1.0) -> Samples:
    """Speak `text` with hibari's voice; the test is skipped where hibari is not installed.

    Returns:
        Mono at `HEARING_RATE_HZ`.
    """
    hibari = pytest.importorskip("hibari")
    spoken = np.concatenate(list(hibari.Hibari().stream(text, seed=1)))
    heard = resample_poly(spoken, HEARING_RATE_HZ, SPEAKING_RATE_HZ)
    return np.concatenate([quiet(before_s), heard, quiet(after_s)]).astype(np.float32)


def quiet(seconds: float) -> Samples:
    """A silent room: noise at -80 dB."""
    noise = np.random.default_rng(0).standard_normal(round(seconds * HEARING_RATE_HZ))
    return (noise * 1e-4).astype(np.float32)
