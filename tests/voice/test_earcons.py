"""Small sounds: short, soft, and different from each other."""

import numpy as np
import pytest

from voice.audio import SPEAKING_RATE_HZ
from voice.earcons import Earcon, earcon


@pytest.mark.unit
@pytest.mark.parametrize("kind", Earcon)
def test_an_earcon_is_short_soft_and_starts_and_ends_in_silence(kind: Earcon) -> None:
    sound = earcon(kind)
    assert sound.dtype == np.float32
    assert 0.15 < len(sound) / SPEAKING_RATE_HZ < 0.75
    assert 0.1 < np.abs(sound).max() < 0.3
    assert abs(sound[0]) < 1e-3
    assert abs(sound[-1]) < 1e-3


def _pitches_hz(kind: str) -> tuple[float, float]:
    """The strongest frequency of the first and the last part."""
    sound = earcon(kind)
    part = round(0.08 * SPEAKING_RATE_HZ)
    found = []
    for piece in (sound[:part], sound[part * 2 : part * 3]):
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(len(piece)), 2**16))
        found.append(float(spectrum.argmax()) * SPEAKING_RATE_HZ / 2**16)
    return found[0], found[1]


@pytest.mark.unit
def test_done_rises_and_error_falls() -> None:
    first, last = _pitches_hz("done")
    assert last > first * 1.3
    first, last = _pitches_hz("error")
    assert last < first * 0.9


@pytest.mark.unit
def test_an_unknown_earcon_is_refused() -> None:
    with pytest.raises(ValueError, match="fanfare"):
        earcon("fanfare")
