"""Listening with this machine's microphone, for commands."""

import sys
from collections.abc import Iterator
from typing import Any

from knowledge.fingerprint.models import RATE_HZ, Samples
from server.errors import NoMicrophone

_SYSTEMS = (("alsa", "default"), ("oss", "/dev/dsp"), ("avfoundation", ":default"))
"""FFmpeg's names for sound systems, and the default microphone of each."""


def listen(seconds: float) -> Iterator[Samples]:
    """Yield what the default microphone hears, mono at `RATE_HZ`, for at most `seconds`.

    Raises:
        NoMicrophone: none can be opened.
    """
    import av  # noqa: PLC0415  only listening needs it
    from av.audio.resampler import AudioResampler  # noqa: PLC0415

    container = _open(av)
    resampler = AudioResampler("fltp", "mono", RATE_HZ)
    heard = 0
    try:
        for frame in container.decode(audio=0):
            for part in resampler.resample(frame):
                samples: Samples = part.to_ndarray()[0]
                heard += samples.size
                yield samples
            if heard >= seconds * RATE_HZ:
                return
    finally:
        container.close()


def _open(av: Any) -> Any:
    tried = []
    for system, device in _SYSTEMS:
        if system not in av.formats_available:
            continue
        try:
            return av.open(device, format=system)
        except (av.FFmpegError, OSError) as error:
            tried.append(f"{system}: {error.strerror or error}")
    raise NoMicrophone(f"No microphone can be opened ({'; '.join(tried) or sys.platform}).")
