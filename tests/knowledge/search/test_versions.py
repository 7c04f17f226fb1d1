"""Titles taken apart into song and recording."""

import pytest

from knowledge.search.versions import Version, album_version, song_title


@pytest.mark.unit
@pytest.mark.parametrize(
    ("title", "song", "versions"),
    [
        ("Hey Jude", "hey jude", set()),
        ("Hey Jude (Remastered 2015)", "hey jude", {Version.REMASTER}),
        ("Hey Jude - 2015 Remaster", "hey jude", {Version.REMASTER}),
        ("Hurt - Live at Oslo", "hurt", {Version.LIVE}),
        ("Hurt (Live)", "hurt", {Version.LIVE}),
        ("Hurt [Live, 1994]", "hurt", {Version.LIVE}),
        ("One - Live - Remastered", "one", {Version.LIVE, Version.REMASTER}),
        ("Layla (Acoustic)", "layla", {Version.ACOUSTIC}),
        ("Layla (MTV Unplugged)", "layla", {Version.ACOUSTIC}),
        ("Blue Monday - Radio Edit", "blue monday", {Version.EDIT}),
        ('Blue Monday (12" Version)', "blue monday", {Version.EXTENDED}),
        ("Porcelain (Clubbed to Death Mix)", "porcelain", {Version.REMIX}),
        ("Strobe (Original Mix)", "strobe", {Version.EDITION}),
        ("Yesterday (Take 2)", "yesterday", {Version.ALTERNATE}),
        ("Style (Taylor's Version)", "style", {Version.ALTERNATE}),
        ("Space Oddity (Demo)", "space oddity", {Version.DEMO}),
        ("Stan (feat. Dido) [Instrumental]", "stan", {Version.INSTRUMENTAL}),
        ("Help! (Karaoke Version)", "help", {Version.KARAOKE}),
        # Not marks of a recording but parts of the title.
        ("Live and Let Die", "live and let die", set()),
        ("Live Forever", "live forever", set()),
        ("(I Can't Get No) Satisfaction", "i cant get no satisfaction", set()),
        ("Another Brick in the Wall (Part 2)", "another brick in the wall part 2", set()),
        ("Hello - Goodbye", "hello goodbye", set()),
        ("(Live)", "live", {Version.LIVE}),
    ],
)
def test_a_title_is_a_song_and_marks(title: str, song: str, versions: set[Version]) -> None:
    parsed = song_title(title)
    assert parsed.key == song
    assert parsed.versions == versions


@pytest.mark.unit
def test_brackets_in_a_title_may_be_left_out() -> None:
    assert song_title("(I Can't Get No) Satisfaction").short == "satisfaction"


@pytest.mark.unit
def test_guests_in_a_title_are_known() -> None:
    assert song_title("Crazy in Love (feat. Jay-Z)").guests == "jay z"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("album", "version"),
    [
        ("live at leeds", Version.LIVE),
        ("mtv unplugged in new york", Version.LIVE),
        ("live through this", Version.PLAIN),
        ("alive 2007", Version.PLAIN),
    ],
)
def test_tracks_on_a_live_album_are_live(album: str, version: Version) -> None:
    assert album_version(album) is version


@pytest.mark.unit
def test_a_hostile_title_is_taken_apart_in_no_time() -> None:
    assert song_title("(" * 100_000 + " - " * 100_000 + "feat. x").versions == frozenset()
