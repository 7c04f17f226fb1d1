"""Continuous recognition: a microphone, a radio stream, a long file, heard block by block."""

from collections import deque
from dataclasses import replace

import numpy as np

from knowledge.fingerprint.boundaries import KEPT_S, Boundaries
from knowledge.fingerprint.following import Follower, SearchesIndex
from knowledge.fingerprint.models import RATE_HZ, Certainty, Samples
from knowledge.fingerprint.recogniser import Effort, Recogniser
from knowledge.fingerprint.runs import LEAST_MATCHED_S, Run, RunTracker, Sighting, sighting_of
from knowledge.fingerprint.spectrum import spectrogram
from knowledge.fingerprint.timeline_layout import entry_of, lay_out
from knowledge.fingerprint.timeline_models import (
    Recognises,
    TimelineChange,
    TimelineEntry,
    TimelineEvent,
)

_LEAST_S = 2.0
"""A shorter rest at the end of a stream says nothing."""
_LEAST_SHARE = 0.6
"""Of a stream of a few seconds, so much must match."""
_CANDIDATES = 5
STREAM_EFFORT = Effort(moved_peaks_per_s=35.0, budget=400_000, moved_places=12, moved_budget=20_000)
"""Ten seconds say more than three, and the next ten follow: in a mix of 220 recordings this finds
what three times the work does."""
_SILENT = 3e-5
"""RMS below which there is nothing to hear: -90 dB."""
_SEARCH_EVERY = 3
"""Looks of which one searches, even while a recording surely plays on."""
_MOST_RUNS = 512
_SETTLED_RUNS = 256
_MOST_ENTRIES = 20_000
"""A stream of weeks forgets its oldest entries."""


