"""What is known of tracks: genre, voices, language, tempo, instruments and themes."""

from collections.abc import Iterator, Mapping

import numpy as np
import pytest

from finding_library import Piece, shelve
from knowledge.analysis.sound import Axis
from knowledge.database import Database
from knowledge.search.genre_evidence import canonical_genre, genre_words, is_kind_of, of_genre
from knowledge.search.instrument_evidence import CLEARLY, heard
from knowledge.search.language_evidence import sung_in
from knowledge.search.library_columns import Column, LibraryColumnsReader, Mask
from knowledge.search.library_view import LibraryView, LibraryViewer
from knowledge.search.spoken_languages import languages_of_genre
from knowledge.search.tempo_evidence import in_tempo
from knowledge.search.themes import of_theme
from knowledge.search.voice_evidence import INSTRUMENTAL, SUNG, sings
from knowledge.sound.library import SoundLibrary

PIECES = (
    Piece("Raw", "Ann", genres=("Norwegian Black Metal",), tags={"metal": 0.6, "rock": 0.4}),
    Piece("Untold", "Ben", tags={"jazz": 0.6, "piano": 0.5}),
    Piece("Unheard", "Cat", sound=None),
    Piece("Old Hit", "Dan", genres=("Rock",), year=1975),
    Piece("Choir Piece", "Eve", genres=("Opera",), sound={Axis.INSTRUMENTALNESS: 0.5}),
    Piece("Still", "Fay", genres=("Ambient",), sound={Axis.INSTRUMENTALNESS: 0.9}),
    Piece("Hello (Instrumental)", "Gus", genres=("Pop",), sound={Axis.VOCALS: 0.9}),
    Piece("Garota", "Hal", genres=("Bossa Nova", "Latin")),
    Piece("Corazón", "Ivy", genres=("Latin",)),
    Piece("Jingle Bells", "Jon", "Winter Days", genres=("Pop",)),
    Piece("Noel Is Here", "Noel Kay", "Debut", genres=("Pop",)),
    Piece("Piano Man", "Kim", genres=("Pop",)),
    *(
        Piece(title, "Lea", genres=("Pop",))
        for title in ("Ich und du", "Du bist nicht da", "Wir sind so", "Nur mit dir", "Das war es")
    ),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database.at(tmp_path_factory.mktemp("evidence") / "library.db")
    shelve(database, *PIECES)
    yield database
    database.close()


@pytest.fixture(scope="module")
def view(database: Database) -> LibraryView:
    return LibraryViewer(LibraryColumnsReader(database), SoundLibrary(database)).look()


def by_title(view: LibraryView, column: Column | Mask) -> Mapping[str, float]:
    """The values of a column, by title of what was put in."""
    return {piece.title: float(column[row]) for row, piece in enumerate(PIECES)}


@pytest.mark.unit
@pytest.mark.parametrize(
    ("tag", "genre", "is_one"),
    [
        ("norwegian black metal", "metal", True),
        ("deep house", "electronic", True),
        ("rock", "metal", False),
        ("synthpop", "pop", True),
        ("zeuhl", "zeuhl", True),
        ("french zeuhl", "zeuhl", True),
    ],
)
def test_a_tag_names_a_genre_and_all_that_it_is_a_kind_of(
    tag: str, genre: str, *, is_one: bool
) -> None:
    assert is_kind_of(tag, genre) == is_one
    assert canonical_genre("Hip-Hop") == canonical_genre("hip hop")


@pytest.mark.integration
def test_tags_say_the_genre_and_the_tagger_only_where_they_are_silent(view: LibraryView) -> None:
    metal, jazz = by_title(view, of_genre(view, "metal")), by_title(view, of_genre(view, "jazz"))
    assert metal["Raw"] == 1.0
    assert 0 < jazz["Untold"] < 1.0
    assert jazz["Unheard"] == 0
    assert by_title(view, of_genre(view, "classic rock"))["Old Hit"] > 0.5
    assert genre_words(view, "metal", 0) == "Norwegian Black Metal"
    assert genre_words(view, "jazz", 1) == "sounds like jazz"


@pytest.mark.integration
def test_voices_are_known_from_genres_titles_and_sound(view: LibraryView) -> None:
    odds = by_title(view, sings(view))
    assert odds["Choir Piece"] >= SUNG
    assert odds["Still"] <= INSTRUMENTAL
    assert odds["Hello (Instrumental)"] <= INSTRUMENTAL
    assert odds["Unheard"] == 0


@pytest.mark.integration
def test_a_track_is_in_the_language_that_most_speaks_for(view: LibraryView) -> None:
    spanish, portuguese = by_title(view, sung_in(view, "es")), by_title(view, sung_in(view, "pt"))
    assert spanish["Corazón"] > 0
    assert spanish["Garota"] == 0  # "latin" alone would be Spanish, "bossa nova" is not
    german = by_title(view, sung_in(view, "de"))
    assert all(german[title] > 0 for title in ("Ich und du", "Das war es"))
    assert portuguese["Ich und du"] == german["Corazón"] == 0


@pytest.mark.unit
def test_genres_speak_for_languages() -> None:
    assert languages_of_genre("j pop") == {"ja"}
    assert languages_of_genre("chanson francaise") == {"fr"}
    assert languages_of_genre("rock") == frozenset()


@pytest.mark.integration
def test_themes_are_named_in_titles_and_albums_not_in_artists(
    database: Database, view: LibraryView
) -> None:
    with database.read() as connection:
        christmas = by_title(view, of_theme(connection, view, "christmas"))
        other = by_title(view, of_theme(connection, view, "debut"))
    assert christmas["Jingle Bells"]
    assert not christmas["Old Hit"]
    assert [title for title, found in other.items() if found] == ["Noel Is Here"]


@pytest.mark.integration
def test_instruments_are_known_by_tag_title_and_genre(view: LibraryView) -> None:
    piano = by_title(view, heard(view, "piano"))
    assert piano["Untold"] >= CLEARLY
    assert piano["Piano Man"] >= CLEARLY
    assert np.isnan(piano["Unheard"])
    drumless = by_title(view, heard(view, "theremin"))
    assert np.isnan(drumless["Untold"])


@pytest.mark.unit
def test_half_and_double_the_tempo_count_unless_it_must_be_exact() -> None:
    tempo = np.array([160, 80, 155, 140, np.nan], np.float32)
    near = in_tempo(tempo, (154, 166), exact=False)
    assert near[0] > near[1] > 0
    assert near[0] > near[2] > 0
    assert near[3] == near[4] == 0
    assert in_tempo(tempo, (154, 166), exact=True)[1] == 0
