"""Watching real folders."""

import asyncio
from pathlib import Path

import pytest

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.errors import NotInLibrary
from knowledge.indexer import Indexer, ScanReport
from knowledge.watcher import FolderWatcher, changed_paths
from library_audio import write_music


@pytest.mark.unit
def test_paths_inside_a_changed_folder_are_covered_by_it() -> None:
    paths = [Path("/m/a/1.mp3"), Path("/m/a"), Path("/m/b/2.mp3"), Path("/m/ab/3.mp3")]
    assert changed_paths(paths) == (Path("/m/a"), Path("/m/ab/3.mp3"), Path("/m/b/2.mp3"))


@pytest.mark.integration
async def test_a_new_a_renamed_and_a_deleted_file_are_noticed(tmp_path: Path) -> None:
    music = tmp_path / "music"
    music.mkdir()
    database = Database.at(tmp_path / "data" / "library.db")
    indexer = Indexer(database, tmp_path / "data" / "covers", [music])
    catalog = Catalog(database, tmp_path / "data" / "covers")
    reports: asyncio.Queue[ScanReport] = asyncio.Queue()
    stop = asyncio.Event()
    watching = asyncio.create_task(FolderWatcher(indexer, quiet_ms=50).run(stop, reports.put))

    async def until(wanted: list[str]) -> None:
        async with asyncio.timeout(30):
            while [track.title for track in catalog.list_tracks()[0]] != wanted:
                await reports.get()

    await asyncio.sleep(0.5)  # the watch of the system has to be in place
    write_music(music / "one" / "a.flac", tags={"title": "a", "artist": "A"})
    await until(["a"])
    track_id = catalog.list_tracks()[0][0].id
    (music / "one").rename(music / "two")
    async with asyncio.timeout(30):
        while _folder_of(catalog, track_id) != "two":
            await reports.get()
    (music / "two" / "a.flac").unlink()
    await until([])
    stop.set()
    await watching
    database.close()


def _folder_of(catalog: Catalog, track_id: int) -> str | None:
    try:
        return catalog.path_of(track_id).parent.name
    except NotInLibrary:
        return None
