"""Everything of a person in one file, and nothing of anybody else."""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.database import Database
from knowledge.people.archive import PersonArchive
from knowledge.people.current import HOUSEHOLD, PersonId, acting_as
from knowledge.people.ownership import belonging
from knowledge.people.settings import Allowed, PersonSettings
from knowledge.schema import metadata
from people_here import ANNA, BEN, people_in
from people_rows import fill

pytestmark = pytest.mark.integration
OF_ANNA, OF_BEN = "annasmarker", "bensmarker"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database.at(tmp_path / "library.db")
    people_in(opened)
    yield opened
    opened.close()


def exported(database: Database, data: Path, person: PersonId) -> dict[str, str]:
    whole = b"".join(PersonArchive(database, data, version="1.2").pieces(person))
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_every_table_with_rows_of_a_person_is_in_their_archive(
    database: Database, tmp_path: Path
) -> None:
    filled = fill(database, ANNA, OF_ANNA)
    fill(database, BEN, OF_BEN)
    assert set(filled) == {table.name for table in belonging(metadata)}
    files = exported(database, tmp_path, ANNA)
    assert [name for name in filled if not files[f"{name}.jsonl"].strip()] == []
    whole = "\n".join(files.values())
    assert OF_ANNA in whole
    assert OF_BEN not in whole
    assert "Ben" not in whole


def test_the_archive_says_what_is_in_it(database: Database, tmp_path: Path) -> None:
    fill(database, ANNA, OF_ANNA)
    files = exported(database, tmp_path, ANNA)
    manifest = json.loads(files["manifest.json"])
    assert manifest["person"] == "Anna"
    assert manifest["program"] == "Refrain 1.2"
    counts = {one["file"]: one["entries"] for one in manifest["files"]}
    assert counts["play_events.jsonl"] == 1
    assert set(files) == {*counts, "manifest.json", "README.txt"}
    for name, entries in counts.items():
        assert len(files[name].splitlines()) == entries
    assert "play_events.jsonl" in files["README.txt"]
    play = json.loads(files["play_events.jsonl"])
    assert play["at"] == "1970-01-01T00:00:01+00:00"
    assert play["track"]["title"].startswith("song")


def test_nothing_that_lets_anybody_in_is_in_it(database: Database, tmp_path: Path) -> None:
    fill(database, ANNA, OF_ANNA)
    files = exported(database, tmp_path, ANNA)
    names = {key for file in files if file.endswith(".jsonl")
             for line in files[file].splitlines() for key in json.loads(line)}  # fmt: skip
    secret = ("hash", "password", "secret", "token", "sealed", "challenge", "user_code")
    assert [name for name in names if any(word in name for word in secret)] == []
    assert json.loads(files["person.jsonl"])["name"] == "Anna"


def test_more_rows_than_are_read_at_once_all_come(database: Database, tmp_path: Path) -> None:
    with acting_as(ANNA):
        for number in range(1_203):
            PersonSettings(database).put(f"key{number:05}", number)
    files = exported(database, tmp_path, ANNA)
    kept = [json.loads(line)["value"] for line in files["person_settings.jsonl"].splitlines()]
    assert kept == list(range(1_203))


def test_sounds_and_streams_beside_the_database_are_in_it(
    database: Database, tmp_path: Path
) -> None:
    fill(database, ANNA, OF_ANNA)
    (tmp_path / "unknown-audio").mkdir()
    (tmp_path / "unknown-audio" / f"{OF_ANNA} {ANNA} audio").write_text("sound")
    (tmp_path / "unknown-audio" / "other.flac").write_text("Ben's")
    streams = [{"name": "a", "url": "http://a", "person": 2}, {"name": "b", "url": "http://b"}]
    (tmp_path / "monitors.json").write_text(json.dumps(streams))
    (tmp_path / "keys").mkdir()
    key = {"user": "anna_at", "session": "verysecret"}
    (tmp_path / "keys" / f"lastfm-{ANNA}.json").write_text(json.dumps(key))
    files = exported(database, tmp_path, ANNA)
    assert json.loads(files["accounts.jsonl"]) == {"service": "lastfm", "user": "anna_at"}
    assert "verysecret" not in "".join(files.values())
    assert files[f"sounds/{OF_ANNA} {ANNA} audio"] == "sound"
    assert json.loads(files["streams.jsonl"]) == {"name": "a", "url": "http://a"}
    assert "http://a" not in "".join(exported(database, tmp_path, HOUSEHOLD).values())


def test_a_person_of_whom_nothing_is_kept_gets_an_archive_too(
    database: Database, tmp_path: Path
) -> None:
    with acting_as(BEN):
        PersonSettings(database).allow(Allowed(on_shared_devices=True))
    files = exported(database, tmp_path, ANNA)
    assert json.loads(files["manifest.json"])["files"][0]["entries"] == 1  # who they are
    assert files["sessions.jsonl"] == ""
