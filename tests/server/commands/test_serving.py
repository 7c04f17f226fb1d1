"""`refrain serve` as a process: start, stop, kill, restart, and other commands beside it."""

import json
import signal
import socket
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from server.settings import load_settings
from server_cli import refrain, serving
from server_library import add_tracks, write_wav

pytestmark = pytest.mark.integration
SILENT = ("--player", "silent", "--no-watch")


def get(address: str, path: str) -> Any:
    return httpx.get(address + path, timeout=30).json()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    add_tracks(load_settings(tmp_path / "data"))
    return tmp_path / "data"


def test_it_starts_says_where_it_is_and_stops_cleanly(data: Path) -> None:
    with serving("--data", data, *SILENT) as running:
        assert get(running.address, "/api/library")["tracks"] == 5
        note = json.loads((data / "server.json").read_text("utf-8"))
        assert note["url"] == running.address
        assert (data / "server.json").stat().st_mode & 0o777 == 0o600
        assert running.stop(signal.SIGINT) == 0
    assert running.said[-1] == "Stopped.\n"
    assert "Traceback" not in "".join(running.said)
    assert not (data / "server.json").exists()


def test_a_termination_is_as_clean_as_an_interrupt(data: Path) -> None:
    with serving("--data", data, *SILENT) as running:
        assert running.stop(signal.SIGTERM) == 0
    assert running.said[-1] == "Stopped.\n"


def test_only_one_server_for_a_data_folder(data: Path) -> None:
    with serving("--data", data, *SILENT) as running:
        second = refrain("serve", "--data", data, "--port", "0")
        assert second.returncode == 1
        assert running.address in second.stderr


def test_a_taken_port_is_passed_over_unless_it_was_named(data: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        named = refrain("serve", "--data", data, "--port", str(port))
        assert named.returncode == 1
        assert f"Port {port}" in named.stderr


def test_ask_talks_to_the_running_server(data: Path) -> None:
    with serving("--data", data, *SILENT) as running:
        ended = refrain("ask", "--json", "play night train", "--data", data)
        assert ended.returncode == 0, ended.stderr
        turn = json.loads(ended.stdout)
        assert turn["text"] == "play night train"
        assert turn["tool_calls"][0]["result"]["kind"] == "found"
        assert "Night Train" in turn["reply"]
        assert turn["model"] == "offline"
        queue = get(running.address, "/api/queue")
        assert queue["items"][0]["track"]["title"] == "Night Train"
        chat = refrain("chat", "--data", data, stdin="what is playing?\nquit\n")
        assert chat.returncode == 0, chat.stderr


def test_a_token_does_not_lock_out_our_own_command_line(data: Path) -> None:
    token = "a-token-of-good-length"
    with serving("--data", data, *SILENT, REFRAIN_SERVER__TOKEN=token) as running:
        assert httpx.get(f"{running.address}/api/library").status_code == 401
        ended = refrain("ask", "--json", "what is playing?", "--data", data)
        assert ended.returncode == 0, ended.stderr
        assert token not in "".join(running.said)


def test_ask_without_a_server_does_it_here(data: Path) -> None:
    ended = refrain("ask", "--json", "play night train", "--data", data,
                    REFRAIN_PLAYER__KIND="silent")  # fmt: skip
    turn = json.loads(ended.stdout)
    assert turn["tool_calls"][0]["result"]["kind"] == "found", turn
    no_player = refrain("ask", "--json", "play night train", "--data", data,
                        REFRAIN_PLAYER__KIND="browser")  # fmt: skip
    turn = json.loads(no_player.stdout)
    assert turn["tool_calls"][0]["result"]["kind"] == "failed", turn
    assert turn["tool_calls"][0]["result"]["code"] == "no_player"


def test_a_kill_loses_neither_the_queue_nor_the_conversation(data: Path) -> None:
    with serving("--data", data, *SILENT) as running:
        assert refrain("ask", "play first light", "--data", data).returncode == 0
        before = get(running.address, "/api/queue")
        assert len(before["items"]) == 5
        running.stop(signal.SIGKILL)
    assert (data / "server.json").exists()
    with serving("--data", data, *SILENT) as again:
        after = get(again.address, "/api/queue")
        assert after["items"] == before["items"]
        assert get(again.address, "/api/player")["status"] == "idle"
        turn = json.loads(refrain("ask", "--json", "undo", "--data", data).stdout)
        assert turn["tool_calls"], turn
        address = again.address.replace("http", "ws", 1) + "/v1/realtime?session=terminal"
        with connect(address, proxy=None, max_queue=None) as page:
            while (event := json.loads(page.recv(30)))["type"] != "refrain.transcript":
                pass
        assert event["items"][0] == {"role": "user", "text": "play first light"}


def test_new_music_is_indexed_while_the_page_is_served(tmp_path: Path) -> None:
    music = tmp_path / "music"
    write_wav(music / "Ann Ash" / "Early" / "01 Still.wav", seconds=2.0)
    with serving("--data", tmp_path / "data", "--music", music, *SILENT) as running:
        for _ in range(600):
            if get(running.address, "/api/library")["tracks"]:
                break
            time.sleep(0.1)
        (track,) = get(running.address, "/api/tracks")["items"]
        assert track["title"] == "Still"
        assert get(running.address, "/api/index")["refused"] == 0
