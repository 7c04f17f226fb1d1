"""Decode a stranger's clip in a process of its own, within limits."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.audio.decoder import decode
from knowledge.errors import UnreadableAudio
from knowledge.fingerprint.models import RATE_HZ, Samples
from knowledge.worker import Worker

DECODED_S = 180.0
"""So much of a file is looked at, from its beginning."""


@dataclass(frozen=True, slots=True)
class ClipTask:
    path: Path
    most_s: float
    rate_hz: int = RATE_HZ


class ClipDecoder:
    """Turns files of any format into samples. Safe to share between threads; one at a time."""

    def __init__(self) -> None:
        self._worker: Worker[ClipTask, Samples] = Worker(make_clip_reader)
        self._lock = threading.Lock()

    def decode(
        self,
        path: Path,
        *,
        most_s: float = DECODED_S,
        rate_hz: int = RATE_HZ,
        max_bytes: int | None = None,
        timeout_s: float = 30.0,
    ) -> Samples:
        """Return the beginning of the audio in a file, mono at `rate_hz`, shape (n,).

        Args:
            path: the file.
            most_s: how much is decoded, seconds.
            rate_hz: of what is returned.
            max_bytes: a larger file is refused unread; None for any size.
            timeout_s: after so many seconds the process is ended.

        Raises:
            UnreadableAudio: no audio, too large, or decoding crashed or took too long.
            WorkerUnusable: the process cannot be started.
        """
        try:
            size = path.stat().st_size
        except OSError as error:
            raise UnreadableAudio(f"The file cannot be opened: {error.strerror}.") from error
        if max_bytes is not None and size > max_bytes:
            raise UnreadableAudio(f"The file is larger than {max_bytes / 1e6:.0f} MB.")
        with self._lock:
            outcome = self._worker.call(
                ClipTask(path.absolute(), most_s, rate_hz), timeout_s=timeout_s
            )
        if outcome.result is None:
            raise UnreadableAudio(outcome.refusal or outcome.crash)
        return outcome.result

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._worker.close()


def make_clip_reader() -> Callable[[ClipTask], Samples]:
    """Make what the worker process does; runs there."""
    return read_clip


def read_clip(task: ClipTask) -> Samples:
    """Decode the beginning of a file.

    Raises:
        UnreadableAudio: see `knowledge.audio.decoder.decode`.
    """
    wanted = int(task.most_s * task.rate_hz)
    parts: list[Samples] = []
    held = 0
    for block, _ in decode(task.path, sample_rate=task.rate_hz, channels=1):
        parts.append(block[0])
        held += block.shape[1]
        if held >= wanted:
            break
    samples: Samples = np.concatenate(parts)[:wanted]
    return samples
