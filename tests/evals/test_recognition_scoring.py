"""Thresholds, recall and calibration, on answers made by hand."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from evals.recognition.answers import Answered
from evals.recognition.clips import ClipFacts
from evals.recognition.scoring import (
    calibration_error,
    half_width,
    judge,
    reliability,
    threshold,
)
from evals.recognition.systems import Answer


def _answered(source: str, answer: Answer, *, known: bool, number: int = 0) -> Answered:
    facts = ClipFacts(
        source=source,
        truth=source if known else None,
        offset_s=10.0,
        condition="clean",
        group="clean",
        length_s=5,
        tempo=1.0,
        pitch=0.0,
        number=number,
    )
    return Answered(facts, answer, 1.0)


def _run(
    known: Callable[[str], Answer], unknown: Callable[[str], Answer], count: int = 400
) -> list[Answered]:
    return [
        *(_answered(f"k{n % 20}", known(f"k{n % 20}"), known=True, number=n) for n in range(count)),
        *(
            _answered(f"u{n % 20}", unknown(f"u{n % 20}"), known=False, number=n)
            for n in range(count)
        ),
    ]


@pytest.mark.unit
def test_one_in_a_hundred_unknown_clips_may_pass() -> None:
    scores = [Answer("x", float(score), claimed=True) for score in range(200)]
    unknown = [_answered("u", answer, known=False) for answer in scores]
    assert threshold(unknown) == 197.0
    assert sum(one.answer.score > threshold(unknown) for one in unknown) == 2


@pytest.mark.unit
def test_a_recogniser_that_keeps_silent_needs_no_threshold() -> None:
    silent = [_answered("u", Answer(), known=False) for _ in range(199)]
    loud = _answered("u", Answer("x", 7.0, claimed=True), known=False)
    assert threshold([*silent, loud]) == -math.inf
    assert threshold([*silent, loud, loud, loud]) == 7.0


@pytest.mark.unit
def test_one_that_always_guesses_alike_recognises_nothing() -> None:
    scores = judge(_run(lambda key: Answer(key, 9.0, 10.1, True), lambda _: Answer("k1", 9.0)))
    assert scores.ranked_right() == 1.0
    assert scores.recall() == 0.0
    assert scores.native_recall() == 1.0
    assert scores.native_false_positives() == 0.0
    assert scores.offset_errors_s() == pytest.approx([0.1] * 400)


@pytest.mark.unit
def test_a_threshold_is_judged_on_recordings_that_did_not_choose_it() -> None:
    # One unknown recording always scores high: the half that holds it pays with a high threshold,
    # the half that does not lets all of it through.
    def unknown(key: str) -> Answer:
        return Answer("k1", 8.0 if key == "u3" else 1.0, 0.0, True)

    scores = judge(_run(lambda key: Answer(key, 5.0, 10.0, True), unknown))
    assert sorted(fold.thresholds[5] for fold in scores.folds) == [1.0, 8.0]
    assert scores.recall() == 0.5
    assert scores.false_positives_at_thresholds() == pytest.approx(20 / 400)


@pytest.mark.unit
def test_a_wrong_recording_is_no_recall_whatever_its_score() -> None:
    scores = judge(_run(lambda _: Answer("another", 99.0, 0.0, True), lambda _: Answer()))
    assert scores.recall() == 0.0
    assert scores.native_wrong() == 1.0


@pytest.mark.unit
def test_honest_probabilities_have_no_calibration_error() -> None:
    random = np.random.default_rng(0)
    honest = []
    for number in range(4000):
        chance = float(random.random())
        named = "k" if random.random() < chance else "other"
        answer = Answer(named, chance, 0.0, claimed=True, probability=chance)
        honest.append(_answered("k", answer, known=True, number=number))
    boastful = [
        _answered("k", Answer(one.answer.recording, 1, 0, True, 1.0), known=True) for one in honest
    ]
    assert calibration_error(reliability(honest)) < 0.03
    assert calibration_error(reliability(boastful)) == pytest.approx(0.5, abs=0.05)
    assert sum(row.clips for row in reliability(boastful)) == 4000


@pytest.mark.unit
def test_a_share_of_few_clips_is_uncertain() -> None:
    assert half_width(0.5, 25) == pytest.approx(0.18, abs=0.01)
    assert half_width(0.5, 800) == pytest.approx(0.035, abs=0.001)
    assert half_width(0.0, 1000) < 0.004
