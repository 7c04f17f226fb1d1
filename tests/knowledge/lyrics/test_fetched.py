"""Words of songs from LRCLIB: the right ones, beside the user's own, and never in their place."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.catalog_writer import CatalogWriter
from knowledge.database import Database
from knowledge.errors import SourceUnreachable
from knowledge.lyrics.fetched import FetchedLyrics
from knowledge.lyrics.fetching import LOOKUP, LyricsFetching
from knowledge.lyrics.index import LyricsIndex
from knowledge.lyrics.models import lyrics_from
from knowledge.lyrics.refresh import LyricsRefresh
from knowledge.sources.lookups import Lookups, LookupState
from knowledge.sources.lrclib import Lrclib, LrclibLyrics, Wanted
from knowledge.sources.rate_limit import RateLimit
from knowledge.sources.web_service import WebService
from library_drafts import draft, stamp
from music_services import BUSY_SOON, NONSENSE, MusicServices, a_lyrics_entry, music_services

pytestmark = pytest.mark.integration

SYNCED = "[00:01.00]Oh sinnerman\n[00:04.50]Where you gonna run to"
PLAIN = "Oh sinnerman\nWhere you gonna run to"
WANTED = Wanted("Sinnerman", "Nina Simone", "Pastel Blues", 622.0)


@pytest.fixture
def services() -> Iterator[MusicServices]:
    with music_services() as services:
        yield services


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.at(tmp_path / "library.db")
    yield database
    database.close()


@pytest.fixture
def lrclib(services: MusicServices) -> Iterator[Lrclib]:
    with WebService("LRCLIB", services.url, limit=RateLimit(0.0), timeout_s=1.0) as service:
        yield Lrclib(service)


def _add(database: Database, path: Path, lyrics: str = "") -> int:
    path.write_bytes(b"RIFF")
    words = lyrics_from(lyrics, "tag") if lyrics else None
    one = draft(
        "Sinnerman", duration_s=622.0, album="Pastel Blues", file=stamp(str(path)), lyrics=words
    )
    return CatalogWriter(database).add([one])[0].track_id


def _look_up(database: Database, lrclib: Lrclib) -> FetchedLyrics:
    fetched = FetchedLyrics(database)
    Lookups(LOOKUP, database, LyricsFetching(database, lrclib, fetched).ask).run()
    return fetched


@pytest.mark.parametrize(
    ("entry", "found"),
    [
        (("Sinnerman", "Nina Simone", 622), LrclibLyrics(SYNCED, synced=True)),
        (("Sinnerman - Remastered", "Nina Simone & Band", 624), LrclibLyrics(SYNCED, synced=True)),
        (("Sinnerman", "Nina Simone", 632), LrclibLyrics(PLAIN, synced=False)),
        (("Sinnerman", "Nina Simone", 300), None),
        (("Sinnerman", "16 Horsepower", 622), None),
        (("Sinnerman (Live)", "Nina Simone", 622), None),
    ],
    ids=["exact", "other spelling", "other cut", "too short", "other artist", "live"],
)
def test_only_words_that_fit_are_taken(
    services: MusicServices,
    lrclib: Lrclib,
    entry: tuple[str, str, int],
    found: LrclibLyrics | None,
) -> None:
    title, artist, length = entry
    one = a_lyrics_entry(title, artist, length, plainLyrics=PLAIN, syncedLyrics=SYNCED)
    services.more["/api/search"] = [one]
    assert lrclib.lyrics(WANTED) == found


@pytest.mark.parametrize(
    "said",
    [{"id": 1}, [1, 2], [{"trackName": 7}], [{"trackName": "x", "plainLyrics": "y" * 300_000}]],
)
def test_nonsense_is_not_sung(services: MusicServices, lrclib: Lrclib, said: object) -> None:
    services.more["/api/search"] = said
    with pytest.raises(SourceUnreachable):
        lrclib.lyrics(WANTED)
    services.mishaps["/api"] = [NONSENSE]
    with pytest.raises(SourceUnreachable):
        lrclib.lyrics(WANTED)


def test_words_are_shown_and_found_like_the_librarys_own(
    database: Database, services: MusicServices, lrclib: Lrclib, tmp_path: Path
) -> None:
    track_id = _add(database, tmp_path / "song.mp3")
    services.lyrics = [a_lyrics_entry("Sinnerman", "Nina Simone", 622, syncedLyrics=SYNCED)]
    _look_up(database, lrclib)
    found = LyricsIndex(database).of(track_id)
    assert found is not None
    assert (found.source, found.synced, found.lines[1].start_s) == ("lrclib", True, 4.5)
    line = LyricsIndex(database).find("where you going to run to")[0]
    assert (line.track_id, line.start_s) == (track_id, 4.5)


def test_the_users_own_words_are_never_replaced(
    database: Database, services: MusicServices, lrclib: Lrclib, tmp_path: Path
) -> None:
    track_id = _add(database, tmp_path / "song.mp3", "My own words\nof this song")
    services.lyrics = [a_lyrics_entry("Sinnerman", "Nina Simone", 622, syncedLyrics=SYNCED)]
    fetched = _look_up(database, lrclib)
    own = LyricsIndex(database).of(track_id)
    assert own is not None
    assert (own.source, own.text) == ("tag", "My own words\nof this song")
    beside = fetched.of(track_id)
    assert beside is not None
    assert beside.lyrics is not None
    assert beside.lyrics.synced  # they are there for who wants them along the song


def test_words_survive_a_scan_and_give_way_to_a_file(
    database: Database, services: MusicServices, lrclib: Lrclib, tmp_path: Path
) -> None:
    path = tmp_path / "song.mp3"
    track_id = _add(database, path)
    services.lyrics = [a_lyrics_entry("Sinnerman", "Nina Simone", 622, syncedLyrics=SYNCED)]
    fetched = _look_up(database, lrclib)
    _add(database, path)  # the file is read again: it has no words
    assert LyricsIndex(database).of(track_id) is None
    assert fetched.use() == 1
    assert LyricsIndex(database).of(track_id) is not None
    path.with_suffix(".lrc").write_text("[00:02.00]From a file\n[00:03.00]beside it\n")
    assert LyricsRefresh(database).run() == 1
    found = LyricsIndex(database).of(track_id)
    assert found is not None
    assert found.source == "file"
    assert fetched.use() == 0


def test_words_can_be_refused_for_good(
    database: Database, services: MusicServices, lrclib: Lrclib, tmp_path: Path
) -> None:
    track_id = _add(database, tmp_path / "song.mp3")
    services.lyrics = [a_lyrics_entry("Sinnerman", "Nina Simone", 622, plainLyrics=PLAIN)]
    fetched = _look_up(database, lrclib)
    assert fetched.refuse(track_id)
    assert LyricsIndex(database).of(track_id) is None
    fetched.use()
    words = lyrics_from(PLAIN, "lrclib")
    fetched.keep(draft("Sinnerman").audio_hash, "lrclib", words)  # asked again, it says the same
    assert LyricsIndex(database).of(track_id) is None
    assert fetched.refuse(track_id, refused=False)
    assert LyricsIndex(database).of(track_id) is not None


def test_a_lookup_waits_for_a_service_and_goes_on_after_a_kill(
    database: Database, services: MusicServices, lrclib: Lrclib
) -> None:
    drafts = [draft(f"Song {number}", duration_s=60.0) for number in range(3)]
    CatalogWriter(database).add(
        [replace(one, file=stamp(f"/m/{number}")) for number, one in enumerate(drafts)]
    )
    fetched = FetchedLyrics(database)
    fetching = LyricsFetching(database, lrclib, fetched)
    first = Lookups(LOOKUP, database, fetching.ask, pause_s=0.01)
    services.mishaps["/api"] = [BUSY_SOON] * 3
    first.run()
    assert first.progress().state is LookupState.IDLE
    assert (first.progress().done, first.progress().failed) == (3, 0)
    again = Lookups(LOOKUP, database, fetching.ask)
    asked = len(services.asked)
    again.run()
    assert len(services.asked) == asked  # what was asked is not asked again
