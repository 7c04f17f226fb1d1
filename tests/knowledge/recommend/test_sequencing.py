"""Lists that flow: transitions, arcs, exact lengths, and rules that hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.analysis.sound import Axis
from knowledge.models import Track
from knowledge.recommend.exact_length import subset_of_length
from knowledge.recommend.sequencing import LENGTH, VARIETY, sequence
from knowledge.recommend.transitions import Passages, flow_cost, octaves_apart
from knowledge.sound.sounding import AXIS_COLUMN
from recommend_sound import axes, random_table, sound_table


def library(n: int, *, artists: int = 20, seed: int = 0, shortest: float = 120.0) -> list[Track]:
    lengths = np.random.default_rng(seed).uniform(shortest, 320.0, n)
    return [
        Track(i, f"Song {i}", (f"Artist {i % artists}",), duration_s=float(lengths[i - 1]))
        for i in range(1, n + 1)
    ]


@pytest.mark.unit
def test_half_the_tempo_is_the_same_tempo_to_the_ear() -> None:
    table = sound_table((1, 2, 3), np.asarray([axes()] * 3, np.float32), tempo=(80, 160, 113.1))
    passages = Passages.of((1, 2, 3), table)
    cost = passages.after(0)
    assert cost[1] == pytest.approx(passages.after(0)[0])
    assert cost[2] > cost[1] + 0.3  # half an octave is as far as it gets
    assert octaves_apart(np.asarray([80, 160], np.float32), 160.0).tolist() == [0.0, 0.0]


@pytest.mark.unit
def test_neighbours_on_the_circle_of_fifths_go_together() -> None:
    c_major, g_major, a_minor, f_sharp = 0, 7, 9 + 12, 6
    table = sound_table(
        (1, 2, 3, 4),
        np.asarray([axes()] * 4, np.float32),
        key=(c_major, g_major, a_minor, f_sharp),
    )
    cost = Passages.of((1, 2, 3, 4), table).after(0)
    assert cost[0] == cost[2] < cost[1] < cost[3]


@pytest.mark.unit
def test_the_end_of_one_track_meets_the_beginning_of_the_next() -> None:
    values = np.asarray([axes(energy=0.2), axes(energy=0.5), axes(energy=0.8)], np.float32)
    first = values.copy()
    first[2, AXIS_COLUMN[Axis.ENERGY]] = 0.2  # the loud track begins softly
    table = sound_table((1, 2, 3), values, first=first)
    cost = Passages.of((1, 2, 3), table).after(0)
    assert cost[2] < cost[1]


@pytest.mark.unit
def test_a_list_that_is_put_in_order_flows_better_than_by_chance() -> None:
    table, tracks = random_table(200), library(200)
    ours = sequence(tracks, table, count=30)
    chance = flow_cost([track.id for track in tracks[:30]], table)
    assert len(ours.tracks) == 30
    assert ours.flow < 0.5 * chance
    assert ours.flow == pytest.approx(flow_cost([t.id for t in ours.tracks], table))


@pytest.mark.unit
def test_half_an_hour_that_builds_up_and_cools_down() -> None:
    table, tracks = random_table(300), library(300)
    made = sequence(tracks, table, duration_s=1800.0, arc="hill")
    energy = [float(table.values[t.id - 1, AXIS_COLUMN[Axis.ENERGY]]) for t in made.tracks]
    assert abs(made.duration_s - 1800.0) <= 15.0
    assert made.relaxed == ()
    top = int(np.argmax(energy))
    assert 0 < top < len(energy) - 1
    assert energy[0] < energy[top] - 0.3
    assert energy[-1] < energy[top] - 0.3


@pytest.mark.unit
@pytest.mark.parametrize(("arc", "sign"), [("ramp", 1), ("wind_down", -1)])
def test_energy_rises_or_falls_when_asked_to(arc: str, sign: int) -> None:
    table, tracks = random_table(300), library(300)
    made = sequence(tracks, table, count=12, arc=arc)  # type: ignore[arg-type]
    energy = [float(table.values[t.id - 1, AXIS_COLUMN[Axis.ENERGY]]) for t in made.tracks]
    assert np.corrcoef(energy, np.arange(len(energy)))[0, 1] * sign > 0.9


@pytest.mark.unit
def test_a_length_that_cannot_be_met_is_said() -> None:
    tracks = library(3)
    made = sequence(tracks, random_table(3), duration_s=3600.0)
    assert {track.id for track in made.tracks} == {1, 2, 3}
    assert LENGTH in made.relaxed


@pytest.mark.unit
def test_one_artist_alone_still_makes_a_list_and_it_is_said() -> None:
    made = sequence(library(40, artists=1), random_table(40), count=8)
    assert len(made.tracks) == 8
    assert made.relaxed == (VARIETY,)


@pytest.mark.unit
def test_of_two_versions_of_a_song_one_is_taken() -> None:
    tracks = [
        Track(1, "Blue", ("Ann",), duration_s=200.0),
        Track(2, "Blue (Live)", ("Ann",), duration_s=220.0),
        Track(3, "Red", ("Bob",), duration_s=200.0),
    ]
    made = sequence(tracks, random_table(3))
    assert sorted(track.title for track in made.tracks) == ["Blue", "Red"]


@pytest.mark.unit
def test_the_list_begins_where_the_music_is_now() -> None:
    values = np.asarray([axes(energy=e) for e in (0.9, 0.1, 0.5, 0.85)], np.float32)
    table = sound_table((1, 2, 3, 4), values)
    tracks = library(4)
    made = sequence(tracks[1:], table, before=1)
    assert [track.id for track in made.tracks] == [4, 3, 2]


@pytest.mark.unit
def test_lengths_that_add_up_are_found_however_few_there_are() -> None:
    durations = np.asarray([100.0, 130.0, 170.0, 211.0, 305.0])
    found = subset_of_length(durations, np.ones(5), 435.0, tolerance_s=2.0)
    assert found is not None
    assert durations[found].sum() == 435.0
    assert subset_of_length(durations, np.ones(5), 150.0, tolerance_s=5.0) is None


@pytest.mark.unit
@settings(max_examples=25, deadline=None)
@given(
    n=st.integers(30, 120),
    minutes=st.integers(15, 60),
    arc=st.sampled_from(("", "flat", "ramp", "hill", "wind_down")),
    seed=st.integers(0, 3),
)
def test_every_list_obeys_its_rules(n: int, minutes: int, arc: str, seed: int) -> None:
    table, tracks = random_table(n, seed), library(n, seed=seed)
    made = sequence(tracks, table, duration_s=60.0 * minutes, arc=arc, seed=seed)  # type: ignore[arg-type]
    ids = [track.id for track in made.tracks]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= {track.id for track in tracks}
    if LENGTH not in made.relaxed:
        assert abs(made.duration_s - 60.0 * minutes) <= 15.0
    elif made.duration_s < 60.0 * minutes - 15.0:
        assert sum(track.duration_s for track in tracks) < 60.0 * minutes + 15.0
    if not made.relaxed:
        names = [track.artist for track in made.tracks]
        assert all(names[i] != names[j] for i in range(len(names)) for j in names_after(names, i))
    again = sequence(tracks, table, duration_s=60.0 * minutes, arc=arc, seed=seed)  # type: ignore[arg-type]
    assert [track.id for track in again.tracks] == ids


def names_after(names: list[str], place: int) -> range:
    return range(place + 1, min(place + 3, len(names)))


@pytest.mark.unit
def test_tracks_of_nobody_known_are_not_by_one_artist() -> None:
    tracks = [Track(i, "Track 1", ("Unknown Artist",), duration_s=200.0) for i in range(1, 13)]
    made = sequence(tracks, random_table(12), count=12)
    assert len(made.tracks) == 12
    assert made.relaxed == ()


@pytest.mark.unit
def test_an_absurd_wish_ends_soon_and_is_said() -> None:
    tracks = [Track(i, f"Jingle {i}", (f"Artist {i}",), duration_s=5.0) for i in range(1, 401)]
    made = sequence(tracks, random_table(400), duration_s=12 * 3600.0)
    assert LENGTH in made.relaxed
    assert len(made.tracks) <= 310
