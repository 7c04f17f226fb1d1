"""The last minutes of what a microphone heard: in memory only, oldest samples lost first."""

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.audio import Samples

_MAX_BYTES = 256 * 2**20
"""Room for more than 40 minutes at 48 kHz; a bigger buffer is a mistake."""
_FULL_SCALE = 32_767.0


class RingBuffer:
    """Holds the newest samples of one microphone and forgets the rest.

    Samples are kept with 16 bits: five minutes at 24 kHz are 14 MB, taken once. Nothing is ever
    written to disk, and `clear` overwrites what was held. All methods may be called from any
    thread.
    """

    def __init__(self, seconds: float, rate: int) -> None:
        """Take the memory for `seconds` of sound at `rate` hertz.

        Raises:
            ValueError: a length or rate that is not positive, or more than 256 MB.
        """
        size = round(seconds * rate) if seconds > 0 and rate > 0 else 0
        if not 0 < 2 * size <= _MAX_BYTES:
            raise ValueError(f"A ring buffer cannot hold {seconds} s at {rate} Hz.")
        self._rate = rate
        self._ring: NDArray[np.int16] = np.zeros(size, np.int16)
        self._next = 0
        self._held = 0
        self._lock = threading.Lock()

    @property
    def rate(self) -> int:
        """Hertz."""
        return self._rate

    @property
    def capacity_s(self) -> float:
        """How much it can hold, seconds."""
        return len(self._ring) / self._rate

    @property
    def seconds_held(self) -> float:
        """How much it holds now, seconds."""
        with self._lock:
            return self._held / self._rate

    def write(self, samples: NDArray[Any]) -> None:
        """Append mono samples, int16 or float in -1 to 1; what is no number becomes silence.

        Raises:
            ValueError: not one-dimensional.
        """
        if samples.ndim != 1:
            raise ValueError("Samples of one channel are wanted, shape (n,).")
        size = len(self._ring)
        newest = _to_int16(samples[-size:])
        with self._lock:
            first = min(len(newest), size - self._next)
            self._ring[self._next : self._next + first] = newest[:first]
            self._ring[: len(newest) - first] = newest[first:]
            self._next = (self._next + len(newest)) % size
            self._held = min(self._held + len(newest), size)

    def last(self, seconds: float, *, ending_s_ago: float = 0.0) -> Samples:
        """Copy `seconds` that ended `ending_s_ago` before the newest sample.

        Returns:
            Mono samples, shape (n,), float32; fewer where less is held, none where nothing is.
        """
        with self._lock:
            end = self._held - round(max(ending_s_ago, 0.0) * self._rate)
            start = max(end - round(max(seconds, 0.0) * self._rate), 0)
            if end <= start:
                return np.zeros(0, np.float32)
            places = np.arange(start - self._held, end - self._held) + self._next
            taken = self._ring.take(places, mode="wrap")
        return taken.astype(np.float32) / np.float32(_FULL_SCALE)

    def clear(self) -> None:
        """Forget everything; the memory is overwritten."""
        with self._lock:
            self._ring.fill(0)
            self._next = self._held = 0


def _to_int16(samples: NDArray[Any]) -> NDArray[np.int16]:
    if samples.dtype == np.int16:
        return samples.astype(np.int16, copy=False)
    finite = np.nan_to_num(samples.astype(np.float32), nan=0.0, posinf=1.0, neginf=-1.0)
    rounded: NDArray[np.int16] = np.rint(np.clip(finite, -1, 1) * _FULL_SCALE).astype(np.int16)
    return rounded
