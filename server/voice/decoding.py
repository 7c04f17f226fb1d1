"""Files of recorded speech as samples: any format, with limits, and nothing of it in this process.

Only plain WAV, which most programs send, is read here; everything else goes to a process of its own
that a damaged or hostile file may crash.
"""

import asyncio
import wave
from pathlib import Path
from typing import Final

import numpy as np

from knowledge.errors import UnreadableAudio
from server.errors import TooLarge
from server.recognition.sound_process import samples_of_file
from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import UnusableAudio
from voice.pcm import HIGHEST_RATE_HZ, LOWEST_RATE_HZ, Resampler

_TIMEOUT_S: Final = 60.0
_AT_ONCE: Final = 2
_SHORTEST_S: Final = 0.1
_MAX_CHANNELS: Final = 8


class SpeechFiles:
    """Reads such files, two at once."""

    def __init__(self, *, at_most_s: float) -> None:
        """Take files of up to `at_most_s` seconds."""
        self._at_most_s = at_most_s
        self._room = asyncio.Semaphore(_AT_ONCE)

    async def samples(self, path: Path) -> Samples:
        """The whole sound of a file, mono at `HEARING_RATE_HZ`.

        Raises:
            UnusableAudio: it is empty, damaged, or no sound.
            TooLarge: it is too long.
        """
        async with self._room:
            samples = await asyncio.to_thread(_of_plain_wav, path, self._at_most_s)
            if samples is None:
                try:
                    samples = await samples_of_file(
                        path,
                        rate_hz=HEARING_RATE_HZ,
                        at_most_s=self._at_most_s,
                        timeout_s=_TIMEOUT_S,
                    )
                except UnreadableAudio as error:
                    raise UnusableAudio(f"The file cannot be used as sound: {error}") from error
        seconds = len(samples) / HEARING_RATE_HZ
        if seconds > self._at_most_s:
            raise TooLarge(
                f"The recording is longer than {self._at_most_s:.0f} seconds.",
                next_step="Send it in parts, or raise voice.max_upload_s.",
            )
        if seconds < _SHORTEST_S:
            raise UnusableAudio("The file holds less than a tenth of a second of sound.")
        return samples


def _of_plain_wav(path: Path, at_most_s: float) -> Samples | None:
    """The samples of a WAV file with 16 bits; None for anything else, or anything strange."""
    try:
        with wave.open(str(path), "rb") as file:
            rate, channels = file.getframerate(), file.getnchannels()
            known = LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ and 1 <= channels <= _MAX_CHANNELS
            if file.getsampwidth() != 2 or not known:
                return None
            data = file.readframes(round((at_most_s + 1.0) * rate))
            resampler = Resampler(rate, HEARING_RATE_HZ)
    except (wave.Error, EOFError, OSError, ValueError, UnusableAudio):
        return None
    frames = np.frombuffer(data[: len(data) - len(data) % (2 * channels)], "<i2")
    mono = frames.reshape(-1, channels).mean(axis=1, dtype=np.float32) / np.float32(32_768.0)
    return np.concatenate([resampler.feed(mono), resampler.finish()])
