"""Contenders: the recordings that a clip may come from, each with its best alignment."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from knowledge.fingerprint.encoder import Embeddings
from knowledge.fingerprint.encoder_search import alignment_score, search_codes
from knowledge.fingerprint.hashes import STEPS_PER_CELL
from knowledge.fingerprint.models import TIME_BITS, Codes, SegmentView, Words32
from knowledge.fingerprint.peaks import Peaks
from knowledge.fingerprint.verification import PITCH_BITS, Alignment, Reach, align, chance
from knowledge.fingerprint.voting import Plane, vote

AS_IT_IS = Plane(0, 0)
MOVED = (
    *(Plane(sign * cells, 0) for cells in (1, 2, 3, 4, 5) for sign in (1, -1)),
    *(Plane(sign * cells, sign) for cells in (0, 3, 4, 5) for sign in (1, -1)),
)
"""Other pitches; other tempi; and both together, as when a record turns too fast."""
_PLACES_OF_CHANCE = 192
_OFFSETS_EACH = 6
"""Places tried in one recording and plane: loops make many that are alike."""


_UNCODED = 0.45
"""Median cosine of the best wrong place with a clip of 2 s; longer clips have less."""
_NEAR_TEMPO = 0.03
_ALIKE = Reach(10.0, 0, 0)
_ALIKE_MOVED = Reach(10.0, 2, 16)
"""Codes tell the place to a tenth of a second and the tempo to some percent, the pitch not."""
_FEWEST_TO_COMPARE = 10
_SAME_PLACE = np.array((2.5, 5.0))
"""Frames and pitch steps between two landmarks that may be the same."""
_LAST_FRAME = (1 << TIME_BITS) - 1
_SAME_SHARE = 0.4
"""By chance one landmark in fifty has a neighbour so near."""


@dataclass(frozen=True, slots=True)
class Contender:
    """A recording that a clip may come from, before the decision.

    Attributes:
        recording: key.
        landmarks: of the recording.
        alignment: the best one found.
        votes: pairs that spoke for it; 0 when its codes did.
        moved: whether found at another pitch or tempo.
        codes: of the recording.
        likeness: mean cosine of the clip's and the recording's codes, -1 to 1; None before they
            were compared.
    """

    recording: str
    landmarks: Words32
    alignment: Alignment
    votes: int
    moved: bool
    codes: Codes
    likeness: float | None = None


@dataclass(frozen=True, slots=True)
class Chance:
    """What unrelated places score with one clip."""

    mean: float
    deviation: float

    def standard(self, score: float) -> float:
        """Return how many standard deviations above chance a score is."""
        return (score - self.mean) / self.deviation


def measure_chance(clip: NDArray[np.int8], segments: Sequence[SegmentView]) -> Chance:
    """Score the clip at places drawn from the index: the null hypothesis of this very clip."""
    parts = [segment for segment in segments if len(segment.keys)]
    return chance_of([chance_scores(clip, segment, len(parts)) for segment in parts])


def chance_scores(clip: NDArray[np.int8], segment: SegmentView, parts: int) -> NDArray[np.float64]:
    """Score the clip at places drawn from one of `parts` segments; always the same places."""
    random = np.random.default_rng(0)
    scores: list[NDArray[np.float64]] = []
    each = max(1, _PLACES_OF_CHANCE // (4 * parts))
    for owner in random.integers(0, len(segment.keys), each).tolist():
        length = int(segment.starts[owner + 1]) - int(segment.starts[owner])
        offsets = random.uniform(0, max(1, length - clip.shape[0]), 4)
        scores.append(chance(clip, landmarks_of(segment, owner), offsets))
    return np.concatenate(scores)


def chance_of(scores: Sequence[NDArray[np.float64]]) -> Chance:
    """Sum up what was drawn from all segments."""
    if not scores:
        return Chance(0.0, 1.0)
    drawn = np.concatenate(scores)
    # Quartiles, since a place drawn may be the right one; bounds, since a small library may hold
    # little but relatives of the clip.
    low, middle, high = np.quantile(drawn, (0.25, 0.5, 0.75))
    return Chance(min(float(middle), 0.5), min(max(0.6, float(high - low) / 1.349), 1.2))


def search(
    clip: NDArray[np.int8],
    pairs: NDArray[np.float32],
    segment: SegmentView,
    plane: Plane,
    *,
    places: int,
    budget: int,
) -> dict[str, Contender]:
    """Find the contenders of one segment at one pitch and tempo.

    Args:
        clip: evidence of the clip.
        pairs: of the clip's peaks.
        segment: a part of the index.
        plane: pitch and tempo to look for.
        places: how many candidates to verify.
        budget: postings to read at most.
    """
    moved = plane != AS_IT_IS
    width = 20 if moved else 12
    reach = Reach(width / 2 + 4, 3, 1) if moved else Reach(width / 2 + 2, 0, 0)
    candidates = vote(pairs, segment, plane, width=width, most=places, budget=budget)
    found: dict[str, Contender] = {}
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
            found[key] = Contender(key, landmarks, fitted, votes, moved, codes_of(segment, owner))
    return found


def search_alike(
    clip: NDArray[np.int8], heard: Embeddings, segment: SegmentView, *, places: int
) -> Iterator[Contender]:
    """Find the contenders of one segment by what the clip sounds like, at any pitch and tempo.

    Args:
        clip: evidence of the clip.
        heard: embeddings of the clip.
        segment: a part of the index.
        places: how many to verify.
    """
    found = search_codes(segment.codes, segment.code_starts, segment.alive, heard, limit=places)
    for place in found.places:
        landmarks = landmarks_of(segment, place.recording)
        codes = codes_of(segment, place.recording)
        for moved in (False, True):
            if not moved and abs(place.tempo - 1.0) > _NEAR_TEMPO:
                continue
            fitted = align(
                clip,
                landmarks,
                offset=place.offset,
                scale=place.tempo if moved else 1.0,
                pitch_steps=0,
                reach=_ALIKE_MOVED if moved else _ALIKE,
            )
            key = segment.keys[place.recording]
            yield Contender(key, landmarks, fitted, 0, moved, codes)


def compared(one: Contender, heard: Embeddings) -> Contender:
    """Compare the codes of a contender and the clip where they are aligned.

    What has no codes, such as the strangers beside a small library, counts as much as unrelated
    music often does: nothing may lead over it merely by having been coded.
    """
    if not len(one.codes):
        return replace(one, likeness=_UNCODED)
    fit = one.alignment
    likeness = alignment_score(one.codes, heard, offset=fit.offset, tempo=fit.scale)
    return replace(one, likeness=likeness)


class Searching(Protocol):
    """A search of one state of an index."""

    def chance(self, clip: NDArray[np.int8]) -> Chance:
        """Measure what unrelated places score with the clip."""
        ...

    def look(
        self,
        clip: NDArray[np.int8],
        pairs: NDArray[np.float32],
        planes: Sequence[Plane],
        *,
        places: int,
        budget: int,
    ) -> Iterable[Contender]:
        """Find contenders, perhaps several of one recording; see `search`."""
        ...

    def code_count(self) -> int:
        """Return how many codes `look_alike` would compare the clip with."""
        ...

    def look_alike(
        self, clip: NDArray[np.int8], heard: Embeddings, *, places: int
    ) -> Iterable[Contender]:
        """Find contenders by their codes; see `search_alike`."""
        ...


@dataclass(frozen=True, slots=True)
class SegmentSearch:
    """Searches segments one after the other."""

    segments: Sequence[SegmentView]

    def chance(self, clip: NDArray[np.int8]) -> Chance:
        return measure_chance(clip, self.segments)

    def look(
        self,
        clip: NDArray[np.int8],
        pairs: NDArray[np.float32],
        planes: Sequence[Plane],
        *,
        places: int,
        budget: int,
    ) -> Iterable[Contender]:
        for segment in self.segments:
            share = budget // len(self.segments)
            for plane in planes:
                found = search(clip, pairs, segment, plane, places=places, budget=share)
                yield from found.values()

    def code_count(self) -> int:
        return sum(len(segment.codes) for segment in self.segments)

    def look_alike(
        self, clip: NDArray[np.int8], heard: Embeddings, *, places: int
    ) -> Iterable[Contender]:
        for segment in self.segments:
            yield from search_alike(clip, heard, segment, places=places)


def sharpen(clip: NDArray[np.int8], one: Contender, peaks: Peaks) -> Alignment:
    """Move an alignment to where the picked peaks lie on the landmarks.

    Held notes fit for a while before and after; their peaks say when exactly.
    """
    rough = one.alignment
    at, steps = landmarks_in_clip(one, peaks)
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


def same_sound(one: Contender, other: Contender, frames: int) -> bool:
    """Whether two recordings hold the same sound where a clip of `frames` lies on them.

    A library often has one recording several times: as MP3 and FLAC, on an album and a collection.
    """
    first, second = (_within_clip(each, frames) for each in (one, other))
    if min(len(first), len(second)) < _FEWEST_TO_COMPARE:
        return False
    near = np.abs(first[:, None] - second) < _SAME_PLACE
    share = float(np.mean(np.any(np.all(near, axis=2), axis=1)))
    return share > _SAME_SHARE


def _within_clip(one: Contender, frames: int) -> NDArray[np.float64]:
    """Frame of the clip and pitch step of each landmark, shape (n, 2)."""
    fit = one.alignment
    edges = np.clip((fit.offset, fit.offset + frames * fit.scale), 0, _LAST_FRAME)
    first, last = np.searchsorted(one.landmarks, edges.astype(np.uint32) << np.uint32(PITCH_BITS))
    within = one.landmarks[first:last]
    at = ((within >> PITCH_BITS).astype(np.float64) - fit.offset) / fit.scale
    steps = (within & ((1 << PITCH_BITS) - 1)).astype(np.float64)
    return np.stack((at, steps + fit.pitch_steps), axis=1)


def codes_of(segment: SegmentView, owner: int) -> Codes:
    """Return the codes of one recording of a segment."""
    return segment.codes[int(segment.code_starts[owner]) : int(segment.code_starts[owner + 1])]


def landmarks_of(segment: SegmentView, owner: int) -> Words32:
    """Return the landmarks of one recording of a segment."""
    return segment.landmarks[
        int(segment.landmark_starts[owner]) : int(segment.landmark_starts[owner + 1])
    ]


def landmarks_in_clip(
    one: Contender, peaks: Peaks
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Frames of the clip and pitch steps at which the recording's landmarks are expected."""
    fit = one.alignment
    at = ((one.landmarks >> PITCH_BITS).astype(np.float64) - fit.offset) / fit.scale
    inside = (at > -12.0) & (at < peaks.times.max(initial=0.0) + 12.0)
    steps = (one.landmarks[inside] & ((1 << PITCH_BITS) - 1)).astype(np.float64)
    return at[inside], steps + fit.pitch_steps
