"""The console script: every failure is one sentence and an exit code, and starts are light."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from server.settings import load_settings
from server_cli import SCRIPT, refrain
from server_library import add_tracks

pytestmark = pytest.mark.integration


def test_help_lists_every_command_and_the_plugins() -> None:
    said = refrain("--help").stdout
    commands = (
        "serve chat ask understand index identify timeline heard duplicates packs demo models "
        "doctor version eval"
    )
    for command in commands.split():
        assert f" {command} " in said


def test_a_mistyped_command_gets_a_suggestion() -> None:
    ended = refrain("serv")
    assert ended.returncode == 2
    assert "Did you mean 'serve'" in ended.stderr


def test_version() -> None:
    ended = refrain("version")
    assert ended.returncode == 0
    assert ended.stdout.startswith("refrain ")


@pytest.mark.parametrize("place", ["before", "after"])
def test_data_counts_before_and_after_the_command(tmp_path: Path, place: str) -> None:
    (tmp_path / "config.toml").write_text("[server]\nport = 99999\n", "utf-8")
    option = ("--data", tmp_path)
    words = (*option, "doctor") if place == "before" else ("doctor", *option)
    ended = refrain(*words)
    assert ended.returncode == 1
    assert str(tmp_path / "config.toml") in ended.stderr
    assert "server.port" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_debugging_shows_where_it_happened(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("[server\n", "utf-8")
    ended = refrain("doctor", "--data", tmp_path, REFRAIN_DEBUG="1")
    assert ended.returncode == 1
    assert "Traceback" in ended.stderr


def test_a_damaged_library_is_said_to_be_damaged(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"this is not a database" * 500)
    ended = refrain("ask", "pause", "--data", tmp_path)
    assert ended.returncode == 1
    assert "library database cannot be used" in ended.stderr
    assert "Traceback" not in ended.stderr
    doctor = refrain("doctor", "--data", tmp_path)
    assert doctor.returncode == 1 or "could not be checked" in doctor.stdout


def test_doctor_on_a_fresh_folder_finds_nothing_missing(tmp_path: Path) -> None:
    ended = refrain("doctor", "--json", "--data", tmp_path / "new")
    findings = {one["what"]: one for one in json.loads(ended.stdout)}
    assert ended.returncode == 0
    assert findings["Python"]["health"] == "ok"
    assert findings["library"]["remedy"]
    assert not (tmp_path / "new").exists()


def test_doctor_names_refused_files_and_folders_that_are_gone(tmp_path: Path) -> None:
    music = tmp_path / "music"
    music.mkdir()
    (music / "broken.mp3").write_bytes(b"no music")
    data = tmp_path / "data"
    indexed = refrain("index", music, "--data", data)
    assert indexed.returncode == 0, indexed.stderr
    assert "1 files were refused" in indexed.stdout
    (music / "broken.mp3").unlink()
    music.rmdir()
    said = refrain("doctor", "--data", data).stdout
    assert "broken.mp3" in said
    assert "is not there" in said
    forgotten = refrain("index", "--forget", music, "--data", data)
    assert forgotten.returncode == 0, forgotten.stderr


def test_index_without_a_folder_says_what_to_do(tmp_path: Path) -> None:
    ended = refrain("index", "--data", tmp_path)
    assert ended.returncode == 1
    assert "refrain index DIR" in ended.stderr
    missing = refrain("index", tmp_path / "nowhere", "--data", tmp_path)
    assert missing.returncode == 1
    assert "not a folder" in missing.stderr


def test_understand_prints_one_object_a_line(tmp_path: Path) -> None:
    requests = "play something calm\npause\nwhat is the capital of France\n"
    ended = refrain("understand", "--json", "--data", tmp_path, stdin=requests)
    lines = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [line["text"] for line in lines] == requests.splitlines()
    assert [line["intent"] for line in lines][:2] == ["play", "pause"]
    assert all(0 <= line["confidence"] <= 1 for line in lines)
    assert all(isinstance(line["slots"], dict) for line in lines)


def test_understand_knows_the_names_in_the_library(tmp_path: Path) -> None:
    add_tracks(load_settings(tmp_path), ("Blorp Fandango",))
    ended = refrain("understand", "--json", "--data", tmp_path, stdin="play blorp fandango\n")
    understood = json.loads(ended.stdout)
    assert understood["intent"] == "play"
    assert "blorp fandango" in json.dumps(understood["slots"]).lower()


def test_understand_is_light(tmp_path: Path) -> None:
    """Neither the web framework nor the language model library is imported for it."""
    code = (
        "import sys; sys.argv = ['refrain', 'understand', '--data', sys.argv[1]]\n"
        "from server.cli import run\n"
        "run(sys.argv[1:])\n"
        "heavy = {'fastapi', 'langchain', 'langchain_core', 'langgraph', 'uvicorn', 'sqlalchemy'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        input="pause\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=SCRIPT.parent,
    )
    assert ended.stdout.splitlines()[-1] == "[]"


def test_serving_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    ended = refrain("serve", "--music", tmp_path / "nowhere", "--data", tmp_path)
    assert ended.returncode == 1
    assert "not a folder" in ended.stderr
