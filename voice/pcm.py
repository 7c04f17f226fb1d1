"""Sound as clients send and want it: other sampling rates and encodings, in chunks cut anywhere."""

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from voice.audio import HEARING_RATE_HZ, SPEAKING_RATE_HZ, Samples
from voice.errors import UnusableAudio

LOWEST_RATE_HZ: Final = 8_000
HIGHEST_RATE_HZ: Final = 192_000

_ZERO_CROSSINGS = 16
"""Of the low-pass on each side: a transition band of about a tenth of the lower rate."""
_KAISER_BETA = 8.0
"""Stop band about 80 dB down, below the noise of 12 bits."""
_PASS_SHARE = 0.94
"""Of the lower Nyquist frequency; the rest is the filter's slope."""
_MOST_PHASES = 960
_BLOCK = 16_384
"""Samples filtered at once, so that minutes of sound need no hundreds of megabytes."""


class Encoding(StrEnum):
    """How samples become bytes; named as the Realtime protocol names them."""

    PCM = "audio/pcm"
    """Signed 16-bit, little endian."""
    PCMU = "audio/pcmu"
    """G.711 mu-law, one byte a sample."""
    PCMA = "audio/pcma"
    """G.711 A-law, one byte a sample."""


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """What a client sends or wants; one channel."""

    encoding: Encoding = Encoding.PCM
    rate_hz: int = SPEAKING_RATE_HZ

    @property
    def bytes_per_sample(self) -> int:
        return 2 if self.encoding is Encoding.PCM else 1

    def seconds(self, size: int) -> float:
        """How long `size` bytes sound."""
        return size / (self.bytes_per_sample * self.rate_hz)

    @classmethod
    def named(cls, encoding: str, rate_hz: int | None = None) -> "AudioFormat":
        """The format of a name such as "audio/pcm"; rate None is the usual one of the encoding.

        Raises:
            UnusableAudio: a name or rate that is not known here; G.711 is always 8 kHz.
        """
        try:
            known = Encoding(encoding)
        except ValueError:
            names = ", ".join(Encoding)
            raise UnusableAudio(f"Audio can be {names}, not {encoding[:40]!r}.") from None
        usual = SPEAKING_RATE_HZ if known is Encoding.PCM else LOWEST_RATE_HZ
        rate = usual if rate_hz is None else rate_hz
        if known is not Encoding.PCM and rate != usual:
            raise UnusableAudio(f"{known} has {usual} Hz, not {rate}.")
        if not LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ:
            raise UnusableAudio(f"A rate of {rate} Hz cannot be used.")
        return cls(known, rate)