class StreamRecogniser:
    """Says what plays in a stream, from when to when.

    Windows of `window_s` are recognised every `hop_s`. Their candidates are followed as hypotheses
    (`runs.py`); a recording is named when it was seen twice playing on, and stays named through
    talk-over, fades, loops and tempo changes until it is gone or another is there. Memory does not
    grow with the stream: sound is kept for a minute, hypotheses and entries up to a limit.

    Not thread-safe: one stream is fed by one thread at a time.
    """

    def __init__(
        self,
        recogniser: Recognises,
        *,
        window_s: float = 10.0,
        hop_s: float = 5.0,
        patience_s: float = 30.0,
    ) -> None:
        """Begin a stream.

        Args:
            recogniser: names the recording of one clip.
            window_s: length of one clip.
            hop_s: from one clip to the next.
            patience_s: how long a recording may be hidden before it counts as over.

        Raises:
            ValueError: a window under 2 s, or a hop that is not positive or longer than a window.
        """
        if window_s < _LEAST_S or not 0 < hop_s <= window_s:
            raise ValueError("A window of 2 s or more and a hop within it are wanted.")
        self._recogniser = recogniser
        self._light: Recogniser | None = None
        if isinstance(recogniser, Recogniser) and type(recogniser) is Recogniser:
            # Only the plain kind can be told how hard to try; others know better themselves.
            self._light = Recogniser(recogniser.index, STREAM_EFFORT)
        self._window = round(window_s * RATE_HZ)
        self._hop = round(hop_s * RATE_HZ)
        self._patience_s = patience_s
        self._tracker = RunTracker(patience_s=patience_s)
        self._blocks: list[Samples] = []
        self._waiting = 0
        self._tail: Samples = np.zeros(0, np.float32)
        self._follower, self._boundaries = None, None
        if isinstance(recogniser, SearchesIndex):
            self._follower = Follower(recogniser.index)
            self._boundaries = Boundaries(self._follower, self._sound)
        self._kept = max(self._window, round(KEPT_S * RATE_HZ))
        self._looks = 0
        self._heard = 0
        self._runs: list[Run] = []
        self._settled: deque[TimelineEntry] = deque(maxlen=_MOST_ENTRIES)
        self._settled_s = 0.0
        self._finished = False

    @property
    def heard_s(self) -> float:
        """How much of the stream has been heard, seconds."""
        return (self._heard + self._waiting) / RATE_HZ

    @property
    def entries(self) -> tuple[TimelineEntry, ...]:
        """The timeline so far, in the order of time, without overlap or hole."""
        recent = lay_out(self._runs, self._heard / RATE_HZ)
        later = (
            entry if entry.start_s >= self._settled_s else replace(entry, start_s=self._settled_s)
            for entry in recent
            if entry.end_s > self._settled_s
        )
        return (*self._settled, *later)

    @property
    def now_playing(self) -> TimelineEntry | None:
        """The recording that was heard last and is not over, if any."""
        current = self._current
        return None if current is None else entry_of(current)

    def feed(self, samples: Samples) -> tuple[TimelineEvent, ...]:
        """Hear more: mono at `RATE_HZ`, shape (n,), of any length.

        Returns:
            What became known, mostly nothing.
        """
        events: list[TimelineEvent] = []
        start = 0
        while start < samples.size:
            part = samples[start : start + self._hop - self._waiting]
            self._blocks.append(part)
            self._waiting += part.size
            start += part.size
            if self._waiting == self._hop:
                self._take_in()
                if self._heard >= self._window:
                    events += self._look(self._tail[-self._window :], self._heard - self._window)
        return tuple(events)

    def finish(self) -> tuple[TimelineEvent, ...]:
        """Hear the rest; the stream is over."""
        if self._finished:
            return ()
        self._finished = True
        unseen = self._waiting > 0 or self._heard < self._window
        short = self._heard + self._waiting < self._window + self._hop
        self._take_in()
        window = self._tail[-self._window :]
        events: list[TimelineEvent] = []
        if short and not self._runs:
            # Too short to be seen twice: its halves are two witnesses.
            half = window.size // 2
            least_s = min(_LEAST_SHARE * window.size / RATE_HZ, LEAST_MATCHED_S)
            self._tracker = RunTracker(patience_s=self._patience_s, least_matched_s=least_s)
            events += self._look(window[:half], self._heard - window.size)
            events += self._look(window[half:], self._heard - window.size + half)
        elif unseen:
            events += self._look(window, self._heard - window.size)
        return (*events, *self._ended(self._tracker.close_all()))

    def _take_in(self) -> None:
        """Move what waits into the tail, of which the newest is kept."""
        self._tail = np.concatenate((self._tail, *self._blocks))[-self._kept :]
        self._heard += self._waiting
        self._blocks, self._waiting = [], 0

    def _sound(self, start_s: float, end_s: float) -> tuple[Samples, float]:
        """Give the sound between two moments as far as it is kept, and where it begins."""
        first = self._heard - self._tail.size
        start = max(round(start_s * RATE_HZ), first)
        end = max(round(end_s * RATE_HZ), start)
        return self._tail[start - first : end - first], start / RATE_HZ

    def _look(self, clip: Samples, start: int) -> list[TimelineEvent]:
        if clip.size < _LEAST_S * RATE_HZ:
            return []
        self._looks += 1
        end_s = (start + clip.size) / RATE_HZ
        events = []
        for run in self._tracker.observe(self._sightings(clip, start / RATE_HZ)):
            if not run.announced and run.certainty is not Certainty.UNKNOWN:
                run.announced = True
                self._runs.append(run)
                if self._boundaries is not None:
                    self._boundaries.begun(run, self._runs, end_s)
                events.append(self._event(TimelineChange.STARTED, run))
        events += self._ended(self._tracker.expire(end_s))
        self._settle()
        return events

    def _sightings(self, clip: Samples, start_s: float) -> list[Sighting]:
        current = self._current
        if self._follower is not None and current is not None and self._looks % _SEARCH_EVERY:
            followed = self._follower.follow(clip, start_s, current.last)
            if followed is not None:
                return [followed]
        window_s = clip.size / RATE_HZ
        if self._light is None:
            found = self._recogniser.recognise(clip, limit=_CANDIDATES)
        elif not float(np.sqrt(np.mean(np.square(clip)))) > _SILENT:
            return []
        else:
            # By the spectrogram alone: the second witness costs more than all the rest, and the
            # next window is another witness.
            seen = spectrogram(clip)
            found = self._light.recognise_spectrogram(seen, window_s, limit=_CANDIDATES)
        return [sighting_of(match, start_s, window_s) for match in found.matches]

    @property
    def _current(self) -> Run | None:
        """The named run that was heard last, unless it is over."""
        live = [run for run in self._runs if not run.closed]
        return max(live, key=lambda run: (run.heard_until_s, run.start_s), default=None)

    def _ended(self, over: list[Run]) -> list[TimelineEvent]:
        named = [run for run in over if run.announced]
        for run in named:
            if self._boundaries is not None:
                self._boundaries.ended(run, self._runs, self._heard / RATE_HZ)
        return [self._event(TimelineChange.ENDED, run) for run in named]

    def _event(self, change: TimelineChange, run: Run) -> TimelineEvent:
        return TimelineEvent(change, entry_of(run), self._heard / RATE_HZ)

    def _settle(self) -> None:
        """Turn the oldest runs of a very long stream into entries that no longer change."""
        if len(self._runs) <= _MOST_RUNS or not all(r.closed for r in self._runs[:_SETTLED_RUNS]):
            return
        until_s = max(run.end_s for run in self._runs[:_SETTLED_RUNS])
        old = [entry for entry in self.entries if self._settled_s < entry.end_s <= until_s]
        self._settled.extend(old)
        if old:
            self._settled_s = old[-1].end_s
        self._runs = self._runs[_SETTLED_RUNS:]
