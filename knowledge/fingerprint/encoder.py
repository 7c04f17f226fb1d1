"""A learnt code of every half second of sound: the second witness beside the spectral peaks.

A small convolutional network looks at 1.4 s of a log-frequency spectrogram and returns 128
numbers that noise, rooms, filters, talk and small changes of speed and pitch leave nearly as they
are. Of a recording only their signs are stored; a clip keeps the numbers. What it was trained on
and how well it does is in MODEL_CARD.md. After Chang 2021, "Neural audio fingerprint for
high-specific audio retrieval based on contrastive learning".
"""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.encoder_frontend import BANDS, WINDOW, band_power
from knowledge.fingerprint.models import CODE_BYTES, CODE_HOP, HOP, Codes, Samples

DIMENSIONS = 8 * CODE_BYTES
WEIGHTS = Path(__file__).with_name("weights") / "encoder.onnx"
QUERY_HOP = 8
"""Frames from one of a clip's embeddings to the next: as fine as the network goes."""
CENTRE = 44 + WINDOW / 2 / HOP
"""Frames from where a code's window begins to its middle: code k of a recording is centred on
frame k * CODE_HOP + CENTRE."""
_STEP = 4
"""Spectrogram frames to a feature column."""
_COLUMNS = 12
"""Feature columns to a window."""
_CONTEXT = 16
"""Columns beside a block that its embeddings depend on, with a margin."""
_BLOCK = 512
"""Columns worked on at once: a minute, so that memory stays small."""

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Embeddings:
    """What a clip sounds like, window by window.

    Attributes:
        vectors: of length 1, shape (k, DIMENSIONS).
        centres: middle of each window in frames of the clip, shape (k,), evenly spaced.
        hop: frames from one to the next.
    """

    vectors: Vectors
    centres: NDArray[np.float32]
    hop: int


class Encoder:
    """The network, loaded once; safe to use from several threads.

    Args:
        weights: an ONNX file that `refrain train-fingerprint` has written.
    """

    def __init__(self, weights: Path = WEIGHTS) -> None:
        self._weights = weights
        self._lock = Lock()
        self._session: Any = None

    def codes(self, samples: Samples) -> Codes:
        """Codes of a recording, one for every CODE_HOP frames, shape (k, CODE_BYTES).

        None when the recording is shorter than a window (1.4 s).
        """
        return pack(self._embed(band_power(samples), CODE_HOP // QUERY_HOP))

    def query(
        self, samples: Samples, *, hop: int = QUERY_HOP, semitones: float = 0.0
    ) -> Embeddings:
        """Embeddings of a clip.

        Args:
            samples: mono at RATE_HZ.
            hop: frames from one to the next, a multiple of QUERY_HOP.
            semitones: how much too high the clip is thought to be played.
        """
        vectors = self._embed(band_power(samples, semitones=semitones), hop // QUERY_HOP)
        centres = np.arange(len(vectors), dtype=np.float32) * hop + np.float32(CENTRE)
        return Embeddings(vectors, centres, hop)

    def warm(self) -> None:
        """Load the network now."""
        self._loaded()

    def _embed(self, power: NDArray[np.float32], step: int) -> Vectors:
        """Embeddings of the windows that begin at every `step`-th column."""
        columns = -(-len(power) // _STEP)
        starts = np.arange(0, columns - _COLUMNS + 1, step)
        vectors = np.empty((len(starts), DIMENSIONS), np.float32)
        session = self._loaded() if len(starts) else None
        for begin in range(0, columns, _BLOCK):
            chosen = np.flatnonzero((starts >= begin) & (starts < begin + _BLOCK))
            if session is None or chosen.size == 0:
                continue
            first = max(0, begin - _CONTEXT)
            last = starts[chosen[-1]] + _COLUMNS + _CONTEXT
            windows = (starts[chosen] - first)[:, None] + np.arange(_COLUMNS)
            part = power[None, first * _STEP : last * _STEP]
            (vectors[chosen],) = session.run(None, {"power": part, "windows": windows})
        return vectors

    def _loaded(self) -> Any:
        with self._lock:
            if self._session is None:
                import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415 - slow to load

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = options.inter_op_num_threads = 1
                self._session = onnxruntime.InferenceSession(
                    self._weights.read_bytes(), options, providers=["CPUExecutionProvider"]
                )
            return self._session


def pack(vectors: Vectors) -> Codes:
    """The signs of embeddings, as bits: shape (k, DIMENSIONS) to (k, CODE_BYTES)."""
    return np.packbits(vectors > 0, axis=1, bitorder="little")


def signs(codes: Codes) -> Vectors:
    """Codes as vectors of length 1, shape (k, DIMENSIONS)."""
    bits = np.unpackbits(codes, axis=1, bitorder="little").astype(np.float32)
    bits *= 2
    bits -= 1
    bits /= np.sqrt(np.float32(DIMENSIONS))
    return bits


__all__ = ["BANDS", "CENTRE", "DIMENSIONS", "QUERY_HOP", "WEIGHTS", "Embeddings", "Encoder"]
