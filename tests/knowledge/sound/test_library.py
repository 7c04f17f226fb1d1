"""The sound of a library: places, moods, likeness, groups and the map."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from knowledge.analysis.sound import AXES, Axis, KeyHeard
from knowledge.catalog_writer import CatalogWriter, TrackDraft
from knowledge.database import Database
from knowledge.sound.library import SoundLibrary
from knowledge.sound.sounding import AXIS_COLUMN
from library_drafts import draft, stamp
from sound_library import Song, hear, hold, sound_of, titles

CALM = {Axis.ENERGY: 0.1, Axis.LOUDNESS: 0.2, Axis.ACOUSTICNESS: 0.9, Axis.VOCALS: 0.1}
LOUD = {Axis.ENERGY: 0.9, Axis.LOUDNESS: 0.9, Axis.ACOUSTICNESS: 0.1, Axis.DANCEABILITY: 0.8}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


def graded(count: int) -> list[Song]:
    """Songs from still to driving."""
    return [
        Song(f"song{step:02}", [{Axis.ENERGY: step / (count - 1)}] * 2) for step in range(count)
    ]


def unheard_draft(title: str) -> TrackDraft:
    """A recording as the scanner finds it."""
    return draft(title, file=stamp(f"/music/{title}.flac"), duration_s=90.0)


@pytest.mark.unit
def test_percentiles_are_places_in_this_library(database: Database) -> None:
    ids = hold(database, graded(20))
    table = SoundLibrary(database).table()
    energy = table.percentiles[:, AXIS_COLUMN[Axis.ENERGY]]
    assert table.ids.tolist() == sorted(ids.values())
    assert energy[0] == pytest.approx(1 / 40, abs=1e-3)
    assert energy[-1] == pytest.approx(39 / 40, abs=1e-3)
    assert np.all(np.diff(energy) > 0)
    # Where all are alike, everybody stands in the middle.
    assert np.allclose(table.percentiles[:, AXIS_COLUMN[Axis.VALENCE]], 0.5)
    assert table.row(ids["song03"]) == 3
    assert table.row(10_000) is None


@pytest.mark.unit
def test_an_empty_library_has_an_empty_sound(database: Database) -> None:
    sounding = SoundLibrary(database)
    assert sounding.table().ids.size == 0
    assert sounding.mood_fit("calm") == {}
    assert sounding.alike([1]) == ()
    assert sounding.clusters() == ()
    assert sounding.map() == ()
    assert sounding.of(1) is None
    assert sounding.mood_places(1, "calm") == ()
    assert sounding.moods_of(1) == ()


@pytest.mark.unit
def test_what_is_not_analysed_is_absent(database: Database) -> None:
    ids = hold(database, graded(3))
    CatalogWriter(database).add([unheard_draft("unheard")])
    unheard = titles(database)["unheard"]
    sounding = SoundLibrary(database)
    assert set(sounding.table().ids.tolist()) == set(ids.values())
    assert unheard not in sounding.mood_fit("calm")
    assert sounding.of(unheard) is None
    assert sounding.alike([unheard]) == ()


@pytest.mark.unit
def test_the_table_is_the_same_object_until_the_analysis_changes(database: Database) -> None:
    hold(database, graded(4))
    sounding = SoundLibrary(database)
    table = sounding.table()
    assert sounding.table() is table
    hear(database, Song("song00", [{Axis.ENERGY: 1.0}]), heard_at=99.0)
    renewed = sounding.table()
    assert renewed.revision > table.revision
    assert renewed.values[0, AXIS_COLUMN[Axis.ENERGY]] == 1.0
    assert len(renewed.ids) == 4


@pytest.mark.unit
def test_missing_tracks_leave_and_come_back(database: Database) -> None:
    hold(database, graded(3))
    sounding = SoundLibrary(database)
    writer = CatalogWriter(database)
    writer.forget(["/music/song01.flac"])
    assert len(sounding.table().ids) == 2
    assert len(sounding.map()) == 2
    writer.add([unheard_draft("song01")])
    assert len(sounding.table().ids) == 3


@pytest.mark.unit
def test_a_sound_is_read_back_as_it_was_written(database: Database) -> None:
    song = Song(
        "One", [CALM, LOUD], bpm=97.0, tags={"piano": 0.7}, key=KeyHeard(9, True, 0.6, 0, False)
    )
    ids = hold(database, [song])
    written, found = sound_of(song), SoundLibrary(database).of(ids["One"])
    assert found is not None
    assert found.models == ("musicnn",)
    assert found.whole.tempo == written.whole.tempo
    assert found.whole.key == written.whole.key
    assert found.beats_s == pytest.approx(written.beats_s, abs=0.006)
    assert [part.start_s for part in found.segments] == [0.0, 45.0]
    for axis in AXES:
        assert found.segments[1].axes[axis].value == pytest.approx(
            written.segments[1].axes[axis].value, abs=1e-3
        )
    assert found.whole.tags["piano"] == pytest.approx(0.7, abs=1e-3)
    assert found.whole.embedding == pytest.approx(written.whole.embedding, abs=0.01)


@pytest.mark.unit
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE sound_tracks SET axes = x'00'",
        "UPDATE sound_tracks SET tags = x'0011'",
        "UPDATE sound_tracks SET embedding = x'0011'",
        "UPDATE sound_segments SET axes = x'0011' WHERE position = 1",
        "UPDATE sound_segments SET tags = x'0011' WHERE position = 1",
        "DELETE FROM sound_segments",
    ],
)
def test_damaged_rows_count_as_not_analysed(database: Database, damage: str) -> None:
    ids = hold(database, [Song("Whole", [CALM, LOUD]), Song("Damaged", [CALM, LOUD])])
    with database.write() as connection:
        mine = "audio_hash = (SELECT audio_hash FROM tracks WHERE title = 'Damaged')"
        joint = " AND " if "WHERE" in damage else " WHERE "
        connection.execute(text(damage + joint + mine))
    sounding = SoundLibrary(database)
    assert sounding.table().ids.tolist() == [ids["Whole"]]
    assert sounding.of(ids["Damaged"]) is None
    assert sounding.of(ids["Whole"]) is not None


@pytest.mark.unit
@pytest.mark.parametrize("facts", ["[]", "null", '"x"', '{"tempo": "fast", "key": [1, 2]}', "{}"])
def test_strange_facts_are_passed_over(database: Database, facts: str) -> None:
    ids = hold(database, [Song("One", [CALM])])
    with database.write() as connection:
        connection.execute(text("UPDATE sound_tracks SET facts = :facts"), {"facts": facts})
    sounding = SoundLibrary(database)
    assert np.isnan(sounding.table().tempo_bpm[0])
    assert sounding.table().key[0] == -1
    found = sounding.of(ids["One"])
    assert found is not None
    assert found.whole.tempo is None


@pytest.mark.unit
def test_calm_finds_the_calmest_and_workout_the_most_driving(database: Database) -> None:
    ids = hold(database, graded(30))
    sounding = SoundLibrary(database)
    calm, workout = sounding.mood_fit("calm"), sounding.mood_fit("something for the gym")
    assert max(calm, key=calm.__getitem__) == ids["song00"]
    assert min(calm, key=calm.__getitem__) == ids["song29"]
    assert max(workout, key=workout.__getitem__) == ids["song29"]
    assert all(0 <= fit <= 1 for fit in (*calm.values(), *workout.values()))


@pytest.mark.unit
def test_a_mood_holds_where_the_music_is_so(database: Database) -> None:
    """A quiet beginning before a loud chorus is calm, but only there."""
    ids = hold(database, [Song("Grows", [CALM, CALM, LOUD, LOUD]), *graded(20)])
    sounding = SoundLibrary(database)
    calm = sounding.mood_places(ids["Grows"], "calm")
    energetic = sounding.mood_places(ids["Grows"], "energetic")
    assert [(place.start_s, place.end_s) for place in calm] == [(0.0, 90.0)]
    assert [(place.start_s, place.end_s) for place in energetic] == [(90.0, 180.0)]
    named = dict(sounding.moods_of(ids["Grows"]))
    assert named["calm"] == calm


@pytest.mark.unit
def test_the_best_half_of_a_song_counts(database: Database) -> None:
    ids = hold(
        database,
        [Song("Half", [CALM, LOUD]), Song("All", [CALM, CALM]), Song("None", [LOUD, LOUD])],
    )
    calm = SoundLibrary(database).mood_fit("calm")
    assert calm[ids["Half"]] == pytest.approx(calm[ids["All"]], abs=0.05)
    assert calm[ids["None"]] < calm[ids["Half"]] - 0.3


@pytest.mark.unit
def test_what_files_say_is_evidence(database: Database) -> None:
    songs = [*graded(10), Song("Tagged", [LOUD], moods=("Relaxing",)), Song("Plain", [LOUD])]
    ids = hold(database, songs)
    calm = SoundLibrary(database).mood_fit("calm")
    assert calm[ids["Tagged"]] > 0.8
    assert calm[ids["Plain"]] < 0.5


@pytest.mark.unit
def test_auto_tags_speak_for_moods_and_can_be_asked_for(database: Database) -> None:
    songs = [Song(f"plain{number}", [{}], tags={"rock": 0.3 + number / 50}) for number in range(12)]
    songs.append(Song("Sorrow", [{}], tags={"sad": 0.6, "slow": 0.6}))
    songs.append(Song("Keys", [{}], tags={"piano": 0.8}))
    ids = hold(database, songs)
    sounding = SoundLibrary(database)
    sad, piano = sounding.mood_fit("sad"), sounding.mood_fit("piano")
    assert max(sad, key=sad.__getitem__) == ids["Sorrow"]
    assert max(piano, key=piano.__getitem__) == ids["Keys"]
    assert sounding.mood_fit("no such word") == {}


@pytest.mark.unit
def test_like_this_one_but_calmer(database: Database) -> None:
    rock = {"rock": 0.8, "guitar": 0.7}
    songs = [
        Song("Seed", [{Axis.ENERGY: 0.6}], tags=rock),
        Song("Twin", [{Axis.ENERGY: 0.61}], tags=rock),
        Song("Calmer", [{Axis.ENERGY: 0.3}], tags=rock),
        Song("Other", [{Axis.ENERGY: 0.2}], tags={"techno": 0.9, "synth": 0.8}, bpm=150.0),
        *(Song(f"pop{n}", [{Axis.ENERGY: n / 10}], tags={"pop": 0.8}) for n in range(11)),
    ]
    ids = hold(database, songs)
    sounding = SoundLibrary(database)
    plain = sounding.alike([ids["Seed"]])
    assert plain[0].track_id == ids["Twin"]
    assert "a similar sound" in plain[0].reasons
    assert ids["Seed"] not in {one.track_id for one in plain}
    calmer = sounding.alike([ids["Seed"]], but={"energy": -1})
    assert calmer[0].track_id == ids["Calmer"]
    assert calmer[0].reasons[0] == "calmer"
    assert ids["Twin"] not in {one.track_id for one in calmer}
    among = sounding.alike([ids["Seed"]], among={ids["Other"]}, count=5)
    assert [one.track_id for one in among] == [ids["Other"]]


@pytest.mark.unit
@pytest.mark.parametrize(
    ("but", "first"), [({"tempo": -1}, "Slow"), ({"tempo": 1}, "Fast"), ({"year": -1}, "Old")]
)
def test_slower_faster_and_older(database: Database, but: dict[str, float], first: str) -> None:
    ids = hold(
        database,
        [
            Song("Seed", [{}], bpm=120.0, year=2000),
            Song("Slow", [{}], bpm=96.0, year=2001),
            Song("Fast", [{}], bpm=148.0, year=2001),
            Song("Old", [{}], bpm=120.0, year=1988),
        ],
    )
    found = SoundLibrary(database).alike([ids["Seed"]], but=but)
    assert [one.track_id for one in found] == [ids[first]]


@pytest.mark.unit
def test_groups_are_named_by_what_sets_them_apart(database: Database) -> None:
    songs = [
        Song(f"{kind}{n}", [{Axis.ENERGY: 0.4 + n / 100}], tags={kind: 0.8, "guitar": 0.2 + n / 99})
        for kind in ("techno", "piano")
        for n in range(8)
    ]
    ids = hold(database, songs)
    found = SoundLibrary(database).clusters()
    assert sorted(track for _, tracks in found for track in tracks) == sorted(ids.values())
    assert len({name for name, _ in found}) == len(found)
    techno = {ids[f"techno{n}"] for n in range(8)}
    for name, members in found:
        assert len({one in techno for one in members}) == 1, "two kinds in one group"
        assert ("techno" in name) == (members[0] in techno)
    assert SoundLibrary(database).clusters() == found


@pytest.mark.unit
def test_the_map_shows_each_song_and_its_way(database: Database) -> None:
    ids = hold(database, [*graded(10), Song("Grows", [CALM, LOUD])])
    points = {point.track_id: point for point in SoundLibrary(database).map()}
    assert set(points) == set(ids.values())
    grows = points[ids["Grows"]]
    assert [start for start, _, _ in grows.path] == [0.0, 45.0]
    assert grows.path[0][2] < 0.3
    assert grows.path[1][2] > 0.7
    assert points[ids["song00"]].arousal < points[ids["song09"]].arousal
    assert 0 < grows.confidence <= 1


@pytest.mark.unit
def test_nonsense_changes_are_passed_over(database: Database) -> None:
    ids = hold(database, graded(5))
    sounding = SoundLibrary(database)
    plain = sounding.alike([ids["song01"]])
    for but in ({"purple": 1.0}, {"energy": float("nan")}, {"energy": 0.0}):
        assert [one.track_id for one in sounding.alike([ids["song01"]], but=but)] == [
            one.track_id for one in plain
        ]
    assert sounding.alike([ids["song01"]], but={"energy": -1}, count=0) == ()


@pytest.mark.unit
def test_a_costly_look_is_not_renewed_with_every_recording(database: Database) -> None:
    """While thousands are analysed, what is known may be a little old."""
    times = iter(float(second) for second in range(1_000))  # each look takes a second
    hold(database, graded(3))
    sounding = SoundLibrary(database, clock=times.__next__)
    table = sounding.table()
    hear(database, Song("song00", [{Axis.ENERGY: 1.0}]), heard_at=99.0)
    assert sounding.table() is table
    while sounding.table() is table:
        pass
    assert next(times) < 30
    assert sounding.table().values[0, AXIS_COLUMN[Axis.ENERGY]] == 1.0


@pytest.mark.unit
def test_numbers_out_of_range_do_no_harm(database: Database) -> None:
    ids = hold(database, [*graded(5), Song("Strange", [{Axis.ENERGY: float("inf")}, CALM])])
    with database.write() as connection:
        connection.execute(
            text("UPDATE sound_tracks SET axes = :axes WHERE duration_s = 90 AND heard_at = 6"),
            {"axes": np.full(2 * len(AXES), np.inf, "<f2").tobytes()},
        )
    sounding = SoundLibrary(database)
    row = sounding.table().row(ids["Strange"])
    assert row is not None
    assert np.isnan(sounding.table().values[row]).all()
    assert all(0 <= fit <= 1 for fit in sounding.mood_fit("calm").values())
    assert len(sounding.alike([ids["Strange"]])) == 5
    assert ids["Strange"] not in {point.track_id for point in sounding.map()}
    found = sounding.of(ids["Strange"])
    assert found is not None
    assert found.whole.axes == {}
