"""The looks of a library's covers: made in the background, asked in words or by likeness."""

import threading
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from cover_pictures import Picture, disc, plain, stripes, writing
from knowledge.catalog_writer import CatalogWriter
from knowledge.covers import CoverStore
from knowledge.covers_look.library import CoverLooks
from knowledge.database import Database
from knowledge.errors import NotInLibrary
from library_drafts import draft, stamp


def kept(store: CoverStore, picture: Picture) -> str:
    out = BytesIO()
    Image.fromarray(picture).save(out, "PNG")
    cover_id = store.save(out.getvalue())
    assert cover_id is not None
    return cover_id


@pytest.mark.integration
def test_covers_are_found_by_how_they_look(tmp_path: Path) -> None:
    store, database = CoverStore(tmp_path / "covers"), Database.at(tmp_path / "library.db")
    pictures = {
        "yellow": kept(store, plain("gold")),
        "sun": kept(store, disc("midnightblue", "orange")),
        "other sun": kept(store, disc("navy", "darkorange", 24)),
        "zebra": kept(store, stripes("black", "white")),
        "letters": kept(store, writing("white", "black")),
    }
    CatalogWriter(database).add(
        draft(name, cover_id=one, file=stamp(f"/music/{name}.mp3"))
        for name, one in pictures.items()
    )
    looks = CoverLooks(database, tmp_path / "covers")
    assert looks.find("yellow") == []
    assert looks.status().waiting == 5
    assert looks.update() == 5
    assert looks.update() == 0
    assert looks.status().looked_at == 5

    def first(words: str) -> str:
        return next(name for name, one in pictures.items() if one == looks.find(words)[0][0])

    assert first("the album with the yellow cover") == "yellow"
    assert first("das Album mit der orangen Sonne") == "sun"
    assert first("black and white stripes") == "zebra"
    assert first("nur Schrift") == "letters"
    assert looks.find("the good one") == []
    assert looks.why(pictures["yellow"], "yellow") == ("100 % yellow",)
    assert looks.like(pictures["sun"])[0][0] == pictures["other sun"]
    with pytest.raises(NotInLibrary):
        looks.like("0" * 64)
    database.close()


@pytest.mark.integration
def test_damaged_and_vanished_pictures_are_passed_over(tmp_path: Path) -> None:
    store, database = CoverStore(tmp_path / "covers"), Database.at(tmp_path / "library.db")
    good, bad = kept(store, plain("red")), kept(store, plain("blue"))
    store.path(bad).write_bytes(b"\x89PNG\r\n\x1a\n and nothing more")
    gone = "f" * 64
    writer = CatalogWriter(database)
    writer.add(
        draft(one[:4], cover_id=one, file=stamp(f"/music/{one}.mp3")) for one in (good, bad, gone)
    )
    looks = CoverLooks(database, tmp_path / "covers")
    stopped = threading.Event()
    stopped.set()
    assert looks.update(stopped) == 0
    assert looks.update() == 3
    assert [one for one, _ in looks.find("red")] == [good]
    assert looks.of(bad) is None
    writer.forget([f"/music/{good}.mp3"])
    looks.update()
    assert looks.find("red") == []
    database.close()
