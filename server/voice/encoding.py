"""Spoken sound as a file that is sent while it is still being made."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Literal, Protocol, get_args

import numpy as np

from voice.audio import SPEAKING_RATE_HZ, Samples

SpeechFormat = Literal["mp3", "opus", "aac", "flac", "wav", "pcm"]
FORMATS: Final[tuple[str, ...]] = get_args(SpeechFormat)
_UNKNOWN_LENGTH: Final = 0xFFFF_FFFF


class Encoder(Protocol):
    """Turns samples into the bytes of a file, in order. For one thread at a time."""

    def feed(self, samples: Samples) -> bytes:
        """The bytes that these samples, mono at `SPEAKING_RATE_HZ`, add."""
        ...

    def finish(self) -> bytes:
        """The end of the file."""
        ...


def content_type(name: SpeechFormat) -> str:
    """The media type of what `encoder` makes."""
    if name == "pcm":
        return f"audio/pcm;rate={SPEAKING_RATE_HZ}"
    return "audio/wav" if name == "wav" else _CODECS[name].content_type


def encoder(name: SpeechFormat) -> Encoder:
    """Begin a file."""
    if name == "pcm":
        return _Pcm(b"")
    return _Pcm(_wav_header()) if name == "wav" else _Compressed(_CODECS[name])


class _Pcm:
    def __init__(self, header: bytes) -> None:
        self._header = header

    def feed(self, samples: Samples) -> bytes:
        header, self._header = self._header, b""
        return header + bytes(to_int16(samples).tobytes())

    def finish(self) -> bytes:
        header, self._header = self._header, b""
        return header


@dataclass(frozen=True, slots=True)
class _Codec:
    container: str
    codec: str
    content_type: str
    bit_rate: int | None = None


_CODECS: Final[dict[str, _Codec]] = {
    "mp3": _Codec("mp3", "libmp3lame", "audio/mpeg", 64_000),
    "opus": _Codec("ogg", "libopus", "audio/ogg", 32_000),
    "aac": _Codec("adts", "aac", "audio/aac", 64_000),
    "flac": _Codec("flac", "flac", "audio/flac"),
}


class _Compressed:
    """A stream that FFmpeg's libraries make; nothing in it has to be gone back to."""

    def __init__(self, wanted: _Codec) -> None:
        import av  # noqa: PLC0415  only where something is encoded

        self._sink = _Sink()
        self._frame: Callable[..., Any] = av.AudioFrame.from_ndarray
        opened: Callable[..., Any] = av.open
        self._container = opened(self._sink, "w", format=wanted.container)
        self._stream = self._container.add_stream(wanted.codec, rate=SPEAKING_RATE_HZ)
        self._stream.layout = "mono"
        if wanted.bit_rate is not None:
            self._stream.bit_rate = wanted.bit_rate
        self._at = 0

    def feed(self, samples: Samples) -> bytes:
        if len(samples):
            frame = self._frame(to_int16(samples).reshape(1, -1), format="s16", layout="mono")
            frame.sample_rate = SPEAKING_RATE_HZ
            frame.pts = self._at
            self._at += len(samples)
            self._container.mux(self._stream.encode(frame))
        return self._sink.take()

    def finish(self) -> bytes:
        self._container.mux(self._stream.encode(None))
        self._container.close()
        return self._sink.take()


class _Sink:
    """What a muxer writes to: it can only go on."""

    def __init__(self) -> None:
        self._data = bytearray()

    def write(self, data: bytes) -> int:
        self._data += data
        return len(data)

    def take(self) -> bytes:
        data, self._data = bytes(self._data), bytearray()
        return data


def to_int16(samples: Samples) -> Any:
    """Signed 16-bit little-endian, clipped at full scale."""
    return np.rint(np.clip(samples, -1.0, 1.0) * 32_767.0).astype("<i2")


def _wav_header() -> bytes:
    """Of a file whose length nobody knows yet, as programs that stream write it."""
    rate = SPEAKING_RATE_HZ
    return b"".join(
        (
            b"RIFF", struct.pack("<I", _UNKNOWN_LENGTH), b"WAVE",
            b"fmt ", struct.pack("<IHHIIHH", 16, 1, 1, rate, rate * 2, 2, 16),
            b"data", struct.pack("<I", _UNKNOWN_LENGTH),
        )
    )  # fmt: skip
