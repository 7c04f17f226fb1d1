"""Music for wishes: what is found, in which order, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from finding_library import Piece, shelve
from knowledge.analysis.sound import Axis
from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.models import TrackId
from knowledge.search.finder import Finding, MusicFinder
from knowledge.search.searcher import Searcher
from knowledge.sound.library import SoundLibrary
from knowledge.wish import MusicWish

CALM = {Axis.ENERGY: 0.1, Axis.LOUDNESS: 0.2, Axis.DANCEABILITY: 0.2}
WILD = {Axis.ENERGY: 0.95, Axis.LOUDNESS: 0.9, Axis.DANCEABILITY: 0.8}

PIECES = (
    Piece("Night Train", "Oscar", "Trains", ("Swing",), year=1962, bpm=140, sound=WILD),
    Piece("Night Train (Live)", "Oscar", "At Home", ("Swing",), year=1970, bpm=141, sound=WILD),
    Piece("Blue Hour", "Bill", "Keys", ("Bebop",), year=1959, bpm=70, sound=CALM),
    Piece("Slow Rain", "Billie", "Keys", ("Vocal Jazz",), year=1957, bpm=66, sound=CALM),
    Piece("Saw Teeth", "Iron", "Steel", ("Thrash Metal",), year=1986, bpm=170, sound=WILD),
)


@dataclass(frozen=True, slots=True)
class OneLine:
    track_id: TrackId
    line: str
    score: float


class FakeLines:
    def __init__(self, *lines: OneLine) -> None:
        self._lines = lines

    def find(self, words: str, *, limit: int = 10) -> Sequence[OneLine]:
        return self._lines[:limit] if words else ()


class FakeVectors:
    def __init__(self, *nearest: TrackId) -> None:
        self._nearest = nearest
        self.asked: list[str] = []

    def nearest(self, text: str, k: int) -> list[tuple[TrackId, float]]:
        self.asked.append(text)
        return [(one, 0.8) for one in self._nearest[:k]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("finder")


@pytest.fixture(scope="module")
def database(folder: Path) -> Iterator[Database]:
    database = Database.at(folder / "library.db")
    yield database
    database.close()


@pytest.fixture(scope="module")
def ids(database: Database) -> dict[str, int]:
    return shelve(database, *PIECES)


@pytest.fixture(scope="module")
def catalog(database: Database, folder: Path) -> Catalog:
    return Catalog(database, folder / "covers")


def finder(
    database: Database,
    catalog: Catalog,
    *,
    vectors: FakeVectors | None = None,
    lyrics: FakeLines | None = None,
) -> MusicFinder:
    searcher, sounding = Searcher(database, catalog), SoundLibrary(database)
    return MusicFinder(searcher, sounding, vectors, lyrics, None, database, catalog=catalog)


def titles(finding: Finding) -> list[str]:
    return [hit.track.title for hit in finding.hits]


@pytest.mark.integration
@pytest.mark.usefixtures("ids")
def test_recordings_of_one_song_are_one_hit_led_by_the_plain_one(
    database: Database, catalog: Catalog, ids: dict[str, int]
) -> None:
    finding = finder(database, catalog).find(MusicWish(genres=("swing",)))
    assert titles(finding) == ["Night Train"]
    assert finding.hits[0].versions == (ids["Night Train (Live)"],)
    live = finder(database, catalog).find(MusicWish(genres=("swing",), free="live"))
    assert titles(live) == ["Night Train (Live)"]


@pytest.mark.integration
@pytest.mark.usefixtures("ids")
def test_hits_come_with_real_reasons_that_add_up(database: Database, catalog: Catalog) -> None:
    wish = MusicWish(genres=("jazz",), moods=("calm",), years=(1950, 1959))
    hit = finder(database, catalog).find(wish).hits[0]
    told = {reason.kind: reason.words for reason in hit.reasons}
    assert told["mood"] == "calm"
    assert told["year"] in {"from 1959", "from 1957"}
    assert sum(reason.weight for reason in hit.reasons) == pytest.approx(1.0, abs=0.01)


@pytest.mark.integration
@pytest.mark.usefixtures("ids")
def test_soft_wishes_give_way_and_facts_do_not(database: Database, catalog: Catalog) -> None:
    wild = {Axis.ENERGY: (0.9, 1.0)}
    finding = finder(database, catalog).find(MusicWish(artists=("Bill",), axes=wild))
    assert titles(finding) == ["Blue Hour"]
    assert finding.relaxed == ("the sound",)
    nothing = finder(database, catalog).find(MusicWish(artists=("Bill",), genres=("metal",)))
    assert nothing.hits == ()


@pytest.mark.integration
@pytest.mark.usefixtures("ids")
def test_words_alone_may_be_a_name(database: Database, catalog: Catalog) -> None:
    wish = MusicWish(text="night train oscar", free="night train oscar")
    assert titles(finder(database, catalog).find(wish)) == ["Night Train"]
    assert finder(database, catalog).find(MusicWish(text="zzz", free="zzz")).hits == ()
    assert finder(database, catalog).find(MusicWish()).hits == ()


@pytest.mark.integration
def test_meaning_finds_what_no_word_says(
    database: Database, catalog: Catalog, ids: dict[str, int]
) -> None:
    vectors = FakeVectors(ids["Slow Rain"])
    wish = MusicWish(text="weeping clouds", free="weeping clouds")
    finding = finder(database, catalog, vectors=vectors).find(wish)
    assert titles(finding) == ["Slow Rain"]
    assert finding.hits[0].reasons[0].kind == "meaning"
    # A request that is understood in full need not load a model.
    finder(database, catalog, vectors=vectors).find(MusicWish(genres=("jazz",)))
    assert vectors.asked == ["weeping clouds"]


@pytest.mark.integration
def test_the_one_that_goes(database: Database, catalog: Catalog, ids: dict[str, int]) -> None:
    lines = FakeLines(OneLine(ids["Blue Hour"], "and the blue hour sings", 0.9))
    finding = finder(database, catalog, lyrics=lines).find(MusicWish(lyrics="blue hour sings"))
    assert titles(finding) == ["Blue Hour"]
    assert finding.hits[0].reasons[0].words == "it goes “and the blue hour sings”"


@pytest.mark.integration
def test_like_this_but_calmer(database: Database, catalog: Catalog, ids: dict[str, int]) -> None:
    wish = MusicWish(like=(ids["Saw Teeth"],), but={"energy": -1})
    found = titles(finder(database, catalog).find(wish))
    assert "Saw Teeth" not in found
    assert found
    # Parsing may have taken the name for a title, or not have known it, for it is misspelt.
    for unclear in (
        MusicWish(text="like saw teeth but calmer", titles=("Saw Teeth",), but={"energy": -1}),
        MusicWish(text="like saw teath but calmer", free="saw teath", but={"energy": -1}),
    ):
        assert titles(finder(database, catalog).find(unclear)) == found


@pytest.mark.integration
@pytest.mark.usefixtures("ids")
def test_what_is_far_from_a_ruled_out_mood_comes_first(
    database: Database, catalog: Catalog
) -> None:
    found = titles(finder(database, catalog).find(MusicWish(not_moods=("energetic",))))
    assert set(found) == {"Blue Hour", "Slow Rain"}
