"""What is drawn of a clip stays small, and sound of any rate arrives whole."""

from itertools import pairwise

import numpy as np
import pytest

from knowledge.fingerprint.models import RATE_HZ, ClipPicture
from server.recognition.glimpse import Glimpse
from server.recognition.pcm import PcmStream
from server.recognition.picture import MAX_POINTS, picture_out, thinned

pytestmark = pytest.mark.unit


def picture(count: int, matched: int) -> ClipPicture:
    peaks = np.stack((np.arange(count) * 0.01, np.full(count, 500.0)), axis=1).astype(np.float32)
    fits = np.zeros(count, np.bool_)
    fits[np.linspace(0, count - 1, matched).astype(int)] = True
    return ClipPicture(10.0, peaks, fits)


@pytest.mark.parametrize(("count", "matched"), [(5_000, 100), (5_000, 4_900), (5_000, 2_500)])
def test_a_large_picture_keeps_what_fits_and_some_of_the_rest(count: int, matched: int) -> None:
    shown = picture_out(picture(count, matched))
    assert shown is not None
    assert MAX_POINTS - 5 <= len(shown.peaks) <= MAX_POINTS
    assert len(shown.peaks) == len(shown.matched)
    assert sum(shown.matched) >= min(matched, MAX_POINTS // 2)
    assert not all(shown.matched)
    assert list(shown.peaks) == sorted(shown.peaks)


def test_a_small_picture_is_shown_as_it_is() -> None:
    shown = picture_out(picture(30, 10))
    assert shown is not None
    assert (len(shown.peaks), sum(shown.matched)) == (30, 10)
    assert picture_out(None) is None
    assert len(thinned(picture(500, 0).peaks, 40)) == 40


def test_the_peaks_of_a_tone_are_at_its_pitch_however_it_is_cut() -> None:
    tone = np.sin(2 * np.pi * 1_000 * np.arange(2 * RATE_HZ) / RATE_HZ).astype(np.float32)
    glimpse = Glimpse()
    found = np.concatenate([glimpse.take(part) for part in np.array_split(tone, 17)])
    strongest = found[np.abs(found[:, 1] - 1_000) < 11]
    assert len(strongest) > 30
    assert 0 < found[:, 0].min() < found[:, 0].max() < 2.0
    assert len(Glimpse().take(np.zeros(RATE_HZ, np.float32))) == 0


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 24_000, 44_100, 48_000])
def test_sound_of_any_rate_is_resampled_without_a_seam(rate: int) -> None:
    seconds = 2.0
    tone = np.sin(2 * np.pi * 440 * np.arange(int(rate * seconds)) / rate)
    data = (tone * 16_000).astype("<i2").tobytes()
    stream = PcmStream(rate)
    edges = np.linspace(0, len(data), 41).astype(int)  # some of them in the middle of a sample
    parts = [stream.take(data[a:b]) for a, b in pairwise(edges)]
    heard = np.concatenate(parts)
    assert heard.size == pytest.approx(seconds * RATE_HZ, rel=0.01)
    spectrum = np.abs(np.fft.rfft(heard[1_000:-1_000] * np.hanning(heard.size - 2_000)))
    loudest = np.argmax(spectrum) * RATE_HZ / (heard.size - 2_000)
    assert loudest == pytest.approx(440, abs=2)
    assert np.sum(spectrum > spectrum.max() * 0.01) < 12


@pytest.mark.parametrize("rate", [0, 7_999, 48_001, 192_000])
def test_rates_that_nobody_records_at_are_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="sample rate"):
        PcmStream(rate)
