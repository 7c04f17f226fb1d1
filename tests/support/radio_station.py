"""A radio station on this machine whose sound never ends: the same ten seconds of MP3."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from library_audio import write_music

_RATE = 44_100
_SECONDS = 10


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    ends: threading.Event
    sound: bytes


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "audio/mpeg")
        self.send_header("icy-name", "Quiet FM")
        self.end_headers()
        sound, part = self.server.sound, len(self.server.sound) // 40
        try:
            self.wfile.write(sound)  # as radio does: some seconds at once, then as it sounds
            while not self.server.ends.wait(0.25):
                self.wfile.write(sound[:part])
                sound = sound[part:] + sound[:part]
        except OSError:
            time.sleep(0)

    def log_message(self, *args: object) -> None:
        pass


def _mp3() -> bytes:
    time_s = np.arange(_SECONDS * _RATE) / _RATE
    tone = (0.3 * np.sin(2 * np.pi * 330 * time_s)).astype(np.float32)
    with TemporaryDirectory() as folder:
        return write_music(Path(folder) / "tone.mp3", tone, rate=_RATE).read_bytes()


@contextmanager
def a_station() -> Iterator[str]:
    """Serve it, and give its address."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.sound = _mp3()
    server.ends = threading.Event()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/live"
    finally:
        server.ends.set()
        server.shutdown()
        thread.join()
        server.server_close()
