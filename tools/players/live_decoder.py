"""A program of its own that decodes a radio station: what crashes here crashes nothing else.

Reads the address of the stream, which is one of this server, in one line of standard input, and
writes stereo samples of 16 bit at `RATE_HZ` to standard output until somebody ends it. When it
cannot be decoded the exit status is 3.
"""

import os
import sys
from contextlib import suppress
from typing import BinaryIO

import av
from av.audio.resampler import AudioResampler

from tools.players.pcm import RATE_HZ

REFUSED = 3
_MEMORY = 2 * 2**30
_MAX_DAMAGED = 200
"""So many packets in a row that cannot be decoded, and it is not sound any more."""
_TIMEOUT_S = 15.0
_OPTIONS = {
    "protocol_whitelist": "http,tcp",
    "format_whitelist": "aac,flac,mp3,ogg,wav,mov,mp4,matroska,webm,asf",
    "probesize": "65536",
}


def main(url: str, out: BinaryIO) -> int:
    """Decode what is at `url` to `out`; returns the exit status."""
    _limit_ourselves()
    try:
        with av.open(
            url, "r", options=_OPTIONS, metadata_errors="replace", timeout=_TIMEOUT_S
        ) as container:
            sound = container.streams.audio[0]
            sound.codec_context.thread_count = 1
            resampler = AudioResampler("s16", "stereo", RATE_HZ)
            damaged = 0
            for packet in container.demux(sound):
                try:
                    frames = packet.decode()
                    damaged = 0
                except av.FFmpegError:
                    damaged += 1
                    if damaged > _MAX_DAMAGED:
                        raise
                    continue
                for frame in frames:
                    frame.pts = None
                    out.writelines(
                        resampled.to_ndarray().astype("<i2", copy=False).tobytes()
                        for resampled in resampler.resample(frame)
                    )
                out.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more
    except (av.FFmpegError, IndexError, OSError, ValueError, MemoryError):
        return REFUSED
    return 0


def _limit_ourselves() -> None:
    with suppress(ImportError, OSError, ValueError):
        # Not on Windows, where there is no such limit.
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.stdin.readline().strip(), sys.stdout.buffer))
