"""Recordings that are known to play, looked at without searching for them.

Where a recording is known to play, its landmarks say second by second how much of it is heard:
whether it plays on, and where one recording gives way to another.
"""

from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.contenders import landmarks_of
from knowledge.fingerprint.models import (
    FRAMES_PER_S,
    HOP,
    RATE_HZ,
    Samples,
    Words32,
)
from knowledge.fingerprint.peaks import STEPS_PER_OCTAVE
from knowledge.fingerprint.recogniser import SupportsSegments
from knowledge.fingerprint.runs import MOST_FROM_ONE, Sighting
from knowledge.fingerprint.spectrum import WINDOW, spectrogram
from knowledge.fingerprint.verification import Alignment, Reach, align, evidence, fit_over_time

_STEPS_PER_SEMITONE = STEPS_PER_OCTAVE / 12
_CELL_S = 0.25
"""Resolution of a trace."""
_PLAYS_ON = 8.0
"""Score of an alignment from which a recording surely plays on: ten standard deviations."""
_EDGE_S = 2.0
_HEARD = 0.5
"""Mean evidence at both ends of a window from which nothing changes in it."""
_REACH = Reach(frames=24.0, scale_steps=1, pitch_steps=1)
_FAINT, _HALF = 0.25, 0.6
"""Level from which a recording counts as heard, beside another and beside something unknown. The
first finds the middle of a fade whatever is loud in it; measured on fades of 2 to 12 s."""
_SMOOTH_S = 1.0
_LEAST_INSIDE_S = 4.0


@runtime_checkable
class SearchesIndex(Protocol):
    """A recogniser whose index can be looked into."""

    @property
    def index(self) -> SupportsSegments:
        """What is searched."""


class Follower:
    """Finds recordings of an index again in the sound of a stream."""

    def __init__(self, index: SupportsSegments) -> None:
        self._index = index

    def landmarks(self, recording: str) -> Words32 | None:
        """Return a copy of a recording's landmarks; None when it is not in the index."""
        for segment in self._index.segments():
            if recording in segment.keys:
                owner = segment.keys.index(recording)
                if segment.alive[owner]:
                    return np.array(landmarks_of(segment, owner))
        return None

    def follow(self, clip: Samples, start_s: float, seen: Sighting) -> Sighting | None:
        """Say whether a recording plays on through a whole window.

        Args:
            clip: the window.
            start_s: where in the stream it begins.
            seen: where the recording was seen before.

        Returns:
            How it plays on; None when it does not surely do so, or something changes.
        """
        landmarks = self.landmarks(seen.recording)
        if landmarks is None:
            return None
        heard = evidence(spectrogram(clip))
        fit = _aligned(heard, landmarks, seen, start_s)
        if fit.score < _PLAYS_ON:
            return None
        clip_s = clip.size / RATE_HZ
        trace = _trace(heard, landmarks, fit, clip_s)
        edge = round(_EDGE_S / _CELL_S)
        if min(_mean(trace[:, :edge]), _mean(trace[:, -edge:])) < _HEARD:
            return None
        return Sighting(
            recording=seen.recording,
            start_s=start_s,
            end_s=start_s + clip_s,
            position_s=fit.offset / FRAMES_PER_S,
            speed=fit.scale,
            pitch=fit.pitch_steps / _STEPS_PER_SEMITONE,
            odds=MOST_FROM_ONE,
            claimed=True,
            window_s=clip_s,
            window_end_s=start_s + clip_s,
        )

    def change_s(
        self,
        samples: Samples,
        start_s: float,
        before: Sighting | None,
        after: Sighting | None,
        inside_s: tuple[float, float],
    ) -> float | None:
        """Find the moment at which one recording gives way to another.

        Args:
            samples: a stretch of the stream around that moment.
            start_s: where in the stream it begins.
            before: where the recording that ends was seen; None when what ends is unknown.
            after: where the recording that begins was seen; None when what begins is unknown.
            inside_s: before the first of these moments only `before` is heard, after the second
                only `after`.

        Returns:
            Seconds of the stream; None when too little can be heard.
        """
        heard = evidence(spectrogram(samples))
        cells = int(samples.size / RATE_HZ / _CELL_S)
        if cells < 2 or (before is None and after is None):
            return None
        first, last = (
            min(max(round((moment - start_s) / _CELL_S), 0), cells) for moment in inside_s
        )
        goes = self._level(heard, start_s, before, slice(0, first), cells)
        comes = self._level(heard, start_s, after, slice(last, cells), cells)
        if (before and goes is None) or (after and comes is None):
            return None
        # In a fade both are heard, however loud they are: its middle is half way between the
        # moment from which on one is heard and the one until which the other is.
        heard_at_all = _FAINT if before and after else _HALF
        moments = [
            *([] if goes is None else [_until(goes - heard_at_all)]),
            *([] if comes is None else [cells - _until((comes - heard_at_all)[::-1])]),
        ]
        return start_s + sum(moments) / len(moments) * _CELL_S

    def _level(
        self,
        heard: NDArray[np.int8],
        start_s: float,
        seen: Sighting | None,
        alone: slice,
        cells: int,
    ) -> NDArray[np.float64] | None:
        """How much of a recording is heard in each cell: 1 where it plays alone."""
        if seen is None:
            return None
        landmarks = self.landmarks(seen.recording)
        if landmarks is None or (alone.stop - alone.start) * _CELL_S < _LEAST_INSIDE_S:
            return None
        a, b = (round(cell * _CELL_S * FRAMES_PER_S) for cell in (alone.start, alone.stop))
        part = _aligned(heard[a:b], landmarks, seen, start_s + a / FRAMES_PER_S)
        whole = Alignment(
            part.offset - a * part.scale, part.scale, part.pitch_steps, part.score, part.landmarks
        )
        trace = _trace(heard, landmarks, whole, cells * _CELL_S)
        usual = _mean(trace[:, alone])
        if usual <= 0:
            return None
        width = np.ones(round(_SMOOTH_S / _CELL_S))
        sums, counts = (np.convolve(row, width, mode="same") for row in trace)
        level: NDArray[np.float64] = np.clip(sums / np.maximum(counts, 1.0) / usual, 0.0, 1.2)
        return level


def _aligned(
    heard: NDArray[np.int8], landmarks: Words32, seen: Sighting, start_s: float
) -> Alignment:
    return align(
        heard,
        landmarks,
        offset=seen.position_at(start_s) * FRAMES_PER_S,
        scale=seen.speed,
        pitch_steps=round(seen.pitch * _STEPS_PER_SEMITONE),
        reach=_REACH,
    )


def _trace(
    heard: NDArray[np.int8], landmarks: Words32, fit: Alignment, seconds: float
) -> NDArray[np.float64]:
    """Sum of evidence, and number of landmarks, in each cell, shape (2, cells)."""
    values, frames = fit_over_time(heard, landmarks, fit)
    cells = int(seconds / _CELL_S)
    cell = ((frames * HOP + WINDOW / 2) / RATE_HZ / _CELL_S).astype(np.int64)
    inside = cell < cells
    return np.stack(
        [
            np.bincount(cell[inside], values[inside], minlength=cells),
            np.bincount(cell[inside], minlength=cells),
        ]
    )


def _until(worth: NDArray[np.float64]) -> int:
    """How many cells from the first on are worth most together."""
    return int(np.argmax(np.r_[0.0, np.cumsum(worth)]))


def _mean(trace: NDArray[np.float64]) -> float:
    """Mean evidence of a landmark; 0 where there is none."""
    return float(trace[0].sum() / max(trace[1].sum(), 1.0))
