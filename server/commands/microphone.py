"""Listening with this machine's microphone, for commands."""

import sys
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.models import RATE_HZ
from server.errors import NoMicrophone

_SYSTEMS = (
    ("pulse", "default"),
    ("alsa", "default"),
    ("oss", "/dev/dsp"),
    ("avfoundation", ":default"),
)
"""FFmpeg's names for sound systems, and the default microphone of each."""


def listen(
    seconds: float | None = None,
    *,
    rate_hz: int = RATE_HZ,
    systems: Sequence[tuple[str, str]] = _SYSTEMS,
) -> Iterator[NDArray[np.float32]]:
    """Yield what the default microphone hears: mono, at most `seconds` in all; None is for ever.

    The microphone is let go when the iterator is closed.

    Args:
        seconds: how long to listen.
        rate_hz: of what is yielded, whatever the microphone's own.
        systems: where to look for one: FFmpeg's name of a sound system, and of its microphone.

    Raises:
        NoMicrophone: none can be opened, or it was taken away.
    """
    import av  # noqa: PLC0415  only listening needs it
    from av.audio.resampler import AudioResampler  # noqa: PLC0415

    container = _open(av, systems)
    resampler = AudioResampler("fltp", "mono", rate_hz)
    heard = 0
    try:
        for frame in container.decode(audio=0):
            for part in resampler.resample(frame):
                samples: NDArray[np.float32] = part.to_ndarray()[0]
                heard += samples.size
                yield samples
            if seconds is not None and heard >= seconds * rate_hz:
                return
    except (av.FFmpegError, OSError) as error:
        raise NoMicrophone(f"The microphone broke off: {error.strerror or error}.") from error
    finally:
        container.close()


def _open(av: Any, systems: Sequence[tuple[str, str]]) -> Any:
    tried = []
    for system, device in systems:
        if system not in av.formats_available:
            continue
        try:
            return av.open(device, format=system)
        except (av.FFmpegError, OSError) as error:
            tried.append(f"{system}: {error.strerror or error}")
    raise NoMicrophone(f"No microphone can be opened ({'; '.join(tried) or sys.platform}).")
