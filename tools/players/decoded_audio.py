"""Read a sound file piece by piece, for a player that plays it to nobody."""

import math
import threading
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.container import InputContainer

from tools.errors import PlayerRefused

_FILES_ONLY = {"protocol_whitelist": "file"}
"""A play list dressed up as music must not make us open other places."""


class DecodedAudio:
    """One open file. Blocking, so call it from worker threads; a lock orders their calls."""

    def __init__(self, path: Path, *, start_s: float = 0.0, first_s: float = 0.25) -> None:
        """Open `path`, go to `start_s` and decode the first `first_s` seconds, as a proof.

        Raises:
            PlayerRefused: it is not there, or is not audio that we can decode.
        """
        self.level_db = -math.inf
        """Loudness (RMS) of the last piece, decibels relative to full scale."""
        self.position_s = start_s
        """How far it was read, in seconds."""
        self._lock = threading.Lock()
        self._closed = False
        try:
            self._container: InputContainer = av.open(str(path), mode="r", options=_FILES_ONLY)
        except (av.FFmpegError, OSError) as error:
            raise PlayerRefused(f"{path.name} cannot be opened: {error.strerror}.") from error
        self.duration_s = (self._container.duration or 0) / av.time_base
        """Length by the file itself; 0 when it does not say."""
        try:
            self._frames = self._open_frames(start_s)
            decoded_s = self._read(first_s)
        except BaseException:
            self._container.close()
            raise
        if decoded_s == 0.0 and start_s == 0.0:
            self._container.close()
            raise PlayerRefused(f"{path.name} holds no sound.")

    def read(self, seconds: float) -> float:
        """Decode the next piece and return how long it was; 0 at the end, or when closed.

        Raises:
            PlayerRefused: the file is broken here.
        """
        with self._lock:
            return 0.0 if self._closed else self._read(seconds)

    def seek(self, position_s: float) -> None:
        """Go to `position_s`.

        Raises:
            PlayerRefused: this file cannot be sought in.
        """
        with self._lock:
            if not self._closed:
                self._frames = self._open_frames(position_s)
                self.position_s = position_s

    def close(self) -> None:
        with self._lock:
            self._closed = True
            self._container.close()

    def _read(self, seconds: float) -> float:
        read_s, squares, count = 0.0, 0.0, 0
        try:
            while read_s < seconds:
                frame = next(self._frames, None)
                if frame is None:
                    break
                read_s += _length_s(frame)
                samples = _as_float(frame)
                squares += float(np.sum(samples * samples))
                count += samples.size
        except (av.FFmpegError, OSError) as error:
            if read_s == 0.0:
                raise PlayerRefused(f"The file is broken: {error.strerror}.") from error
        if count:
            self.level_db = 10.0 * math.log10(max(squares / count, 1e-12))
        self.position_s += read_s
        return read_s

    def _open_frames(self, start_s: float) -> Iterator[AudioFrame]:
        if not self._container.streams.audio:
            raise PlayerRefused("The file holds no audio.")
        if start_s > 0.0:
            try:
                self._container.seek(int(start_s * av.time_base))
            except (av.FFmpegError, OSError) as error:
                raise PlayerRefused(f"The file cannot be sought in: {error.strerror}.") from error
        return (
            frame
            for frame in self._container.decode(audio=0)
            if frame.time is None or frame.time + _length_s(frame) > start_s
        )


def _length_s(frame: AudioFrame) -> float:
    return frame.samples / max(frame.sample_rate, 1)


def _as_float(frame: AudioFrame) -> npt.NDArray[np.float64]:
    """Samples of any format as numbers from -1 to 1."""
    raw = frame.to_ndarray()
    samples: npt.NDArray[np.float64] = raw.astype(np.float64)
    if raw.dtype == np.uint8:
        return (samples - 128.0) / 128.0
    if raw.dtype.kind == "i":
        return samples / float(2 ** (8 * raw.dtype.itemsize - 1))
    return samples
