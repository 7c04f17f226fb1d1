"""Lyrics and the looks of covers over HTTP."""

from io import BytesIO

import pytest
from PIL import Image

from cover_pictures import disc, plain
from knowledge.catalog_writer import CatalogWriter, FileStamp, TrackDraft
from knowledge.covers import CoverStore
from knowledge.covers_look.library import CoverLooks
from knowledge.database import Database
from knowledge.lyrics.models import lyrics_from
from server.settings import Settings
from server_library import write_wav
from server_running import RunningServer

pytestmark = pytest.mark.integration
WORDS = "[00:12.50]Take me down to the quiet river\n[00:17.00]Where the willows hang so low"


@pytest.fixture
def covers(settings: Settings, server: RunningServer) -> dict[str, str]:
    """Two albums with covers, one song with words, looked at as the background does."""
    store, database = CoverStore(settings.covers), Database.at(settings.database_path)
    made: dict[str, str] = {}
    drafts = []
    for title, picture in (("Sun", disc("navy", "gold")), ("Lemon", plain("gold"))):
        out = BytesIO()
        Image.fromarray(picture).save(out, "PNG")
        made[title] = store.save(out.getvalue()) or ""
        path = write_wav(settings.data / "music" / f"{title}.wav")
        status = path.stat()
        drafts.append(
            TrackDraft(
                audio_hash=title.encode().hex().ljust(64, "0"),
                title=title,
                artists=("Fruit",),
                album=f"{title} Album",
                cover_id=made[title],
                lyrics=lyrics_from(WORDS, "tag") if title == "Sun" else None,
                file=FileStamp(str(path), status.st_size, status.st_mtime_ns),
            )
        )
    CatalogWriter(database).add(drafts)
    CoverLooks(database, settings.covers).update()
    database.close()
    return made


def test_covers_are_found_in_words_and_by_likeness(
    server: RunningServer, covers: dict[str, str]
) -> None:
    with server.client() as client:
        found = client.get("/api/covers/search", params={"q": "the yellow cover"}).json()
        assert [one["cover_id"] for one in found["items"]] == [covers["Lemon"], covers["Sun"]]
        assert found["items"][0]["albums"][0]["title"] == "Lemon Album"
        assert found["items"][0]["reasons"] == ["100 % yellow"]
        assert client.get(found["items"][0]["cover_url"]).status_code == 200
        like = client.get(f"/api/covers/{covers['Sun']}/like").json()
        assert [one["cover_id"] for one in like["items"]] == [covers["Lemon"]]
        look = client.get(f"/api/covers/{covers['Sun']}/look").json()
        assert look["circle"] > 0.9
        assert look["swatches"][0]["colour"] == "#000080"
        missing = client.get(f"/api/covers/{'0' * 64}/like")
        assert (missing.status_code, missing.json()["error"]["code"]) == (404, "not_in_library")
        assert client.get("/api/covers/search").status_code == 422


def test_words_of_a_song_are_shown_and_found(server: RunningServer, covers: dict[str, str]) -> None:
    with server.client() as client:
        found = client.get("/api/lyrics/search", params={"q": "willows hanging low"}).json()
        assert found["items"][0]["line"] == "Where the willows hang so low"
        assert found["items"][0]["start_s"] == 17.0
        track = found["items"][0]["track"]
        words = client.get(f"/api/tracks/{track['id']}/lyrics").json()
        assert words["synced"]
        assert words["language"] == "en"
        assert [line["start_s"] for line in words["lines"]] == [12.5, 17.0]
        silent = client.get("/api/tracks", params={"limit": 100}).json()["items"]
        lemon = next(one["id"] for one in silent if one["title"] == "Lemon")
        assert client.get(f"/api/tracks/{lemon}/lyrics").status_code == 404
        assert client.get(f"/api/tracks/{lemon}/lyrics?empty=true").json()["lines"] == []
