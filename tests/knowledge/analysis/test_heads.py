"""From numbers and tags to axes and genres: what speaks for what, and how sure that is."""

from dataclasses import replace

import pytest

from knowledge.analysis import tag_evidence
from knowledge.analysis.genres import _TAGS, GENRES, genres_of
from knowledge.analysis.heads import Signal, axes_of
from knowledge.analysis.sound import AXES, Axis, KeyHeard, Measured, TempoHeard
from knowledge.analysis.tag_evidence import Evidence, weigh
from knowledge.sound.tags import TAG_NAMES

PIANO = {"piano": 0.7, "slow": 0.5, "classical": 0.3, "soft": 0.2, "instrumental": 0.2}
CLUB = {"techno": 0.7, "electronic": 0.6, "dance (MSD)": 0.3, "beat": 0.3, "fast": 0.2, "loud": 0.2}
SONG = {"female": 0.4, "vocal": 0.3, "singing": 0.3, "female vocalists": 0.5, "pop (MSD)": 0.4}
STILL = Signal(-24.0, 6.0, 0.15, 900.0, 0.8, TempoHeard(66.0, 0.2), KeyHeard(2, False, 0.5))
DRIVING = Signal(-9.0, 3.0, 0.85, 3500.0, 5.0, TempoHeard(126.0, 0.8), KeyHeard(9, True, 0.5))


def values(signal: Signal, tags: dict[str, float]) -> dict[Axis, float]:
    return {axis: found.value for axis, found in axes_of(signal, tags).items()}


@pytest.mark.unit
def test_every_axis_is_judged_between_0_and_1() -> None:
    for signal, tags in ((STILL, PIANO), (DRIVING, CLUB), (STILL, SONG)):
        judged = axes_of(signal, tags)
        assert set(judged) == set(AXES)
        for found in judged.values():
            assert 0 <= found.value <= 1
            assert 0 < found.confidence <= 1


@pytest.mark.unit
def test_a_piano_piece_is_not_a_club_track() -> None:
    piano, club = values(STILL, PIANO), values(DRIVING, CLUB)
    for axis in (Axis.ENERGY, Axis.DANCEABILITY, Axis.BRIGHTNESS, Axis.LOUDNESS):
        assert club[axis] > piano[axis] + 0.3
    assert piano[Axis.ACOUSTICNESS] > club[Axis.ACOUSTICNESS] + 0.5


@pytest.mark.unit
def test_who_sings_is_not_instrumental() -> None:
    song, piano = axes_of(STILL, SONG), axes_of(STILL, PIANO)
    assert song[Axis.VOCALS].value > 0.8
    assert piano[Axis.VOCALS].value < 0.3
    assert song[Axis.INSTRUMENTALNESS].value == pytest.approx(1 - song[Axis.VOCALS].value)


@pytest.mark.unit
def test_without_tags_less_is_known_and_that_is_said() -> None:
    bare, tagged = axes_of(DRIVING, {}), axes_of(DRIVING, CLUB)
    assert set(tagged) - set(bare) == {Axis.ACOUSTICNESS, Axis.VOCALS, Axis.INSTRUMENTALNESS}
    for axis in (Axis.ENERGY, Axis.DANCEABILITY, Axis.VALENCE):
        assert bare[axis].confidence < tagged[axis].confidence


@pytest.mark.unit
def test_valence_is_never_more_than_a_hint() -> None:
    happy = {"happy": 0.9, "party": 0.9, "catchy": 0.9}
    assert axes_of(DRIVING, happy)[Axis.VALENCE].confidence <= 0.3
    sad = axes_of(STILL, {"sad": 0.9})[Axis.VALENCE]
    assert sad.value < axes_of(STILL, happy)[Axis.VALENCE].value - 0.3
    minor = replace(STILL, key=KeyHeard(2, True, 0.5))
    assert values(minor, {})[Axis.VALENCE] < values(STILL, {})[Axis.VALENCE]


