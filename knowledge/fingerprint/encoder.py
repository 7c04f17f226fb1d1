"""A learnt code of every half second of sound: the second witness beside the spectral peaks.

A small convolutional network looks at 1.4 s of a log-frequency spectrogram and returns 128
numbers that noise, rooms, filters, talk and small changes of speed and pitch leave nearly as they
are. Of a recording only their signs are stored; a clip keeps the numbers. What it was trained on
and how well it does is in MODEL_CARD.md. After Chang 2021, "Neural audio fingerprint for
high-specific audio retrieval based on contrastive learning".
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.encoder_frontend import FRAME_HOP, WINDOW, band_power
from knowledge.fingerprint.models import CODE_BYTES, CODE_HOP, HOP, Codes, Samples

DIMENSIONS = 8 * CODE_BYTES
WEIGHTS = Path(__file__).with_name("weights") / "encoder.onnx"
QUERY_HOP = 8
"""Frames from one of a clip's embeddings to the next: as fine as the network goes."""
CENTRE = 44 + WINDOW / 2 / HOP
"""Frames from where a code's window begins to its middle: code k of a recording is centred on
frame k * CODE_HOP + CENTRE."""
STEP = 4
"""Spectrogram frames to a feature column."""
COLUMNS = 12
"""Feature columns to a window."""
CONTEXT = 16
"""Columns beside a window that its embedding depends on, with a margin."""
BLOCK = 512
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
        return self.codes_of_blocks([samples])

    def codes_of_blocks(self, blocks: Iterable[Samples]) -> Codes:
        """Codes of a recording that comes in blocks of any size, in bounded memory."""
        coding = Coding(self)
        parts = [coding.feed(block) for block in blocks]
        return np.concatenate([*parts, coding.finish()])

    def query(
        self, samples: Samples, *, hop: int = QUERY_HOP, semitones: float = 0.0
    ) -> Embeddings:
        """Embeddings of a clip.

        Args:
            samples: mono at RATE_HZ.
            hop: frames from one to the next, a multiple of QUERY_HOP.
            semitones: how much too high the clip is thought to be played.
        """
        parts = []
        # Blocks end where windows begin, and overlap by a window and what it depends on.
        block = BLOCK * STEP * FRAME_HOP
        for begin in range(0, max(1, samples.size), block):
            first = max(0, begin - CONTEXT * STEP * FRAME_HOP)
            end = begin + block + (COLUMNS + CONTEXT) * STEP * FRAME_HOP
            power = band_power(samples[first:end], semitones=semitones)
            lead = (begin - first) // (STEP * FRAME_HOP)
            last = min(lead + BLOCK, column_count(len(power)) - COLUMNS + 1)
            parts.append(self.embed(power, np.arange(lead, last, hop // QUERY_HOP)))
        vectors = np.concatenate(parts)
        centres = np.arange(len(vectors), dtype=np.float32) * hop + np.float32(CENTRE)
        return Embeddings(vectors, centres, hop)

    def warm(self) -> None:
        """Load the network now."""
        self._loaded()

    def embed(self, power: NDArray[np.float32], starts: NDArray[np.int64]) -> Vectors:
        """Embeddings of the windows that begin at the given feature columns.

        Args:
            power: band powers, shape (frames, BANDS).
            starts: columns, a column for every STEP frames, rising, shape (k,).

        Returns:
            Vectors of length 1, shape (k, DIMENSIONS).
        """
        if starts.size == 0:
            return np.empty((0, DIMENSIONS), np.float32)
        windows = starts[:, None] + np.arange(COLUMNS)
        vectors: Vectors
        (vectors,) = self._loaded().run(None, {"power": power[None], "windows": windows})
        return vectors

    def _loaded(self) -> Any:
        with self._lock:
            if self._session is None:
                import onnxruntime  # noqa: PLC0415 - slow to load

                options = onnxruntime.SessionOptions()
                options.intra_op_num_threads = options.inter_op_num_threads = 1
                self._session = onnxruntime.InferenceSession(
                    self._weights.read_bytes(), options, providers=["CPUExecutionProvider"]
                )
            return self._session


class Coding:
    """Codes a recording that arrives bit by bit.

    Args:
        encoder: does the work.
    """

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._held = np.empty(0, np.float32)
        self._lead = 0
        """Columns held that were coded before and serve as context only."""

    def feed(self, samples: Samples) -> Codes:
        """Take samples at RATE_HZ, and return the codes that they complete."""
        self._held = np.concatenate((self._held, samples.astype(np.float32, copy=False)))
        column = STEP * FRAME_HOP
        parts = [np.empty((0, CODE_BYTES), np.uint8)]
        while self._held.size >= (self._lead + BLOCK + COLUMNS + CONTEXT) * column + WINDOW:
            whole = (self._lead + BLOCK + COLUMNS + CONTEXT) * column
            parts.append(self._codes(self._held[:whole], self._lead + BLOCK))
            self._held = self._held[(self._lead + BLOCK - CONTEXT) * column :]
            self._lead = CONTEXT
        return np.concatenate(parts)

    def finish(self) -> Codes:
        """Return the codes of what is left."""
        codes = self._codes(self._held, self._held.size)
        self._held, self._lead = np.empty(0, np.float32), 0
        return codes

    def _codes(self, samples: Samples, end: int) -> Codes:
        power = band_power(samples)
        last = min(end, column_count(len(power)) - COLUMNS + 1)
        starts = np.arange(self._lead, max(self._lead, last), CODE_HOP // QUERY_HOP)
        return pack(self._encoder.embed(power, starts))


def column_count(frames: int) -> int:
    """How many feature columns so many spectrogram frames give."""
    return -(-frames // STEP)


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
