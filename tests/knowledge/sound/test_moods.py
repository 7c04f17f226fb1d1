"""What words for moods and activities stand for."""

import numpy as np
import pytest

from knowledge.analysis.sound import Axis, KeyHeard, Measured
from knowledge.sound.moods import known_moods, mood_named
from knowledge.sound.rows import pack_beats, unpack_beats
from knowledge.sound.tags import TAG_NAMES
from knowledge.sound.thinning import thinned
from knowledge.sound.words import ends, is_weak, key_name, key_words


@pytest.mark.unit
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("calm", "calm"),
        ("Relaxing", "calm"),
        ("something for the gym", "workout"),
        ("jogging", "running"),
        ("study", "study"),
        ("focused", "study"),
        ("bedtime", "sleep"),
        ("melancholic", "sad"),
        ("road trip", "commute"),
        ("cooking", "dinner"),
    ],
)
def test_words_find_their_mood(words: str, name: str) -> None:
    mood = mood_named(words)
    assert mood is not None
    assert mood.name == name


@pytest.mark.unit
def test_a_word_without_a_meaning_has_none() -> None:
    assert mood_named("purple") is None
    assert mood_named("") is None


@pytest.mark.unit
@pytest.mark.parametrize("name", known_moods())
def test_every_mood_can_be_heard(name: str) -> None:
    """Stretches lie on their axes, and the tags are ones that the tagger knows."""
    mood = mood_named(name)
    assert mood is not None
    assert mood.name == name
    assert mood.axes
    for stretch in mood.axes.values():
        assert 0 <= stretch.low < stretch.high <= 1
        assert stretch.weight > 0
    known = {tag.partition(" (")[0].lower().replace("-", " ") for tag in TAG_NAMES}
    assert set(mood.tags) <= known


@pytest.mark.unit
def test_beats_are_kept_to_the_hundredth_of_a_second() -> None:
    beats = np.cumsum(np.random.default_rng(2).uniform(0.3, 0.7, 2_000)).astype(np.float32)
    assert unpack_beats(pack_beats(beats)) == pytest.approx(beats, abs=0.006)
    assert len(pack_beats(beats)) == 2 * len(beats)


@pytest.mark.unit
@pytest.mark.parametrize("beats", [[], [0.0], [0.0, 700.0], [1.0, 2_000.0, 2_000.5]])
def test_long_rests_between_beats_are_kept(beats: list[float]) -> None:
    packed = pack_beats(np.array(beats, np.float32))
    assert unpack_beats(packed).tolist() == pytest.approx(beats)


@pytest.mark.unit
def test_damaged_beats_are_none() -> None:
    assert unpack_beats(b"\x01").size == 0


@pytest.mark.unit
def test_thinning_is_even_stable_and_keeps_the_order() -> None:
    everything = np.arange(1, 10_001)
    chosen = thinned(everything, 1_000)
    assert len(chosen) == 1_000
    assert chosen == sorted(chosen)
    counts, _ = np.histogram(chosen, bins=10, range=(1, 10_001))
    assert counts.min() > 60
    grown = thinned(np.arange(1, 10_051), 1_000)
    assert len(set(chosen) - set(grown)) <= 50
    assert thinned([3, 1, 2], 5) == [3, 1, 2]


@pytest.mark.unit
def test_keys_are_named_as_musicians_do() -> None:
    assert key_name(9, minor=True) == "A minor"
    assert key_name(1, minor=False) == "D♭ major"
    assert key_name(6, minor=True) == "F♯ minor"
    assert key_words(KeyHeard(0, False, 0.9, 9, True)) == ("C major", "A minor")
    assert key_words(KeyHeard(0, False, 0.9)) == ("C major", None)
    assert is_weak(Measured(0.9, 0.2))
    assert not is_weak(Measured(0.9, 0.8))


@pytest.mark.unit
@pytest.mark.parametrize("axis", Axis)
def test_both_ends_of_every_axis_have_a_word(axis: Axis) -> None:
    low, high = ends(axis)
    assert low
    assert high
    assert low != high
