"""Names of other services, and the tracks of this library."""

import pytest

from knowledge.folding import fold
from knowledge.imports.matching import LibraryMatcher

pytestmark = pytest.mark.unit

LIBRARY = (
    ("Bohemian Rhapsody - Remastered 2011", "Queen", "A Night at the Opera"),  # 1
    ("Under Pressure", "Queen", "Hot Space"),  # 2
    ("Under Pressure", "David Bowie", "Hot Space"),  # 2 has two artists: see below
    ("Hurt", "Johnny Cash", "American IV"),  # 4
    ("Hurt (Live)", "Johnny Cash", "Live"),  # 5
    ("Группа крови", "Кино", "Группа крови"),  # 6
    ("Symphony No. 5: Part 1", "The Philharmonics", ""),  # 7
    ("Symphony No. 5: Part 2", "The Philharmonics", ""),  # 8
    ("Don't Stop Me Now", "Queen", "Jazz"),  # 9
    ("Don't Stop Me Now", "Queen", "Greatest Hits"),  # 10
    ("Everlong (Acoustic Version)", "Foo Fighters", ""),  # 11
)


@pytest.fixture(scope="module")
def matcher() -> LibraryMatcher:
    rows = [(i, t, fold(a), album) for i, (t, a, album) in enumerate(LIBRARY, start=1)]
    return LibraryMatcher([(2 if i == 3 else i, t, a, album) for i, t, a, album in rows])


@pytest.mark.parametrize(
    ("title", "artist", "album", "track_id"),
    [
        ("Bohemian Rhapsody", "Queen", "", 1),
        ("BOHEMIAN RHAPSODY (2018 Remaster)", "queen", "", 1),
        ("Under Pressure (feat. David Bowie)", "Queen", "", 2),
        ("Under Pressure", "Queen & David Bowie", "", 2),
        ("Under Pressure", "Bowie, David; Queen", "", 2),
        ("Hurt", "Johnny Cash", "", 4),
        ("Hurt - Live", "Johnny Cash", "", 5),
        ("Gruppa krovi", "Kino", "", 6),
        ("Bohemain Rhapsody", "Quen", "", None),  # artists this short are not guessed
        ("Bohemain Rhapsody", "Queen", "", 1),
        ("Symphony No. 5: Part 2", "Philharmonics", "", 8),
        ("Symphony No. 5: Part 3", "The Philharmonics", "", None),
        ("Hurt", "Nine Inch Nails", "", None),
        ("Hurt (Remix)", "Johnny Cash", "", None),
        ("Everlong", "Foo Fighters", "", None),  # only another recording is here
        ("Don't Stop Me Now", "Queen", "Greatest Hits", 10),
        ("Dont Stop Me Now", "Queen", "", 9),
        ("Everlong (Acoustic Version)", "Foo Figthers", "", 11),
        ("", "Queen", "", None),
    ],
)
def test_a_listen_finds_its_track(
    matcher: LibraryMatcher, title: str, artist: str, album: str, track_id: int | None
) -> None:
    found = matcher.find(title, artist, album)
    assert (found.track_id if found else None) == track_id


def test_a_close_spelling_is_less_certain(matcher: LibraryMatcher) -> None:
    exact, close = (
        matcher.find(title, "Queen") for title in ("Bohemian Rhapsody", "Bohemain Rhapsody")
    )
    assert exact
    assert close
    assert close.certainty < exact.certainty == 1.0


def test_spellings_that_are_equally_close_stay_unmatched() -> None:
    twins = LibraryMatcher([(1, "Midnight Walker", "a", ""), (2, "Midnight Talker", "a", "")])
    assert twins.find("Midnight Valker", "A") is None
