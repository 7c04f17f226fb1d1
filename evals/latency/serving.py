"""A server of its own for an evaluation: another process, a new data folder, 127.0.0.1 only."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from evals.errors import EvaluationImpossible
from evals.latency.spoken import write_playable_library
from server.running import RunningServer, find_running
from server.settings import Settings, load_settings

_START_S = 60.0
_STOP_S = 15.0
_MAIN = "from server.cli import main; main()"
_CONFIG = """
[player]
kind = "silent"

[library]
roots = ["{music}"]
watch = false

[recognition]
enabled = false

[server]
max_connections = 100
"""


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    url: str
    control: str
    """Lets us in."""
    pid: int
    log: Path

    @property
    def socket_url(self) -> str:
        return self.url.replace("http", "ws", 1) + "/v1/realtime"


@asynccontextmanager
async def serving(folder: Path) -> AsyncIterator[Served]:
    """Run `refrain serve` on a small playable library until the block ends.

    Args:
        folder: an empty folder that it may fill.

    Raises:
        EvaluationImpossible: the server does not start.
    """
    data, music = folder / "data", folder / "music"
    data.mkdir(parents=True)
    (data / "config.toml").write_text(_CONFIG.format(music=music), "utf-8")
    settings = load_settings(data)
    await asyncio.to_thread(write_playable_library, settings, music)
    log = folder / "server.log"
    process = await asyncio.to_thread(_start, data, log)
    try:
        note = await _started(settings, process, log)
        yield Served(note.url, note.control, process.pid, log)
    finally:
        await asyncio.to_thread(_stop, process)


async def _started(
    settings: Settings, process: "subprocess.Popen[bytes]", log: Path
) -> RunningServer:
    end = time.monotonic() + _START_S
    while time.monotonic() < end and process.poll() is None:
        if (note := await asyncio.to_thread(find_running, settings)) is not None:
            return note
        await asyncio.sleep(0.2)
    said = (await asyncio.to_thread(log.read_text, "utf-8", "replace"))[-500:]
    raise EvaluationImpossible(f"The server did not start: {said}")


def _start(data: Path, log: Path) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-c", _MAIN, "serve", "--data", str(data), "--port", "0"]
    with log.open("wb") as out:
        return subprocess.Popen(
            command, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
        )


def _stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server, and whatever of it would outlive it."""
    process.terminate()
    try:
        process.wait(_STOP_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(_STOP_S)
