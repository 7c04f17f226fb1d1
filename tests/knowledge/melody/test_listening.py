"""What is heard in a hum, a whistle and in what is neither."""

import numpy as np
import pytest

from knowledge.melody.listening import HumListener
from knowledge.melody.models import HumKind, HumProblem, Samples
from melody_voices import RATE_HZ, hummed, lullaby, whistled

pytestmark = pytest.mark.unit

LISTENER = HumListener()


def test_hum_is_followed() -> None:
    contour = LISTENER.listen(hummed(lullaby(60)), RATE_HZ)

    assert contour.kind is HumKind.VOICE
    assert contour.problem is None
    assert [round(note.pitch) for note in contour.notes] == [pitch for pitch, _ in lullaby(60)]


def test_whistle_is_followed_beyond_the_range_of_voices() -> None:
    contour = LISTENER.listen(whistled(lullaby(96)), RATE_HZ)

    assert contour.kind is HumKind.WHISTLE
    assert [round(note.pitch) for note in contour.notes] == [pitch for pitch, _ in lullaby(96)]


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 16_000, 44_100, 48_000])
def test_rate_does_not_matter(rate_hz: int) -> None:
    contour = LISTENER.listen(hummed(lullaby(60), rate_hz), rate_hz)

    assert [round(note.pitch) for note in contour.notes] == [pitch for pitch, _ in lullaby(60)]


def test_silence_is_told() -> None:
    contour = LISTENER.listen(np.zeros(5 * RATE_HZ, np.float32), RATE_HZ)

    assert contour.problem is HumProblem.SILENT
    assert not contour.notes


def test_three_notes_are_too_few() -> None:
    contour = LISTENER.listen(hummed(lullaby(60)[:3]), RATE_HZ)

    assert contour.problem is HumProblem.TOO_SHORT


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0, np.float32),
        np.ones(1, np.float32),
        np.full(30_000, np.nan, np.float32),
        np.full(30_000, np.inf, np.float32),
        np.full(30_000, 1e38, np.float32),
        np.ones(300, np.float32),
        np.sign(np.sin(np.arange(40_000, dtype=np.float32))),
    ],
)
def test_nothing_that_is_no_sound_is_a_hum(samples: Samples) -> None:
    assert LISTENER.listen(samples, RATE_HZ).problem is not None


def test_level_and_offset_do_not_matter() -> None:
    sung = hummed(lullaby(60))
    pitches = [round(note.pitch) for note in LISTENER.listen(sung, RATE_HZ).notes]

    for changed in (sung * 0.002, sung * 30_000, sung + 0.4, np.clip(sung * 5, -0.5, 0.5)):
        contour = LISTENER.listen(changed.astype(np.float32), RATE_HZ)
        assert [round(note.pitch) for note in contour.notes] == pitches


def test_impossible_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="record it at"):
        LISTENER.listen(np.zeros(100, np.float32), 0)
