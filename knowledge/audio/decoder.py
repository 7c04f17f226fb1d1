"""Decode any music file to float samples, block by block, in bounded memory."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from knowledge.audio.container import MAX_DURATION_S, open_audio
from knowledge.errors import UnreadableAudio

Samples: TypeAlias = NDArray[np.float32]

_MAX_DAMAGED_SHARE = 0.5
"""More damaged packets than this, and what is left is not the recording any more."""
_INTEGER_SCALE = {"s16": 2.0**-15, "s16p": 2.0**-15, "s32": 2.0**-31, "s32p": 2.0**-31}


def decode(
    path: Path,
    *,
    sample_rate: int | None = None,
    channels: int = 2,
    block_s: float = 10.0,
    start_s: float = 0.0,
) -> Iterator[tuple[Samples, int]]:
    """Decode the file's first audio stream, resampled and mixed as asked.

    Args:
        path: a music file.
        sample_rate: hertz, or None for the rate of the file.
        channels: 1 or 2. More are mixed down to stereo, mono is doubled for stereo, and stereo
            is averaged for mono, so that no level changes.
        block_s: about how much audio one block holds, seconds.
        start_s: where to begin, to within a packet, seconds.

    Yields:
        Blocks of samples, shape (channels, n), float32 in about [-1, 1], each with its rate in
        hertz. The rate is the same for all blocks.

    Raises:
        UnreadableAudio: not audio, no sound, mostly damaged, or longer than 12 hours.
    """
    with open_audio(path) as (container, stream):
        rate = sample_rate or stream.codec_context.sample_rate
        if rate <= 0:
            raise UnreadableAudio("The file states no sample rate.")
        stream.codec_context.thread_count = 1  # analysis is one process a core already
        if start_s > 0 and stream.time_base:
            container.seek(int(start_s / stream.time_base), stream=stream)
        mixer = _Mixer(rate, channels)
        pending: list[Samples] = []
        held = total = 0
        for frame in _frames(container.demux(stream)):
            for samples in mixer.mix(frame):
                pending.append(samples)
                held += samples.shape[1]
            if held >= block_s * rate:
                yield np.concatenate(pending, axis=1), rate
                total += held
                pending, held = [], 0
                if total > MAX_DURATION_S * rate:
                    raise UnreadableAudio("The recording is too long to decode.")
        for samples in mixer.mix(None):
            pending.append(samples)
            held += samples.shape[1]
        if held:
            yield np.concatenate(pending, axis=1), rate
            total += held
        if not total:
            raise UnreadableAudio("No sound in this file can be decoded.")


def _frames(packets: "Iterator[av.Packet[av.AudioStream]]") -> Iterator[AudioFrame]:
    """Decode packet by packet, stepping over damage."""
    good = damaged = 0
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            break
        except (av.FFmpegError, OSError) as error:
            if not good:
                raise UnreadableAudio("The file is damaged at its beginning.") from error
            break
        try:
            yield from packet.decode()
            good += 1
        except (av.FFmpegError, ValueError):
            damaged += 1
    if damaged > (good + damaged) * _MAX_DAMAGED_SHARE:
        raise UnreadableAudio("Most of the audio in this file is damaged.")


class _Mixer:
    """Brings frames of any layout and rate to the one asked for."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._channels = channels
        self._resampler: AudioResampler | None = None
        self._setup: tuple[str, str, int] | None = None

    def mix(self, frame: AudioFrame | None) -> Iterator[Samples]:
        """Convert one frame, or with None what is still held back."""
        setup = frame and (frame.format.name, frame.layout.name, frame.sample_rate)
        if self._resampler is not None and setup != self._setup:
            for rest in self._resampler.resample(None):
                yield self._arranged(_samples(rest))
            self._resampler = None
        if frame is None:
            return
        plain = _plain(frame) if frame.sample_rate == self._rate else None
        if plain is not None and plain.shape[0] <= 2:
            yield self._arranged(plain)
            return
        if self._resampler is None:
            layout = "mono" if frame.layout.nb_channels == 1 else "stereo"
            self._resampler = AudioResampler("fltp", layout, self._rate)
            self._setup = setup or None
        for mixed in self._resampler.resample(frame):
            yield self._arranged(_samples(mixed))

    def _arranged(self, samples: Samples) -> Samples:
        if samples.shape[0] == self._channels:
            return samples
        if self._channels == 1:
            mixed: Samples = samples.mean(axis=0, keepdims=True)
            return mixed
        return np.repeat(samples, self._channels, axis=0)


def _samples(frame: AudioFrame) -> Samples:
    return frame.to_ndarray().astype(np.float32, copy=False)


def _plain(frame: AudioFrame) -> Samples | None:
    """Return the samples of the common formats without the cost of a filter graph."""
    name = frame.format.name
    if name == "fltp":
        return _samples(frame)
    if name not in _INTEGER_SCALE and name != "flt":
        return None
    samples: NDArray[Any] = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    if name == "flt":
        return samples.astype(np.float32, copy=False)
    return samples.astype(np.float32) * np.float32(_INTEGER_SCALE[name])