@pytest.mark.unit
def test_of_silence_only_its_loudness_is_known() -> None:
    silent = replace(DRIVING, loudness_lufs=-70.0)
    judged = axes_of(silent, CLUB)
    assert set(judged) == {Axis.ENERGY, Axis.LOUDNESS}
    assert judged[Axis.ENERGY].value == judged[Axis.LOUDNESS].value == 0


@pytest.mark.unit
@pytest.mark.parametrize(
    ("axis", "changed"),
    [
        (Axis.LOUDNESS, replace(STILL, loudness_lufs=-12.0)),
        (Axis.DYNAMICS, replace(STILL, range_db=15.0)),
        (Axis.BRIGHTNESS, replace(STILL, brightness_hz=2500.0)),
        (Axis.DANCEABILITY, replace(STILL, tempo=TempoHeard(120.0, 0.6))),
        (Axis.ENERGY, replace(STILL, energy=0.6)),
    ],
)
def test_each_axis_follows_its_own_number(axis: Axis, changed: Signal) -> None:
    before, after = values(STILL, {}), values(changed, {})
    assert after[axis] > before[axis] + 0.05


@pytest.mark.unit
def test_half_and_double_of_a_danced_tempo_are_danced_to_as_well() -> None:
    def dance(bpm: float) -> float:
        return values(replace(DRIVING, tempo=TempoHeard(bpm, 0.8)), {})[Axis.DANCEABILITY]

    assert dance(118) > dance(59) > dance(85)
    assert dance(118) > dance(236) > dance(168)


@pytest.mark.unit
def test_another_opinion_is_weighed_in_by_how_far_it_is_trusted() -> None:
    own = axes_of(STILL, PIANO)
    joined = axes_of(
        STILL, PIANO, opinion={Axis.ENERGY: 0.9, Axis.VALENCE: own[Axis.VALENCE].value}
    )
    assert own[Axis.ENERGY].value < joined[Axis.ENERGY].value < 0.9
    assert joined[Axis.ENERGY].confidence < own[Axis.ENERGY].confidence  # they disagree
    assert joined[Axis.VALENCE].value == pytest.approx(own[Axis.VALENCE].value, abs=1e-3)
    alone = axes_of(STILL, {}, opinion={Axis.ACOUSTICNESS: 2.0})
    assert alone[Axis.ACOUSTICNESS] == Measured(1.0, 0.65)


@pytest.mark.unit
def test_evidence_without_any_tag_leaves_the_question_open() -> None:
    evidence = Evidence({"loud": 2.0}, {"quiet": 1.0})
    assert weigh({}, evidence).value == 0.5
    assert weigh({}, evidence).strength == 0
    assert weigh({"loud": 0.5, "quiet": 0.5}, evidence).value > 0.5
    assert weigh({"quiet": 0.9}, evidence).value < 0.2


@pytest.mark.unit
def test_evidence_and_genres_name_only_tags_that_there_are() -> None:
    for name in ("ENERGETIC", "DANCEABLE", "ACOUSTIC", "SUNG", "BRIGHT_MOOD"):
        evidence: Evidence = getattr(tag_evidence, name)
        assert set(evidence.for_it) | set(evidence.against) <= set(TAG_NAMES)
        assert not set(evidence.for_it) & set(evidence.against)
    assert {tag for tags in _TAGS.values() for tag in tags} <= set(TAG_NAMES)


@pytest.mark.unit
def test_several_genres_by_their_probability() -> None:
    heard = genres_of({"jazz": 0.5, "blues": 0.3, "rock": 0.1, "rock (MSD)": 0.2, "funk": 0.02})
    assert [(each.name, each.probability) for each in heard] == [
        ("jazz", 0.5),
        ("blues", 0.3),
        ("rock", 0.2),
    ]
    assert genres_of({}) == ()
    assert len(genres_of(dict.fromkeys(TAG_NAMES, 0.9))) == 4
    assert "hip hop" in GENRES
