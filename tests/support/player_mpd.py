"""A real MPD in a folder, whose sound is recorded."""

import os
import shutil
import socket
import subprocess
import time
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from player_sound_server import free_port

_CONFIG = """
bind_to_address "127.0.0.1"
port "{port}"
music_directory "{folder}/music"
db_file "{folder}/mpd.db"
pid_file "{folder}/mpd.pid"
state_file "{folder}/mpd.state"
zeroconf_enabled "no"
input {{
  plugin "curl"
}}
audio_output {{
  type "null"
  name "silence"
  sync "yes"
  mixer_type "software"
}}
audio_output {{
  type "recorder"
  name "record"
  encoder "wave"
  path "{folder}/recorded.wav"
  format "44100:16:2"
  always_on "yes"
}}
"""


def need(program: str, package: str) -> None:
    """Skip without a program, unless nothing may be skipped."""
    if shutil.which(program) is None:
        reason = f"{program} is not installed (apt install {package})"
        if os.environ.get("REFRAIN_TEST_SKIP_NOTHING") == "1":
            pytest.fail(reason)
        pytest.skip(reason)


@dataclass
class RealMpd:
    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        (self.folder / "music").mkdir(parents=True, exist_ok=True)
        config = self.folder / "mpd.conf"
        config.write_text(_CONFIG.format(port=self.port, folder=self.folder))
        with (self.folder / "mpd.log").open("ab") as log:
            self.process = subprocess.Popen(
                ["mpd", "--no-daemon", "--stderr", str(config)],
                stdout=subprocess.DEVNULL,
                stderr=log,
                env={**os.environ, "HOME": str(self.folder)},
            )
        deadline = time.monotonic() + 15
        while True:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                assert self.process.poll() is None, (self.folder / "mpd.log").read_text()
                assert time.monotonic() < deadline
                time.sleep(0.05)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
            self.process = None

    def recorded(self) -> tuple[npt.NDArray[np.float64], int]:
        """What came out, mono, and its rate; stop MPD first."""
        return read_wave(self.folder / "recorded.wav")


def read_wave(path: Path) -> tuple[npt.NDArray[np.float64], int]:
    """The samples of a WAV file as numbers from -1 to 1, mixed to mono."""
    with wave.open(str(path), "rb") as file:
        rate, channels = file.getframerate(), file.getnchannels()
        raw = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
    whole = raw[: len(raw) // channels * channels].reshape(-1, channels)
    return whole.mean(axis=1) / 32768.0, rate


def pitches(samples: npt.NDArray[np.float64], rate: int, *, piece_s: float = 0.1) -> list[float]:
    """The loudest frequency of each piece in hertz; 0 for silence."""
    size = int(rate * piece_s)
    found = []
    for begin in range(0, len(samples) - size, size):
        piece = samples[begin : begin + size]
        if np.sqrt(np.mean(piece**2)) < 0.005:
            found.append(0.0)
            continue
        spectrum = np.abs(np.fft.rfft(piece * np.hanning(size)))
        found.append(float(np.argmax(spectrum) / piece_s))
    return found


@contextmanager
def real_mpd(folder: Path) -> Iterator[RealMpd]:
    need("mpd", "mpd")
    mpd = RealMpd(folder)
    mpd.start()
    try:
        yield mpd
    finally:
        mpd.stop()
