"""GGUF files: the weights of a model as arrays, and adapters for llama.cpp.

After the specification in ggml's `docs/gguf.md`, version 3, little-endian. Of the many kinds of
quantisation only those are read that the file of SmolLM2 holds.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from evals.errors import EvaluationImpossible

FloatArray = npt.NDArray[np.float32]
_MAGIC: Final = b"GGUF"
_VERSION: Final = 3
_ALIGNMENT: Final = 32
_SCALARS: Final = ("B", "b", "H", "h", "I", "i", "f", "?", "", "", "Q", "q", "d")
"""Format of `struct` by the number of a value's type; 8 is a string, 9 an array."""
_STRING, _ARRAY, _UINT32, _FLOAT32 = 8, 9, 4, 6
_F32, _F16, _Q4_1, _Q8_0 = 0, 1, 3, 8
_BLOCK: Final = 32
"""Weights that share a scale, in both kinds of quantisation."""


@dataclass(frozen=True, slots=True)
class Gguf:
    """What a file holds."""

    facts: Mapping[str, Any]
    tensors: Mapping[str, FloatArray]
    """By name, rows first: the shape of a matrix is [outputs, inputs]."""


class _Cursor:
    def __init__(self, data: memoryview) -> None:
        self._data, self.place = data, 0

    def take(self, size: int) -> memoryview:
        begin, self.place = self.place, self.place + size
        if self.place > len(self._data):
            raise EvaluationImpossible("the GGUF file ends in the middle of something")
        return self._data[begin : self.place]

    def number(self, form: str) -> Any:
        return struct.unpack("<" + form, self.take(struct.calcsize("<" + form)))[0]

    def string(self) -> str:
        return bytes(self.take(self.number("Q"))).decode("utf-8")

    def value(self, kind: int) -> Any:
        if kind == _STRING:
            return self.string()
        if kind == _ARRAY:
            inner, count = self.number("I"), self.number("Q")
            return [self.value(inner) for _ in range(count)]
        if kind >= len(_SCALARS):
            raise EvaluationImpossible(f"the GGUF file holds a value of unknown type {kind}")
        return self.number(_SCALARS[kind])


def read_gguf(path: Path) -> Gguf:
    """Read a file whole, its weights as numbers of 32 bits.

    Raises:
        EvaluationImpossible: it is no GGUF file, or holds a kind of numbers not known here.
    """
    data = memoryview(path.read_bytes())
    cursor = _Cursor(data)
    if bytes(cursor.take(4)) != _MAGIC or cursor.number("I") != _VERSION:
        raise EvaluationImpossible(f"{path.name} is no GGUF file of version {_VERSION}")
    count, fact_count = cursor.number("Q"), cursor.number("Q")
    facts: dict[str, Any] = {}
    for _ in range(fact_count):
        name = cursor.string()
        facts[name] = cursor.value(cursor.number("I"))
    listed = []
    for _ in range(count):
        name = cursor.string()
        shape = tuple(cursor.number("Q") for _ in range(cursor.number("I")))[::-1]
        listed.append((name, shape, cursor.number("I"), cursor.number("Q")))
    begin = _aligned(cursor.place)
    tensors = {
        name: _numbers(data[begin + offset :], shape, kind) for name, shape, kind, offset in listed
    }
    return Gguf(facts, tensors)


def _numbers(data: memoryview, shape: tuple[int, ...], kind: int) -> FloatArray:
    size = int(np.prod(shape))
    if kind == _F32:
        return np.frombuffer(data, "<f4", size).reshape(shape).copy()
    if kind == _F16:
        return np.frombuffer(data, "<f2", size).astype(np.float32).reshape(shape)
    if kind == _Q8_0:
        blocks = np.frombuffer(data, [("d", "<f2"), ("q", "i1", _BLOCK)], size // _BLOCK)
        scaled = blocks["q"].astype(np.float32) * blocks["d"].astype(np.float32)[:, None]
    elif kind == _Q4_1:
        form = [("d", "<f2"), ("m", "<f2"), ("q", "u1", _BLOCK // 2)]
        blocks = np.frombuffer(data, form, size // _BLOCK)
        halves = np.concatenate([blocks["q"] & 15, blocks["q"] >> 4], axis=1).astype(np.float32)
        scaled = halves * blocks["d"].astype(np.float32)[:, None]
        scaled += blocks["m"].astype(np.float32)[:, None]
    else:
        raise EvaluationImpossible(f"the GGUF file holds numbers of unknown kind {kind}")
    return scaled.reshape(shape)


def write_gguf(
    path: Path, facts: Mapping[str, str | int | float], tensors: Mapping[str, FloatArray]
) -> None:
    """Write `tensors` with 16 bits each."""
    head = bytearray(_MAGIC + struct.pack("<IQQ", _VERSION, len(tensors), len(facts)))
    for name, value in facts.items():
        head += _string(name) + _value(value)
    body = bytearray()
    for name, tensor in tensors.items():
        shape = tensor.shape[::-1]
        head += _string(name) + struct.pack("<I", len(shape))
        head += struct.pack(f"<{len(shape)}QIQ", *shape, _F16, len(body))
        body += tensor.astype("<f2").tobytes()
        body += bytes(_aligned(len(body)) - len(body))
    head += bytes(_aligned(len(head)) - len(head))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + body)


def _string(text: str) -> bytes:
    encoded = text.encode("utf-8")
    return struct.pack("<Q", len(encoded)) + encoded


def _value(value: str | float) -> bytes:
    if isinstance(value, str):
        return struct.pack("<I", _STRING) + _string(value)
    if isinstance(value, int):
        return struct.pack("<II", _UINT32, value)
    return struct.pack("<If", _FLOAT32, value)


def _aligned(place: int) -> int:
    return -(-place // _ALIGNMENT) * _ALIGNMENT
