"""Keep what we play ourselves out of what we hear, because we know what we play.

Three steps for each block of a microphone: find how much later the sound arrives there
(`Alignment`), take out what an adaptive filter explains (`EchoFilter`), and tell whether what is
left can be anybody (`Remainder`). What is handed on is only filtered, which leaves speech
unharmed, for voice activity as well as for transcription.
"""

import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from voice.audio import HEARING_RATE_HZ, Samples
from voice.echo_alignment import Alignment
from voice.echo_filter import BLOCK, EchoFilter
from voice.echo_remainder import Remainder

_AHEAD_S: Final = 0.25
"""The reference may be that late: its clock is told over a network too."""
_MOST_S: Final = 1.5
_EARLY: Final = 192
"""Samples of the filter kept free before the first sound, 12 ms: the delay is not exact."""
_LOOK_EVERY: Final = 16
_CHECK_EVERY: Final = 96
"""Blocks between looks at the delay, before and after it is known."""
_SLOWLY: Final = 0.03
_QUICKLY: Final = 0.5
_CLEARLY: Final = 0.7
_FIRST_LEARNS: Final = 60
"""Blocks in which the filter learns how loud the echo is, before that is said to change."""
_HARDLY: Final = 0.8
_MOVED_S: Final = 0.006
_LOUDEST: Final = 2.0
_QUIET: Final = 1e-4
_LATE_S: Final = 0.1
_WATCH: Final = 62


class PlaybackReference(Protocol):
    """What a loudspeaker plays, by a clock."""

    def samples(self, start_s: float, end_s: float) -> Samples | None:
        """What is played between two times: mono at `HEARING_RATE_HZ`; None when nothing is.

        Called in a thread, in order, with times that may lie ahead by a quarter of a second;
        must not wait. The times are those of the clock that the guard was given.
        """
        ...


