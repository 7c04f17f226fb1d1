"""Which tracks obey a wish, and which fit it best."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from finding_library import Piece, shelve
from knowledge.analysis.sound import Axis
from knowledge.database import Database
from knowledge.ratings import Ratings
from knowledge.search.wish_fit import LibraryWishFit
from knowledge.sound.library import SoundLibrary
from knowledge.wish import MusicWish
from sound_library import titles as titles_of

CALM = {Axis.ENERGY: 0.1, Axis.LOUDNESS: 0.2, Axis.DANCEABILITY: 0.2, Axis.VALENCE: 0.3}
WILD = {Axis.ENERGY: 0.95, Axis.LOUDNESS: 0.9, Axis.DANCEABILITY: 0.7, Axis.ACOUSTICNESS: 0.1}
SUNG = {Axis.INSTRUMENTALNESS: 0.05, Axis.VOCALS: 0.95}
UNSUNG = {Axis.INSTRUMENTALNESS: 0.95, Axis.VOCALS: 0.05}

PIECES = (
    Piece("Quiet Keys", "Bill", "Keys", ("Bebop",), year=1959, bpm=70, sound=CALM | UNSUNG),
    Piece("Late Trio", "Bill", "Keys", ("Jazz",), year=1964, bpm=82.5, sound=CALM | UNSUNG),
    Piece("Torch Song", "Ella", "Torch", ("Vocal Jazz",), year=1961, bpm=75, sound=CALM | SUNG),
    Piece("Storm", "Iron", "Steel", ("Thrash Metal",), year=1986, bpm=165, sound=WILD | SUNG),
    Piece("Run Along", "Iron", "Steel", ("Hard Rock",), year=1991, bpm=165, sound=WILD | SUNG),
    Piece("Petite Valse", "Zaz", "Rue", ("Chanson",), year=2010, bpm=120, sound=CALM | SUNG),
    Piece("Jingle Bells", "Ella", "Christmas", ("Pop",), year=1960, bpm=110, sound=SUNG),
    Piece("Unheard", "Nobody", "Dust", year=None, sound=None),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database.at(tmp_path_factory.mktemp("wishes") / "library.db")
    yield database
    database.close()


@pytest.fixture(scope="module")
def ids(database: Database) -> dict[str, int]:
    return shelve(database, *PIECES)


def fitting(database: Database, wish: MusicWish) -> list[str]:
    """Titles that obey, the best first."""
    names = {number: title for title, number in titles_of(database).items()}
    fits = LibraryWishFit(database, SoundLibrary(database)).fit(wish)
    return [names[one] for one in sorted(fits, key=lambda one: -fits[one][0])]


@pytest.mark.integration
@pytest.mark.usefixtures("ids")
@pytest.mark.parametrize(
    ("wish", "titles"),
    [
        (MusicWish(genres=("jazz",)), {"Quiet Keys", "Late Trio", "Torch Song"}),
        (MusicWish(genres=("jazz",), vocal=False), {"Quiet Keys", "Late Trio"}),
        (MusicWish(genres=("jazz",), vocal=True), {"Torch Song"}),
        (MusicWish(genres=("jazz",), years=(1960, 1969)), {"Late Trio", "Torch Song"}),
        (MusicWish(genres=("rock", "metal"), not_genres=("metal",)), {"Run Along"}),
        (MusicWish(artists=("iron",), not_genres=("metal",)), {"Run Along"}),
        (MusicWish(artists=("Bill",), not_artists=("Bill",)), set()),
        (MusicWish(language="fr"), {"Petite Valse"}),
        (MusicWish(tempo_bpm=(160, 170)), {"Storm", "Run Along", "Late Trio"}),
        (MusicWish(tempo_bpm=(160, 170), tempo_exact=True), {"Storm", "Run Along"}),
        (MusicWish(albums=("Torch",)), {"Torch Song"}),
        (MusicWish(artists=("Ella",), not_words=("christmas",)), {"Torch Song"}),
        (MusicWish(artists=("Ella",), free="christmas"), {"Jingle Bells"}),
        (MusicWish(genres=("jazz",), not_words=("1960-1969",)), {"Quiet Keys"}),
        (MusicWish(genres=("salsa",)), set()),
    ],
)
def test_only_tracks_that_obey_every_fact_fit(
    database: Database, wish: MusicWish, titles: set[str]
) -> None:
    assert set(fitting(database, wish)) == titles


@pytest.mark.integration
def test_moods_weigh_and_facts_decide(database: Database, ids: dict[str, int]) -> None:
    calm = fitting(database, MusicWish(moods=("calm",)))
    assert set(calm) == set(ids)
    assert calm.index("Quiet Keys") < calm.index("Storm")
    assert fitting(database, MusicWish(activity="workout"))[0] in {"Storm", "Run Along"}


@pytest.mark.integration
@pytest.mark.usefixtures("ids")
def test_not_too_loud_leaves_the_loudest_out(database: Database) -> None:
    quiet = fitting(database, MusicWish(axes={Axis.ENERGY: (0.0, 0.6)}))
    assert "Quiet Keys" in quiet
    assert not {"Storm", "Run Along", "Unheard"} & set(quiet)


@pytest.mark.integration
@pytest.mark.usefixtures("ids")
def test_a_mood_that_is_ruled_out_is_not_there(database: Database) -> None:
    assert "Storm" not in fitting(database, MusicWish(not_moods=("energetic",)))


@pytest.mark.integration
def test_only_what_is_liked(database: Database, ids: dict[str, int]) -> None:
    Ratings(database).set(ids["Storm"], liked=True)
    assert fitting(database, MusicWish(liked=True)) == ["Storm"]


@pytest.mark.integration
def test_each_fit_says_why(database: Database, ids: dict[str, int]) -> None:
    wish = MusicWish(genres=("metal",), tempo_bpm=(160, 170), years=(1980, 1989))
    fit, reasons = LibraryWishFit(database, SoundLibrary(database)).fit(wish)[ids["Storm"]]
    assert fit > 0.8
    assert set(reasons) == {"Thrash Metal", "about 165 BPM", "from 1986"}


@pytest.mark.integration
def test_without_any_analysis_tags_and_names_still_answer(tmp_path: Path) -> None:
    database = Database.at(tmp_path / "library.db")
    shelve(
        database,
        Piece("Air", "Eno", "Airports", ("Ambient",), sound=None),
        Piece("Rage", "Iron", "Steel", ("Thrash Metal",), sound=None),
        Piece("Tagged", "Ann", "Rooms", moods=("Relaxing",), sound=None),
    )
    assert fitting(database, MusicWish(moods=("calm",)))[:2] == ["Tagged", "Air"]
    # Nobody knows a tempo here, so nothing can be said about it, and nothing is hidden.
    assert len(fitting(database, MusicWish(tempo_bpm=(100, 110)))) == 3
    assert fitting(database, MusicWish(vocal=False)) == ["Air"]
    database.close()
