"""`refrain export`, `refrain erase` and `refrain import --person`, with the real console script."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.people.current import acting_as
from knowledge.people.settings import PersonSettings
from people_here import ANNA, people_in
from server_cli import refrain

pytestmark = pytest.mark.integration
MARKER = "remembermarker"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder in which Anna has something."""
    folder = tmp_path / "data"
    database = Database.at(folder / "library.db")
    people_in(database)
    with acting_as(ANNA):
        PersonSettings(database).put("note", MARKER)
    database.close()
    return folder


def test_a_person_is_exported_into_a_file_of_their_own(data: Path, tmp_path: Path) -> None:
    target = tmp_path / "anna.zip"
    done = refrain("--data", data, "export", "--person", "anna", target)
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as archive:
        assert MARKER in archive.read("person_settings.jsonl").decode()
        assert json.loads(archive.read("manifest.json"))["person"] == "Anna"
    again = refrain("--data", data, "export", "--person", "anna", target)
    assert again.returncode != 0
    assert "is there already" in again.stderr


def test_nobody_of_that_name(data: Path) -> None:
    done = refrain("--data", data, "export", "--person", "Cleo")
    assert done.returncode != 0
    assert "There are: Anna, Ben." in done.stdout + done.stderr


def test_erasing_asks_first_and_then_does_it(data: Path) -> None:
    refused = refrain("--data", data, "erase", "--person", "Anna", stdin="no\n")
    assert refused.returncode != 0
    assert "Nothing was erased" in refused.stdout + refused.stderr
    assert MARKER.encode() in (data / "library.db").read_bytes()
    done = refrain("--data", data, "erase", "--person", "Anna", stdin="anna\n")
    assert done.returncode == 0, done.stderr
    assert not [file for file in data.rglob("*") if file.is_file()
                and MARKER.encode() in file.read_bytes()]  # fmt: skip
    assert refrain("--data", data, "erase", "--yes").returncode == 0  # the household stays
    assert "Anna" not in refrain("--data", data, "export", "--person", "x").stderr


def test_listening_is_taken_in_for_a_person(data: Path, tmp_path: Path) -> None:
    listens = [{"listened_at": 1_700_000_000, "track_metadata": {
        "track_name": "Song", "artist_name": MARKER}}]  # fmt: skip
    export = tmp_path / "listens.json"
    export.write_text(json.dumps(listens))
    done = refrain("--data", data, "import", "--person", "Anna", export)
    assert done.returncode == 0, done.stderr
    assert "listens.json" not in refrain("--data", data, "import", "--list").stdout
    assert "listens.json" in refrain("--data", data, "import", "--person", "Anna", "--list").stdout
