"""The music tagger's files as `refrain models get` keeps them, and damaged or tiny ones."""

import struct
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.analysis.musicnn.checkpoint import _masked_crc
from knowledge.analysis.tagger import MusicTagger
from voice_models import model_file

_MAGIC = 0xDB4775248B80FB57


def tagger_folder() -> Path:
    """Where the model lies; the test is skipped, or fails in CI, when it is not there."""
    return model_file("musicnn", "msd.data").parent


@lru_cache(maxsize=1)
def music_tagger() -> MusicTagger:
    """One for all tests: opening it takes a moment."""
    return MusicTagger(tagger_folder())


def checkpoint(variables: Mapping[str, NDArray[np.float32]]) -> tuple[bytes, bytes]:
    """A checkpoint as TensorFlow 1 writes it: content of the index and of the data."""
    data = b""
    entries = [(b"", field(1, 1))]
    for name, array in sorted(variables.items()):
        content = array.astype("<f4").tobytes()
        entries.append((name.encode(), entry(array.shape, len(data), len(content))))
        data += content
    return table(entries), data


def entry(shape: Sequence[int], offset: int, size: int, *, kind: int = 1) -> bytes:
    """Type, shape, place and size of one variable, as a protobuf."""
    sizes = b"".join(message(2, field(1, each)) for each in shape)
    return field(1, kind) + message(2, sizes) + field(4, offset) + field(5, size)


def table(entries: Sequence[tuple[bytes, bytes]], *, compression: int = 0) -> bytes:
    """A table in LevelDB's format with one block of entries that share their prefixes."""
    content, last = b"", b""
    for key, value in entries:
        shared = 0
        while shared < min(len(key), len(last)) and key[shared] == last[shared]:
            shared += 1
        content += varint(shared) + varint(len(key) - shared) + varint(len(value))
        content += key[shared:] + value
        last = key
    first = block(content, compression)
    pointer = varint(0) + varint(len(first) - 5)
    second = block(varint(0) + varint(1) + varint(len(pointer)) + b"~" + pointer, 0)
    handles = varint(0) + varint(0) + varint(len(first)) + varint(len(second) - 5)
    return first + second + handles.ljust(40, b"\0") + struct.pack("<Q", _MAGIC)


def block(content: bytes, compression: int) -> bytes:
    """Entries, one restart at 0, compression and checksum."""
    whole = content + struct.pack("<II", 0, 1) + bytes([compression])
    return whole + struct.pack("<I", _masked_crc(whole))


def field(number: int, value: int) -> bytes:
    return varint(number << 3) + varint(value)


def message(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])
