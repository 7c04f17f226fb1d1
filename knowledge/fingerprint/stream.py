"""Continuous recognition: a microphone, a radio stream, a long file, heard block by block."""

from collections import deque
from dataclasses import replace

import numpy as np

from knowledge.fingerprint.models import RATE_HZ, Certainty, Samples
from knowledge.fingerprint.runs import Run, RunTracker, sighting_of
from knowledge.fingerprint.timeline_layout import entry_of, lay_out
from knowledge.fingerprint.timeline_models import (
    Recognises,
    TimelineChange,
    TimelineEntry,
    TimelineEvent,
)

_LEAST_S = 2.0
"""A shorter rest at the end of a stream says nothing."""
_CANDIDATES = 5
_MOST_RUNS = 512
_SETTLED_RUNS = 256
_MOST_ENTRIES = 20_000
"""A stream of weeks forgets its oldest entries."""


class StreamRecogniser:
    """Says what plays in a stream, from when to when.

    Windows of `window_s` are recognised every `hop_s`. Their candidates are followed as hypotheses
    (`runs.py`); a recording is named when it was seen twice playing on, and stays named through
    talk-over, fades, loops and tempo changes until it is gone or another is there. Memory does not
    grow with the stream: sound is kept for one window, hypotheses and entries up to a limit.

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
        self._window = round(window_s * RATE_HZ)
        self._hop = round(hop_s * RATE_HZ)
        self._tracker = RunTracker(patience_s=patience_s)
        self._blocks: list[Samples] = []
        self._waiting = 0
        self._tail: Samples = np.zeros(0, np.float32)
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
        live = [run for run in self._runs if not run.closed]
        return (
            entry_of(max(live, key=lambda run: (run.heard_until_s, run.start_s))) if live else None
        )

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
                    events += self._look(self._tail, self._heard - self._tail.size)
        return tuple(events)

    def finish(self) -> tuple[TimelineEvent, ...]:
        """Hear the rest; the stream is over."""
        if self._finished:
            return ()
        self._finished = True
        unseen = self._waiting > 0 or self._heard < self._window
        short = self._heard + self._waiting < self._window + self._hop
        self._take_in()
        events: list[TimelineEvent] = []
        if short:
            # Too short to be seen twice: its halves are two witnesses.
            half = self._tail.size // 2
            events += self._look(self._tail[:half], self._heard - self._tail.size)
            events += self._look(self._tail[half:], self._heard - self._tail.size + half)
        elif unseen:
            events += self._look(self._tail, self._heard - self._tail.size)
        ended = [run for run in self._tracker.close_all() if run.announced]
        return (*events, *(self._event(TimelineChange.ENDED, run) for run in ended))

    def _take_in(self) -> None:
        """Move what waits into the tail, of which one window is kept."""
        self._tail = np.concatenate((self._tail, *self._blocks))[-self._window :]
        self._heard += self._waiting
        self._blocks, self._waiting = [], 0

    def _look(self, clip: Samples, start: int) -> list[TimelineEvent]:
        if clip.size < _LEAST_S * RATE_HZ:
            return []
        found = self._recogniser.recognise(clip, limit=_CANDIDATES)
        start_s, window_s = start / RATE_HZ, clip.size / RATE_HZ
        sightings = [sighting_of(match, start_s, window_s) for match in found.matches]
        events = []
        for run in self._tracker.observe(sightings):
            if not run.announced and run.certainty is not Certainty.UNKNOWN:
                run.announced = True
                self._runs.append(run)
                events.append(self._event(TimelineChange.STARTED, run))
        over = [run for run in self._tracker.expire(start_s + window_s) if run.announced]
        events += [self._event(TimelineChange.ENDED, run) for run in over]
        self._settle()
        return events

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
