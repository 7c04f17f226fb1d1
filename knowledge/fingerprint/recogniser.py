"""Which recording is this clip from? Votes propose, verification disposes, a decision claims."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.decision import Evidence, certainty, log_odds, probability
from knowledge.fingerprint.hashes import STEPS_PER_CELL, pair_query
from knowledge.fingerprint.models import (
    FRAMES_PER_S,
    HOP,
    RATE_HZ,
    Certainty,
    ClipMatch,
    ClipPicture,
    Recognised,
    Samples,
    SegmentView,
    Words32,
)
from knowledge.fingerprint.peaks import LOWEST_HZ, STEPS_PER_OCTAVE, Peaks, find_peaks
from knowledge.fingerprint.spectrum import WINDOW, Spectrogram, spectrogram
from knowledge.fingerprint.verification import (
    PITCH_BITS,
    Alignment,
    Reach,
    align,
    chance,
    evidence,
    fit_over_time,
)
from knowledge.fingerprint.voting import Plane, vote

SHORTEST_S = 1.0
LONGEST_S = 30.0
"""Of a longer clip the first seconds are used."""
_SILENT = 3e-5
"""RMS below which there is nothing to hear: -90 dB."""
_AS_IT_IS = Plane(0, 0)
_MOVED = (
    *(Plane(sign * cells, 0) for cells in (1, 2, 3, 4, 5) for sign in (1, -1)),
    *(Plane(sign * cells, sign) for cells in (0, 3, 4, 5) for sign in (1, -1)),
)
"""Other pitches; other tempi; and both together, as when a record turns too fast."""
_STEPS_PER_SEMITONE = STEPS_PER_OCTAVE / 12
_PLACES_OF_CHANCE = 192
_OFFSETS_EACH = 6
"""Places tried in one recording and plane: loops make many that are alike."""
_FIT = 0.35
"""Evidence a landmark of the matched part has more than, on average."""


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
    """

    peaks_per_s: float = 75.0
    moved_peaks_per_s: float = 50.0
    places: int = 64
    moved_places: int = 32
    budget: int = 1_000_000
    moved_budget: int = 150_000
    enough: float = 9.0


class SupportsSegments(Protocol):
    """Something that holds fingerprints, such as an index."""

    def segments(self) -> Sequence[SegmentView]:
        """Return a consistent view of everything."""
        ...


@dataclass(frozen=True, slots=True)
class Contender:
    """A recording that a clip may come from, before the decision.

    Attributes:
        recording: key.
        landmarks: of the recording.
        alignment: the best one found.
        votes: pairs that spoke for it.
        moved: whether found at another pitch or tempo.
    """

    recording: str
    landmarks: Words32
    alignment: Alignment
    votes: int
    moved: bool


class Recogniser:
    """Searches an index. Thread-safe: it keeps nothing of a search."""

    def __init__(self, index: SupportsSegments, effort: Effort | None = None) -> None:
        self._index = index
        self._effort = effort or Effort()

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
        contenders, by_chance = self._contenders(seen, clip)
        matches = tuple(_matches(contenders[: limit + 1], by_chance, clip))[:limit]
        best = contenders[0] if matches and matches[0].certainty is not Certainty.UNKNOWN else None
        drawn = _picture(seen, seconds, best) if picture else None
        return Recognised(matches, seconds, picture=drawn)

    def _contenders(
        self, seen: Spectrogram, clip: NDArray[np.int8]
    ) -> tuple[list[Contender], "Chance"]:
        effort, segments = self._effort, self._index.segments()
        by_chance = _measure_chance(clip, segments)
        found: dict[str, Contender] = {}
        peaks = find_peaks(seen, effort.peaks_per_s)
        pairs = pair_query(peaks, _MOST_PAIRS)
        for segment in segments:
            _search(clip, pairs, segment, _AS_IT_IS, effort.places, effort.budget, found)
        if not found or by_chance.standard(_best(found)) < effort.enough:
            peaks = find_peaks(seen, effort.moved_peaks_per_s)
            pairs = pair_query(peaks, _MOST_PAIRS)
            for segment in segments:
                for plane in _MOVED:
                    _search(
                        clip, pairs, segment, plane, effort.moved_places, effort.moved_budget, found
                    )
        ranked = sorted(found.values(), key=lambda one: one.alignment.score, reverse=True)
        if ranked:
            ranked[0] = replace(ranked[0], alignment=sharpen(clip, ranked[0], peaks))
        return ranked, by_chance


