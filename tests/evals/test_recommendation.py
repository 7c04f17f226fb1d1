"""The evaluation of recommendation: its scores, its splits, and a quick run."""

from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from evals.progress import SilentProgress
from evals.recommendation.dialogues import FEATURES, Dialogue, DialogueRows, Shown, Turn
from evals.recommendation.folders import recommendation_folder
from evals.recommendation.hetrec import without_pairs
from evals.recommendation.listening import cut, predictions
from evals.recommendation.measure import RecommendationEvaluation
from evals.recommendation.models.next_track import NEXT_FEATURES
from evals.recommendation.scoring import (
    Places,
    auc,
    average_precision,
    calibration_error,
    interval,
    place_of,
    rank_people,
)
from evals.runner import run_evaluation
from knowledge.recommend.learning.plays import Plays

pytestmark = pytest.mark.evals


def test_scores_of_rankings_agree_with_hand_counting() -> None:
    scores = np.tile(np.arange(20.0, 0, -1), (2, 1))
    seen = sparse.csr_matrix(([1.0], ([0], [0])), (2, 20))
    held = sparse.csr_matrix(([1.0, 1.0], ([0, 0], [1, 15])), (2, 20))
    found = rank_people(scores, seen, held)
    assert len(found.ndcg10) == 1  # nothing is held out for the second person
    assert found.ndcg10[0] == pytest.approx(1 / (1 + 1 / np.log2(3)))
    assert found.recall10[0] == 0.5
    assert place_of(np.array([3.0, 1.0, 2.0]), 2) == 1
    places = Places(np.array([0, 9, 10, 1_000]))
    assert places.hits(10).tolist() == [1, 1, 0, 0]
    assert places.ndcg10.tolist() == pytest.approx([1, 1 / np.log2(11), 0, 0])


def test_scores_of_chances_agree_with_hand_counting() -> None:
    yes = np.array([0.0, 1.0, 0.0, 1.0])
    chance = np.array([0.1, 0.4, 0.5, 0.9])
    assert auc(yes, chance) == 0.75
    assert auc(yes, np.full(4, 0.5)) == 0.5
    assert average_precision(yes, chance) == pytest.approx((1 + 2 / 3) / 2)
    assert calibration_error(yes, yes, bins=2) == 0.0
    low, high = interval(np.r_[np.zeros(50), np.ones(50)])
    assert 0.35 < low < 0.5 < high < 0.65


def test_what_was_said_about_held_out_artists_is_dropped() -> None:
    taggings = np.array([[1, 10, 5], [1, 11, 5], [2, 10, 5]])
    assert without_pairs(taggings, np.array([[1, 10]])).tolist() == [[1, 11, 5], [2, 10, 5]]


def sessions(*starts_and_items: tuple[float, str]) -> Plays:
    rows = [
        (number, ord(letter), start + 60 * place)
        for number, (start, letters) in enumerate(starts_and_items)
        for place, letter in enumerate(letters)
    ]
    number, items, times = (list(column) for column in zip(*rows, strict=True))
    return Plays.of([0] * len(rows), items, times, number)


def test_a_split_cuts_whole_sessions_by_their_start() -> None:
    day = 86_400.0
    early, late = cut(sessions((0, "ab"), (3 * day - 90, "cd"), (4 * day, "ef")), 1.0)
    assert "".join(map(chr, early.items)) == "abcd"
    assert "".join(map(chr, late.items)) == "ef"


def test_a_prediction_knows_nothing_of_what_comes() -> None:
    train = sessions((0, "abc"), (9_000, "abd"))
    artist_of = dict.fromkeys(range(97, 123), 1)
    one, two = (
        list(predictions(train, sessions((90_000, played)), artist_of)) for played in ("abc", "abx")
    )
    assert [p.ids.tolist() for p in one] == [p.ids.tolist() for p in two]
    np.testing.assert_array_equal(one[1].features, two[1].features)
    assert (one[1].came, two[1].is_known) == (ord("c"), False)
    assert one[1].features.shape[1] == len(NEXT_FEATURES)


def dialogue(key: str, *rejections: bool) -> Dialogue:
    shown = [Shown(f"{key}{i}", f"Song {i}", "artist", 1, "album") for i in range(len(rejections))]
    turns = (
        Turn(("some", "rock"), ("here",), (("artist",),), (frozenset({f"{key}{i}"}),), ((one, no),))
        for i, (one, no) in enumerate(zip(shown, rejections, strict=True))
    )
    return Dialogue(key, tuple(turns))


def test_a_row_holds_nothing_of_its_own_outcome() -> None:
    others = [dialogue("a", True, False), dialogue("b", False, False)]
    kept, gone = dialogue("c", False, False), dialogue("c", False, True)
    (one, _), (two, labels) = (DialogueRows([*others, d]).of(d) for d in (kept, gone))
    assert labels == [False, True]
    skip = FEATURES.index("rater")  # a ridge over all dialogues moves a little with each of them
    np.testing.assert_allclose(np.delete(one[1], skip), np.delete(two[1], skip))
    assert len(one[0]) == len(FEATURES)


def test_absent_sets_are_said_and_flow_is_measured_anyway(tmp_path: Path) -> None:
    outcome = run_evaluation(
        RecommendationEvaluation(tmp_path), quick=True, progress=SilentProgress()
    )
    assert outcome.undocumented == ()
    assert len(outcome.report.notes) >= 6
    metrics = outcome.report.metrics
    assert metrics["playlist.flow"] < 0.6 * metrics["playlist.baseline.random.flow"]
    assert metrics["playlist.length_met"] == 1.0


def test_a_quick_run_beats_its_baselines() -> None:
    pytest.importorskip("lightgbm")
    if not (recommendation_folder() / "cpcd").is_dir():
        pytest.skip("the public listening data are not on this machine")
    outcome = run_evaluation(RecommendationEvaluation(), quick=True, progress=SilentProgress())
    assert outcome.undocumented == ()
    metrics = outcome.report.metrics
    assert metrics["hetrec.ndcg10"] > metrics["hetrec.baseline.ease.ndcg10"]
    assert metrics["30music.hr10"] > metrics["30music.baseline.rules.hr10"]
    assert metrics["situnes.auc"] > metrics["situnes.baseline.rates.auc"]
    assert metrics["questions.ndcg10"] > metrics["questions.baseline.any.ndcg10"]
