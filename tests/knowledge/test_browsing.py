"""Lists of albums and facts of files, as apps ask for them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from knowledge.browsing import AlbumOrder, Browser
from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.history import History
from knowledge.models import PlayEventKind
from knowledge.people.accounts import Accounts
from knowledge.people.current import acting_as
from knowledge.ratings import Ratings
from library_drafts import draft, stamp

pytestmark = pytest.mark.unit

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """Three albums of two tracks each: Alpha 1990, Beta 1970, Gamma 1980."""
    opened = Database.at(tmp_path / "library.db")
    writer = CatalogWriter(opened)
    for album, artist, year, genre in (
        ("Alpha", "Zoe", 1990, "Jazz"),
        ("Beta", "Yan", 1970, "Folk"),
        ("Gamma", "Xia", 1980, "jazz"),
    ):
        for number in (1, 2):
            title = f"{album} {number}"
            writer.add(
                [
                    draft(
                        title, artist, album=album, album_artist=artist, year=year,
                        track_no=number, genres=(genre,), duration_s=100.0,
                        file=stamp(f"/music/{title}.FLAC", size=5_000),
                    )
                ]
            )  # fmt: skip
    yield opened
    opened.close()


@pytest.fixture
def browser(database: Database) -> Browser:
    return Browser(database)


def ids(database: Database, tmp_path: Path) -> dict[str, int]:
    listed, _ = Catalog(database, tmp_path).list_tracks()
    return {track.title: track.id for track in listed}


def titles(browser: Browser, order: AlbumOrder, **more: object) -> list[str]:
    return [one.title for one in browser.albums(order, limit=10, **more)]  # type: ignore[arg-type]


def test_albums_come_in_the_order_that_is_asked_for(browser: Browser) -> None:
    assert titles(browser, "alphabeticalByName") == ["Alpha", "Beta", "Gamma"]
    assert titles(browser, "alphabeticalByArtist") == ["Gamma", "Beta", "Alpha"]
    assert titles(browser, "newest") == ["Gamma", "Beta", "Alpha"]
    assert titles(browser, "byYear", years=(1975, 2000)) == ["Gamma", "Alpha"]
    assert titles(browser, "byYear", years=(2000, 1975)) == ["Alpha", "Gamma"]
    assert titles(browser, "byGenre", genre="JAZZ") == ["Alpha", "Gamma"]
    assert sorted(titles(browser, "random")) == ["Alpha", "Beta", "Gamma"]
    assert titles(browser, "alphabeticalByName", offset=2) == ["Gamma"]


def test_what_was_played_and_liked_is_that_of_the_person(
    database: Database, browser: Browser, tmp_path: Path
) -> None:
    known = ids(database, tmp_path)
    ann, bob = (Accounts(database).add(name).id for name in ("Ann", "Bob"))
    history = History(database, Catalog(database, tmp_path))
    with acting_as(ann):
        for hours, title in enumerate(("Beta 1", "Beta 1", "Beta 2", "Gamma 2")):
            at = NOON + timedelta(hours=hours)
            history.record(PlayEventKind.PLAY, known[title], at=at, played_s=100.0)
        history.record(PlayEventKind.SKIP, known["Alpha 1"], at=NOON)
        Ratings(database).set(known["Gamma 1"], liked=True)
        Ratings(database).set(known["Alpha 1"], liked=False)
        assert titles(browser, "frequent") == ["Beta", "Gamma"]
        assert titles(browser, "recent") == ["Gamma", "Beta"]
        assert titles(browser, "highest") == ["Gamma"]
        assert list(browser.liked_at()) == [known["Gamma 1"]]
        plays = browser.plays(list(known.values()))
        assert plays[known["Beta 1"]].count == 2
        assert known["Alpha 1"] not in plays
        artist = browser.artist_ids(["yan"])["yan"]
        assert [one.title for one in browser.most_played(artist, limit=5)] == ["Beta 1", "Beta 2"]
    with acting_as(bob):
        assert titles(browser, "frequent") == titles(browser, "highest") == []
        assert browser.plays(list(known.values())) == {}


def test_facts_of_files_and_albums(database: Database, browser: Browser, tmp_path: Path) -> None:
    known = ids(database, tmp_path)
    facts = browser.file_facts([known["Alpha 1"], 999])
    assert [(one.size, one.suffix) for one in facts.values()] == [(5_000, "flac")]
    album = browser.albums("alphabeticalByName", limit=1)[0]
    assert browser.album_facts([album.id])[album.id].genre == "Jazz"
    assert browser.genres() == (("Folk", 2, 1), ("Jazz", 4, 2))
    assert [one.name for one in browser.artists()] == ["Xia", "Yan", "Zoe"]
    assert len(browser.genre_tracks("jazz", limit=3, offset=2)) == 2
    years = {one.year for one in browser.random_tracks(limit=10, years=(1975, None))}
    assert years == {1980, 1990}
    assert browser.changed_at() > 0
