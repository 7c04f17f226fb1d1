"""Playlists are found however their names are spelled, and keep their order."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from knowledge.database import Database
from knowledge.errors import NotInLibrary, PlaylistRejected
from knowledge.models import Track
from knowledge.playlists import MAX_NAME, Playlists
from knowledge.schema import playlist_items
from knowledge.schema import tracks as tracks_table
from player_tracks import FewTracks, store_tracks, tracks

pytestmark = pytest.mark.integration


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    yield opened
    opened.close()


@pytest.fixture
def catalog(database: Database) -> FewTracks:
    return store_tracks(database, tracks(6))


@pytest.fixture
def playlists(database: Database, catalog: FewTracks) -> Playlists:
    return Playlists(database, catalog)


def ids(found: tuple[Track, ...]) -> list[int]:
    return [each.id for each in found]


def test_a_new_playlist_holds_its_tracks_in_order(playlists: Playlists) -> None:
    made = playlists.create("  Sunday   morning ", [3, 1, 3])
    assert (made.name, made.track_count, made.duration_s) == ("Sunday morning", 3, 600.0)
    assert ids(playlists.tracks(made.id)) == [3, 1, 3]
    assert playlists.get(made.id) == made
    assert playlists.all() == (made,)


def test_names_are_unique_however_they_are_spelled(playlists: Playlists) -> None:
    playlists.create("Café & Bar")
    with pytest.raises(PlaylistRejected, match="Café & Bar"):
        playlists.create("cafe and bar")


@pytest.mark.parametrize("name", ["", "   ", "x" * (MAX_NAME + 1)])
def test_impossible_names_are_refused(playlists: Playlists, name: str) -> None:
    with pytest.raises(PlaylistRejected):
        playlists.create(name)
    assert playlists.all() == ()


@pytest.mark.parametrize(
    "spoken", ["road trip", "ROAD TRIP!", "my road trip playlist", "the road trip", "raod trip"]
)
def test_a_playlist_is_found_by_what_people_say(playlists: Playlists, spoken: str) -> None:
    wanted = playlists.create("Road Trip")
    playlists.create("Rain")
    assert playlists.named(spoken) == wanted


def test_what_is_not_meant_is_not_found(playlists: Playlists) -> None:
    playlists.create("Road Trip")
    assert playlists.named("lullabies") is None
    assert playlists.named("") is None


def test_two_that_are_equally_close_are_a_question(playlists: Playlists) -> None:
    playlists.create("Rock 1")
    playlists.create("Rock 2")
    assert playlists.named("Rock 3") is None
    assert len(playlists.nearest("Rock 3")) == 2


def test_adding_and_removing(playlists: Playlists) -> None:
    made = playlists.create("Mix", [1])
    assert playlists.add(made.id, [2, 1]).track_count == 3
    assert playlists.remove(made.id, [1, 99]).track_count == 1
    assert ids(playlists.tracks(made.id)) == [2]


def test_one_of_two_equal_tracks_can_go(playlists: Playlists) -> None:
    made = playlists.create("Mix", [1, 2, 1])
    last = playlists.items(made.id)[2]
    playlists.remove_items(made.id, [last.id])
    assert ids(playlists.tracks(made.id)) == [1, 2]


def test_items_move(playlists: Playlists) -> None:
    made = playlists.create("Mix", [1, 2, 3, 4])
    item = playlists.items(made.id)[3]
    playlists.move(made.id, item.id, 1)
    assert ids(playlists.tracks(made.id)) == [1, 4, 2, 3]
    playlists.move(made.id, item.id, 99)
    assert ids(playlists.tracks(made.id)) == [1, 2, 3, 4]
    playlists.add(made.id, [5])
    assert ids(playlists.tracks(made.id))[-1] == 5
    with pytest.raises(NotInLibrary):
        playlists.move(made.id, 999, 0)


def test_renaming(playlists: Playlists) -> None:
    made, other = playlists.create("Mix"), playlists.create("Other")
    assert playlists.rename(made.id, "MIX").name == "MIX"
    with pytest.raises(PlaylistRejected):
        playlists.rename(made.id, "other")
    assert playlists.named("other") == other


def test_deleting_deletes_only_the_list(playlists: Playlists, database: Database) -> None:
    made, other = playlists.create("Mix", [1, 2]), playlists.create("Other", [1])
    playlists.delete(made.id)
    assert playlists.all() == (other,)
    with database.read() as connection:
        assert connection.execute(select(func.count()).select_from(tracks_table)).scalar() == 6
        assert connection.execute(select(func.count()).select_from(playlist_items)).scalar() == 1
    with pytest.raises(NotInLibrary):
        playlists.delete(made.id)


def test_an_unknown_track_leaves_the_playlist_as_it_was(playlists: Playlists) -> None:
    made = playlists.create("Mix", [1])
    with pytest.raises(NotInLibrary):
        playlists.add(made.id, [2, 99])
    with pytest.raises(NotInLibrary):
        playlists.create("Second", [99])
    assert ids(playlists.tracks(made.id)) == [1]
    assert playlists.named("Second") is None


def test_missing_files_are_left_out_until_they_come_back(
    playlists: Playlists, database: Database, catalog: FewTracks
) -> None:
    made = playlists.create("Mix", [1, 2])
    catalog.forget(1)
    with database.write() as connection:
        gone = update(tracks_table).where(tracks_table.c.id == 1)
        connection.execute(gone.values(missing_since=1.0))
    assert ids(playlists.tracks(made.id)) == [2]
    assert playlists.get(made.id).track_count == 1
    back = Playlists(database, FewTracks(tracks(6)))
    assert ids(back.tracks(made.id)) == [1, 2]


def test_unknown_playlists_are_errors(playlists: Playlists) -> None:
    for action in (playlists.get, playlists.tracks, playlists.delete):
        with pytest.raises(NotInLibrary):
            action(7)
