"""Lets the tagger hear each segment of a recording while it is decoded, in bounded memory."""

from typing import Protocol

import numpy as np

from knowledge.analysis.lower import MonoResampler
from knowledge.analysis.signal import SEGMENT_S, segment_bounds
from knowledge.analysis.tagger import TAGGER_RATE, Heard
from knowledge.audio.decoder import Samples

_SLACK_S = 1.0
"""The resampler lags behind by less than this."""


class Tagger(Protocol):
    """What hears a stretch of music: see `knowledge.analysis.tagger.MusicTagger`."""

    @property
    def tag_names(self) -> tuple[str, ...]: ...
    def hear(self, samples: Samples) -> Heard: ...


class SegmentListener:
    """Holds about a minute at most: a segment is heard as soon as it cannot become longer."""

    def __init__(self, tagger: Tagger, sample_rate: int) -> None:
        self._tagger = tagger
        self._resampler = MonoResampler(sample_rate, TAGGER_RATE)
        self._parts: list[Samples] = []
        self._held = 0
        self._heard: list[Heard] = []

    def add(self, block: Samples) -> None:
        """Take the next block, shape (2, n)."""
        self._hold(self._resampler.add(block))
        while len(segment_bounds(self._held / TAGGER_RATE - _SLACK_S)) > 1:
            self._hear_one()

    def finish(self, segments: int) -> tuple[Heard, ...]:
        """What was heard in each of so many segments."""
        self._hold(self._resampler.rest())
        while len(self._heard) < segments - 1:
            self._hear_one()
        if len(self._heard) < segments:
            self._heard.append(self._tagger.hear(self._all()))
        return tuple(self._heard[:segments])

    def _hold(self, parts: list[Samples]) -> None:
        self._parts += parts
        self._held += sum(part.size for part in parts)

    def _hear_one(self) -> None:
        held = self._all()
        length = int(SEGMENT_S * TAGGER_RATE)
        self._heard.append(self._tagger.hear(held[:length]))
        self._parts = [held[length:].copy()]
        self._held = self._parts[0].size

    def _all(self) -> Samples:
        return np.concatenate(self._parts) if self._parts else np.zeros(0, np.float32)
