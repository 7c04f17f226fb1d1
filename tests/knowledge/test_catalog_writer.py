"""What writing drafts does to the library."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter, Change
from knowledge.database import Database
from knowledge.errors import NotInLibrary
from library_drafts import draft, stamp


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


@pytest.fixture
def writer(database: Database) -> CatalogWriter:
    return CatalogWriter(database, analysers=("signal/1",), clock=lambda: 1000.0)


@pytest.fixture
def catalog(database: Database, tmp_path: Path) -> Catalog:
    return Catalog(database, tmp_path / "covers")


def _searched(database: Database, words: str) -> list[int]:
    with database.read() as connection:
        query = text("SELECT rowid FROM track_search WHERE track_search MATCH :words")
        return list(connection.execute(query, {"words": words}).scalars())


@pytest.mark.unit
def test_a_draft_becomes_a_track_with_all_it_said(writer: CatalogWriter, catalog: Catalog) -> None:
    (written,) = writer.add(
        [
            draft(
                "Sinnerman",
                artists=("Nina Simone", "Felix da Housecat"),
                album="Pastel Blues",
                album_artist="Nina Simone",
                disc_no=1,
                track_no=9,
                year=1965,
                genres=("Jazz", "Soul"),
                moods=("urgent",),
                duration_s=622.0,
                codec="flac",
                guessed=frozenset({"year"}),
            )
        ]
    )
    track = catalog.track(written.track_id)
    assert written.change is Change.NEW
    assert (track.title, track.artists) == ("Sinnerman", ("Nina Simone", "Felix da Housecat"))
    assert (track.album, track.album_artist) == ("Pastel Blues", "Nina Simone")
    assert (track.disc_no, track.track_no, track.year) == (1, 9, 1965)
    assert (track.genres, track.moods) == (("Jazz", "Soul"), ("urgent",))
    assert (track.duration_s, track.codec) == (622.0, "flac")
    assert track.guessed == {"year"}
    assert track.loudness_lufs is None


@pytest.mark.unit
def test_new_tags_on_known_audio_change_the_track_and_keep_its_id(
    database: Database, writer: CatalogWriter, catalog: Catalog
) -> None:
    (first,) = writer.add([draft("Sinerman", audio="s", file=stamp("/m/s.flac"))])
    (second,) = writer.add([draft("Sinnerman", audio="s", file=stamp("/m/s.flac", mtime_ns=2))])
    assert second.track_id == first.track_id
    assert second.change is Change.CHANGED
    assert catalog.track(first.track_id).title == "Sinnerman"
    assert _searched(database, "sinnerman") == [first.track_id]
    assert _searched(database, "sinerman") == []


@pytest.mark.unit
def test_a_moved_file_keeps_its_track(writer: CatalogWriter, catalog: Catalog) -> None:
    (first,) = writer.add([draft("Sinnerman", file=stamp("/m/old.flac"))])
    (second,) = writer.add(
        [draft("Sinnerman", file=stamp("/m/new.flac"))], vanished={"/m/old.flac"}
    )
    assert (second.track_id, second.change) == (first.track_id, Change.MOVED)
    assert writer.forget({"/m/old.flac"}) == 0
    assert catalog.track(first.track_id).title == "Sinnerman"


@pytest.mark.unit
def test_a_second_copy_is_a_second_file_of_one_track(
    database: Database, writer: CatalogWriter, catalog: Catalog
) -> None:
    first, second = writer.add(
        [
            draft("Sinnerman", audio="s", file=stamp("/m/a.flac")),
            draft("Copy of Sinnerman", audio="s", file=stamp("/m/b.flac")),
        ]
    )
    assert second.track_id == first.track_id
    assert second.change is Change.DUPLICATE
    assert catalog.track(first.track_id).title == "Sinnerman"
    assert writer.forget({"/m/a.flac"}) == 0
    assert catalog.summary().tracks == 1
    with database.read() as connection:
        assert connection.execute(text("SELECT count(*) FROM files")).scalar() == 1


@pytest.mark.unit
def test_a_track_without_files_leaves_lists_and_search_and_can_come_back(
    database: Database, writer: CatalogWriter, catalog: Catalog
) -> None:
    (first,) = writer.add([draft("Sinnerman", album="Pastel Blues", file=stamp("/m/a.flac"))])
    assert writer.forget({"/m/a.flac"}) == 1
    assert catalog.list_tracks() == ((), 0)
    assert catalog.list_albums() == ((), 0)
    assert catalog.list_artists() == ((), 0)
    assert _searched(database, "sinnerman") == []
    with pytest.raises(NotInLibrary):
        catalog.track(first.track_id)
    assert catalog.track(first.track_id, with_missing=True).title == "Sinnerman"

    (again,) = writer.add([draft("Sinnerman", album="Pastel Blues", file=stamp("/n/a.flac"))])
    assert (again.track_id, again.change) == (first.track_id, Change.RESTORED)
    assert _searched(database, "sinnerman") == [first.track_id]


@pytest.mark.unit
def test_a_better_rip_in_the_same_place_is_the_same_track(
    writer: CatalogWriter, catalog: Catalog
) -> None:
    (first,) = writer.add([draft("Sinnerman", audio="128 kbit", file=stamp("/m/a.mp3"))])
    (second,) = writer.add([draft("Sinnerman", audio="320 kbit", file=stamp("/m/a.mp3"))])
    assert second.track_id == first.track_id
    (other,) = writer.add([draft("Feeling Good", audio="other", file=stamp("/m/a.mp3"))])
    assert other.track_id != first.track_id
    assert [track.title for track in catalog.list_tracks()[0]] == ["Feeling Good"]


@pytest.mark.unit
def test_audio_that_swaps_places_is_not_mixed_up(writer: CatalogWriter, catalog: Catalog) -> None:
    one, two = writer.add(
        [
            draft("One", audio="1", file=stamp("/m/a.mp3")),
            draft("Two", audio="2", file=stamp("/m/b.mp3")),
        ]
    )
    swapped = writer.add(
        [
            draft("Two", audio="2", file=stamp("/m/a.mp3", mtime_ns=2)),
            draft("One", audio="1", file=stamp("/m/b.mp3", mtime_ns=2)),
        ]
    )
    assert [written.track_id for written in swapped] == [two.track_id, one.track_id]
    assert catalog.track(one.track_id).title == "One"
    assert catalog.track(two.track_id).title == "Two"
    assert catalog.summary().tracks == 2


@pytest.mark.unit
def test_artists_and_albums_nobody_names_are_deleted(
    database: Database, writer: CatalogWriter, catalog: Catalog
) -> None:
    writer.add([draft("Song", "Mistyped", audio="s", album="Wrong", file=stamp("/m/a.mp3"))])
    writer.add([draft("Song", "Right", audio="s", album="True", file=stamp("/m/a.mp3"))])
    with database.read() as connection:
        assert connection.execute(text("SELECT name FROM artists")).scalars().all() == ["Right"]
        assert connection.execute(text("SELECT title FROM albums")).scalars().all() == ["True"]


@pytest.mark.unit
def test_other_scripts_are_found_in_their_own_and_in_latin_letters(
    database: Database, writer: CatalogWriter
) -> None:
    (written,) = writer.add([draft("Группа крови", "Кино")])
    assert _searched(database, "gruppa") == [written.track_id]
    assert _searched(database, "группа") == [written.track_id]
    assert _searched(database, "kino") == [written.track_id]


@pytest.mark.unit
def test_each_new_recording_gets_one_job(database: Database, writer: CatalogWriter) -> None:
    writer.add([draft("One", audio="1"), draft("Two", audio="2")])
    writer.add([draft("One again", audio="1")])
    with database.read() as connection:
        rows = connection.execute(text("SELECT analyser, state FROM jobs")).all()
    assert [tuple(row) for row in rows] == [("signal/1", "waiting"), ("signal/1", "waiting")]


@pytest.mark.unit
def test_a_refused_file_takes_its_track_away_and_is_listed(
    writer: CatalogWriter, catalog: Catalog
) -> None:
    writer.add([draft("Song", file=stamp("/m/a.mp3"))])
    writer.refuse([(stamp("/m/a.mp3", size=0), "The file is empty.")])
    (refused,) = catalog.refused_files()
    assert (refused.path, refused.ok, refused.reason) == (
        Path("/m/a.mp3"),
        False,
        "The file is empty.",
    )
    assert catalog.summary().tracks == 0
    assert catalog.summary().refused == 1


@pytest.mark.unit
def test_every_change_raises_the_revision(writer: CatalogWriter, catalog: Catalog) -> None:
    seen = [catalog.revision]
    writer.add([draft("Song", file=stamp("/m/a.mp3"))])
    seen.append(catalog.revision)
    writer.refuse([(stamp("/m/b.mp3"), "Not audio.")])
    seen.append(catalog.revision)
    writer.forget({"/m/a.mp3"})
    seen.append(catalog.revision)
    assert seen == sorted(set(seen))


@pytest.mark.unit
def test_ids_are_never_given_twice(writer: CatalogWriter, catalog: Catalog) -> None:
    writer.add([draft("Song", "Gone", audio="s", file=stamp("/m/a.mp3"))])
    gone = catalog.artist_named("Gone")
    writer.add([draft("Song", "Stays", audio="s", file=stamp("/m/a.mp3"))])
    stays = catalog.artist_named("Stays")
    assert gone is not None
    assert stays is not None
    assert stays.id != gone.id
