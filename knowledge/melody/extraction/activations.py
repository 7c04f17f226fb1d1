"""Which notes sound in a recording: what the network of Basic Pitch hears, frame by frame.

Bittner et al. 2022, "A Lightweight Instrument-Agnostic Model for Polyphonic Note Transcription and
Multipitch Estimation" (ICASSP). Only its published weights are used; the network hears windows of
two seconds, and what it says of a window's edges is dropped, since they miss what lies beyond.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.onnx_file import open_onnx
from knowledge.errors import MusicModelUnusable
from knowledge.melody.models import Samples

RATE_HZ = 22_050
"""Hertz of what is heard."""
HOP = 256
"""Samples between two frames."""
FRAME_S = HOP / RATE_HZ
LOWEST = 21
"""MIDI number of the first of the 88 pitches."""
PITCHES = 88
BINS = 3
"""Contour bins a semitone."""
MODEL = "basic-pitch"
"""Name of the model in `models.lock.json`, and of its folder."""
MODEL_FILE = "nmp.onnx"

_WINDOW = 43_844
_FRAMES = 172
"""Frames of a window."""
_EDGE = 15
"""Frames dropped at either end of a window."""
_STEP = (_FRAMES - 2 * _EDGE) * HOP
_BATCH = 4
_INPUT = "serving_default_input_2:0"
_CONTOUR, _NOTE, _ONSET = (f"StatefulPartitionedCall:{number}" for number in range(3))
_MAX_BYTES = 16 << 20
_SCALE = 255

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Activations:
    """How likely each pitch sounds in each frame of `FRAME_S`; 255 is certain."""

    note: Bytes
    """Shape (frames, 88)."""
    onset: Bytes
    """That a note begins, shape (frames, 88)."""
    contour: Bytes
    """In thirds of a semitone, the middle one of three in tune, shape (frames, 264)."""

    def __len__(self) -> int:
        return len(self.note)


class NoteModel:
    """The network, opened when it is first needed. May be used from several threads.

    Args:
        models: folders of model files, each model in a folder of its name; the first that has it
            counts.
    """

    def __init__(self, models: Sequence[Path]) -> None:
        self._paths = tuple(folder / MODEL / MODEL_FILE for folder in models)
        self._session: Any = None
        self._lock = Lock()

    def hear(self, samples: Samples) -> Activations:
        """Return what sounds in `samples`.

        Args:
            samples: mono at `RATE_HZ`, shape (n,), finite.

        Raises:
            MusicModelUnusable: the model is missing, damaged or another one.
        """
        session = self._opened()
        frames = -(-len(samples) // HOP)
        parts: list[list[Bytes]] = [[], [], []]
        starts = range(-_EDGE * HOP, max(1, len(samples)) - _EDGE * HOP, _STEP)
        for first in range(0, len(starts), _BATCH):
            windows = [_window(samples, start) for start in starts[first : first + _BATCH]]
            for part, answer in zip(parts, _ask(session, np.stack(windows)), strict=True):
                part.append(answer)
        note, onset, contour = (np.concatenate(part)[:frames] for part in parts)
        return Activations(note, onset, contour)

    def _opened(self) -> Any:
        with self._lock:
            if self._session is None:
                self._session = _open(self._paths)
            return self._session


def _window(samples: Samples, start: int) -> Samples:
    window = np.zeros((_WINDOW, 1), np.float32)
    piece = samples[max(0, start) : start + _WINDOW]
    at = max(0, -start)
    window[at : at + len(piece), 0] = piece
    return window


def _ask(session: Any, windows: Samples) -> list[Bytes]:
    try:
        answers = session.run([_NOTE, _ONSET, _CONTOUR], {_INPUT: windows})
    except Exception as error:  # the runtime's errors have no base of their own
        raise MusicModelUnusable(f"{MODEL_FILE} cannot be asked: {error}") from error
    heard = []
    for answer, bins in zip(answers, (PITCHES, PITCHES, PITCHES * BINS), strict=True):
        if answer.shape != (len(windows), _FRAMES, bins) or not np.isfinite(answer).all():
            raise MusicModelUnusable(f"{MODEL_FILE} answered what {MODEL} should not.")
        kept = np.clip(answer[:, _EDGE:-_EDGE], 0, 1) * _SCALE
        heard.append(kept.reshape(-1, bins).astype(np.uint8))
    return heard


def _open(paths: Sequence[Path]) -> Any:
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        raise MusicModelUnusable(
            f"The model {MODEL}, which finds the tunes in recordings, is missing; fetch it with: "
            "refrain models get"
        )
    session = open_onnx(path, model=MODEL, most_bytes=_MAX_BYTES)
    names = {part.name for part in (*session.get_inputs(), *session.get_outputs())}
    if not {_INPUT, _CONTOUR, _NOTE, _ONSET} <= names:
        raise MusicModelUnusable(f"{path.name} is another model than {MODEL}.")
    return session
