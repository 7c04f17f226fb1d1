"""Scanning real folders of real files."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.indexer import Indexer, IndexPhase, IndexProgress
from knowledge.models import Album
from library_audio import tone, write_music


class Library:
    """A library over one music folder."""

    def __init__(self, home: Path) -> None:
        self.music = home / "music"
        self.music.mkdir()
        self.covers = home / "data" / "covers"
        self.database = Database.at(home / "data" / "library.db")
        self.catalog = Catalog(self.database, self.covers)
        self.indexer = Indexer(self.database, self.covers, [self.music])

    def song(self, name: str, hertz: float = 440.0, **tags: str) -> Path:
        tags = {"title": name.rpartition(".")[0], "artist": "Nina Simone", **tags}
        return write_music(self.music / name, tone(0.3, hertz=hertz), tags=tags)

    def titles(self) -> list[str]:
        return [track.title for track in self.catalog.list_tracks()[0]]

    def albums(self) -> tuple[Album, ...]:
        return self.catalog.list_albums()[0]

    def ids(self) -> dict[str, int]:
        return {track.title: track.id for track in self.catalog.list_tracks()[0]}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    library = Library(tmp_path)
    yield library
    library.database.close()


@pytest.mark.integration
def test_new_files_are_found_and_unchanged_ones_not_opened(library: Library) -> None:
    library.song("a.flac", 400)
    library.song("b.mp3", 500)
    (library.music / "notes.txt").write_text("not music")
    (library.music / ".hidden.mp3").write_text("not looked at")
    first = library.indexer.scan()
    assert (first.found, first.new, first.refused) == (2, 2, 0)
    assert library.titles() == ["a", "b"]
    revision = library.catalog.revision
    second = library.indexer.scan()
    assert (second.found, second.unchanged, second.new, second.changed) == (2, 2, 0, 0)
    assert library.catalog.revision == revision


@pytest.mark.integration
def test_new_tags_change_the_track_in_place(library: Library) -> None:
    library.song("a.flac", title="Sinerman")
    library.indexer.scan()
    before = library.ids()
    library.song("a.flac", title="Sinnerman")
    report = library.indexer.scan()
    assert (report.changed, report.new) == (1, 0)
    assert library.ids() == {"Sinnerman": before["Sinerman"]}


@pytest.mark.integration
def test_moved_and_renamed_files_keep_their_tracks(library: Library) -> None:
    path = library.song("a.flac", 400)
    library.song("b.flac", 500)
    library.indexer.scan()
    before = library.ids()
    (library.music / "Album").mkdir()
    path.rename(library.music / "Album" / "renamed.flac")
    report = library.indexer.scan()
    assert (report.moved, report.new, report.deleted) == (1, 0, 0)
    assert library.ids() == before
    assert library.catalog.path_of(before["a"]).name == "renamed.flac"


@pytest.mark.integration
def test_deleted_files_leave_and_may_come_back(library: Library, tmp_path: Path) -> None:
    path = library.song("a.flac", 400)
    library.song("b.flac", 500)
    library.indexer.scan()
    before = library.ids()
    kept = Path(shutil.move(path, tmp_path / "kept.flac"))
    assert library.indexer.scan().deleted == 1
    assert library.titles() == ["b"]
    shutil.move(kept, library.music / "back.flac")
    report = library.indexer.scan()
    assert (report.restored, report.new) == (1, 0)
    assert library.ids() == before


@pytest.mark.integration
def test_copies_are_one_track_until_the_last_is_gone(library: Library) -> None:
    path = library.song("a.flac")
    copy = library.music / "copy.flac"
    shutil.copy(path, copy)
    report = library.indexer.scan()
    assert (report.new, report.duplicates) == (1, 1)
    path.unlink()
    assert library.indexer.scan().deleted == 0
    track_id = library.ids()["a"]
    assert library.catalog.path_of(track_id) == copy
    copy.unlink()
    assert library.indexer.scan().deleted == 1


@pytest.mark.integration
def test_links_are_not_followed(library: Library, tmp_path: Path) -> None:
    outside = write_music(tmp_path / "outside" / "secret.flac")
    library.song("a.flac")
    (library.music / "loop").symlink_to(library.music, target_is_directory=True)
    (library.music / "out").symlink_to(outside.parent, target_is_directory=True)
    (library.music / "file.flac").symlink_to(outside)
    report = library.indexer.scan()
    assert (report.found, report.links_skipped) == (1, 3)
    assert library.titles() == ["a"]


@pytest.mark.integration
def test_one_bad_file_never_stops_the_scan(library: Library) -> None:
    library.song("a.flac")
    (library.music / "empty.mp3").touch()
    (library.music / "list.mp3").write_text("shopping list " * 99)
    os.mkfifo(library.music / "pipe.mp3")
    report = library.indexer.scan()
    assert (report.new, report.refused) == (1, 2)
    reasons = {file.path.name: file.reason for file in library.catalog.refused_files()}
    assert reasons == {
        "empty.mp3": "The file is empty.",
        "list.mp3": "This is not an audio file that we can read.",
    }
    assert library.indexer.scan().refused == 0  # not opened again
    library.song("empty.mp3", 600)
    assert library.indexer.scan().new == 1
    assert [file.path.name for file in library.catalog.refused_files()] == ["list.mp3"]


@pytest.mark.integration
def test_a_name_that_is_no_text_is_refused_with_a_reason(library: Library) -> None:
    path = library.song("a.flac")
    path.rename(os.fsdecode(os.fsencode(library.music) + b"/caf\xe9.flac"))
    report = library.indexer.scan()
    assert (report.found, report.refused) == (1, 1)
    (refused,) = library.catalog.refused_files()
    assert refused.path.name == "caf\\xe9.flac"
    assert "not valid text" in refused.reason
    assert library.indexer.scan().refused == 0


@pytest.mark.integration
def test_an_unmounted_music_folder_deletes_nothing(library: Library, tmp_path: Path) -> None:
    library.song("a.flac")
    library.indexer.scan()
    away = library.music.rename(tmp_path / "away")
    gone = library.indexer.scan()
    assert gone.deleted == 0
    assert gone.unreachable == ((library.music, "The folder is not there."),)
    assert library.titles() == ["a"]

    library.music.mkdir()  # the bare mount point: another folder than the one we knew
    empty = library.indexer.scan()
    assert empty.deleted == 0
    assert "not to be mounted" in empty.unreachable[0][1]
    assert library.titles() == ["a"]

    library.music.rmdir()
    away.rename(library.music)
    assert library.indexer.scan().unchanged == 1


@pytest.mark.integration
def test_a_folder_that_was_really_emptied_is_believed(library: Library) -> None:
    path = library.song("a.flac")
    library.indexer.scan()
    path.unlink()
    report = library.indexer.scan()
    assert (report.deleted, report.unreachable) == (1, ())


@pytest.mark.integration
def test_files_of_a_folder_no_longer_chosen_leave(library: Library, tmp_path: Path) -> None:
    library.song("a.flac")
    library.indexer.scan()
    other = tmp_path / "other"
    write_music(other / "b.flac", tone(0.3, hertz=500), tags={"title": "b", "artist": "B"})
    moved = Indexer(library.database, library.covers, [other])
    report = moved.scan()
    assert (report.new, report.deleted) == (1, 1)
    assert library.titles() == ["b"]


@pytest.mark.integration
def test_a_partial_scan_looks_only_where_it_is_told(library: Library) -> None:
    first = library.song("one/a.flac", 400, title="a")
    second = library.song("two/b.flac", 500, title="b")
    library.indexer.scan()
    first.unlink()
    second.unlink()
    report = library.indexer.scan(only=[first])
    assert report.deleted == 1
    assert library.titles() == ["b"]
    assert library.indexer.scan(only=[library.music / "two"]).deleted == 1


@pytest.mark.integration
def test_progress_is_told_and_ends_idle(library: Library) -> None:
    for number in range(3):
        library.song(f"{number}.flac", 400 + 50 * number)
    seen: list[IndexProgress] = []
    library.indexer.scan(seen.append)
    assert seen[-1].phase is IndexPhase.IDLE
    assert max(progress.done for progress in seen) == 3
    assert {progress.total for progress in seen if progress.done} == {3}
    assert library.indexer.status().phase is IndexPhase.IDLE


@pytest.mark.integration
def test_many_artists_on_one_album_in_one_folder_are_a_compilation(library: Library) -> None:
    for number, artist in enumerate(("Anna", "Ben", "Cleo", "Dana")):
        library.song(f"hits/{number}.flac", 400 + 50 * number, artist=artist, album="Hits")
    library.song("best/x.flac", 700, artist="Anna", album="Best")
    library.song("best/y.flac", 750, artist="Ben", album="Best")
    library.indexer.scan()
    shown = [(album.title, album.artist, album.track_count) for album in library.albums()]
    assert sorted(shown) == [
        ("Best", "Anna", 1),
        ("Best", "Ben", 1),
        ("Hits", "Various Artists", 4),
    ]
    library.song("hits/4.flac", 800, artist="Eve", album="Hits")
    library.indexer.scan()
    (hits,) = [album for album in library.albums() if album.title == "Hits"]
    assert hits.track_count == 5


@pytest.mark.integration
def test_two_workers_find_the_same(library: Library) -> None:
    for number in range(8):
        library.song(f"{number}.flac", 400 + 50 * number)
    report = Indexer(library.database, library.covers, [library.music], workers=2).scan()
    assert report.new == 8
    assert library.titles() == [str(number) for number in range(8)]


@pytest.mark.integration
def test_music_folders_inside_one_another_are_read_once(library: Library) -> None:
    library.song("inner/a.flac")
    indexer = Indexer(library.database, library.covers, [library.music / "inner", library.music])
    assert indexer.roots == (library.music,)
    assert indexer.scan().found == 1
