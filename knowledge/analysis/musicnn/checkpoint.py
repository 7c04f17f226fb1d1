"""Reads the weights out of a TensorFlow 1 checkpoint, without TensorFlow.

A checkpoint is two files. The index is a sorted table in LevelDB's format: blocks of entries whose
keys share prefixes, each block followed by its compression and a CRC-32C, and a footer that says
where the table of blocks begins. An entry maps the name of a variable to a protobuf that gives
type, shape, and the place in the other file, where the numbers lie one after the other.

Every length that is read is checked before it is used; what is not as it should be is an error.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import MusicModelUnusable

Array = NDArray[np.float32]

MAX_INDEX_BYTES = 1 << 20
MAX_DATA_BYTES = 64 << 20
_MAX_ENTRIES = 4096
_MAX_NAME_BYTES = 512
_MAX_DIMENSIONS = 8
_FOOTER_BYTES = 48
_MAGIC = 0xDB4775248B80FB57
_TRAILER_BYTES = 5
"""One byte of compression and four of checksum behind each block."""
_CRC_MASK = 0xA282EAD8
_FLOAT32 = 1
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the numbers of one variable lie in the data file."""

    shape: tuple[int, ...]
    offset: int
    size: int


def read_checkpoint(index: bytes, data: bytes) -> Mapping[str, Array]:
    """Return the float32 variables of a checkpoint by name; an optimiser's state is left out.

    Args:
        index: content of the `.index` file.
        data: content of the only `.data` file.

    Raises:
        MusicModelUnusable: they are damaged, too large, or not in the one layout we read.
    """
    if len(index) > MAX_INDEX_BYTES or len(data) > MAX_DATA_BYTES:
        raise MusicModelUnusable("The checkpoint of the music tagger is far too large.")
    try:
        return {
            name: _array(name, place, data)
            for name, place in _entries(index)
            if "/Adam" not in name and not name.endswith("_power")
        }
    except (struct.error, UnicodeDecodeError) as error:
        raise _damaged(str(error)) from error


def _entries(index: bytes) -> Iterator[tuple[str, _Place]]:
    """Yield name and place of each variable that holds float32 numbers."""
    if len(index) < _FOOTER_BYTES:
        raise _damaged("it is too short")
    footer = index[-_FOOTER_BYTES:]
    if struct.unpack("<Q", footer[-8:])[0] != _MAGIC:
        raise _damaged("it is no table")
    _, at = _handle(footer, 0)  # of the table's own properties, which say nothing of use
    handle, _ = _handle(footer, at)
    count = 0
    for _, pointer in _block(index, *handle):
        for key, value in _block(index, *_handle(pointer, 0)[0]):
            count += 1
            if count > _MAX_ENTRIES:
                raise _damaged("it has too many entries")
            if key:  # the empty key is the table's own header
                place = _place(value)
                if place is not None:
                    yield key.decode("utf-8"), place