_MOST_PAIRS = 1 << 17
_DRAWN_PEAKS_PER_S = 40.0


@dataclass(frozen=True, slots=True)
class Chance:
    """What unrelated places score with one clip."""

    mean: float
    deviation: float

    def standard(self, score: float) -> float:
        return (score - self.mean) / self.deviation


def _best(found: dict[str, Contender]) -> float:
    return max(one.alignment.score for one in found.values())


def _search(
    clip: NDArray[np.int8],
    pairs: NDArray[np.float32],
    segment: SegmentView,
    plane: Plane,
    places: int,
    budget: int,
    found: dict[str, Contender],
) -> None:
    """Add the contenders of one segment and plane, or better alignments of those found before."""
    moved = plane != _AS_IT_IS
    width = 20 if moved else 12
    reach = Reach(width / 2 + 4, 3, 1) if moved else Reach(width / 2 + 2, 0, 0)
    candidates = vote(pairs, segment, plane, width=width, most=places, budget=budget)
    tried: dict[int, list[float]] = {}
    for frame, owner, votes in zip(
        candidates.frames.tolist(),
        candidates.owners.tolist(),
        candidates.votes.tolist(),
        strict=True,
    ):
        if not segment.alive[owner]:
            continue
        offset = frame - float(segment.starts[owner])
        others = tried.setdefault(owner, [])
        if len(others) >= _OFFSETS_EACH or any(abs(offset - one) < width for one in others):
            continue
        others.append(offset)
        landmarks = landmarks_of(segment, owner)
        fitted = align(
            clip,
            landmarks,
            offset=offset,
            scale=plane.scale,
            pitch_steps=plane.pitch_cells * STEPS_PER_CELL,
            reach=reach,
        )
        key = segment.keys[owner]
        if key not in found or found[key].alignment.score < fitted.score:
            found[key] = Contender(key, landmarks, fitted, votes, moved)


def sharpen(clip: NDArray[np.int8], one: Contender, peaks: Peaks) -> Alignment:
    """Move an alignment to where the picked peaks lie on the landmarks.

    Held notes fit for a while before and after; their peaks say when exactly.
    """
    rough = one.alignment
    at, steps = _landmarks_in_clip(one, peaks)
    late = peaks.times[:, None] - at
    high = peaks.pitches[:, None] - steps
    near = (np.abs(late) < 12.0) & (np.abs(high) < 6.0)
    if np.count_nonzero(near) < 8:
        return rough
    counts, edges = np.histogram(late[near], bins=48, range=(-12.0, 12.0))
    mode = float(edges[int(np.argmax(np.convolve(counts, (1, 2, 1), "same")))]) + 0.25
    near &= np.abs(late - mode) < 1.5
    sharper = align(
        clip,
        one.landmarks,
        offset=rough.offset - float(np.median(late[near])) * rough.scale,
        scale=rough.scale,
        pitch_steps=rough.pitch_steps + round(float(np.median(high[near]))),
        reach=Reach(0.0, 0, 0),
    )
    return sharper if sharper.score > 0.9 * rough.score else rough


def landmarks_of(segment: SegmentView, owner: int) -> Words32:
    """Return the landmarks of one recording of a segment."""
    return segment.landmarks[
        int(segment.landmark_starts[owner]) : int(segment.landmark_starts[owner + 1])
    ]


