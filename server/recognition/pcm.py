"""Sound as clients send it, brought to the rate that recordings are recognised at."""

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from knowledge.fingerprint.models import RATE_HZ, Samples

LOWEST_RATE_HZ = 8_000
HIGHEST_RATE_HZ = 48_000
_SAMPLE_BYTES = 2


class PcmStream:
    """Resamples one stream of PCM, 16 bit little-endian, mono. Cuts anywhere do not matter."""

    def __init__(self, rate: int) -> None:
        """Take in sound at `rate` hertz.

        Raises:
            ValueError: a rate outside 8,000 to 48,000.
        """
        if not LOWEST_RATE_HZ <= rate <= HIGHEST_RATE_HZ:
            raise ValueError(f"The sample rate must be {LOWEST_RATE_HZ} to {HIGHEST_RATE_HZ}.")
        self.rate = rate
        self._resampler = AudioResampler("fltp", "mono", RATE_HZ)
        self._odd = b""

    def take(self, data: bytes) -> Samples:
        """The next samples at `RATE_HZ`, shape (n,); a few are held back until more comes."""
        data = self._odd + data
        whole = len(data) - len(data) % _SAMPLE_BYTES
        data, self._odd = data[:whole], data[whole:]
        if not data:
            return np.zeros(0, np.float32)
        pcm = np.frombuffer(data, "<i2").astype(np.int16, copy=False).reshape(1, -1)
        frame = AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate = self.rate
        frame.pts = None
        parts = [one.to_ndarray().reshape(-1) for one in self._resampler.resample(frame)]
        if not parts:
            return np.zeros(0, np.float32)
        return np.concatenate(parts).astype(np.float32, copy=False)

    def duration_s(self, size: int) -> float:
        """How long `size` bytes sound."""
        return size / _SAMPLE_BYTES / self.rate
