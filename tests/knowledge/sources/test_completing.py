"""MusicBrainz and covers complete what the tags do not say, and never what they do."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter
from knowledge.covers import CoverStore
from knowledge.database import Database
from knowledge.errors import SourceUnreachable
from knowledge.models import Track
from knowledge.recognition.online import OnlineName
from knowledge.sources.completing import (
    COVERART_LOOKUP,
    MUSICBRAINZ_LOOKUP,
    CoverArtCompleting,
    MusicBrainzCompleting,
)
from knowledge.sources.completions import Completions
from knowledge.sources.lookups import Lookups
from knowledge.sources.musicbrainz_search import MusicBrainzSearch
from knowledge.sources.recordings import recording_of
from knowledge.sources.web_service import WebService
from library_drafts import draft, stamp
from music_services import (
    ARTIST_MBID,
    BUSY_SOON,
    MBID,
    NONSENSE,
    RELEASE_MBID,
    Mishap,
    MusicServices,
    a_picture,
    a_recording,
)

pytestmark = pytest.mark.integration
BAD_IDS = (
    b"<metadata xmlns='http://musicbrainz.org/ns/mmd-2.0#'><recording-list count='x'>"
    b"<recording id='../../etc'><title>Sinnerman</title></recording></recording-list></metadata>"
)
SINNERMAN = a_recording(
    "Sinnerman", "Nina Simone", 622_000, ("Pastel Blues", "1965-10"), ("The Best", "1998")
)


class Library:
    """One recording, and everything that asks about it."""

    def __init__(self, database: Database, service: WebService, folder: Path) -> None:
        self.database = database
        self.service = service
        self.catalog = Catalog(database, folder)
        self.completions = Completions(database)
        self.covers = CoverStore(folder)

    def add(self, title: str = "Sinnerman", **tags: Any) -> int:
        tags = {"duration_s": 622.0, "file": stamp(f"/m/{title}.mp3"), **tags}
        return CatalogWriter(self.database).add([draft(title, **tags)])[0].track_id

    def track(self, track_id: int) -> Track:
        return self.catalog.track(track_id)

    def look_up(self, by_sound: Callable[[Path], OnlineName | None] | None = None) -> Lookups:
        completing = MusicBrainzCompleting(
            self.database, MusicBrainzSearch(self.service), self.completions, by_sound=by_sound
        )
        lookups = Lookups(MUSICBRAINZ_LOOKUP, self.database, completing.ask, pause_s=0.01)
        lookups.run()
        return lookups

    def look_for_covers(self) -> None:
        def fetch(url: str) -> bytes | None:
            reply = self.service.reply(url.removeprefix(self.service.base_url))
            return None if reply is None else reply.body

        art = CoverArtCompleting(
            self.database, self.completions, self.covers, fetch, base_url=self.service.base_url
        )
        Lookups(COVERART_LOOKUP, self.database, art.ask, pause_s=0.01).run()

    def said(self, track_id: int) -> dict[str, str]:
        return {one.field: one.value for one in self.completions.of(track_id)}


@pytest.fixture
def library(database: Database, service: WebService, tmp_path: Path) -> Library:
    return Library(database, service, tmp_path / "covers")


def test_what_tags_do_not_say_is_completed(library: Library, services: MusicServices) -> None:
    services.recordings = [SINNERMAN]
    track_id = library.add()
    library.look_up()
    assert library.track(track_id).year == 1965
    assert "musicbrainz:year" in library.track(track_id).guessed
    said = library.said(track_id)
    assert said["mbid"] == MBID
    assert said["artist_mbid"] == ARTIST_MBID
    assert (said["album"], said["country"], said["genres"]) == ("Pastel Blues", "US", "jazz")
    assert library.track(track_id).album is None  # only years and covers stand in
    (path, asked) = services.asked[0]
    assert path.rstrip("/") == "/ws/2/recording"
    assert "sinnerman" in asked["query"].lower()


def test_the_users_tags_are_never_changed(library: Library, services: MusicServices) -> None:
    services.recordings = [SINNERMAN]
    track_id = library.add(year=2001, album="My Mix")
    before = library.track(track_id)
    library.look_up()
    library.completions.fill()
    assert library.track(track_id) == before
    year = next(one for one in library.completions.of(track_id) if one.field == "year")
    assert (year.own, year.value, year.agrees, year.in_use) == ("2001", "1965", False, False)


def test_a_tag_written_later_takes_the_place(library: Library, services: MusicServices) -> None:
    services.recordings = [SINNERMAN]
    track_id = library.add()
    library.look_up()
    library.add(year=1964)  # the user writes a tag, and the file is scanned again
    library.completions.fill()
    assert library.track(track_id).year == 1964
    assert library.track(track_id).guessed == frozenset()
    library.completions.refuse(track_id, "musicbrainz", "year")
    assert library.track(track_id).year == 1964
    library.add()  # and takes it out again: what is refused does not come back
    library.completions.fill()
    assert library.track(track_id).year is None


def test_a_completion_can_be_refused_and_taken_back(
    library: Library, services: MusicServices
) -> None:
    services.recordings = [SINNERMAN]
    track_id = library.add(album="Pastel Blues")
    library.look_up()
    album_id = library.track(track_id).album_id
    assert album_id is not None
    assert library.catalog.album(album_id).year == 1965
    assert library.completions.refuse(track_id, "musicbrainz", "year")
    assert library.track(track_id).year is None
    assert library.catalog.album(album_id).year is None
    library.completions.fill()
    assert library.track(track_id).year is None
    assert library.completions.refuse(track_id, "musicbrainz", "year", refused=False)
    assert library.track(track_id).year == 1965
    assert not library.completions.refuse(track_id, "musicbrainz", "shoe size")


@pytest.mark.parametrize(
    "other",
    [
        a_recording("Sinnerman", "Nina Simone", 300_000, ("Pastel Blues", "1965")),
        a_recording("Sinnerman", "16 Horsepower", 622_000, ("Folklore", "2002")),
        a_recording("Sinnerman (Live)", "Nina Simone", 622_000, ("Live", "1970")),
        a_recording("Sinner", "Nina Simone", 622_000, ("Pastel Blues", "1965")),
    ],
    ids=["length", "artist", "live", "title"],
)
def test_another_recording_is_not_taken(
    library: Library, services: MusicServices, other: dict[str, Any]
) -> None:
    services.recordings = [other]
    track_id = library.add()
    library.look_up()
    assert library.said(track_id) == {}


def test_a_cover_is_fetched_for_an_album_that_has_none(
    library: Library, services: MusicServices
) -> None:
    services.recordings, services.cover = [SINNERMAN], a_picture()
    services.more[f"/release/{RELEASE_MBID}/front-500"] = None

    def picture_of(track_id: int) -> str | None:
        return library.track(track_id).cover_id

    track_id = library.add(album="Pastel Blues")
    library.look_up()
    del services.more[f"/release/{RELEASE_MBID}/front-500"]
    services.mishaps[f"/release/{RELEASE_MBID}/front-500"] = [Mishap(200, a_picture())]
    library.look_for_covers()
    cover = picture_of(track_id)
    assert cover is not None
    assert library.covers.path(cover).read_bytes() == a_picture()
    assert library.completions.refuse(track_id, "coverart", "cover")
    assert picture_of(track_id) is None


def test_own_covers_are_kept(library: Library, services: MusicServices) -> None:
    services.recordings, services.cover = [SINNERMAN], a_picture()
    track_id = library.add(album="Pastel Blues", cover_id="a" * 64)
    library.look_up()
    library.look_for_covers()
    assert library.track(track_id).cover_id == "a" * 64
    assert services.count("/release") == 0


def test_what_is_no_picture_is_no_cover(library: Library, services: MusicServices) -> None:
    services.recordings = [SINNERMAN]
    track_id = library.add()
    library.look_up()
    services.mishaps["/release"] = [Mishap(200, b"<svg onload=alert(1)>")]
    library.look_for_covers()
    assert library.track(track_id).cover_id is None
    assert "cover" not in library.said(track_id)


def test_files_without_tags_are_named_by_their_sound(library: Library) -> None:
    track_id = library.add("track01", guessed=frozenset({"title", "artist"}))
    named = OnlineName("Sinnerman", ("Nina Simone",), "Pastel Blues", 1965, MBID, 0.97)
    library.look_up(lambda _: named)
    assert library.said(track_id)["title"] == "Sinnerman"
    assert library.track(track_id).title == "track01"
    assert library.track(track_id).year == 1965


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><body>It works!</body></html>",
        b"<metadata><recording-list>",
        b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'bbbb'><!ENTITY c '&b;&b;'>]><a>&c;</a>",
        BAD_IDS,
        b"\xff\xfe\x00",
    ],
    ids=["empty", "html", "cut off", "entities", "bad ids", "bytes"],
)
def test_nonsense_of_musicbrainz_is_not_believed(
    library: Library, services: MusicServices, body: bytes
) -> None:
    services.mishaps["/ws/2"] = [Mishap(200, body)]
    track_id = library.add()
    with library.database.read() as connection:
        wanted = recording_of(connection, track_id)
    assert wanted is not None
    with pytest.raises(SourceUnreachable, match="makes no sense"):
        MusicBrainzSearch(library.service).recordings(wanted)
    services.recordings = [SINNERMAN]
    assert MusicBrainzSearch(library.service).recordings(wanted)[0].mbid == MBID


def test_a_busy_musicbrainz_is_waited_for(library: Library, services: MusicServices) -> None:
    services.recordings = [SINNERMAN]
    services.mishaps["/ws/2"] = [BUSY_SOON] * 3 + [Mishap(delay_s=0.8, then_good=True), NONSENSE]
    track_id = library.add()
    lookups = library.look_up()
    assert library.track(track_id).year == 1965
    assert (lookups.progress().done, lookups.progress().total) == (1, 1)
