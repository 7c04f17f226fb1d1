"""A hum finds its tune in any key and tempo, from anywhere in it, and nothing else."""

import numpy as np
import pytest

from knowledge.melody.matching import MelodyIndex
from knowledge.melody.models import FRAME_S, Contour, HumKind, HumOutcome, Melody, MelodyLine

pytestmark = pytest.mark.unit


def _tune(seed: int, notes: int = 60) -> np.ndarray:
    """A made-up tune: steps and leaps in a major scale, quarters and eighths."""
    chance = np.random.default_rng(seed)
    step = np.cumsum(chance.choice([-3, -2, -1, -1, 0, 1, 1, 2, 4], notes))
    step = 7 + np.abs((step % 24) - 12)
    pitch = 48 + 12 * (step // 7) + np.array([0, 2, 4, 5, 7, 9, 11])[step % 7]
    length = chance.choice([0.25, 0.25, 0.5, 0.5, 0.75, 1.0], notes)
    onset = np.cumsum(length) - length
    return np.stack([onset, length, pitch, np.ones(notes)], axis=1).astype(np.float32)


def _melody(seed: int) -> Melody:
    return Melody(f"tune{seed}", (MelodyLine(_tune(seed)),))


def _hummed(
    rows: np.ndarray, *, tempo: float = 1.0, key: float = 0.0, drift: float = 0.0
) -> Contour:
    """What a listener hears when the notes are hummed."""
    onset = (rows[:, 0] - rows[0, 0]) / tempo
    end = onset + rows[:, 1] / tempo
    pitch = np.full(round(float(end[-1]) / FRAME_S), np.nan, np.float32)
    for begin, over, note in zip(onset, end, rows[:, 2], strict=True):
        pitch[round(begin / FRAME_S) : round((over - 0.04) / FRAME_S)] = note + key
    pitch += np.linspace(0, drift, pitch.size)
    return Contour(pitch, (), HumKind.VOICE)


@pytest.fixture(scope="module")
def index() -> MelodyIndex:
    return MelodyIndex.build([_melody(seed) for seed in range(60)])


def test_finds_a_tune_from_its_middle_in_another_key_and_tempo(index: MelodyIndex) -> None:
    hum = _hummed(_tune(7)[20:40], tempo=1.3, key=-9.4)

    found = index.search(hum)

    assert found.outcome is HumOutcome.FOUND
    assert found.offered == 1
    best = found.hits[0]
    assert best.key == "tune7"
    assert best.start_s == pytest.approx(_tune(7)[20, 0], abs=0.5)
    assert best.transposition == pytest.approx(-9.4, abs=0.3)
    assert best.tempo == pytest.approx(1.3, rel=0.1)


def test_follows_a_singer_who_loses_the_key(index: MelodyIndex) -> None:
    hum = _hummed(_tune(11)[5:30], tempo=0.8, drift=1.5)

    assert index.search(hum).hits[0].key == "tune11"


def test_forgives_a_wrong_a_missing_and_an_added_note(index: MelodyIndex) -> None:
    rows = _tune(23)[10:32].copy()
    rows[5, 2] += 2
    rows[9, 1] /= 2
    added = rows[9].copy()
    added[0] += added[1]
    added[2] -= 1
    rows = np.insert(np.delete(rows, 14, axis=0), 10, added, axis=0)

    assert index.search(_hummed(rows)).hits[0].key == "tune23"


def test_asks_again_for_a_tune_that_is_not_there(index: MelodyIndex) -> None:
    found = index.search(_hummed(_tune(1234)[10:30]))

    assert found.outcome is HumOutcome.AGAIN
    assert found.offered == 0


def test_nothing_sung_finds_nothing(index: MelodyIndex) -> None:
    silence = Contour(np.full(300, np.nan, np.float32), (), HumKind.VOICE)

    assert index.search(silence).hits == ()
    assert index.search(Contour(np.zeros(0, np.float32), (), HumKind.VOICE)).hits == ()


def test_an_empty_index_asks_again() -> None:
    empty = MelodyIndex.build([])

    assert len(empty) == 0
    assert empty.search(_hummed(_tune(1)[:20])).outcome is HumOutcome.AGAIN


def test_melodies_come_and_go(index: MelodyIndex) -> None:
    hum = _hummed(_tune(99)[10:32])

    more = index.updated([_melody(99)], gone=["tune3"])

    assert len(more) == 60
    assert more.search(hum).hits[0].key == "tune99"
    assert len(index) == 60
    assert index.search(hum).hits[0].key != "tune99"
    hits = more.search(_hummed(_tune(3)[10:30])).hits
    assert all(hit.key != "tune3" for hit in hits)


def test_a_melody_put_in_again_replaces_the_old_one(index: MelodyIndex) -> None:
    other = Melody("tune5", (MelodyLine(_tune(555)),))

    changed = index.updated([other], gone=[])

    assert len(changed) == 60
    assert changed.search(_hummed(_tune(555)[8:30])).hits[0].key == "tune5"


def test_broken_notes_are_left_out() -> None:
    rows = _tune(2)
    rows[4, 2] = np.nan
    rows[8, 0] = np.inf
    nothing = Melody("nothing", (MelodyLine(np.zeros((0, 4), np.float32)),))

    index = MelodyIndex.build([Melody("broken", (MelodyLine(rows),)), nothing])

    assert len(index) == 2
    assert index.search(_hummed(_tune(2)[12:34])).hits[0].key == "broken"


def test_a_passage_late_in_a_very_long_line_is_found(index: MelodyIndex) -> None:
    rows = _tune(77, notes=3000)

    longer = index.updated([Melody("long", (MelodyLine(rows),))], gone=[])
    best = longer.search(_hummed(rows[1900:1920], key=5)).hits[0]

    assert best.key == "long"
    assert best.start_s == pytest.approx(rows[1900, 0], abs=0.5)


def test_the_second_line_of_a_recording_is_searched_too() -> None:
    two = Melody("two", (MelodyLine(_tune(301)), MelodyLine(_tune(302), weight=0.4)))
    others = [_melody(seed) for seed in range(40)]

    found = MelodyIndex.build([*others, two]).search(_hummed(_tune(302)[10:32]))

    assert found.hits[0].key == "two"
    assert [hit.key for hit in found.hits].count("two") == 1


def test_versions_of_a_tune_do_not_make_it_doubtful() -> None:
    rows = _tune(400)
    higher, ornamented = rows.copy(), rows.copy()
    higher[:, 2] += 5
    ornamented[::7, 2] += 1
    versions = [
        Melody("plain", (MelodyLine(rows),)),
        Melody("ornamented", (MelodyLine(ornamented),)),
    ]
    others = [_melody(seed) for seed in range(40)]

    found = MelodyIndex.build([*others, *versions]).search(_hummed(rows[14:36]))
    assert found.outcome is HumOutcome.FOUND
    assert found.hits[0].key == "plain"

    alike = [*others, versions[0], Melody("higher", (MelodyLine(higher),))]
    both = MelodyIndex.build(alike).search(_hummed(rows[14:36]))
    assert both.outcome is HumOutcome.AMBIGUOUS
    assert both.offered == 2
    assert {hit.key for hit in both.hits[:2]} == {"plain", "higher"}


def test_probabilities_are_of_one_hum(index: MelodyIndex) -> None:
    for seed in (4, 9, 1001):
        hits = index.search(_hummed(_tune(seed)[10:30], drift=1.0), count=40).hits
        assert all(0 <= hit.probability <= 1 for hit in hits)
        assert sum(hit.probability for hit in hits) <= 1.0001


def test_the_same_hum_finds_the_same(index: MelodyIndex) -> None:
    hum = _hummed(_tune(31)[4:30], drift=0.7)

    assert index.search(hum) == index.search(hum)
