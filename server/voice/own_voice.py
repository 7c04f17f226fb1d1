"""What our own voice sounds like at a client, so that its microphone does not take it for a user's.

Sound is sent faster than it sounds and plays from its arrival on; how much later than reckoned
that is, the guard finds out.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

import numpy as np

from voice.audio import HEARING_RATE_HZ, SPEAKING_RATE_HZ, Samples
from voice.echo import ReferenceGuard
from voice.pcm import Resampler

_KEPT_S: Final = 3.0
_MOST_S: Final = 60.0


class OwnVoice:
    """A `PlaybackReference` of the answers spoken on one connection."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._pieces: deque[tuple[float, Samples]] = deque()

    def sent(self, samples: Samples, left_s: float) -> None:
        """More is on its way.

        Args:
            samples: mono at `SPEAKING_RATE_HZ`.
            left_s: how long it will be, from now, until the last of them has sounded.
        """
        resampler = Resampler(SPEAKING_RATE_HZ, HEARING_RATE_HZ)
        slow = np.concatenate([resampler.feed(samples), resampler.finish()])
        now = self._clock()
        begins_s = now + left_s - len(slow) / HEARING_RATE_HZ
        with self._lock:
            self._pieces.append((begins_s, slow))
            while self._pieces and (
                _end_s(self._pieces[0]) < now - _KEPT_S
                or sum(len(one) for _, one in self._pieces) > _MOST_S * HEARING_RATE_HZ
            ):
                self._pieces.popleft()

    def stopped(self) -> None:
        """The client is silent from now on."""
        now = self._clock()
        with self._lock:
            kept = [
                (begins_s, one[: max(round((now - begins_s) * HEARING_RATE_HZ), 0)])
                for begins_s, one in self._pieces
            ]
            self._pieces = deque(piece for piece in kept if len(piece[1]))

    def samples(self, start_s: float, end_s: float) -> Samples | None:
        """See `PlaybackReference`."""
        done: Samples | None = None
        length = round((end_s - start_s) * HEARING_RATE_HZ)
        with self._lock:
            for begins_s, piece in self._pieces:
                at = round((start_s - begins_s) * HEARING_RATE_HZ)
                first, last = max(at, 0), min(at + length, len(piece))
                if first < last:
                    done = np.zeros(length, np.float32) if done is None else done
                    done[first - at : last - at] = piece[first:last]
        return done

    def guard(self, *, shares: tuple[float, ...] = ()) -> ReferenceGuard:
        """What takes this voice out of the client's microphone."""
        return ReferenceGuard(self, shares=shares, clock=self._clock)


def _end_s(piece: tuple[float, Samples]) -> float:
    return piece[0] + len(piece[1]) / HEARING_RATE_HZ