class Resampler:
    """Changes the sampling rate of one stream; what comes out does not depend on the chunks.

    A windowed-sinc low-pass in polyphase form (Crochiere and Rabiner, 1983), about 80 dB of
    stop band, no shift in time. The last samples come out of `finish`.
    """

    def __init__(self, from_hz: int, to_hz: int) -> None:
        """Prepare the filter.

        Raises:
            UnusableAudio: rates out of range, or in a ratio that needs too large a filter.
        """
        for rate in (from_hz, to_hz):
            if not LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ:
                raise UnusableAudio(f"A rate of {rate} Hz cannot be used.")
        shared = math.gcd(from_hz, to_hz)
        self._up, self._down = to_hz // shared, from_hz // shared
        if self._up > _MOST_PHASES:
            raise UnusableAudio(f"Sound of {from_hz} Hz cannot be made one of {to_hz} Hz.")
        self._same = from_hz == to_hz
        self._filters = _polyphase(self._up, min(1.0, to_hz / from_hz))
        self._taps = self._filters.shape[1]
        self._half = self._taps // 2
        self.reset()

    def reset(self) -> None:
        """Begin anew, as if nothing had been heard."""
        self._held: Samples = np.zeros(self._half - 1, np.float32)
        self._origin = -(self._half - 1)
        self._read = self._made = 0

    def feed(self, samples: Samples) -> Samples:
        """What `samples` add to the output; float32, shape (n,)."""
        if self._same:
            return samples
        parts = [
            self._feed_block(samples[first : first + _BLOCK])
            for first in range(0, len(samples), _BLOCK)
        ]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def finish(self) -> Samples:
        """The end of the stream, which the filter still held; then begin anew."""
        if self._same:
            return np.zeros(0, np.float32)
        wanted = -(-self._read * self._up // self._down) - self._made
        tail = self._feed_block(np.zeros(self._half, np.float32))[: max(wanted, 0)]
        self.reset()
        return tail

    def _feed_block(self, block: Samples) -> Samples:
        held = np.concatenate([self._held, block])
        self._read += len(block)
        last = self._origin + len(held) - self._half - 1  # newest input whose window is whole
        ready = (last * self._up + self._up - 1) // self._down + 1 - self._made if last >= 0 else 0
        made = np.zeros(max(ready, 0), np.float32)
        if len(made):
            self._filter(held, made)
        self._made += len(made)
        keep = self._made * self._down // self._up - self._half + 1 - self._origin
        self._held, self._origin = held[keep:].copy(), self._origin + keep
        return made

    def _filter(self, held: Samples, made: Samples) -> None:
        windows = np.lib.stride_tricks.sliding_window_view(held, self._taps)
        for offset in range(min(self._up, len(made))):
            place = (self._made + offset) * self._down
            first = place // self._up - self._half + 1 - self._origin
            rows = windows[first :: self._down][: len(made[offset :: self._up])]
            made[offset :: self._up] = rows @ self._filters[place % self._up]


class SoundDecoder:
    """Makes samples of one client's bytes. A sample may be cut in two by the chunks."""

    def __init__(self, audio: AudioFormat, *, to_hz: int = HEARING_RATE_HZ) -> None:
        self._encoding = audio.encoding
        self._resampler = Resampler(audio.rate_hz, to_hz)
        self._odd = b""

    def decode(self, data: bytes) -> Samples:
        """Mono samples, shape (n,), that `data` completes."""
        return self._resampler.feed(self._unpack(data))

    def finish(self) -> Samples:
        """The last samples of the stream; then begin anew."""
        self._odd = b""
        return self._resampler.finish()

    def _unpack(self, data: bytes) -> Samples:
        if self._encoding is not Encoding.PCM:
            table = _ULAW if self._encoding is Encoding.PCMU else _ALAW
            return table[np.frombuffer(data, np.uint8)]
        if self._odd:
            data = self._odd + data
        whole = len(data) & ~1
        self._odd = data[whole:]
        read = np.frombuffer(data, "<i2", count=whole // 2)
        return read.astype(np.float32) * np.float32(1 / 32_768)


class SoundEncoder:
    """Makes the bytes that one client wants of our samples."""

    def __init__(self, audio: AudioFormat, *, from_hz: int = SPEAKING_RATE_HZ) -> None:
        self._encoding = audio.encoding
        self._resampler = Resampler(from_hz, audio.rate_hz)

    def encode(self, samples: Samples) -> bytes:
        """Bytes of whole samples; what is no number is silence, what is too loud is clipped."""
        return self._pack(self._resampler.feed(np.asarray(samples, np.float32)))

    def finish(self) -> bytes:
        """The last bytes of the stream; then begin anew."""
        return self._pack(self._resampler.finish())

    def _pack(self, samples: Samples) -> bytes:
        levels = to_int16(samples)
        if self._encoding is Encoding.PCM:
            return levels.astype("<i2", copy=False).tobytes()
        if self._encoding is Encoding.PCMU:
            return _to_ulaw(levels).tobytes()
        return _to_alaw(levels).tobytes()


def to_int16(samples: NDArray[Any]) -> NDArray[np.int16]:
    """Samples in -1 to 1 as 16-bit numbers; what is no number is silence."""
    finite = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    levels: NDArray[np.int16] = np.rint(np.clip(finite * 32_768.0, -32_768, 32_767)).astype("i2")
    return levels


def _polyphase(up: int, cutoff: float) -> NDArray[np.float32]:
    """Filters, shape (up, taps): row p makes the output that lies p/up after an input sample."""
    half = math.ceil(_ZERO_CROSSINGS / cutoff)
    at = np.arange(-half + 1, half + 1)[None, :] - np.arange(up)[:, None] / up
    inside = np.clip(1 - (at / half) ** 2, 0, None)
    window = np.i0(_KAISER_BETA * np.sqrt(inside)) / np.i0(_KAISER_BETA)
    width = cutoff * _PASS_SHARE
    filters = width * np.sinc(width * at) * window
    filters /= filters.sum(axis=1, keepdims=True)
    kernel: NDArray[np.float32] = filters.astype(np.float32)
    return kernel


def _to_ulaw(levels: NDArray[np.int16]) -> NDArray[np.uint8]:
    """G.711 mu-law: sign, 3 bits of segment, 4 bits of step, all inverted."""
    wide = levels.astype(np.int32)
    size = np.minimum(np.abs(wide), 32_635) + 132
    segment = np.floor(np.log2(size)).astype(np.int32) - 7
    step = (size >> (segment + 3)) & 15
    codes: NDArray[np.uint8] = ~(np.where(wide < 0, 128, 0) | (segment << 4) | step).astype("u1")
    return codes


def _to_alaw(levels: NDArray[np.int16]) -> NDArray[np.uint8]:
    """G.711 A-law: sign, 3 bits of segment, 4 bits of step, even bits inverted."""
    wide = levels.astype(np.int32) >> 3
    size = np.where(wide < 0, ~wide, wide)
    segment = np.maximum(np.floor(np.log2(np.maximum(size, 1))).astype(np.int32) - 4, 0)
    step = (size >> np.maximum(segment, 1)) & 15
    codes: NDArray[np.uint8] = (np.where(wide < 0, 0, 128) | (segment << 4) | step).astype("u1")
    return codes ^ np.uint8(0x55)


def _ulaw_levels() -> Samples:
    code = ~np.arange(256) & 255
    size = ((((code & 15) << 3) + 132) << ((code >> 4) & 7)) - 132
    return (np.where(code & 128, -size, size) / 32_768.0).astype(np.float32)


def _alaw_levels() -> Samples:
    code = np.arange(256) ^ 0x55
    segment = (code >> 4) & 7
    step = ((code & 15) << 4) + 8
    size = np.where(segment == 0, step, (step + 256) << np.maximum(segment - 1, 0))
    return (np.where(code & 128, size, -size) / 32_768.0).astype(np.float32)


_ULAW: Final = _ulaw_levels()
_ALAW: Final = _alaw_levels()
