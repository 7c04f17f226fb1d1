"""What the recogniser knows of the library."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.playlists import Playlists
from library_drafts import draft
from server.voice.vocabulary import LibraryVocabulary, SettledRequests

pytestmark = pytest.mark.unit


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    CatalogWriter(database).add(
        [draft("Near Light", "Ólafur Arnalds", album="Living Room Songs", duration_s=200.0)]
    )
    yield database
    database.close()


@pytest.fixture
def vocabulary(database: Database, tmp_path: Path) -> LibraryVocabulary:
    catalog = Catalog(database, tmp_path / "covers")
    playlists = Playlists(database, catalog)
    playlists.create("Sunday Breakfast")
    return LibraryVocabulary(catalog, playlists)


@pytest.mark.parametrize(
    ("misheard", "meant", "kind"),
    [
        ("all a four arnolds", "Ólafur Arnalds", "artist"),
        ("near lied", "Near Light", "track"),
        ("living rum songs", "Living Room Songs", "album"),
        ("sunday brick first", "Sunday Breakfast", "playlist"),
        ("ski", "skip", "command"),
    ],
)
def test_everything_that_can_be_named_is_known(
    vocabulary: LibraryVocabulary, misheard: str, meant: str, kind: str
) -> None:
    nearest = vocabulary.gather().nearest(misheard)[0]

    assert (nearest.name.text, nearest.name.kind) == (meant, kind)


def test_new_music_is_known_a_moment_later(
    vocabulary: LibraryVocabulary, database: Database
) -> None:
    assert not vocabulary.gather().written("Summertime")
    CatalogWriter(database).add([draft("Summertime", "George Gershwin")])

    for _ in range(200):
        if vocabulary.index().written("Summertime"):
            break
        time.sleep(0.01)

    assert vocabulary.index().written("Summertime")[0].artist == "George Gershwin"


@pytest.mark.parametrize("text", ["Pause.", "next", "What's playing?", "the second one", "louder"])
def test_closed_commands_hold_no_name(text: str) -> None:
    assert SettledRequests()(text)


@pytest.mark.parametrize("text", ["Play Near Light.", "puzz", "some jazz please", ""])
def test_everything_else_may(text: str) -> None:
    assert not SettledRequests()(text)
