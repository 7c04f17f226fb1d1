"""A live clip is answered as early as is certain, and never more boldly for being asked often."""

import numpy as np
import pytest

from knowledge.fingerprint.models import RATE_HZ, Certainty, ClipMatch, Recognised, Samples
from knowledge.fingerprint.progressive import ProgressiveClip, corrected_for_looks


class _Growing:
    """Grows surer with the length of the clip, as told."""

    def __init__(self, probability: dict[float, float]) -> None:
        self._probability = probability
        self.asked_s: list[float] = []

    def recognise(self, samples: Samples, *, limit: int = 5, picture: bool = False) -> Recognised:
        clip_s = round(samples.size / RATE_HZ, 2)
        self.asked_s.append(clip_s)
        probability = self._probability.get(clip_s, 0.0)
        if probability == 0.0:
            return Recognised((), clip_s)
        return Recognised((_match(probability),), clip_s)


def _match(probability: float) -> ClipMatch:
    certainty = Certainty.CERTAIN if probability >= 0.99 else Certainty.LIKELY
    return ClipMatch("a", certainty, probability, 0.0, 12.0, 0.0, 2.0)


def _sound(seconds: float) -> Samples:
    return np.ones(round(seconds * RATE_HZ), np.float32)


@pytest.mark.unit
def test_it_stops_at_the_first_certain_answer() -> None:
    engine = _Growing({2: 0.3, 3: 0.9999, 5: 0.9999})
    clip = ProgressiveClip(engine)
    answers = [answer for _ in range(100) for answer in clip.feed(_sound(0.1))]
    assert engine.asked_s == [2, 3]
    assert clip.done
    assert answers[-1].best is not None
    assert answers[-1].best.certainty is Certainty.CERTAIN
    assert clip.finish() is answers[-1]


@pytest.mark.unit
def test_without_a_certain_answer_it_hears_ten_seconds_and_no_more() -> None:
    engine = _Growing({})
    clip = ProgressiveClip(engine)
    assert len(clip.feed(_sound(30))) == 5
    assert engine.asked_s == [2, 3, 5, 8, 10]
    assert clip.done
    assert clip.seconds == 10
    assert clip.finish().best is None


@pytest.mark.unit
def test_what_would_just_be_certain_at_once_is_not_when_it_is_one_of_five_looks() -> None:
    clip = ProgressiveClip(_Growing({2: 0.991, 3: 0.991}))
    (answer,) = clip.feed(_sound(2.5))
    assert answer.best is not None
    assert answer.best.certainty is Certainty.LIKELY
    assert not clip.done
    once = ProgressiveClip(_Growing({10: 0.991}), looks_s=(10,))
    (only,) = once.feed(_sound(10))
    assert only.best is not None
    assert only.best.certainty is Certainty.CERTAIN


@pytest.mark.unit
def test_correction_divides_the_odds_by_the_number_of_looks() -> None:
    corrected = corrected_for_looks(_match(0.9), 3)
    assert corrected.probability == pytest.approx(3 / (3 + 1))
    assert corrected_for_looks(_match(0.9), 1).probability == pytest.approx(0.9)
    assert corrected_for_looks(_match(0.9), 5).certainty is Certainty.UNKNOWN


@pytest.mark.unit
def test_a_clip_that_ends_early_is_answered_with_what_there_is() -> None:
    engine = _Growing({2: 0.5, 2.5: 0.9})
    clip = ProgressiveClip(engine)
    clip.feed(_sound(2.5))
    assert clip.finish().matches[0].probability < 0.9
    assert engine.asked_s == [2, 2.5]
    assert clip.feed(_sound(5)) == ()


@pytest.mark.unit
@pytest.mark.parametrize("looks_s", [(), (3, 2), (0, 1), (2, 2)])
def test_looks_that_do_not_rise_are_refused(looks_s: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="must rise"):
        ProgressiveClip(_Growing({}), looks_s=looks_s)
