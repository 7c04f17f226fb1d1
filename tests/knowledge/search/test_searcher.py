"""Searching a library that changes, and queries that mean harm."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.models import Album, Artist, Track
from knowledge.schema import play_events
from knowledge.search import Searcher, SearchHit, SearchQuery
from knowledge.search.library_words import LibraryWordsReader
from library_drafts import draft, stamp
from search_library import make_searcher, names

Make = Callable[..., tuple[Searcher, Database]]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    opened: list[Database] = []

    def _make(*drafts: Any) -> tuple[Searcher, Database]:
        searcher, database = make_searcher(tmp_path, drafts)
        opened.append(database)
        return searcher, database

    yield _make
    for database in opened:
        database.close()


def found(searcher: Searcher, text: str = "", **fields: Any) -> list[str]:
    return names(searcher.search(SearchQuery(text=text, **fields)).hits)


def tracks(searcher: Searcher, text: str = "", **fields: Any) -> list[str]:
    return found(searcher, text, kinds=frozenset({"track"}), **fields)


def only(hits: tuple[SearchHit, ...]) -> SearchHit:
    (hit,) = hits
    return hit


@pytest.mark.integration
def test_versions_are_one_hit_and_the_studio_one_leads(make: Make) -> None:
    searcher, _ = make(
        draft("Hurt (Live)", "Trent", album="Live at Oslo", year=1995),
        draft("Hurt - Remastered 2014", "Trent", album="Best Of", year=2014),
        draft("Hurt", "Trent", album="Spiral", year=1994),
        draft("Hurt", "Johnny", audio="cover", album="American", year=2002),
    )
    hits = searcher.search(SearchQuery(text="hurt trent")).hits
    hit = only(hits)
    assert isinstance(hit.item, Track)
    assert (hit.item.title, hit.item.artist, hit.exact) == ("Hurt", "Trent", True)
    assert [track.title for track in hit.versions] == ["Hurt - Remastered 2014", "Hurt (Live)"]


@pytest.mark.integration
def test_live_leads_when_live_is_asked_for_and_nothing_is_made_up(make: Make) -> None:
    searcher, _ = make(
        draft("Hurt", "Trent", album="Spiral"), draft("Hurt (Live)", "Trent", album="Tour")
    )
    assert tracks(searcher, "hurt live") == ["Hurt (Live)"]
    result = searcher.search(SearchQuery(text="hurt acoustic"))
    assert result.hits == ()
    assert "Hurt" in names(result.nearest)


@pytest.mark.integration
def test_exact_title_and_artist_beat_popularity(make: Make) -> None:
    searcher, database = make(
        draft("Angel", "Shaggy", audio="a"),
        draft("Angel", "Massive", audio="b"),
        draft("Angels", "Robbie", audio="c"),
    )
    with database.write() as connection:
        connection.execute(
            play_events.insert().values(at=1.0, kind="play", played_s=9.0),
            [{"track_id": 3}] * 50 + [{"track_id": 1}] * 20,
        )
    assert tracks(searcher, "angel massive") == ["Angel"]
    first = searcher.search(SearchQuery(text="angel", kinds=frozenset({"track"}))).hits
    assert [hit.exact for hit in first[:2]] == [True, True]
    assert isinstance(first[0].item, Track)
    assert first[0].item.artist == "Shaggy"  # of two called exactly so, the familiar one


@pytest.mark.integration
def test_an_artist_who_is_not_there_finds_nothing_but_offers(make: Make) -> None:
    searcher, _ = make(draft("Hello", "Lionel"), draft("Someone", "Adela"))
    result = searcher.search(SearchQuery(title="hello", artist="Adele"))
    assert result.hits == ()
    assert {"Hello", "Adela"} <= set(names(result.nearest))
    assert searcher.search(SearchQuery(text="hello adele")).hits == ()


@pytest.mark.integration
def test_fields_are_conditions(make: Make) -> None:
    searcher, database = make(
        draft("Blue", "Joni", album="Blue", year=1971, genres=("Folk",)),
        draft("Carey", "Joni", album="Blue", year=1971, genres=("Folk",)),
        draft("Blue", "Eiffel", audio="e", album="Europop", year=1999, genres=("Dance",)),
    )
    assert tracks(searcher, title="blue", artist="joni") == ["Blue"]
    assert tracks(searcher, title="carey", album="europop") == []
    assert sorted(tracks(searcher, artist="joni")) == ["Blue", "Carey"]
    assert tracks(searcher, year_from=1990) == ["Blue"]
    assert tracks(searcher, genre="folk", title="blue") == ["Blue"]
    assert tracks(searcher, genre="polka") == []
    assert tracks(searcher, liked=True) == []
    with database.write() as connection:
        connection.execute(text("INSERT INTO ratings (track_id, liked, at) VALUES (2, 1, 0)"))
    assert tracks(searcher, liked=True) == ["Carey"]
    album = only(searcher.search(SearchQuery(album="blue", kinds=frozenset({"album"}))).hits)
    assert isinstance(album.item, Album)
    assert album.exact


@pytest.mark.integration
def test_moods_come_from_tags(make: Make) -> None:
    searcher, _ = make(
        draft("Still", moods=("calm",)), draft("Storm", moods=("aggressive",)), draft("Plain")
    )
    assert tracks(searcher, mood="calm") == ["Still"]
    assert tracks(searcher, mood="energetic") == ["Storm"]
    assert tracks(searcher, mood="purple") == []


@pytest.mark.integration
def test_a_new_track_is_found_at_once_and_a_lost_one_no_more(make: Make) -> None:
    searcher, database = make(draft("Old Song", file=stamp("/m/old.ogg")))
    assert found(searcher, "new thing oddball") == []
    writer = CatalogWriter(database)
    writer.add([draft("New Thing", "Oddball", album="Fresh", file=stamp("/m/new.ogg"))])
    assert tracks(searcher, "new thing oddball") == ["New Thing"]
    assert found(searcher, "odball") == ["Oddball", "New Thing", "Fresh"]
    writer.forget(["/m/new.ogg"])
    assert found(searcher, "new thing oddball") == []
    assert found(searcher, "oddball") == []


@pytest.mark.integration
@pytest.mark.parametrize(
    "said",
    ['"', '" OR 1', "title:x", "a* NEAR b", "{title} : x", "'; DROP TABLE tracks; --", "\x00",
     "(" * 5000, "love " * 5000, "🎵", "\ud800", "%_", "-", "by", "by by by", "the", "  "],
)  # fmt: skip
def test_no_query_breaks_the_search(make: Make, said: str) -> None:
    searcher, _ = make(draft("Love", "The The"), draft("By", "By"))
    assert len(searcher.search(SearchQuery(text=said)).hits) <= 20
    assert searcher.search(SearchQuery(title=said, artist=said, album=said)) is not None


@pytest.mark.integration
def test_kinds_and_limit_are_kept(make: Make) -> None:
    searcher, _ = make(*(draft(f"Song {n} of", "Nina Simone", album="A") for n in "abcdef"))
    only_artists = searcher.search(SearchQuery(text="nina", kinds=frozenset({"artist"}))).hits
    assert isinstance(only(only_artists).item, Artist)
    assert len(searcher.search(SearchQuery(text="nina simone", limit=3)).hits) == 3
    assert searcher.search(SearchQuery(text="nina simone", limit=0)).hits == ()


@pytest.mark.integration
def test_searches_from_many_threads_agree(make: Make) -> None:
    searcher, _ = make(*(draft(f"Tune {n}", f"Artist {n}") for n in range(30)))
    answers: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: answers.append(tracks(searcher, "tune 7 artist")))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [["Tune 7"]] * 8


@pytest.mark.integration
def test_a_large_vocabulary_is_read_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Make
) -> None:
    """What reads slowly is read in a thread, and the old words serve meanwhile."""
    _, database = make(draft("Alpha"))
    monkeypatch.setattr("knowledge.search.library_words._QUICK_S", -1.0)
    monkeypatch.setattr("knowledge.search.library_words._REST", 0.0)
    reader = LibraryWordsReader(database)
    with database.read() as connection:
        assert reader.current(connection, 1).vocabulary.count("alpha") == 1
    CatalogWriter(database).add([draft("Omega")])
    with database.read() as connection:
        reader.current(connection, 2)
    reader.wait()
    with database.read() as connection:
        assert reader.current(connection, 2).vocabulary.count("omega") == 1
