"""Names of the library win over words of music only when they are clearly meant."""

from pathlib import Path

import pytest

from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.wishes import LibraryNames, NamedThing, parse_wish
from knowledge.wishes.names import KnownNames
from library_drafts import draft, stamp

_LIBRARY = KnownNames(
    [
        NamedThing("artist", "Queen", (1, 2)),
        NamedThing("artist", "Calm", (3,)),
        NamedThing("artist", "Fiesta", (4,)),
        NamedThing("artist", "AC/DC", (5,)),
        NamedThing("artist", "Earth, Wind & Fire", (6,)),
        NamedThing("artist", "ビートルズ", (7,)),
        NamedThing("artist", "周杰伦", (8,)),
        NamedThing("album", "Kind of Blue", (9,)),
        NamedThing("title", "Happy", (10,)),
        NamedThing("title", "Like a Prayer", (11,)),
    ]
)


@pytest.mark.unit
def test_a_mood_stays_a_mood_until_it_is_named() -> None:
    assert parse_wish("something calm", names=_LIBRARY).moods == ("calm",)
    assert parse_wish("something calm", names=_LIBRARY).artists == ()
    assert parse_wish("something by Calm", names=_LIBRARY).artists == ("Calm",)
    assert parse_wish("happy songs", names=_LIBRARY).titles == ()
    assert parse_wish('play "Happy"', names=_LIBRARY).titles == ("Happy",)
    assert parse_wish("the song Happy", names=_LIBRARY).titles == ("Happy",)


@pytest.mark.unit
def test_of_a_party_is_no_band_called_so() -> None:
    wish = parse_wish("música de fiesta", names=_LIBRARY)
    assert (wish.artists, wish.activity) == ((), "party")
    assert parse_wish("música de Fiesta", names=_LIBRARY).artists == ("Fiesta",)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("said", "artist"),
    [
        ("songs by queen", "Queen"),
        ("lieder von queen", "Queen"),
        ("songs by ac/dc", "AC/DC"),
        ("disco by earth, wind & fire", "Earth, Wind & Fire"),
        ("ビートルズの曲", "ビートルズ"),
        ("周杰伦的歌", "周杰伦"),
    ],
)
def test_artists_of_any_script(said: str, artist: str) -> None:
    assert parse_wish(said, names=_LIBRARY).artists == (artist,)


@pytest.mark.unit
def test_names_after_like_are_examples() -> None:
    wish = parse_wish("something like Queen but slower", names=_LIBRARY)
    assert wish.like == (1, 2)
    assert wish.artists == ()
    assert wish.but == {"tempo": -1.0}
    assert parse_wish("like Queen but sad", names=_LIBRARY).but == {"valence": -1.0}
    assert parse_wish("like Queen but sad", names=_LIBRARY).moods == ()


@pytest.mark.unit
def test_like_may_be_part_of_a_name() -> None:
    wish = parse_wish("play Like a Prayer", names=_LIBRARY)
    assert wish.titles == ("Like a Prayer",)
    assert wish.like == ()


@pytest.mark.unit
def test_no_name_is_a_part_of_a_word_in_katakana() -> None:
    names = KnownNames([NamedThing("album", "Man", (1,)), NamedThing("artist", "ロマ", (2,))])
    wish = parse_wish("イタリア語のロマンチックな歌", names=names)
    assert (wish.albums, wish.artists) == ((), ())
    assert wish.language == "it"


@pytest.mark.unit
def test_names_can_be_ruled_out() -> None:
    wish = parse_wish("rock but nothing by Queen", names=_LIBRARY)
    assert wish.not_artists == ("Queen",)
    assert wish.artists == ()


@pytest.mark.integration
def test_names_are_read_from_the_library(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path}/library.db")
    try:
        clocks = draft("Clocks", "The Cold Plays", album="A Rush", file=stamp("/music/a.flac"))
        CatalogWriter(database).add([clocks])
        names = LibraryNames(database)
        for phrase in ("cold plays", "the cold plays"):
            assert [t.name for t in names.called([phrase])[phrase]] == ["The Cold Plays"]
        found = names.called(["a rush", "clocks", "nothing", "", "x" * 5000])
        assert {t.kind for things in found.values() for t in things} == {"album", "title"}
        assert parse_wish("songs by the cold plays", names=names).artists == ("The Cold Plays",)
        assert names.called([]) == {}
    finally:
        database.close()
