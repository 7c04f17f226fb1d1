"""Parameters that nobody means well with: each is answered in order, none with a trace."""

from xml.etree import ElementTree as ET

import httpx
import pytest

from knowledge.people.current import acting_as
from subsonic_apps import App

pytestmark = pytest.mark.integration

NONSENSE = (
    "",
    "x" * 5_000,
    "-1",
    "99999999999999999999",
    "tr-１",
    "../\x00\x01\x1f%00%ff",
    "'; DROP TABLE tracks; --",
    "<script>alert(1)</script>]]>&",
)
NAMES = (
    *("id", "query", "type", "size", "offset", "count", "genre", "fromYear", "toYear", "name"),
    *("artist", "title", "songId", "playlistId", "songIndexToRemove", "rating", "time"),
    *("submission", "current", "position", "username", "format", "maxBitRate"),
)
CALLS = (
    *("getIndexes", "getArtist", "getAlbum", "getSong", "getAlbumList2", "getRandomSongs"),
    *("getSongsByGenre", "search3", "star", "setRating", "createPlaylist", "updatePlaylist"),
    *("deletePlaylist", "scrobble", "getSimilarSongs2", "getTopSongs", "getArtistInfo2"),
    *("savePlayQueue", "getLyrics", "getLyricsBySongId", "getUser", "stream", "getCoverArt"),
    *("noSuchCall", "..%2fping", "__init__"),
)


@pytest.mark.parametrize("value", NONSENSE, ids=range(len(NONSENSE)))
def test_nonsense_is_answered_as_such(ann: App, value: str) -> None:
    parameters = dict.fromkeys(NAMES, value)
    with ann.server.client() as client:
        for call in CALLS:
            given = {"u": ann.name, "p": ann.secret, "f": "xml", **parameters}
            answer = client.post(f"/rest/{call}", data=given)
            assert answer.status_code in {200, 404, 405}, call
            assert "Traceback" not in answer.text
            if answer.status_code == 200:
                ET.fromstring(answer.content)  # noqa: S314  our own answer


def test_titles_that_are_no_text_still_make_an_answer(ann: App) -> None:
    services = ann.server.services
    person = services.accounts.by_name("Ann")
    assert person is not None
    name = 'Bad \x0b <name> & "quotes" \ud83d\ude00 😀'.encode("utf-8", "replace").decode()
    with acting_as(person.id):
        made = services.playlists.create(name)
    try:
        root = ET.fromstring(ann.get("getPlaylists", f="xml").content)  # noqa: S314
        shown = [one.get("name", "") for one in root.iter() if one.get("owner")]
        assert any("<name>" in one and "😀" in one for one in shown)
    finally:
        with acting_as(person.id):
            services.playlists.delete(made.id)


def test_too_much_is_refused(ann: App) -> None:
    many = [("id", f"tr-{number}") for number in range(6_000)]
    login = [("u", ann.name), ("p", ann.secret), ("f", "json")]
    answer = httpx.post(
        f"{ann.server.url}/rest/savePlayQueue",
        content="&".join(f"{key}={value}" for key, value in [*login, *many]),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.json if answer.status_code == 200 else True
    assert "failed" in answer.text
    huge = httpx.post(
        f"{ann.server.url}/rest/ping",
        content=b"u=" + b"x" * 1_200_000,
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert huge.status_code == 413


def test_a_scrobble_from_no_time_is_refused(ann: App) -> None:
    for at in ("-5", "0", "99999999999999", "yesterday", "1" * 30):
        assert ann.error("scrobble", id="tr-1", time=at) == 0


def test_other_methods_and_pages_are_refused(ann: App) -> None:
    assert httpx.delete(f"{ann.server.url}/rest/ping").status_code == 405
    foreign = httpx.post(
        f"{ann.server.url}/rest/star",
        data={"u": ann.name, "p": ann.secret, "id": "tr-1"},
        headers={"origin": "https://evil.example"},
    )
    assert foreign.status_code == 403
