"""Which recording is this clip from? Votes propose, verification disposes, a decision claims."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.contenders import (
    AS_IT_IS,
    MOVED,
    Chance,
    Contender,
    Searching,
    SegmentSearch,
    same_sound,
    sharpen,
)
from knowledge.fingerprint.decision import Evidence, certainty, handicap, log_odds, probability
from knowledge.fingerprint.hashes import pair_query
from knowledge.fingerprint.models import (
    FRAMES_PER_S,
    RATE_HZ,
    Certainty,
    ClipMatch,
    Recognised,
    Samples,
    SegmentView,
)
from knowledge.fingerprint.peaks import STEPS_PER_OCTAVE, Peaks, find_peaks
from knowledge.fingerprint.picture import matched_part, picture_of
from knowledge.fingerprint.spectrum import Spectrogram, spectrogram
from knowledge.fingerprint.verification import evidence
from knowledge.fingerprint.voting import Plane

SHORTEST_S = 1.0
LONGEST_S = 30.0
"""Of a longer clip the first seconds are used."""
_SILENT = 3e-5
"""RMS below which there is nothing to hear: -90 dB."""
_STEPS_PER_SEMITONE = STEPS_PER_OCTAVE / 12
_MOST_PAIRS = 1 << 17
_COMPARED = 8
"""So many contenders are looked at for one that is other music."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try.

    Attributes:
        peaks_per_s: of the clip, for the recording as it is.
        moved_peaks_per_s: the same for other pitches and tempi.
        places: candidates to verify.
        moved_places: the same for each other pitch and tempo.
        budget: postings to read.
        moved_budget: the same for each other pitch and tempo.
        enough: score at which other pitches and tempi are not looked at.
        lead: by which the score must also be above the runner-up's for that.
    """

    peaks_per_s: float = 75.0
    moved_peaks_per_s: float = 50.0
    places: int = 64
    moved_places: int = 32
    budget: int = 1_000_000
    moved_budget: int = 150_000
    enough: float = 8.0
    lead: float = 2.0


class SupportsSegments(Protocol):
    """Something that holds fingerprints, such as an index."""

    def segments(self) -> Sequence[SegmentView]:
        """Return a consistent view of everything."""
        ...


class Recogniser:
    """Searches an index. Thread-safe: it keeps nothing of a search."""

    def __init__(self, index: SupportsSegments, effort: Effort | None = None) -> None:
        self._index = index
        self._effort = effort or Effort()

    @property
    def index(self) -> SupportsSegments:
        """What is searched."""
        return self._index

    def warm(self) -> None:
        """Compile what is compiled on first use; seconds after an installation, else at once."""
        noise = np.random.default_rng(0).standard_normal(3 * RATE_HZ).astype(np.float32)
        self.recognise(noise, picture=True)

    def recognise(self, samples: Samples, *, limit: int = 5, picture: bool = False) -> Recognised:
        """Name the recording that a clip comes from, if it is one that is known.

        Args:
            samples: mono at `RATE_HZ`, shape (n,); the first `LONGEST_S` seconds count.
            limit: the most candidates to return.
            picture: also return the peaks, for the eyes.
        """
        samples = samples[: int(LONGEST_S * RATE_HZ)].astype(np.float32, copy=False)
        seconds = samples.size / RATE_HZ
        if seconds < SHORTEST_S:
            return Recognised((), seconds, reason="too_short")
        if not float(np.sqrt(np.mean(np.square(samples)))) > _SILENT:
            return Recognised((), seconds, reason="silent")
        return self.recognise_spectrogram(
            spectrogram(samples), seconds, limit=limit, picture=picture
        )

    def recognise_spectrogram(
        self, seen: Spectrogram, seconds: float, *, limit: int = 5, picture: bool = False
    ) -> Recognised:
        """Name a clip of which only the spectrogram is there, `seconds` long."""
        clip = evidence(seen)
        contenders, by_chance = self.contenders(seen, clip)
        matches = tuple(_matches(contenders[: max(limit, _COMPARED)], by_chance, clip))[:limit]
        best = contenders[0] if matches and matches[0].certainty is not Certainty.UNKNOWN else None
        drawn = picture_of(seen, seconds, best) if picture else None
        return Recognised(matches, seconds, picture=drawn)

    def searching(self) -> Searching:
        """Begin a search of the index as it is now."""
        return SegmentSearch(self._index.segments())

    def best_evidence(self, samples: Samples) -> tuple[str | None, Evidence]:
        """Return the best contender for a clip and what speaks for it, before any decision."""
        seen = spectrogram(samples)
        clip = evidence(seen)
        contenders, by_chance = self.contenders(seen, clip)
        if not contenders:
            return None, Evidence(0.0, 0.0, 0)
        return contenders[0].recording, _evidence(contenders[:_COMPARED], by_chance, clip)

    def contenders(
        self, seen: Spectrogram, clip: NDArray[np.int8]
    ) -> tuple[list[Contender], Chance]:
        """Find what a clip may come from, best first, and what scores mean for this clip.

        Args:
            seen: the clip.
            clip: evidence of the same.
        """
        effort, searching = self._effort, self.searching()
        by_chance = searching.chance(clip)
        peaks = find_peaks(seen, effort.peaks_per_s)
        found = _Found(by_chance)
        found.look(clip, peaks, searching, (AS_IT_IS,), effort.places, effort.budget)
        if not found.clear(effort.enough, effort.lead):
            fewer = find_peaks(seen, effort.moved_peaks_per_s)
            found.look(clip, fewer, searching, MOVED, effort.moved_places, effort.moved_budget)
        ranked = found.ranked()
        if ranked:
            ranked[0] = replace(ranked[0], alignment=sharpen(clip, ranked[0], peaks))
        return ranked, by_chance


class _Found:
    """The contenders of one clip so far."""

    def __init__(self, by_chance: Chance) -> None:
        self._chance = by_chance
        self._best: dict[str, Contender] = {}

    def look(
        self,
        clip: NDArray[np.int8],
        peaks: Peaks,
        searching: Searching,
        planes: Sequence[Plane],
        places: int,
        budget: int,
    ) -> None:
        pairs = pair_query(peaks, _MOST_PAIRS)
        for one in searching.look(clip, pairs, planes, places=places, budget=budget):
            known = self._best.get(one.recording)
            if known is None or self._worth(known) < self._worth(one):
                self._best[one.recording] = one

    def ranked(self) -> list[Contender]:
        return sorted(self._best.values(), key=self._worth, reverse=True)

    def clear(self, enough: float, lead: float) -> bool:
        first, second = [*sorted(map(self._worth, self._best.values()), reverse=True), 0, 0][:2]
        # A recording that is there twice has no lead, and needs none at such a score.
        return first >= 2 * enough or (first >= enough and first - second >= lead)

    def _worth(self, one: Contender) -> float:
        return worth(one, self._chance)


def worth(one: Contender, by_chance: Chance) -> float:
    """Standard deviations above chance, less what trying many pitches and tempi gains by itself."""
    return by_chance.standard(one.alignment.score) - handicap(moved=one.moved)


def _matches(
    contenders: list[Contender], by_chance: Chance, clip: NDArray[np.int8]
) -> Iterator[ClipMatch]:
    first = worth(contenders[0], by_chance) if contenders else 0.0
    for place, one in enumerate(contenders):
        what_speaks = (
            Evidence(worth(one, by_chance), first, one.alignment.landmarks)
            if place
            else _evidence(contenders, by_chance, clip)
        )
        odds = log_odds(what_speaks)
        chance_right = probability(odds)
        start, end = matched_part(one, clip)
        yield ClipMatch(
            recording=one.recording,
            certainty=certainty(chance_right) if place == 0 else Certainty.UNKNOWN,
            probability=chance_right,
            score=odds,
            offset_s=one.alignment.offset / FRAMES_PER_S,
            start_s=start,
            end_s=end,
            speed=one.alignment.scale,
            pitch=one.alignment.pitch_steps / _STEPS_PER_SEMITONE,
        )


def _evidence(contenders: list[Contender], by_chance: Chance, clip: NDArray[np.int8]) -> Evidence:
    """What speaks for the first of them: its rival is not its own sound once more."""
    first, *others = contenders
    rivals = (worth(one, by_chance) for one in others if not same_sound(first, one, clip.shape[0]))
    return Evidence(worth(first, by_chance), next(rivals, 0.0), first.alignment.landmarks)
