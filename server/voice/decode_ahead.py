"""A file of music as mono samples from any place on, piece by piece."""

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from knowledge.audio.container import open_audio
from knowledge.errors import UnreadableAudio
from voice.audio import HEARING_RATE_HZ, Samples

_BEFORE_S = 0.3
"""A decoder needs a little sound before the first that is right."""


def decode_ahead(path: Path, start_s: float, *, piece_s: float) -> Iterator[tuple[int, Samples]]:
    """Decode a file from about `start_s` on, at `HEARING_RATE_HZ`.

    Args:
        path: a music file.
        start_s: seconds from its beginning.
        piece_s: about how much one piece holds, seconds.

    Yields:
        The index of a piece's first sample, counted from the beginning of the music by the times
        that are written in the file, and its samples, mono, shape (n,). Each piece follows the
        one before.

    Raises:
        UnreadableAudio: not audio that can be read.
    """
    with open_audio(path) as (container, stream):
        stream.codec_context.thread_count = 1
        if start_s > _BEFORE_S and stream.time_base:
            offset = stream.start_time or 0
            wanted = int((start_s - _BEFORE_S) / stream.time_base) + offset
            container.seek(wanted, stream=stream)
        begins_s = float((stream.start_time or 0) * (stream.time_base or 0))
        resampler = AudioResampler("flt", "mono", HEARING_RATE_HZ)
        held: list[Samples] = []
        at: int | None = None
        for frame in _frames(container.demux(stream)):
            if at is None:
                at = round(((frame.time or 0.0) - begins_s) * HEARING_RATE_HZ)
            try:
                held += [one.to_ndarray()[0] for one in resampler.resample(frame)]
            except (av.FFmpegError, ValueError) as error:
                raise UnreadableAudio("The sound of this file changes its form.") from error
            if sum(map(len, held)) >= piece_s * HEARING_RATE_HZ:
                piece = np.concatenate(held)
                held = []
                yield at, piece
                at += len(piece)
        if held and at is not None:
            yield at, np.concatenate(held)


def _frames(packets: "Iterator[av.Packet[av.AudioStream]]") -> Iterator[AudioFrame]:
    """Packet by packet, stepping over damage."""
    while True:
        try:
            packet = next(packets, None)
        except (av.FFmpegError, OSError):
            return
        if packet is None:
            return
        try:
            yield from packet.decode()
        except (av.FFmpegError, ValueError):
            continue
