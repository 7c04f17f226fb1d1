"""A sound file as raw samples of one format, for players that are fed with sound."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer

from tools.errors import PlayerRefused

RATE_HZ: Final = 48_000
CHANNELS: Final = 2
BYTES_PER_S: Final = RATE_HZ * CHANNELS * 2
_FILES_ONLY = {"protocol_whitelist": "file"}
"""A play list dressed up as music must not make us open other places."""


class PcmReader:
    """Reads stereo samples of 16 bit at 48 kHz. Blocking: call it in worker threads."""

    def __init__(self, path: Path, *, start_s: float = 0.0, gain_db: float = 0.0) -> None:
        """Open `path` and decode its first piece, as a proof.

        Args:
            path: the file.
            start_s: where to begin.
            gain_db: how much louder or quieter it shall be.

        Raises:
            PlayerRefused: it is not there, or is not audio that we can decode.
        """
        self._lock = threading.Lock()
        self._gain = 10.0 ** (gain_db / 20.0)
        self._waiting = b""
        self._closed = False
        try:
            self._container: InputContainer = av.open(str(path), mode="r", options=_FILES_ONLY)
        except (av.FFmpegError, OSError) as error:
            raise PlayerRefused(f"{path.name} cannot be opened: {error.strerror}.") from error
        self.duration_s = (self._container.duration or 0) / av.time_base
        """Length by the file itself; 0 when it does not say."""
        try:
            self._pieces = self._open_pieces(start_s)
            self._waiting = next(self._pieces, b"")
        except (av.FFmpegError, OSError, ValueError) as error:
            self._container.close()
            raise PlayerRefused(f"{path.name} cannot be decoded.") from error
        except PlayerRefused:
            self._container.close()
            raise
        if not self._waiting and start_s == 0.0:
            self._container.close()
            raise PlayerRefused(f"{path.name} holds no sound.")

    def read(self, seconds: float) -> bytes:
        """The next samples, at most so many seconds of them; b"" at the end, or when closed."""
        wanted = int(seconds * RATE_HZ) * CHANNELS * 2
        with self._lock:
            while len(self._waiting) < wanted and not self._closed:
                try:
                    piece = next(self._pieces, b"")
                except (av.FFmpegError, OSError, ValueError):
                    piece = b""  # broken from here on: what came before was heard
                if not piece:
                    break
                self._waiting += piece
            if self._closed:
                return b""
            taken, self._waiting = self._waiting[:wanted], self._waiting[wanted:]
            return taken

    def close(self) -> None:
        with self._lock:
            if not self._closed:
                self._closed = True
                self._container.close()

    def _open_pieces(self, start_s: float) -> Iterator[bytes]:
        if not self._container.streams.audio:
            raise PlayerRefused("The file holds no audio.")
        if start_s > 0.0:
            self._container.seek(int(start_s * av.time_base))
        resampler = AudioResampler(format="s16", layout="stereo", rate=RATE_HZ)
        return self._resampled(resampler, start_s)

    def _resampled(self, resampler: AudioResampler, start_s: float) -> Iterator[bytes]:
        for frame in self._container.decode(audio=0):
            length_s = frame.samples / max(frame.sample_rate, 1)
            early_s = 0.0 if frame.time is None else start_s - frame.time
            if early_s >= length_s:
                continue
            frame.pts = None
            skipped = int(max(0.0, early_s) * RATE_HZ) * CHANNELS * 2
            for piece in map(self._bytes, resampler.resample(frame)):
                yield piece[skipped:]
                skipped = max(0, skipped - len(piece))
        for last in resampler.resample(None):
            yield self._bytes(last)

    def _bytes(self, frame: AudioFrame) -> bytes:
        samples = frame.to_ndarray()
        if self._gain != 1.0:
            louder = samples.astype(np.float64) * self._gain
            samples = np.clip(np.rint(louder), -32768, 32767).astype("<i2")
        return bytes(samples.astype("<i2", copy=False).tobytes())
