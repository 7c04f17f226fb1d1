"""The lines of a melody as one compact blob, and the rows that hold it.

A blob is a byte with the version of the form, and then, compressed: the number of lines, and for
each its weight, its number of notes, and the columns of these: times as steps of milliseconds,
pitches as steps of 1/64 semitone, confidences in 255 parts. All little-endian. About 4 bytes a
note. What cannot be read back counts as no lines at all.
"""

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, delete

from knowledge.melody.models import MelodyLine
from knowledge.revision import MELODY_REVISION, bump
from knowledge.schema_melody import melodies

_FORM = b"\x01"
_LEVEL = 6
_PITCH_PARTS = 64
_SHORT = np.dtype("<u2")
_LONG = np.dtype("<u4")
_STEP = np.dtype("<i2")
_BYTES_A_NOTE = _LONG.itemsize + _SHORT.itemsize + _STEP.itemsize + 1
MOST_LINES = 16
MOST_NOTES = 60_000
"""Notes of one line; an hour of very fast playing."""
_MOST_BYTES = 2 + MOST_LINES * (1 + _LONG.itemsize + MOST_NOTES * _BYTES_A_NOTE)
_LONGEST_S = 24 * 3600.0


def pack_lines(lines: Sequence[MelodyLine]) -> bytes:
    """Write lines; notes that are no notes (NaN, negative, beyond the limits) are left out."""
    packed = []
    for line in lines[:MOST_LINES]:
        notes = _sound(np.asarray(line.notes, np.float64).reshape(-1, 4))
        onsets = np.rint(notes[:, 0] * 1000).astype(np.int64)
        pitches = np.rint(notes[:, 2] * _PITCH_PARTS).astype(np.int64)
        weight = 0.0 if np.isnan(line.weight) else min(max(float(line.weight), 0.0), 1.0)
        packed += [
            np.uint8(round(weight * 255)).tobytes(),
            np.array(len(notes), _LONG).tobytes(),
            np.diff(onsets, prepend=0).astype(_LONG).tobytes(),
            np.clip(np.rint(notes[:, 1] * 1000), 0, 0xFFFF).astype(_SHORT).tobytes(),
            np.diff(pitches, prepend=0).astype(_STEP).tobytes(),
            np.rint(np.clip(notes[:, 3], 0, 1) * 255).astype(np.uint8).tobytes(),
        ]
    count = np.array(min(len(lines), MOST_LINES), _SHORT).tobytes()
    return _FORM + zlib.compress(count + b"".join(packed), _LEVEL)


def unpack_lines(blob: bytes) -> tuple[MelodyLine, ...]:
    """Read what `pack_lines` wrote; nothing from a blob that it cannot have written."""
    if blob[:1] != _FORM:
        return ()
    opening = zlib.decompressobj()
    try:
        reader = _Reader(opening.decompress(blob[1:], _MOST_BYTES))
        lines = tuple(reader.line() for _ in range(reader.number(_SHORT)))
    except (zlib.error, ValueError):
        return ()
    return lines if reader.at_end and opening.eof else ()


def write_melody(
    connection: Connection,
    audio_hash: str,
    lines: Sequence[MelodyLine],
    *,
    analyser: str,
    heard_at: float,
    cpu_s: float,
) -> None:
    """Replace the melody of a recording, whichever version of the analyser found it.

    Args:
        connection: in a transaction.
        audio_hash: the recording.
        lines: its lines; none where it has no tune.
        analyser: who found them.
        heard_at: when, as `time.time` says; must differ from the time before.
        cpu_s: processor seconds that it took.
    """
    connection.execute(delete(melodies).where(melodies.c.audio_hash == audio_hash))
    connection.execute(
        melodies.insert().values(
            audio_hash=audio_hash,
            analyser=analyser,
            heard_at=heard_at,
            lines=pack_lines(lines),
            cpu_s=cpu_s,
        )
    )
    bump(connection, MELODY_REVISION)


def _sound(notes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The notes that can be kept, by onset."""
    onset, duration, pitch = notes[:, 0], notes[:, 1], notes[:, 2]
    good = (
        np.isfinite(notes).all(axis=1)
        & (onset >= 0)
        & (onset < _LONGEST_S)
        & (duration > 0)
        & (pitch >= 0)
        & (pitch < 128)
    )
    kept = notes[good]
    ordered: NDArray[np.float64] = kept[np.argsort(kept[:, 0], kind="stable")][:MOST_NOTES]
    return ordered


class _Reader:
    """Takes numbers off the front of some bytes. Raises ValueError where there are too few."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def at_end(self) -> bool:
        return self._at == len(self._data)

    def number(self, kind: "np.dtype[np.unsignedinteger]") -> int:
        return int(self._column(kind, 1)[0])

    def line(self) -> MelodyLine:
        weight = self.number(np.dtype(np.uint8)) / 255
        count = self.number(_LONG)
        if count > MOST_NOTES:
            raise ValueError("too many notes")
        notes = np.empty((count, 4), np.float32)
        notes[:, 0] = np.cumsum(self._column(_LONG, count), dtype=np.int64) / 1000
        notes[:, 1] = self._column(_SHORT, count) / 1000
        notes[:, 2] = np.cumsum(self._column(_STEP, count), dtype=np.int64) / _PITCH_PARTS
        notes[:, 3] = self._column(np.dtype(np.uint8), count) / 255
        return MelodyLine(notes, weight)

    def _column(self, kind: "np.dtype[np.generic]", count: int) -> NDArray[np.int64]:
        end = self._at + count * kind.itemsize
        if end > len(self._data):
            raise ValueError("cut off")
        column = np.frombuffer(self._data[self._at : end], kind).astype(np.int64)
        self._at = end
        return column
