"""A real Refrain server in a process of its own, for tests that drive the page."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

T = TypeVar("T")
_START_S = 60.0
_INDEX_S = 120.0


@dataclass(slots=True)
class WebServer:
    """A running server and a client for its REST side."""

    url: str
    process: "subprocess.Popen[bytes]"
    log: Path
    client: httpx.Client

    def get(self, path: str, **query: Any) -> Any:
        answer = self.client.get(path, params=query)
        answer.raise_for_status()
        return answer.json()

    def post(self, path: str, **body: Any) -> Any:
        answer = self.client.post(path, json=body)
        answer.raise_for_status()
        return answer.json()

    def put(self, path: str, **body: Any) -> Any:
        answer = self.client.put(path, json=body)
        answer.raise_for_status()
        return answer.json()

    def track_ids(self) -> dict[str, int]:
        """Every title with its id."""
        page = self.get("/api/tracks", limit=500)
        return {track["title"]: track["id"] for track in page["items"]}

    def forget_everything(self) -> None:
        """No queue, no crossfade, no playlists: as on the first day."""
        self.client.post("/api/player/stop", json={})
        self.post("/api/queue/clear")
        self.post("/api/queue/shuffle", on=False)
        self.post("/api/queue/repeat", mode="off")
        self.put("/api/settings", crossfade_s=0, levelling=True)
        for playlist in self.get("/api/playlists"):
            self.client.delete(f"/api/playlists/{playlist['id']}").raise_for_status()

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@contextmanager
def running_server(
    data: Path,
    *music: Path,
    port: int = 0,
    talks: bool = False,
    finds_tunes: bool = False,
) -> Iterator[WebServer]:
    """Start `refrain serve` with its own data folder; ends when the block does.

    Unless it `talks`, it loads no models of speech, which takes time and memory; unless it
    `finds_tunes`, it does not look for the tunes of recordings, which takes longer than all else.
    """
    log = data.with_suffix(".log")
    options = ["--port", str(port)]
    options += [part for folder in music for part in ("--music", str(folder))]
    program = Path(sys.executable).with_name("refrain")
    environment = {key: value for key, value in os.environ.items() if not _is_ours(key)}
    environment["REFRAIN_VOICE__ENABLED"] = str(talks).lower()
    environment["REFRAIN_RECOGNITION__MELODIES"] = str(finds_tunes).lower()
    with log.open("ab") as output:
        start = output.tell()
        process = subprocess.Popen(
            [str(program), "--data", str(data), "serve", "--player", "browser", *options],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    try:
        url = wait_until(lambda: _address(process, log, start), _START_S, "the server to start")
        with httpx.Client(base_url=url, timeout=30) as client:
            server = WebServer(url, process, log, client)
            if music:
                wait_until(lambda: _indexed(server), _INDEX_S, "the library to be indexed")
            yield server
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(20)


def wait_until(found: Callable[[], T], timeout_s: float, what: str) -> T:
    """The first true answer of `found`."""
    deadline = time.monotonic() + timeout_s
    while not (answer := found()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {timeout_s:g} s in vain for {what}")
        time.sleep(0.1)
    return answer


def _is_ours(name: str) -> bool:
    return name.startswith("REFRAIN_") and not name.startswith("REFRAIN_TEST")


def _address(process: "subprocess.Popen[bytes]", log: Path, start: int) -> str:
    said = log.read_bytes()[start:].decode("utf-8", "replace")
    if process.poll() is not None:
        raise AssertionError(f"the server ended at once:\n{said}")
    for line in said.splitlines():
        if line.startswith("Refrain is at "):
            return line.removeprefix("Refrain is at ").strip().rstrip("/")
    return ""


def _indexed(server: WebServer) -> bool:
    tracks: int = server.get("/api/library")["tracks"]
    phase: str = server.get("/api/index")["phase"]
    return tracks > 0 and phase == "idle"