class ReferenceGuard:
    """Takes the sound of one reference out of one microphone. For one thread at a time."""

    def __init__(
        self,
        reference: PlaybackReference,
        *,
        shares: Sequence[float] = (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Make it for one microphone.

        Args:
            reference: what is played.
            shares: by how much it may be turned down at times without the reference saying so,
                such as while it is ducked: factors of the amplitude.
            clock: of the reference, seconds.
        """
        self._reference = reference
        self._shares = (1.0, *shares, *(1.0 / one for one in shares), 0.0)
        self._clock = clock
        self._alignment = Alignment(_AHEAD_S + _MOST_S)
        self._filter = EchoFilter()
        self._remainder = Remainder()
        self._played = _Line(round((_AHEAD_S + _MOST_S) * HEARING_RATE_HZ) + 2 * BLOCK)
        self._time = _Time(clock)
        self._delay: int | None = None
        self._blocks = 0
        self._share = 0
        self._learnt = 0
        self._powers = np.zeros(len(self._shares))
        self._heard_power = self._left_power = 0.0
        self._echo_only = False

    @property
    def delay_s(self) -> float | None:
        """How much later the microphone hears it; None while that is not known."""
        return None if self._delay is None else self._delay / HEARING_RATE_HZ - _AHEAD_S

    def clean(self, samples: Samples) -> Samples:
        """The samples without what the filter explains; whole blocks of `BLOCK` samples.

        Raises:
            ValueError: a length that is not a multiple of `BLOCK`.
        """
        if len(samples) % BLOCK:
            raise ValueError(f"Sound is cleaned in blocks of {BLOCK} samples.")
        done = [self._block(samples[at : at + BLOCK]) for at in range(0, len(samples), BLOCK)]
        if not done:
            return samples
        return np.concatenate(done)

    def is_echo(self) -> bool:
        """Whether what was cleaned last is nothing but our own sound."""
        return self._echo_only

    def _block(self, heard: Samples) -> Samples:
        start_s = self._time.of_block(len(heard)) + _AHEAD_S
        played = self._reference.samples(start_s, start_s + len(heard) / HEARING_RATE_HZ)
        if played is None or len(played) != len(heard):
            played = np.zeros(len(heard), np.float32)
        played = np.clip(np.nan_to_num(played), -_LOUDEST, _LOUDEST)
        self._played.add(played)
        if self._played.silent:
            self._echo_only = False
            return heard
        self._alignment.hear(heard, played)
        self._blocks += 1
        sure = self._delay is not None and self._explained
        if self._blocks % (_CHECK_EVERY if sure else _LOOK_EVERY) == 0:
            self._align()
        if self._delay is None:
            self._echo_only = False
            return heard
        return self._take_out(heard)

    def _align(self) -> None:
        found_s = self._alignment.delay_s()
        if found_s is None:
            return
        found = round(found_s * HEARING_RATE_HZ)
        if self._delay is not None:
            moved = found - self._delay
            if abs(moved) <= _MOVED_S * HEARING_RATE_HZ:
                return
            if self._explained and abs(moved) < BLOCK:  # the clocks drift apart
                self._filter.shift(moved)
                self._delay = found
                return
        self._filter.reset()
        self._learnt = self._share = 0
        self._delay = found

    def _take_out(self, heard: Samples) -> Samples:
        delay = self._delay or 0
        echo = self._filter.push(self._played.back(max(delay - _EARLY, 0), BLOCK))
        share = self._choose_share(heard, echo)
        left = heard - np.float32(share) * echo
        self._heard_power += _SLOWLY * (float(np.mean(heard**2)) - self._heard_power)
        self._left_power += _SLOWLY * (float(np.mean(left**2)) - self._left_power)
        self._filter.learn(left if share else heard - echo, share or 1.0)
        if not np.isfinite(left).all():
            self._filter.reset()
            return heard
        self._remainder.hear(left, np.float32(share) * echo, self._filter.doubt(share))
        self._echo_only = self._remainder.is_nothing
        return left

    @property
    def _explained(self) -> bool:
        """Whether the filter explains some of what is heard; else the delay may be another."""
        return self._left_power < _HARDLY * self._heard_power

    def _choose_share(self, heard: Samples, echo: Samples) -> float:
        """How loud the echo is just now: as learnt, ducked, or not there at all."""
        powers = [float(np.mean(np.square(heard - np.float32(one) * echo))) for one in self._shares]
        self._powers += _QUICKLY * (np.array(powers) - self._powers)
        self._learnt += 1
        if self._learnt < _FIRST_LEARNS:
            return 1.0
        best = int(self._powers.argmin())
        if self._powers[best] < _CLEARLY * self._powers[self._share]:
            self._share = best
        return self._shares[self._share]


class _Line:
    """The reference as a delay line."""

    def __init__(self, length: int) -> None:
        self._length = length
        self._kept: NDArray[np.float32] = np.zeros(2 * length, np.float32)
        self._end = length
        self._sounded_at = -length

    def add(self, block: Samples) -> None:
        if self._end + len(block) > len(self._kept):
            self._kept[: self._length] = self._kept[self._end - self._length : self._end]
            self._sounded_at -= self._end - self._length
            self._end = self._length
        self._kept[self._end : self._end + len(block)] = block
        self._end += len(block)
        if float(np.abs(block).max(initial=0.0)) > _QUIET:
            self._sounded_at = self._end

    @property
    def silent(self) -> bool:
        """Whether nothing was played for as long as is remembered."""
        return self._end - self._sounded_at >= self._length

    def back(self, samples: int, count: int) -> Samples:
        """`count` samples that ended so many samples ago."""
        return self._kept[self._end - samples - count : self._end - samples]


class _Time:
    """When the samples of a microphone were heard, by a clock, although they come in bursts."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._samples = 0
        self._start_s: float | None = None
        self._earliest_s = np.inf
        self._watched = 0

    def of_block(self, length: int) -> float:
        """The time of the first sample of the next `length` samples."""
        began = self._samples / HEARING_RATE_HZ
        self._samples += length
        # what came with the least delay tells the time best; the rest waited somewhere
        start_s = self._clock() - self._samples / HEARING_RATE_HZ
        self._earliest_s = min(self._earliest_s, start_s)
        if self._start_s is None:
            self._start_s = start_s
        self._watched += 1
        if self._watched >= _WATCH:
            if abs(self._earliest_s - self._start_s) > _LATE_S:
                self._start_s = float(self._earliest_s)
            self._watched, self._earliest_s = 0, np.inf
        return self._start_s + began
