"""Sound as Wyoming's clients send and want it: any rate, width and number of channels."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from server.integrations.wyoming.wire import WireBroken
from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import UnusableAudio
from voice.pcm import HIGHEST_RATE_HZ, LOWEST_RATE_HZ, Resampler

_MOST_CHANNELS: Final = 8
_FULL_SCALE: Final = {1: 128.0, 2: 32_768.0, 4: 2_147_483_648.0}
_KINDS: Final = {1: "u1", 2: "<i2", 4: "<i4"}


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """Raw PCM."""

    rate_hz: int
    width: int
    """Bytes of a sample: 1 (unsigned), 2 or 4."""
    channels: int

    @classmethod
    def of(cls, data: dict[str, Any]) -> "SoundFormat":
        """What an event says.

        Raises:
            WireBroken: no sound that can be used.
        """
        rate, width, channels = (_count(data.get(key)) for key in ("rate", "width", "channels"))
        usable = LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ and width in _KINDS
        if not usable or not 1 <= channels <= _MOST_CHANNELS:
            raise WireBroken("This sound cannot be used; send 16 kHz, 16 bits, one channel.")
        return cls(rate, width, channels)


class ChunkReader:
    """Makes mono samples at `HEARING_RATE_HZ` of one stream of chunks, cut anywhere."""

    def __init__(self, sound: SoundFormat) -> None:
        """Prepare.

        Raises:
            WireBroken: a rate that cannot be converted.
        """
        self.sound = sound
        try:
            self._resampler = Resampler(sound.rate_hz, HEARING_RATE_HZ)
        except UnusableAudio as error:
            raise WireBroken(str(error)) from error
        self._rest = b""

    def read(self, data: bytes) -> Samples:
        """Samples that `data` completes, shape (n,)."""
        size = self.sound.width * self.sound.channels
        data = self._rest + data if self._rest else data
        whole = len(data) // size * size
        self._rest = data[whole:]
        levels = np.frombuffer(data[:whole], _KINDS[self.sound.width]).astype(np.float32)
        if self.sound.width == 1:
            levels -= 128.0
        levels /= _FULL_SCALE[self.sound.width]
        mono = levels.reshape(-1, self.sound.channels).mean(axis=1, dtype=np.float32)
        return self._resampler.feed(mono)


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0
