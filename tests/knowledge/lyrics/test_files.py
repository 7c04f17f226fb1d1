"""Lyrics in tags and in files beside the music, and changes that the scanner does not see."""

import os
import threading
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.indexer import Indexer
from knowledge.lyrics.beside import beside
from knowledge.lyrics.index import LyricsIndex
from knowledge.lyrics.models import Lyrics
from knowledge.lyrics.refresh import LyricsRefresh
from library_audio import tone, write_music

WORDS = "Take me down to the quiet river\nWhere the willows hang so low\nAnd the water is still"
LRC = "[00:12.00]Take me down to the quiet river\n[00:17.00]Where the willows hang so low"


@pytest.mark.unit
def test_a_file_of_the_same_name_is_read(tmp_path: Path) -> None:
    music = tmp_path / "Song.flac"
    assert beside(music) is None
    (tmp_path / "Song.txt").write_text(WORDS)
    assert beside(music) == Lyrics(WORDS, synced=False, language="en", source="file")
    (tmp_path / "Song.LRC").write_text(LRC)
    found = beside(music)
    assert found is not None
    assert found.synced
    (tmp_path / "Other.lrc").write_text(LRC)
    assert beside(tmp_path / "Another.mp3") is None


@pytest.mark.unit
def test_traps_beside_the_music_are_not_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(WORDS)
    (tmp_path / "linked.lrc").symlink_to(secret)
    assert beside(tmp_path / "linked.mp3") is None
    os.mkfifo(tmp_path / "pipe.lrc")
    assert beside(tmp_path / "pipe.mp3") is None
    (tmp_path / "folder.lrc").mkdir()
    assert beside(tmp_path / "folder.mp3") is None
    (tmp_path / "huge.lrc").write_text(WORDS * 10_000)
    assert beside(tmp_path / "huge.mp3") is None
    (tmp_path / "log.txt").write_text("A paragraph of prose that goes on and on. " * 10)
    assert beside(tmp_path / "log.mp3") is None
    (tmp_path / "noise.lrc").write_bytes(bytes(range(256)) * 20)
    beside(tmp_path / "noise.mp3")  # whatever it says, it comes back


def lyrics_by_title(database: Database) -> dict[str, Lyrics | None]:
    from knowledge.catalog import Catalog

    tracks, _ = Catalog(database, Path("nowhere")).list_tracks(limit=10)
    index = LyricsIndex(database)
    return {track.title: index.of(track.id) for track in tracks}


@pytest.mark.integration
def test_a_scan_reads_tags_and_files_and_a_refresh_the_changes(tmp_path: Path) -> None:
    music = tmp_path / "music"
    for number, (name, tags) in enumerate(
        (("tagged.flac", {"LYRICS": WORDS}), ("beside.flac", {}), ("silent.flac", {}))
    ):
        title = {"title": name.split(".")[0]}
        write_music(music / name, tone(0.3, hertz=300 + number), tags={**title, **tags})
    (music / "beside.lrc").write_text(LRC)
    database = Database.at(tmp_path / "data" / "library.db")
    Indexer(database, tmp_path / "data" / "covers", [music], fingerprints=False).scan()
    found = lyrics_by_title(database)
    assert found["tagged"] == Lyrics(WORDS, synced=False, language="en", source="tag")
    assert found["beside"] is not None
    assert found["beside"].synced
    assert found["silent"] is None

    refresh = LyricsRefresh(database)
    assert refresh.run() == 0
    (music / "silent.txt").write_text(WORDS)
    (music / "tagged.lrc").write_text(LRC)  # with times, so better than the tag
    (music / "beside.lrc").unlink()
    stopped = threading.Event()
    stopped.set()
    assert refresh.run(stopped) == 0
    assert refresh.run() == 3
    found = lyrics_by_title(database)
    assert found["silent"] is not None
    assert found["tagged"] is not None
    assert found["tagged"].synced
    assert found["beside"] is None
    assert refresh.run() == 0
    database.close()
