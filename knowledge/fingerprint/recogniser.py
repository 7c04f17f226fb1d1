"""Which recording is this clip from? Votes propose, verification disposes, a decision claims."""

from collections.abc import Iterable, Iterator, Sequence
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
    compared,
    same_sound,
    sharpen,
)
from knowledge.fingerprint.decision import (
    OF_LIKENESS,
    Evidence,
    certainty,
    handicap,
    log_odds,
    probability,
)
from knowledge.fingerprint.encoder import Embeddings, Encoder
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
_JUDGED = 40
"""Contenders that the second witness is asked about."""
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
        enough: probability at which other pitches and tempi are not looked at.
        alike: candidates to verify that sound alike.
        most_codes: codes that a clip is compared with, one after the other; in a larger index
            other pitches and tempi are looked for by votes.
    """

    peaks_per_s: float = 75.0
    moved_peaks_per_s: float = 50.0
    places: int = 64
    moved_places: int = 32
    budget: int = 1_000_000
    moved_budget: int = 150_000
    enough: float = 0.995
    alike: int = 24
    most_codes: int = 1_500_000


class SupportsSegments(Protocol):
    """Something that holds fingerprints, such as an index."""

    def segments(self) -> Sequence[SegmentView]:
        """Return a consistent view of everything."""
        ...


class Recogniser:
    """Searches an index. Thread-safe: it keeps nothing of a search."""

    def __init__(
        self,
        index: SupportsSegments,
        effort: Effort | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._index = index
        self._effort = effort or Effort()
        self._encoder = encoder or Encoder()

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
        return self._recognise(spectrogram(samples), samples, seconds, limit, picture=picture)

    def recognise_spectrogram(
        self, seen: Spectrogram, seconds: float, *, limit: int = 5, picture: bool = False
    ) -> Recognised:
        """Name a clip of which only the spectrogram is there, `seconds` long."""
        return self._recognise(seen, None, seconds, limit, picture=picture)

    def _recognise(
        self,
        seen: Spectrogram,
        samples: Samples | None,
        seconds: float,
        limit: int,
        *,
        picture: bool,
    ) -> Recognised:
        clip = evidence(seen)
        contenders, by_chance = self.contenders(seen, clip, samples)
        matches = tuple(_matches(contenders[: max(limit, _COMPARED)], by_chance, clip))[:limit]
        best = contenders[0] if matches and matches[0].certainty is not Certainty.UNKNOWN else None
        drawn = picture_of(seen, seconds, best) if picture else None
        return Recognised(matches, seconds, picture=drawn)

    def searching(self) -> Searching:
        """Begin a search of the index as it is now."""
        return SegmentSearch(self._index.segments())

    def best_evidence(
        self, samples: Samples, *, peaks_alone: bool = False
    ) -> tuple[str | None, Evidence]:
        """Return the best contender for a clip and what speaks for it, before any decision.

        Args:
            samples: mono at `RATE_HZ`, shape (n,).
            peaks_alone: do not ask the second witness.
        """
        seen = spectrogram(samples)
        clip = evidence(seen)
        contenders, by_chance = self.contenders(seen, clip, None if peaks_alone else samples)
        if not contenders:
            return None, Evidence(0.0, 0.0, 0, 0.0)
        first, *others = contenders[:_COMPARED]
        return first.recording, _evidence(first, others, by_chance, clip)

    def contenders(
        self, seen: Spectrogram, clip: NDArray[np.int8], samples: Samples | None = None
    ) -> tuple[list[Contender], Chance]:
        """Find what a clip may come from, best first, and what scores mean for this clip.

        Args:
            seen: the clip.
            clip: evidence of the same.
            samples: the clip itself, for the second witness; None when it was not kept.
        """
        effort, searching = self._effort, self.searching()
        by_chance = searching.chance(clip)
        peaks = find_peaks(seen, effort.peaks_per_s)
        found = _Found(by_chance)
        found.look(clip, peaks, searching, (AS_IT_IS,), effort.places, effort.budget)
        if found.best_probability(clip) < effort.enough:
            heard = self._embeddings(samples)
            if heard is not None and 0 < searching.code_count() <= effort.most_codes:
                found.add(searching.look_alike(clip, heard, places=effort.alike))
            else:
                fewer = find_peaks(seen, effort.moved_peaks_per_s)
                found.look(clip, fewer, searching, MOVED, effort.moved_places, effort.moved_budget)
            if heard is not None:
                found.compare(heard)
        ranked = found.ranked()
        if ranked:
            ranked[0] = replace(ranked[0], alignment=sharpen(clip, ranked[0], peaks))
        return ranked, by_chance

    def _embeddings(self, samples: Samples | None) -> Embeddings | None:
        if samples is None:
            return None
        heard = self._encoder.query(samples)
        return heard if len(heard.vectors) else None


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
        self.add(searching.look(clip, pairs, planes, places=places, budget=budget))

    def compare(self, heard: Embeddings) -> None:
        """Ask the second witness about the best of them; what it cannot judge falls behind."""
        best = self.ranked()[:_JUDGED]
        self._best = {one.recording: compared(one, heard) for one in best}

    def add(self, contenders: Iterable[Contender]) -> None:
        for one in contenders:
            known = self._best.get(one.recording)
            if known is None or self._worth(known) < self._worth(one):
                self._best[one.recording] = one

    def ranked(self) -> list[Contender]:
        return sorted(self._best.values(), key=self._worth, reverse=True)

    def best_probability(self, clip: NDArray[np.int8]) -> float:
        ranked = self.ranked()[:_COMPARED]
        if not ranked:
            return 0.0
        return probability(log_odds(_evidence(ranked[0], ranked[1:], self._chance, clip)))

    def _worth(self, one: Contender) -> float:
        return worth(one, self._chance)


def worth(one: Contender, by_chance: Chance) -> float:
    """Standard deviations above chance of both witnesses, with the handicap of free pitch."""
    return _peaks_worth(one, by_chance) + OF_LIKENESS * (one.likeness or 0.0)


def _peaks_worth(one: Contender, by_chance: Chance) -> float:
    return by_chance.standard(one.alignment.score) - handicap(moved=one.moved)


def _matches(
    contenders: list[Contender], by_chance: Chance, clip: NDArray[np.int8]
) -> Iterator[ClipMatch]:
    best = worth(contenders[0], by_chance) if contenders else 0.0
    for place, one in enumerate(contenders):
        # A later one has the first as its rival, whatever that is.
        what_speaks = (
            _stated(one, best, by_chance)
            if place
            else _evidence(one, contenders[1:], by_chance, clip)
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


def _evidence(
    first: Contender, others: Sequence[Contender], by_chance: Chance, clip: NDArray[np.int8]
) -> Evidence:
    """What speaks for the best contender; its rival is not its own sound once more."""
    best = worth(first, by_chance)
    for other in others:
        rival = worth(other, by_chance)
        # Nothing that is so far behind can be the same sound.
        if rival < best / 2 or not same_sound(first, other, clip.shape[0]):
            return _stated(first, rival, by_chance)
    return _stated(first, 0.0, by_chance)


def _stated(one: Contender, rival: float, by_chance: Chance) -> Evidence:
    return Evidence(
        worth=worth(one, by_chance),
        rival=rival,
        landmarks=one.alignment.landmarks,
        peaks=_peaks_worth(one, by_chance),
        likeness=one.likeness,
    )
