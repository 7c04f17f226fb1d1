"""A program of its own that decodes one file or stream: what crashes here crashes nothing else.

Called with a path, or "-" for what comes in on standard input, and perhaps a rate in hertz. On
standard output come the length in seconds (a float64, 0 when it is unknown), then mono samples at
that rate, `RATE_HZ` without one, 16 bit little-endian.
When it cannot be decoded the exit status is 3 and standard error says why.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import av
import numpy as np
from av.audio.resampler import AudioResampler

from knowledge.audio.container import open_audio
from knowledge.audio.decoder import decode
from knowledge.errors import UnreadableAudio
from knowledge.fingerprint.models import RATE_HZ

REFUSED = 3
_NICENESS = 10
_MEMORY = 2 * 2**30
_PROBE_BYTES = 65_536
_MAX_DAMAGED = 200
"""So many packets in a row that cannot be decoded, and it is not sound any more."""
_FORMATS = "aac,flac,mp3,ogg,wav,mov,mp4,matroska,webm,asf"


def main(source: str, out: BinaryIO, rate_hz: int = RATE_HZ) -> int:
    """Decode `source` to `out`; returns the exit status."""
    _limit_ourselves()
    try:
        if source == "-":
            out.write(np.float64(0.0).tobytes())
            for samples in _of_stream(sys.stdin.buffer, rate_hz):
                out.write(samples)
                out.flush()
        else:
            path = Path(source)
            out.write(np.float64(_duration_s(path)).tobytes())
            for block, _ in decode(path, sample_rate=rate_hz, channels=1):
                pcm = np.clip(np.rint(block[0] * 32_767), -32_768, 32_767)
                out.write(pcm.astype("<i2").tobytes())
        out.flush()
    except BrokenPipeError:
        os._exit(0)  # nobody listens any more
    except UnreadableAudio as error:
        print(error, file=sys.stderr)
        return REFUSED
    except (av.FFmpegError, OSError, ValueError, MemoryError):
        print("This cannot be decoded.", file=sys.stderr)
        return REFUSED
    return 0


def _of_stream(stream: BinaryIO, rate_hz: int) -> Iterator[bytes]:
    options = {"format_whitelist": _FORMATS, "probesize": str(_PROBE_BYTES)}
    with av.open(stream, "r", options=options, metadata_errors="replace") as container:
        if not container.streams.audio:
            raise UnreadableAudio("There is no sound in this stream.")
        sound = container.streams.audio[0]
        sound.codec_context.thread_count = 1
        resampler = AudioResampler("s16", "mono", rate_hz)
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
                for resampled in resampler.resample(frame):
                    yield resampled.to_ndarray().astype("<i2").tobytes()


def _duration_s(path: Path) -> float:
    with open_audio(path) as (container, _):
        return (container.duration or 0) / av.time_base


def _limit_ourselves() -> None:
    with suppress(OSError, AttributeError):
        os.nice(_NICENESS)
    with suppress(ImportError, OSError, ValueError):
        # Not on Windows, where there is no such limit.
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.stdout.buffer, *map(int, sys.argv[2:3])))
