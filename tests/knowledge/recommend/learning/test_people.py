"""Item neighbours, EASE and CEASE, and the blend of them."""

import numpy as np
import pytest
from scipy import sparse

from evals.recommendation.models.blend import blended, shares, standardised
from knowledge.recommend.learning.linear import Ease
from knowledge.recommend.learning.neighbours import ItemNeighbours
from knowledge.recommend.learning.plays import Numbering, Plays, Scored

pytestmark = pytest.mark.unit

ROCK, JAZZ = (10, 11, 12, 13), (20, 21, 22, 23)


@pytest.fixture
def two_tastes() -> Plays:
    """Eight people: rock or jazz, each without one of the four tracks; 99 is known by all."""
    users, items = [], []
    for person in range(8):
        kind = ROCK if person < 4 else JAZZ
        heard = [track for track in kind if track != kind[person % 4]] + [99]
        users += [person] * len(heard)
        items += heard
    return Plays.of(users, items, np.arange(len(items), dtype=float))


@pytest.mark.parametrize("model", [ItemNeighbours(shrinkage=1.0), Ease(regularisation=1.0)])
def test_the_missing_track_of_the_same_taste_comes_first(
    model: ItemNeighbours | Ease, two_tastes: Plays
) -> None:
    model.fit(two_tastes)
    found = model.score([10, 11, 12]).without([10, 11, 12, 99])
    assert found.ids[0] == 13
    assert found.as_dict()[13] > found.as_dict().get(20, 0.0)


@pytest.mark.parametrize("model", [ItemNeighbours(), Ease()])
def test_an_unknown_history_brings_nothing(model: ItemNeighbours | Ease, two_tastes: Plays) -> None:
    assert len(model.score([1])) == 0
    assert len(model.fit(two_tastes).score([12_345])) == 0


def test_all_people_at_once_score_like_one(two_tastes: Plays) -> None:
    items = Numbering(two_tastes.items)
    rows = two_tastes.users
    matrix = sparse.csr_matrix((np.ones(len(rows)), (rows, items.places(two_tastes.items))))
    ease = Ease().fit_matrix(matrix, items)
    history = two_tastes.items[rows == 0].tolist()
    alone = ease.score(history).as_dict()
    assert ease.scores(matrix)[0, items.places([10])[0]] == pytest.approx(alone[10])


def test_tags_lead_to_a_track_that_nobody_played(two_tastes: Plays) -> None:
    users = np.append(two_tastes.users, 7)
    items = np.append(two_tastes.items, 14)
    plays = Plays.of(users, items, np.zeros(len(items)))

    def side(numbering: Numbering) -> sparse.csr_matrix:
        tagged = numbering.places([10, 11, 12, 13, 14])
        return sparse.csr_matrix((np.ones(5), (np.zeros(5, int), tagged)), (1, len(numbering)))

    plain, tagged = Ease().fit(plays), Ease(side_weight=20.0).fit(plays, side)
    assert tagged.score([10]).as_dict()[14] > plain.score([10]).as_dict()[14]


def test_likeness_between_two_tracks(two_tastes: Plays) -> None:
    ids, likeness = ItemNeighbours(shrinkage=0.0).fit(two_tastes).like(10)
    assert set(ids[:2].tolist()) <= {11, 12, 13, 99}
    assert 0 < likeness[0] <= 1


def test_a_blend_weighs_its_sources() -> None:
    one = Scored.ranked(np.array([1, 2]), np.array([10.0, 5.0]))
    other = Scored.ranked(np.array([2, 3]), np.array([0.2, 0.1]))
    mixed = blended([(one, 1.0), (other, 2.0), (Scored.nothing(), 5.0)])
    assert mixed.as_dict() == pytest.approx({2: 2.5, 1: 1.0, 3: 1.0})
    told = shares({"rules": (one, 1.0), "ease": (other, 2.0)}, 2)
    assert told == pytest.approx({"rules": 0.2, "ease": 0.8})


def test_z_scores_have_no_scale() -> None:
    rows = standardised(np.array([[1.0, 2.0, 3.0], [100.0, 200.0, 300.0], [5.0, 5.0, 5.0]]))
    assert rows[0] == pytest.approx(rows[1])
    assert rows[2].tolist() == [0, 0, 0]
