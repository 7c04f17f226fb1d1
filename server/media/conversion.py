"""Turn one recording into a format that browsers play."""

import threading
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from server.errors import NotPlayable

MAX_DURATION_S = 6 * 3600.0
"""Longer recordings are not converted: the result would fill the disk."""
_MAX_RATE = 96_000


class TargetFormat(StrEnum):
    FLAC = "flac"
    OPUS = "opus"
    WAV = "wav"
    MP3 = "mp3"


_CODECS = {
    TargetFormat.FLAC: "flac",
    TargetFormat.OPUS: "libopus",
    TargetFormat.WAV: "pcm_s16le",
    TargetFormat.MP3: "libmp3lame",
}
_CONTAINERS = {
    TargetFormat.FLAC: "flac",
    TargetFormat.OPUS: "ogg",
    TargetFormat.WAV: "wav",
    TargetFormat.MP3: "mp3",
}
MEDIA_TYPES = {
    TargetFormat.FLAC: "audio/flac",
    TargetFormat.OPUS: "audio/ogg",
    TargetFormat.WAV: "audio/wav",
    TargetFormat.MP3: "audio/mpeg",
}
_LOSSY = frozenset({TargetFormat.OPUS, TargetFormat.MP3})
_MP3_RATES = (32_000, 44_100, 48_000)
_OPTIONS = {TargetFormat.FLAC: {"compression_level": "1"}}


class Stopped(Exception):
    """The conversion was told to stop."""


class Sink(Protocol):
    """Takes what was converted, in order; nothing that was written can be changed any more."""

    def write(self, data: bytes) -> int: ...


def convert(
    source: Path,
    target: Path | Sink,
    wanted: TargetFormat,
    stop: threading.Event,
    *,
    kbps: int | None = None,
    start_s: float = 0.0,
) -> None:
    """Write `source` to `target`, stereo at most, 16 bit.

    Args:
        source: the recording.
        target: a file, or somebody who listens meanwhile.
        wanted: in which format.
        stop: ends it when it is set.
        kbps: the bit rate of lossy formats, kilobits a second.
        start_s: where in the recording to begin, to within a frame.

    Raises:
        NotPlayable: it holds no sound we can decode, or too much of it.
        Stopped: `stop` was set on the way.
    """
    try:
        with (
            av.open(str(source), options={"protocol_whitelist": "file"}) as opened,
            av.open(_opened(target), "w", format=_CONTAINERS[wanted]) as out,
        ):
            if not opened.streams.audio:
                raise NotPlayable("The file holds no sound.")
            sound = opened.streams.audio[0]
            layout = "mono" if sound.channels == 1 else "stereo"
            rate = _rate_for(wanted, sound.rate or 48_000)
            stream: Any = out.add_stream(
                _CODECS[wanted], rate=rate, options=_OPTIONS.get(wanted, {})
            )
            stream.layout = layout
            if kbps is not None and wanted in _LOSSY:
                stream.bit_rate = min(kbps, _most_kbps(wanted, layout)) * 1_000
            resampler = AudioResampler(format=stream.format, layout=layout, rate=rate)
            if start_s > 0.0:
                opened.seek(round(start_s * av.time_base))
            for frame in _resampled(opened, resampler, stop, start_s):
                out.mux(stream.encode(frame))
            out.mux(stream.encode(None))
    except (av.FFmpegError, OSError, ValueError) as error:
        raise NotPlayable(
            "This recording cannot be converted for the browser.",
            next_step="refrain doctor lists unreadable files.",
        ) from error


def _opened(target: Path | Sink) -> Any:
    return str(target) if isinstance(target, Path) else target


def _most_kbps(wanted: TargetFormat, layout: str) -> int:
    """The highest bit rate that there is: Opus has 256 for each channel."""
    return 256 if wanted is TargetFormat.OPUS and layout == "mono" else 320


def _rate_for(wanted: TargetFormat, rate: int) -> int:
    """The rate nearest to that of the recording that the format has."""
    if wanted is TargetFormat.OPUS:
        return 48_000
    if wanted is TargetFormat.MP3:
        return rate if rate in _MP3_RATES else 44_100
    return min(rate, _MAX_RATE)


def _resampled(
    opened: Any, resampler: AudioResampler, stop: threading.Event, start_s: float
) -> Iterator[AudioFrame]:
    for frame in opened.decode(audio=0):
        if stop.is_set():
            raise Stopped
        if frame.time is not None and frame.time + frame.samples / frame.sample_rate <= start_s:
            continue  # a file can be entered only somewhat before the place
        if frame.time is not None and frame.time > MAX_DURATION_S:
            raise NotPlayable("The recording is too long to be converted.")
        frame.pts = None
        yield from resampler.resample(frame)
    yield from resampler.resample(None)
