"""Lines of melodies as blobs: small, exact enough, and never trusted."""

import zlib

import numpy as np
import pytest

from knowledge.melody.models import MelodyLine
from knowledge.melody.rows import pack_lines, unpack_lines

pytestmark = pytest.mark.unit


def song(count: int = 400) -> MelodyLine:
    chance = np.random.default_rng(1)
    onsets = np.cumsum(chance.uniform(0.1, 0.8, count))
    pitches = 60 + np.cumsum(chance.normal(0, 2, count)) % 24
    notes = np.stack(
        (onsets, chance.uniform(0.05, 0.7, count), pitches, chance.uniform(0, 1, count)), axis=1
    )
    return MelodyLine(notes.astype(np.float32), 0.7)


def test_lines_come_back_as_they_were() -> None:
    lines = (song(), song(30))
    back = unpack_lines(pack_lines(lines))
    assert [len(line.notes) for line in back] == [400, 30]
    for line, before in zip(back, lines, strict=True):
        off = np.abs(line.notes - before.notes).max(axis=0)
        assert (off <= (0.0011, 0.0006, 0.009, 0.003)).all()
        assert line.weight == pytest.approx(0.7, abs=0.003)


def test_a_note_takes_a_few_bytes() -> None:
    assert len(pack_lines((song(),))) / 400 < 7


def test_what_is_no_note_is_left_out() -> None:
    notes = np.array(
        [[0, 1, 60, 1], [1, np.nan, 60, 1], [2, 1, 500, 1], [-1, 1, 60, 1], [3, 0, 60, 1]],
        np.float32,
    )
    (line,) = unpack_lines(pack_lines((MelodyLine(notes, float("nan")),)))
    assert line.notes.tolist() == [[0, 1, 60, 1]]
    assert line.weight == 0


def test_a_rest_of_an_hour_and_a_leap_are_kept() -> None:
    notes = np.array([[0, 1, 0, 1], [3700.5, 1, 127, 1]], np.float32)
    (line,) = unpack_lines(pack_lines((MelodyLine(notes),)))
    assert line.notes[:, [0, 2]].tolist() == [[0, 0], [3700.5, 127]]


@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"\x01",
        b"\x02" + zlib.compress(b"\x00\x00"),
        b"\x01" + zlib.compress(b"\x01\x00\xff\xff\xff\xff\xff"),
        b"\x01" + zlib.compress(b"\x00" * 100),
        b"\x01" + zlib.compress(bytes(200_000_000)),
        pack_lines((song(),))[:-20],
    ],
    ids=["empty", "short", "other form", "huge count", "trailing", "bomb", "cut off"],
)
def test_a_damaged_blob_holds_nothing(blob: bytes) -> None:
    assert unpack_lines(blob) == ()