def _measure_chance(clip: NDArray[np.int8], segments: Sequence[SegmentView]) -> Chance:
    """Score the clip at places drawn from the index: the null hypothesis of this very clip."""
    random = np.random.default_rng(0)
    scores: list[NDArray[np.float64]] = []
    parts = [segment for segment in segments if len(segment.keys)]
    for segment in parts:
        each = max(1, _PLACES_OF_CHANCE // (4 * len(parts)))
        for owner in random.integers(0, len(segment.keys), each).tolist():
            length = int(segment.starts[owner + 1]) - int(segment.starts[owner])
            offsets = random.uniform(0, max(1, length - clip.shape[0]), 4)
            scores.append(chance(clip, landmarks_of(segment, owner), offsets))
    if not scores:
        return Chance(0.0, 1.0)
    drawn = np.concatenate(scores)
    # Quartiles, since a place drawn may be the right one; bounds, since a small library may hold
    # little but relatives of the clip.
    low, middle, high = np.quantile(drawn, (0.25, 0.5, 0.75))
    return Chance(min(float(middle), 0.5), min(max(0.6, float(high - low) / 1.349), 1.2))


def _matches(
    contenders: list[Contender], by_chance: Chance, clip: NDArray[np.int8]
) -> Iterator[ClipMatch]:
    scores = [by_chance.standard(one.alignment.score) for one in contenders]
    for place, one in enumerate(contenders):
        rival = scores[1] if place == 0 and len(scores) > 1 else scores[0] if place else 0.0
        odds = log_odds(Evidence(scores[place], rival, one.alignment.landmarks, one.moved))
        chance_right = probability(odds)
        start, end = _matched_part(one, clip)
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


def _matched_part(one: Contender, clip: NDArray[np.int8]) -> tuple[float, float]:
    """Seconds of the clip between which it fits: the stretch with most evidence above `_FIT`."""
    values, frames = fit_over_time(clip, one.landmarks, one.alignment)
    if not values.size:
        return 0.0, 0.0
    running = np.concatenate(([0.0], np.cumsum(values - _FIT)))
    lowest = np.minimum.accumulate(running)
    end = int(np.argmax(running - lowest))
    start = int(np.argmin(running[: end + 1]))
    if end == start:
        return 0.0, 0.0
    edge = WINDOW / 2 / RATE_HZ
    last = (clip.shape[0] * HOP + WINDOW) / RATE_HZ
    return (
        max(0.0, float(frames[start]) / FRAMES_PER_S - edge),
        min(last, float(frames[end - 1]) / FRAMES_PER_S + 2 * edge),
    )


def _picture(seen: Spectrogram, seconds: float, best: Contender | None) -> ClipPicture:
    """The clip's peaks; those near a landmark of the best match are marked."""
    peaks = find_peaks(seen, _DRAWN_PEAKS_PER_S)
    times = (peaks.times * HOP + WINDOW / 2) / RATE_HZ
    hertz = LOWEST_HZ * 2.0 ** (peaks.pitches / STEPS_PER_OCTAVE)
    matched = (
        _near_landmarks(peaks, best) if best is not None else np.zeros(peaks.times.size, np.bool_)
    )
    return ClipPicture(seconds, np.stack((times, hertz), axis=1).astype(np.float32), matched)


def _near_landmarks(peaks: Peaks, best: Contender) -> NDArray[np.bool_]:
    at, steps = _landmarks_in_clip(best, peaks)
    in_time = np.abs(peaks.times[:, None] - at) < 3.0
    in_pitch = np.abs(peaks.pitches[:, None] - steps) < 6.0
    marked: NDArray[np.bool_] = np.any(in_time & in_pitch, axis=1)
    return marked


def _landmarks_in_clip(
    one: Contender, peaks: Peaks
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frames of the clip and pitch steps at which the recording's landmarks are expected."""
    fit = one.alignment
    at = ((one.landmarks >> PITCH_BITS).astype(np.float64) - fit.offset) / fit.scale
    inside = (at > -12.0) & (at < peaks.times.max(initial=0.0) + 12.0)
    steps = (one.landmarks[inside] & ((1 << PITCH_BITS) - 1)).astype(np.float64)
    return at[inside], steps + fit.pitch_steps
