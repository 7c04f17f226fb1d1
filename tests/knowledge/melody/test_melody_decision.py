"""One is named when it is well ahead, several are offered when they are near, else: again."""

import math

import pytest

from knowledge.melody.matching.decision import verdict
from knowledge.melody.models import HumOutcome

pytestmark = pytest.mark.unit


def test_a_tune_far_ahead_is_named() -> None:
    costs = [0.3, 0.7, 0.71, 0.72, 0.73]

    said = verdict(costs, costs)

    assert (said.outcome, said.offered) == (HumOutcome.FOUND, 1)
    assert said.probabilities[0] > 0.9


def test_nothing_is_said_when_all_fit_equally_badly() -> None:
    costs = [0.8, 0.81, 0.82, 0.83, 0.84, 0.85]

    said = verdict(costs, costs)

    assert (said.outcome, said.offered) == (HumOutcome.AGAIN, 0)
    assert sum(said.probabilities) < 0.5


def test_two_tunes_ahead_of_all_others_are_offered() -> None:
    costs = [0.4, 0.42, 0.75, 0.76, 0.77, 0.78, 0.79, 0.8, 0.81, 0.82]

    said = verdict(costs, costs)

    assert (said.outcome, said.offered) == (HumOutcome.AMBIGUOUS, 2)


def test_versions_that_fit_alike_are_offered_and_a_worse_one_is_not() -> None:
    assert verdict([0.2, 0.2, 0.7], [0.2, 0.7]).outcome is HumOutcome.AMBIGUOUS
    assert verdict([0.2, 0.3, 0.7], [0.2, 0.7]).outcome is HumOutcome.FOUND


def test_the_only_tune_of_a_library_must_fit_well() -> None:
    assert verdict([0.3], [0.3]).outcome is HumOutcome.FOUND
    assert verdict([0.9], [0.9]).outcome is HumOutcome.AGAIN


def test_songs_that_were_only_named_have_no_tune_to_judge() -> None:
    assert verdict([], []).outcome is HumOutcome.AGAIN
    assert verdict([math.inf], [math.inf]).probabilities == (0.0,)
    named = verdict([0.3, math.inf], [0.3, math.inf])
    assert named.outcome is HumOutcome.FOUND
    assert named.probabilities[1] < 0.01
