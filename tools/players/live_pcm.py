"""A radio station as raw samples, for players that are fed with sound.

Stations are strangers: their sound is decoded by `live_decoder`, in a process of its own.
"""

import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final, Protocol

from tools.errors import PlayerRefused
from tools.players.pcm import CHANNELS, RATE_HZ

_PROGRAM: Final = "tools.players.live_decoder"
_END_S: Final = 5.0
_FIRST_S: Final = 0.05


class PcmSource(Protocol):
    """Something that is read as stereo samples of 16 bit at `RATE_HZ`. Reading blocks."""

    duration_s: float
    """Its length; 0 when that is not known."""

    def read(self, seconds: float) -> bytes:
        """The next samples, at most so many seconds of them; b"" at the end, or when closed."""
        ...

    def close(self) -> None: ...


class LivePcm:
    """Reads a station. Whoever closes it ends a read that waits for the station."""

    duration_s = 0.0

    def __init__(self, url: str) -> None:
        """Begin to decode what is at `url`, an address of this server; `prove` waits for it."""
        self._waiting = b""
        self._reading = threading.Lock()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", _PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=_environment(),
        )
        pipe = self._process.stdin
        if pipe is not None:
            pipe.write(f"{url}\n".encode())  # not as an argument, which everybody could read
            pipe.close()

    def prove(self) -> None:
        """Wait for the first sound.

        Raises:
            PlayerRefused: there is none, or none that we can decode.
        """
        self._waiting = self.read(_FIRST_S)
        if not self._waiting:
            raise PlayerRefused("The station cannot be heard.")

    def read(self, seconds: float) -> bytes:
        """The next samples; waits as long as the station does."""
        wanted = int(seconds * RATE_HZ) * CHANNELS * 2
        out = self._process.stdout
        with self._reading:
            while out is not None and not out.closed and len(self._waiting) < wanted:
                piece = out.read(wanted - len(self._waiting))
                if not piece:
                    break
                self._waiting += piece
        whole = len(self._waiting) - len(self._waiting) % (CHANNELS * 2)
        taken, self._waiting = self._waiting[:wanted][:whole], self._waiting[wanted:]
        return taken

    def close(self) -> None:
        self._process.kill()  # a read that waits for it comes to its end by that
        self._process.wait(_END_S)
        with self._reading:
            if self._process.stdout is not None:
                self._process.stdout.close()


def _environment() -> dict[str, str]:
    home = str(Path(__file__).resolve().parents[2])
    path = os.pathsep.join(dict.fromkeys(filter(None, (home, *sys.path))))
    return {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": path}
