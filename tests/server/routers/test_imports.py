"""Listening histories over HTTP, and from the command line."""

import json
from pathlib import Path

import pytest

from imports_exports import extended, lines, listenbrainz
from server.settings import Settings
from server_cli import refrain
from server_library import TITLES, add_tracks
from server_running import RunningServer

pytestmark = pytest.mark.integration

START = 1_600_000_000
EXPORT = lines(
    [
        listenbrainz(TITLES[0], "Artist 2", START),
        listenbrainz("Somewhere Else", "Nobody Here", START + 300),
    ]
)


def test_an_export_is_taken_in_listed_and_forgotten(
    settings: Settings, server: RunningServer
) -> None:
    add_tracks(settings)
    with server.client() as client:
        upload = {"file": ("listens.jsonl", EXPORT)}
        taken = client.post("/api/imports", files=upload, data={"name": "mine.jsonl"}).json()
        assert (taken["source"], taken["name"]) == ("listenbrainz", "mine.jsonl")
        assert (taken["added"], taken["matched"], taken["done"]) == (2, 1, True)
        assert taken["unmatched_artists"] == [{"artist": "Nobody Here", "listens": 1}]
        assert client.get("/api/imports").json()["items"] == [taken]
        assert client.delete(f"/api/imports/{taken['id']}").status_code == 204
        assert client.delete(f"/api/imports/{taken['id']}").status_code == 404
        assert client.get("/api/imports").json()["items"] == []


def test_the_body_may_be_the_file(settings: Settings, server: RunningServer) -> None:
    add_tracks(settings)
    entries = [extended(TITLES[1], "Artist 1", "2023-05-01T20:04:00Z")]
    with server.client() as client:
        answer = client.post("/api/imports", content=json.dumps(entries), params={"name": "sp"})
        assert answer.json()["matched"] == 1


def test_what_is_no_export_is_refused_in_words(server: RunningServer) -> None:
    with server.client() as client:
        answer = client.post("/api/imports", content=b"\x89PNG\r\n\x1a\n")
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "export_rejected"


def test_the_command_line_takes_in_and_lists(tmp_path: Path) -> None:
    path = tmp_path / "listens.jsonl"
    path.write_text(EXPORT, "utf-8")
    data = ("--data", tmp_path / "data")
    first = refrain("import", path, *data)
    assert first.returncode == 0, first.stderr
    assert "2 listens, 0 of them to tracks of this library" in first.stdout
    again = refrain("import", path, "--list", *data)
    assert "2 were known already" in again.stdout
    assert "Nobody Here (1)" in again.stdout
    missing = refrain("import", tmp_path / "nothing.zip", *data)
    assert missing.returncode == 1
    assert "is not a file" in missing.stderr
