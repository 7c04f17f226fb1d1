"""The next track, learned rankings, factors, situations, and the transformer."""

import numpy as np
import pytest
from scipy import sparse

from evals.recommendation.models.context import PAIR_FEATURES, ContextModel, Likings, Moments
from evals.recommendation.models.factors import Factors
from evals.recommendation.models.next_track import NEXT_FEATURES, NextTrack, SoFar, fixed_score
from evals.recommendation.models.ranking import CandidateRanker
from evals.recommendation.models.transformer import SequenceTransformer, Shape
from knowledge.recommend.learning.plays import Numbering, Plays

pytestmark = pytest.mark.unit

DAY = 86_400.0
ARTIST_OF = {1: 10, 2: 10, 3: 20, 4: 20, 5: 30}


@pytest.fixture
def model() -> NextTrack:
    """Three evenings of one person: 1 2 3, 1 2 4, 1 5."""
    items, times = [1, 2, 3, 1, 2, 4, 1, 5], [0, 200, 400, DAY, DAY + 200, DAY + 400]
    return NextTrack(ARTIST_OF).fit(
        Plays.of([0] * 8, items, [*times, 2 * DAY, 2 * DAY + 200], [0, 0, 0, 1, 1, 1, 2, 2])
    )


def so_far(*recent: int, own: tuple[int, ...] = ()) -> SoFar:
    return SoFar(recent, np.array(own, np.int64), np.full(len(own), 2 * DAY), 3 * DAY)


def test_all_sources_bring_candidates_with_the_same_columns(model: NextTrack) -> None:
    brought = model.candidates(so_far(1, own=(5, 5)))
    assert set(brought.ids.tolist()) == {1, 2, 3, 4, 5}
    assert brought.features.shape == (5, len(NEXT_FEATURES))
    column = dict(zip(NEXT_FEATURES, brought.features[brought.ids == 2][0], strict=True))
    assert column["same_artist"] == 1
    assert column["follows"] == pytest.approx(2 / 3)
    own = dict(zip(NEXT_FEATURES, brought.features[brought.ids == 5][0], strict=True))
    assert own["own_count"] == 2


def test_fixed_weights_order_until_enough_is_learned(model: NextTrack) -> None:
    brought = model.candidates(so_far(1))
    scores = fixed_score(brought.features, {"rules": 2.0, "same_artist": 0.1})
    assert brought.ids[np.argmax(scores)] == 2


def test_an_unknown_track_still_gets_what_the_person_plays(model: NextTrack) -> None:
    brought = model.candidates(so_far(99, own=(5,)))
    assert 5 in brought.ids
    assert np.isfinite(brought.features).all()


def test_a_ranking_learns_what_was_chosen() -> None:
    pytest.importorskip("lightgbm")
    rng = np.random.default_rng(0)
    features = rng.random((4_000, 3))
    lists = np.full(400, 10)
    chosen = np.zeros(4_000)
    best = features[:, 1].reshape(400, 10).argmax(axis=1)
    chosen[np.arange(400) * 10 + best] = 1
    ranker = CandidateRanker(rounds=30).fit(features, chosen, lists)
    low, high = ranker.score(np.array([[0.9, 0.1, 0.5], [0.1, 0.95, 0.5]]))
    assert high > low


def test_factors_score_known_people_and_new_ones() -> None:
    pytest.importorskip("implicit")
    rock = np.tile([1, 1, 1, 1, 0, 0, 0, 0], (6, 1))
    jazz = np.tile([0, 0, 0, 0, 1, 1, 1, 1], (6, 1))
    matrix = sparse.csr_matrix(np.vstack([rock, jazz]).astype(float))
    factors = Factors(factors=2, regularisation=0.1).fit_matrix(matrix, Numbering(range(8)))
    assert factors.scores(12)[0, :4].min() > factors.scores(12)[0, 4:].max()
    found = factors.score([4, 5]).as_dict()
    assert min(found[6], found[7]) > max(found[item] for item in range(4))
    assert len(factors.score([77])) == 0


@pytest.fixture
def likings() -> Likings:
    """Person 1 likes loud songs; item 0 is loud, 1 is soft, 2 is nearly as loud as 0."""
    return Likings(
        np.array([1, 1, 2]),
        np.array([0, 1, 1]),
        np.array([5.0, 1.0, 4.0]),
        np.array([1.0, 0.0, 1.0]),
        {0: np.array([1.0]), 1: np.array([-1.0]), 2: np.array([0.9])},
        {0: 7, 1: 8, 2: 7},
    )


def test_what_is_known_of_a_person_and_a_track(likings: Likings) -> None:
    pair = dict(zip(PAIR_FEATURES, likings.pair(1, 2), strict=True))
    assert pair["nearest_liked"] == pytest.approx(0.1)
    assert pair["nearest_disliked"] == pytest.approx(1.9)
    assert pair["like_alike"] > 0.6
    assert pair["group_rate"] > pair["person_rate"]
    stranger = dict(zip(PAIR_FEATURES, likings.pair(9, 2), strict=True))
    assert np.isnan(stranger["nearest_liked"])
    assert stranger["person_rate"] == pytest.approx(2 / 3)


def test_a_row_does_not_know_its_own_rating(likings: Likings) -> None:
    assert likings.pair(1, 0, leave_out=0)[4] == 1  # one other rating of the person
    assert np.isnan(
        dict(zip(PAIR_FEATURES, likings.pair(1, 0, leave_out=0), strict=True))["nearest_liked"]
    )


def test_alike_moments_tell_what_is_liked_then() -> None:
    moments = Moments(
        np.array([1, 1, 1, 1]),
        np.array([1.0, 1.0, 0.0, 0.0]),
        np.array([[0.0], [0.1], [5.0], [5.1]]),
    )
    assert moments.rates(1, np.array([0.05]))[0] > 0.6
    assert moments.rates(1, np.array([5.05]))[1] < 0.4


def test_the_context_model_uses_the_moment() -> None:
    pytest.importorskip("lightgbm")
    rng = np.random.default_rng(1)
    features = rng.random((400, 3))
    liked = (rng.random(400) < np.where(features[:, 2] > 0.5, 0.9, 0.1)).astype(float)
    model = ContextModel(seeds=1, rounds=80).fit(features, liked)
    low, high = model.chance(np.array([[0.5, 0.5, 0.1], [0.5, 0.5, 0.9]]))
    assert low < 0.45 < high
    assert next(iter(model.gains(("rate", "audio", "moment")))) == "moment"


def test_a_transformer_learns_a_circle() -> None:
    pytest.importorskip("torch")
    circle = [[(start + step) % 6 for step in range(8)] for start in range(6)] * 8
    shape = Shape(
        width=16, layers=1, heads=1, length=8, rounds=20, batch=24, negatives=16, dropout=0.0,
        learning_rate=1e-2,
    )  # fmt: skip
    scores = SequenceTransformer(6, shape, seed=1).fit(circle).scores([[0, 1, 2], [4, 5]])
    assert scores.argmax(axis=1).tolist() == [3, 0]
