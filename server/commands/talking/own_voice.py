"""What this terminal plays is not what its user says."""

import time
from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np

from voice.audio import HEARING_RATE_HZ, SPEAKING_RATE_HZ, Samples
from voice.echo import ReferenceGuard
from voice.echo_filter import BLOCK
from voice.pcm import Resampler

_LEARNS: Final = 4 * HEARING_RATE_HZ // BLOCK
"""Blocks of our voice that it hears, once it knows the delay, before it is believed: 4 s."""
_KEPT_S: Final = 6.0
_GAP_S: Final = 0.05
_LATE_S: Final = 0.1
"""The guard asks a quarter of a second ahead, and the loudspeaker is given that much ahead: told a
little late, what it asks for is always known, and the sound of a room comes later anyway."""


class OwnVoice:
    """What the loudspeaker is given, by the clock; see `voice.echo.PlaybackReference`."""

    def __init__(self) -> None:
        self._pieces: deque[tuple[float, Samples]] = deque()
        self._resampler = Resampler(SPEAKING_RATE_HZ, HEARING_RATE_HZ)
        self._end_s = 0.0

    def note(self, samples: Samples, due_s: float) -> None:
        """The loudspeaker was given this, mono at `SPEAKING_RATE_HZ`, which is due at a time."""
        if abs(due_s - self._end_s) > _GAP_S:
            self._resampler.reset()
            self._end_s = due_s
        heard = self._resampler.feed(samples)
        self._pieces.append((self._end_s, heard))
        self._end_s += len(heard) / HEARING_RATE_HZ
        while self._pieces[0][0] < self._end_s - _KEPT_S:
            self._pieces.popleft()

    def samples(self, start_s: float, end_s: float) -> Samples | None:
        """What was played between two times; None when nothing was."""
        count = round((end_s - start_s) * HEARING_RATE_HZ)
        wanted: Samples = np.zeros(count, np.float32)
        found = False
        for from_s, piece in self._pieces:
            at = round((from_s - (start_s - _LATE_S)) * HEARING_RATE_HZ)
            first, last = max(at, 0), min(at + len(piece), count)
            if first < last:
                wanted[first:last] = piece[first - at : last - at]
                found = True
        return wanted if found else None


class OwnVoiceGuard:
    """Takes our voice out of the microphone; what may only be our voice becomes silence.

    It has to hear some seconds of our voice through this room before it can do so; until then the
    microphone is deaf while our voice sounds. Costs 0.016 s of CPU for each second.
    """

    def __init__(self, voice: OwnVoice, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._guard = ReferenceGuard(voice, clock=clock)
        self._rest: Samples = np.zeros(0, np.float32)
        self._learnt = 0

    def clean(self, samples: Samples, *, sounding: bool) -> Samples:
        """Clean what whole blocks there are; the rest comes with the next samples."""
        samples = np.concatenate([self._rest, samples])
        whole = len(samples) // BLOCK * BLOCK
        self._rest = samples[whole:]
        cleaned: Samples = np.zeros(whole, np.float32)
        for at in range(0, whole, BLOCK):
            left = self._guard.clean(samples[at : at + BLOCK])
            self._learnt += sounding and self._guard.delay_s is not None
            somebody = self._learnt > _LEARNS and not self._guard.is_echo()
            if somebody or not sounding:
                cleaned[at : at + BLOCK] = left
        return cleaned
