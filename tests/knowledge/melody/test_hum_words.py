"""Words that were sung: what counts as words, and what they add to the tune."""

import pytest

from knowledge.melody.words import WordWitness, fuse, telling_words

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "transcript",
    ["", "La la la la.", "Mmm, hmm hmm mmm.", "Da da dum, doo doo.", "Ooh ooh, na na na na, hey!",
     "Thank you.", "Thanks for watching!", "[Music]", "ta ta ti ra ra"],
)  # fmt: skip
def test_humming_has_no_words(transcript: str) -> None:
    assert telling_words(transcript) == []
    assert WordWitness().likely(transcript, {1: "La La La"}) == {}


def test_words_are_words() -> None:
    assert telling_words("Amazing grace, how sweet the sound") == [
        "amazing", "grace", "how", "sweet", "the", "sound",
    ]  # fmt: skip


def test_a_title_that_is_sung_points_to_its_song() -> None:
    likely = WordWitness().likely(
        "amazing grace how sweet the sound", {1: "Amazing Grace", 2: "Grace", 3: "Greensleeves"}
    )
    assert set(likely) == {1}
    assert 0.3 < likely[1] < 1


def test_without_words_the_tune_alone_counts() -> None:
    assert fuse({1: 0.6, 2: 0.2}, {}, songs=100) == {1: 0.6, 2: 0.2}


def test_two_weak_witnesses_that_agree_are_strong() -> None:
    together = fuse({1: 0.35, 2: 0.35}, {1: 0.4}, songs=1000)
    assert together[1] > 0.9
    assert together[2] < 0.05


def test_words_alone_are_no_surer_than_they_were() -> None:
    together = fuse({}, {1: 0.8}, songs=1000)
    assert 0.6 < together[1] < 0.95


def test_witnesses_that_contradict_each_other_are_less_sure_than_each() -> None:
    together = fuse({1: 0.9}, {2: 0.8}, songs=1000)
    assert together[1] < 0.9
    assert together[2] < 0.8
    assert sum(together.values()) <= 1


def test_probabilities_stay_probabilities() -> None:
    together = fuse({1: 1.0, 2: 1.0}, {1: 1.0, 3: 1.0}, songs=1)
    assert all(0 <= share <= 1 for share in together.values())
    assert sum(together.values()) <= 1 + 1e-9
