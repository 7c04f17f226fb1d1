"""Sources that serve a person, questions that tell something, and the risk of a skip."""

import numpy as np
import pytest

from knowledge.recommend.learning.bandit import Outcome, SourceBandit, snips
from knowledge.recommend.learning.questions import TasteClusters, uncertainty_bits
from knowledge.recommend.learning.skipping import (
    MOMENT_FEATURES,
    Moment,
    OnlineBias,
    RunningRate,
    SkipHistory,
    SkipModel,
)

pytestmark = pytest.mark.unit


def bandit(*outcomes: Outcome) -> SourceBandit:
    made = SourceBandit(rng=np.random.default_rng(1))
    made.learn(outcomes)
    return made


def test_the_source_that_is_kept_is_chosen_most() -> None:
    learned = bandit(
        *(Outcome("ann", "rules", i % 2 == 0) for i in range(100)),
        *(Outcome("ann", "popular", False) for _ in range(100)),
    )
    chosen = [learned.choose("ann", ("rules", "popular")) for _ in range(20)]
    assert all(one.source == "rules" for one in chosen)
    assert all(0.9 < one.propensity <= 1 for one in chosen)


def test_a_person_differs_from_the_household_once_there_is_evidence() -> None:
    learned = bandit(
        *(Outcome("ann", "rules", True) for _ in range(200)),
        *(Outcome("bob", "rules", False) for _ in range(60)),
    )
    assert learned.rate("stranger", "rules") == pytest.approx(201 / 269)
    assert learned.rate("bob", "rules") < 0.25


def test_without_any_outcome_every_source_is_as_likely() -> None:
    choice = bandit().choose("ann", ("a", "b", "c", "d"))
    assert 0.15 < choice.propensity < 0.35
    with pytest.raises(ValueError, match="no source"):
        bandit().choose("ann", ())


def test_off_policy_estimates_refuse_small_logs() -> None:
    rng = np.random.default_rng(0)
    source = rng.integers(0, 2, 4_000)
    reward = rng.random(4_000) < np.where(source == 1, 0.3, 0.1)
    always_one = np.where(source == 1, 1.0, 0.0)
    found = snips(reward.astype(float).tolist(), [0.5] * 4_000, always_one.tolist())
    assert found == pytest.approx(0.3, abs=0.03)
    with pytest.raises(ValueError, match="too small"):
        snips([1.0] * 20, [0.5] * 20, [1.0] * 20)
    with pytest.raises(ValueError, match="too small"):
        snips([0.0] * 500, [0.5] * 500, [1.0] * 500)


@pytest.fixture
def rock_and_jazz() -> TasteClusters:
    """Question 0 parts the two tastes, 1 is liked by all, 2 by a tenth."""
    rng = np.random.default_rng(3)
    rock = rng.random(300) < 0.5
    answers = np.stack([rock, rng.random(300) < 0.98, rng.random(300) < 0.1], axis=1)
    sided = np.repeat(rock[:, None], 4, axis=1) ^ (rng.random((300, 4)) < 0.1)
    return TasteClusters.of(np.hstack([answers, sided]).astype(float), clusters=2)


def test_the_question_that_parts_the_tastes_is_asked(rock_and_jazz: TasteClusters) -> None:
    asked = rock_and_jazz.next_question({}, among=(0, 1, 2))
    assert asked is not None
    assert asked.question == 0
    assert asked.bits > 0.5
    assert 0.3 < asked.yes < 0.7


def test_answers_make_the_taste_surer_and_end_the_asking(rock_and_jazz: TasteClusters) -> None:
    before = uncertainty_bits(rock_and_jazz.posterior({}))
    after = uncertainty_bits(rock_and_jazz.posterior({0: True}))
    assert after < before
    assert rock_and_jazz.next_question({0: True, 3: True}, cost_bits=0.2) is None
    assert rock_and_jazz.next_question({0: True}, among=(0,)) is None


def test_a_mistaken_answer_does_not_decide_alone(rock_and_jazz: TasteClusters) -> None:
    trusting = rock_and_jazz.posterior({0: True}, wrong=0.0).max()
    doubting = rock_and_jazz.posterior({0: True}, wrong=0.3).max()
    assert doubting < trusting
    liked = rock_and_jazz.expected({0: True}, rock_and_jazz.yes)
    assert liked[3] > 0.6


def moment(number: int, person: str = "ann") -> Moment:
    return Moment(person, f"s{number // 10}", f"artist {number % 3}", f"t{number}", "rules", 20.0)


def test_rates_know_only_the_past() -> None:
    history = SkipHistory(prior=0.2)
    first = dict(zip(MOMENT_FEATURES, history.features(moment(0)), strict=True))
    assert first["person"] == 0.2
    history.see(moment(0), skipped=True)
    later = dict(zip(MOMENT_FEATURES, history.features(moment(3)), strict=True))
    assert later["person"] > 0.2
    assert later["last"] == 1.0
    assert later["artist"] > 0.2
    assert later["position"] == 1


def test_little_data_falls_back_to_the_rate_so_far() -> None:
    few = np.array([[0.1, 5.0], [0.6, 1.0]])
    model = SkipModel().fit(few, np.array([0.0, 1.0]))
    assert not model.is_learned
    assert model.risk(few).tolist() == [0.1, 0.6]


def test_the_model_learns_more_than_the_rate() -> None:
    pytest.importorskip("lightgbm")
    rng = np.random.default_rng(0)
    features = rng.random((600, 2))
    skipped = (rng.random(600) < np.where(features[:, 1] > 0.5, 0.8, 0.1)).astype(float)
    model = SkipModel(seeds=1).fit(features, skipped)
    assert model.is_learned
    low, high = model.risk(np.array([[0.5, 0.1], [0.5, 0.9]]))
    assert low < 0.35
    assert high > 0.5


def test_a_session_of_skips_raises_the_risk_within_bounds() -> None:
    bias = OnlineBias()
    assert bias.adjusted(0.3) == pytest.approx(0.3)
    for _ in range(100):
        bias.see(0.3, skipped=True)
    assert 0.5 < bias.adjusted(0.3) < 0.8
    assert RunningRate(0.5, 2.0).value == 0.5