def _block(index: bytes, offset: int, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield key and value of each entry of one block."""
    end = offset + size
    if size < 4 or end + _TRAILER_BYTES > len(index) - _FOOTER_BYTES:
        raise _damaged("a block lies outside the file")
    compression, crc = struct.unpack_from("<BI", index, end)
    if compression:
        raise _damaged("it is compressed")
    if crc != _masked_crc(index[offset : end + 1]):
        raise _damaged("a checksum is wrong")
    block = index[offset:end]
    (restarts,) = struct.unpack("<I", block[-4:])
    last = size - 4 - 4 * restarts
    if last < 0:
        raise _damaged("a block ends before it begins")
    at, key = 0, b""
    while at < last:
        shared, at = _varint(block, at, last)
        rest, at = _varint(block, at, last)
        length, at = _varint(block, at, last)
        if shared > len(key) or shared + rest > _MAX_NAME_BYTES or at + rest + length > last:
            raise _damaged("an entry is longer than its block")
        key = key[:shared] + block[at : at + rest]
        at += rest
        yield key, block[at : at + length]
        at += length


def _place(message: bytes) -> _Place | None:
    """Read the protobuf of one entry; None when the numbers are not float32."""
    shape: tuple[int, ...] = ()
    numbers = {1: 0, 3: 0, 4: 0, 5: 0}  # type, which data file, offset and size in it
    for field, value in _fields(message):
        if field == 2 and isinstance(value, bytes):
            shape = _shape(value)
        elif field in numbers and isinstance(value, int):
            numbers[field] = value
    if numbers[1] != _FLOAT32:
        return None
    if numbers[3]:
        raise _damaged("it is in more than one part")
    return _Place(shape, numbers[4], numbers[5])


def _shape(message: bytes) -> tuple[int, ...]:
    sizes = []
    for field, value in _fields(message):
        if field == 2 and isinstance(value, bytes):
            sizes.append(next((n for f, n in _fields(value) if f == 1 and isinstance(n, int)), 0))
    if len(sizes) > _MAX_DIMENSIONS:
        raise _damaged("a variable has too many dimensions")
    return tuple(sizes)


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield number and value of each field of a protobuf message."""
    at, end = 0, len(message)
    while at < end:
        tag, at = _varint(message, at, end)
        kind = tag & 7
        if kind == _VARINT:
            number, at = _varint(message, at, end)
            yield tag >> 3, number
            continue
        if kind == _BYTES:
            size, at = _varint(message, at, end)
        elif kind in {_FIXED64, _FIXED32}:
            size = 8 if kind == _FIXED64 else 4
        else:
            raise _damaged("an entry has a field of an unknown kind")
        if at + size > end:
            raise _damaged("a field is longer than its entry")
        yield tag >> 3, message[at : at + size]
        at += size


def _array(name: str, place: _Place, data: bytes) -> Array:
    count = 1
    for size in place.shape:
        count *= size
        if count > MAX_DATA_BYTES:
            raise _damaged(f"{name} is too large")
    if count * 4 != place.size or place.offset + place.size > len(data):
        raise _damaged(f"{name} lies outside the data")
    array = np.frombuffer(data, "<f4", count, place.offset).reshape(place.shape)
    if not np.isfinite(array).all():
        raise _damaged(f"{name} holds values that are no numbers")
    return array.astype(np.float32)


def _handle(message: bytes, at: int) -> tuple[tuple[int, int], int]:
    """Read offset and size of a block, and say where the next thing begins."""
    offset, at = _varint(message, at, len(message))
    size, at = _varint(message, at, len(message))
    if offset > MAX_INDEX_BYTES or size > MAX_INDEX_BYTES:
        raise _damaged("a block lies outside the file")
    return (offset, size), at


def _varint(message: bytes, at: int, end: int) -> tuple[int, int]:
    """Read a number of seven bits a byte; return it and the place behind it."""
    number = 0
    for shift in range(0, 64, 7):
        if at >= end:
            break
        byte = message[at]
        at += 1
        number |= (byte & 0x7F) << shift
        if byte < 0x80:
            return number, at
    raise _damaged("a number has no end")


def _masked_crc(content: bytes) -> int:
    """CRC-32C (Castagnoli), turned and shifted as LevelDB stores it."""
    crc = 0xFFFFFFFF
    for byte in content:
        crc = _CRC_TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    crc ^= 0xFFFFFFFF
    return (((crc >> 15) | (crc << 17)) + _CRC_MASK) & 0xFFFFFFFF


def _crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        crc = byte
        for _ in range(8):
            crc = (crc >> 1) ^ (0x82F63B78 if crc & 1 else 0)
        table.append(crc)
    return tuple(table)


_CRC_TABLE = _crc_table()


def _damaged(why: str) -> MusicModelUnusable:
    return MusicModelUnusable(f"The checkpoint of the music tagger is damaged: {why}.")
