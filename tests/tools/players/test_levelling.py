"""Loud and quiet recordings meet in the middle, and nothing clips."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from player_tracks import track
from tools.players.levelling import MAX_GAIN_DB, MIN_GAIN_DB, levelling_gain_db

pytestmark = pytest.mark.unit


def gain(loudness: float | None, peak: float | None) -> float:
    return levelling_gain_db(replace(track(1), loudness_lufs=loudness, peak=peak))


@pytest.mark.parametrize(
    ("loudness", "peak", "expected"),
    [
        (-8.0, 1.0, -10.0),  # a loud record is turned down
        (-18.0, 0.5, 0.0),
        (-24.0, 0.5, 6.0),  # a quiet one is turned up ...
        (-24.0, 0.9, 0.92),  # ... as far as its peaks allow
        (-24.0, 1.1, 0.0),
        (-60.0, 0.001, MAX_GAIN_DB),
        (None, 0.5, 0.0),
        (math.nan, 0.5, 0.0),
        (-math.inf, 0.0, 0.0),
        (-24.0, None, 0.0),
        (-24.0, 0.0, 0.0),
    ],
)
def test_the_gain(loudness: float | None, peak: float | None, expected: float) -> None:
    assert gain(loudness, peak) == pytest.approx(expected, abs=0.01)


@given(st.floats(-90, 20), st.floats(0.0001, 1.0))
def test_it_never_clips(loudness: float, peak: float) -> None:
    gain_db = gain(loudness, peak)
    assert MIN_GAIN_DB <= gain_db <= MAX_GAIN_DB
    assert peak * 10 ** (gain_db / 20) <= 1.0 + 1e-9
