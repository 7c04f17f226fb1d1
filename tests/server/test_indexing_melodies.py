"""The server finds melodies after the analysis, and goes on whatever happens around it."""

import asyncio
import threading
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.melody.status import melody_status
from library_audio import tone, write_music
from melody_files import ABC_TUNE
from server.indexing import Indexing

pytestmark = pytest.mark.integration


def test_notation_is_read_even_if_the_ear_cannot_be_opened(tmp_path: Path) -> None:
    music = tmp_path / "music"
    write_music(music / "song.flac", tone(3.0), tags={"title": "Song"})
    (music / "tune.abc").write_text(ABC_TUNE)
    database = Database.at(tmp_path / "library.db")
    indexing = Indexing(
        database, tmp_path / "covers", [music], workers=1, watch=False, fingerprints=False
    )
    asked: list[str] = []
    twice = threading.Event()

    def cannot_be_opened() -> None:
        asked.append(threading.current_thread().name)
        if len(asked) == 2:
            twice.set()
        raise RuntimeError("no ear here")

    async def serve() -> None:
        indexing.start(
            changed=lambda: None,
            library_changed=lambda: None,
            analysed=lambda _stop: None,
            melodies=cannot_be_opened,
        )
        await asyncio.to_thread(twice.wait, 60)
        await indexing.close()

    asyncio.run(serve())
    assert asked == ["melodies", "melodies"]  # before and after
    status = melody_status(database)
    assert (status.written, status.waiting) == (1, 1)  # there is no model here
    assert not [one for one in threading.enumerate() if one.name == "melodies"]
    database.close()
