"""Fingerprints as bytes: whole again after reading, and nothing else is believed."""

import struct
import zlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.errors import PackRejected
from knowledge.fingerprint.models import CODE_BYTES, Fingerprint
from knowledge.recognition.prints import from_bytes, to_bytes
from recognition_victim import made_up_print


@pytest.mark.unit
@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), codes=st.integers(0, 30))
def test_what_was_written_is_read_again(seed: int, codes: int) -> None:
    plain = made_up_print(seed)
    filled = np.random.default_rng(seed).integers(0, 256, (codes, CODE_BYTES)).astype(np.uint8)
    item = Fingerprint(plain.frames, plain.hashes, plain.times, plain.landmarks, filled)
    again = from_bytes(to_bytes(item))
    assert again.frames == item.frames
    for name in ("hashes", "times", "landmarks", "codes"):
        np.testing.assert_array_equal(getattr(again, name), getattr(item, name))


@pytest.mark.unit
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_damage_is_refused_or_harmless(data: st.DataObject) -> None:
    whole = bytearray(to_bytes(made_up_print(1)))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(0, len(whole)))])
    for bad in (bytes(whole), cut):
        try:
            found = from_bytes(bad)
        except PackRejected:
            continue
        assert int(found.times.max(initial=0)) < max(found.frames, 1)


@pytest.mark.unit
@pytest.mark.parametrize(
    ("counts", "size"),
    [
        ((1000, 0, 0, 0), 1 << 24),  # far more behind it than is stated
        ((4_000_000, 100_000_000, 0, 0), 100),
        ((1000, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF), 100),
        ((0xFFFFFFFF, 0, 0, 0), 0),
    ],
)
def test_bombs_are_not_unpacked(counts: tuple[int, ...], size: int) -> None:
    head = struct.pack("<4sHHIIII", b"RFP1", 1, 0, *counts)
    with pytest.raises(PackRejected):
        from_bytes(head + zlib.compress(bytes(size)))


@pytest.mark.unit
def test_another_version_is_refused_with_both_numbers() -> None:
    data = bytearray(to_bytes(made_up_print(1)))
    data[4] = 9
    with pytest.raises(PackRejected, match=r"version 9; this Refrain reads 1"):
        from_bytes(bytes(data))
