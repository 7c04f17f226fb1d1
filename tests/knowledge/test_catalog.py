"""Reading the library."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.errors import NotInLibrary
from knowledge.models import Track
from library_drafts import draft, stamp


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


@pytest.fixture
def catalog(database: Database, tmp_path: Path) -> Catalog:
    """A small library: one album of two discs, a compilation, and a loose track."""
    songs: dict[str, Any] = {
        "album": "Pastel Blues",
        "year": 1965,
        "genres": ("Jazz",),
        "duration_s": 100.0,
    }
    hits: dict[str, Any] = {
        "album": "Soul Hits",
        "is_compilation": True,
        "genres": ("Soul", "jazz"),
    }
    clock = iter(range(1000, 2000))
    writer = CatalogWriter(database, clock=lambda: float(next(clock)))
    for each in (
        draft("Strange Fruit", disc_no=2, track_no=1, **songs),
        draft("Sinnerman", disc_no=1, track_no=10, **songs),
        draft("Be My Husband", disc_no=1, track_no=1, file=stamp(str(tmp_path / "a.mp3")), **songs),
        draft("Respect", "Aretha Franklin", track_no=1, **hits),
        draft("Duet", artists=("Otis Redding", "Carla Thomas"), track_no=2, **hits),
        draft("Émigré", "Ólafur"),
    ):
        writer.add([each])
    return Catalog(database, tmp_path / "covers")


def titles(tracks: Iterable[Track]) -> list[str]:
    return [track.title for track in tracks]


@pytest.mark.unit
def test_pages_are_sorted_by_folded_names_and_know_the_total(catalog: Catalog) -> None:
    first, total = catalog.list_tracks(limit=4)
    rest, _ = catalog.list_tracks(offset=4)
    assert total == 6
    assert titles(first + rest) == [
        "Be My Husband",
        "Duet",
        "Émigré",
        "Respect",
        "Sinnerman",
        "Strange Fruit",
    ]
    assert titles(catalog.list_tracks(sort="added", limit=2)[0]) == ["Émigré", "Duet"]
    assert titles(catalog.list_tracks(sort="artist", limit=3)[0]) == [
        "Respect",
        "Be My Husband",
        "Sinnerman",
    ]


@pytest.mark.unit
def test_an_album_is_in_the_order_of_its_discs(catalog: Catalog) -> None:
    (pastel, hits), total = catalog.list_albums()
    assert total == 2
    assert (pastel.title, pastel.artist, pastel.year) == ("Pastel Blues", "Nina Simone", 1965)
    assert (pastel.track_count, pastel.duration_s) == (3, 300.0)
    assert titles(catalog.album_tracks(pastel.id)) == [
        "Be My Husband",
        "Sinnerman",
        "Strange Fruit",
    ]
    assert (hits.artist, hits.is_compilation) == ("Various Artists", True)
    assert catalog.album(hits.id) == hits
    assert catalog.albums([hits.id, 99, pastel.id]) == (hits, pastel)


@pytest.mark.unit
def test_artists_know_their_albums_and_tracks(catalog: Catalog) -> None:
    names = [artist.name for artist in catalog.list_artists()[0]]
    assert names == ["Aretha Franklin", "Carla Thomas", "Nina Simone", "Ólafur", "Otis Redding"]
    carla = catalog.artist_named("CARLA thomas")
    assert carla is not None
    assert (carla.track_count, carla.album_count) == (1, 1)
    assert titles(catalog.artist_tracks(carla.id)) == ["Duet"]
    assert [album.title for album in catalog.artist_albums(carla.id)] == ["Soul Hits"]
    assert catalog.artist_named("olafur") is not None
    assert catalog.artist_named("nobody") is None


@pytest.mark.unit
def test_genres_are_counted_whatever_their_spelling(catalog: Catalog) -> None:
    counts = {genre.lower(): count for genre, count in catalog.genres()}
    assert counts == {"jazz": 5, "soul": 2}
    assert len(catalog.genre_tracks("JAZZ")) == 5
    assert titles(catalog.genre_tracks("soul", limit=1)) == ["Respect"]


@pytest.mark.unit
def test_tracks_come_in_the_order_asked_for(catalog: Catalog) -> None:
    ids = {track.title: track.id for track in catalog.list_tracks()[0]}
    asked = [ids["Sinnerman"], 999, ids["Duet"], ids["Sinnerman"]]
    assert titles(catalog.tracks(asked)) == ["Sinnerman", "Duet", "Sinnerman"]


@pytest.mark.unit
def test_names_are_all_that_can_be_asked_for(catalog: Catalog) -> None:
    names = list(catalog.names())
    assert {kind for kind, _, _ in names} == {"artist", "album", "track", "genre"}
    assert ("album", catalog.list_albums()[0][0].id, "Pastel Blues") in names
    assert len(names) == 5 + 2 + 6 + 2


@pytest.mark.unit
def test_titles_come_with_their_artists(catalog: Catalog) -> None:
    found = set(catalog.titles())
    assert ("artist", "Ólafur", "") in found
    assert ("track", "Émigré", "Ólafur") in found
    assert {name for kind, name, _ in found if kind == "album"} == {"Pastel Blues", "Soul Hits"}


@pytest.mark.unit
def test_the_summary_follows_every_change(catalog: Catalog, database: Database) -> None:
    assert (catalog.summary().tracks, catalog.summary().albums) == (6, 2)
    assert catalog.summary().duration_s == 300.0
    CatalogWriter(database).add([draft("New")])
    assert catalog.summary().tracks == 7


@pytest.mark.unit
@pytest.mark.parametrize("method", ["track", "album", "artist", "path_of"])
def test_ids_that_name_nothing_are_said_to(catalog: Catalog, method: str) -> None:
    with pytest.raises(NotInLibrary):
        getattr(catalog, method)(12345)


@pytest.mark.unit
def test_a_file_that_is_gone_is_said_to_be(catalog: Catalog, tmp_path: Path) -> None:
    track_id = next(t.id for t in catalog.list_tracks()[0] if t.title == "Be My Husband")
    with pytest.raises(NotInLibrary, match=r"Be My Husband.* is gone"):
        catalog.path_of(track_id)
    (tmp_path / "a.mp3").touch()
    assert catalog.path_of(track_id) == tmp_path / "a.mp3"
    with pytest.raises(NotInLibrary):
        catalog.cover_path("../secret")
