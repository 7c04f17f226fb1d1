"""A real Snapcast server with clients whose sound goes into files."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from player_mpd import need
from player_sound_server import free_port

BUFFER_MS = 300
_CONFIG = """
[server]
datadir = {folder}
[http]
enabled = false
[tcp]
enabled = true
bind_to_address = 127.0.0.1
port = {control}
[stream]
bind_to_address = 127.0.0.1
port = {stream}
source = tcp://127.0.0.1:{source}?name=Refrain&mode=server&sampleformat=48000:16:2
source = tcp://127.0.0.1:{other}?name=Radio&mode=server&sampleformat=48000:16:2
buffer = {buffer}
codec = pcm
"""


@dataclass
class RealSnapcast:
    folder: Path
    control: int = field(default_factory=free_port)
    stream: int = field(default_factory=free_port)
    source: int = field(default_factory=free_port)
    other: int = field(default_factory=free_port)
    server: subprocess.Popen[bytes] | None = None
    clients: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        config = self.folder / "snapserver.conf"
        ports = {"control": self.control, "stream": self.stream, "source": self.source}
        config.write_text(
            _CONFIG.format(folder=self.folder, buffer=BUFFER_MS, other=self.other, **ports)
        )
        arguments = ["snapserver", "-c", str(config), "--logging.sink=stderr"]
        self.server = self._run(arguments, "snapserver.log")
        deadline = time.monotonic() + 15
        for port in (self.control, self.stream):
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    assert time.monotonic() < deadline
                    time.sleep(0.05)

    def join(self, client: str) -> None:
        """Let a client connect that writes what it plays into a file."""
        arguments = ["snapclient", "-h", "127.0.0.1", "-p", str(self.stream), "--hostID", client]
        arguments += ["--player", f"file:filename={self.sound_of(client)}", "--logsink", "stderr"]
        self.clients[client] = self._run(arguments, f"{client}.log")

    def leave(self, client: str) -> None:
        _end(self.clients.pop(client))

    def kill(self) -> None:
        if self.server is not None:
            self.server.kill()
            self.server.wait()
            self.server = None

    def stop(self) -> None:
        for client in list(self.clients):
            self.leave(client)
        if self.server is not None:
            _end(self.server)
            self.server = None

    def sound_of(self, client: str) -> Path:
        return self.folder / f"{client}.raw"

    def heard(self, client: str) -> tuple[npt.NDArray[np.float64], int]:
        """What came out of a client so far, mono, and its rate."""
        raw = np.frombuffer(self.sound_of(client).read_bytes(), dtype="<i2")
        whole = raw[: len(raw) // 2 * 2].reshape(-1, 2)
        return whole.mean(axis=1) / 32768.0, 48_000

    def _run(self, arguments: list[str], log: str) -> subprocess.Popen[bytes]:
        with (self.folder / log).open("ab") as file:
            return subprocess.Popen(
                arguments,
                stdout=subprocess.DEVNULL,
                stderr=file,
                env={**os.environ, "HOME": str(self.folder)},
            )


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@contextmanager
def real_snapcast(folder: Path, *clients: str) -> Iterator[RealSnapcast]:
    need("snapserver", "snapserver")
    need("snapclient", "snapclient")
    snapcast = RealSnapcast(folder)
    snapcast.start()
    try:
        for client in clients:
            snapcast.join(client)
        yield snapcast
    finally:
        snapcast.stop()
