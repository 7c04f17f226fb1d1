"""Finds where in a catalogue a clip's embeddings fit best, by comparing with every code.

Signs against signs first (128 bits a window, XOR and count), then numbers against signs at the
places that came out best. About 2 ns a code for a clip of 5 s, so up to some millions of codes
need no index; see MODEL_CARD.md for the measured cost.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

from knowledge.fingerprint.encoder import CENTRE, DIMENSIONS, QUERY_HOP, Embeddings, pack, signs
from knowledge.fingerprint.models import CODE_HOP, Codes

_PHASES = CODE_HOP // QUERY_HOP
_BLOCK = 1024
_KEPT = 4
"""Places looked at closely for each one that is wanted."""
_APART = 2
"""Codes within which one place hides the worse ones beside it."""
_FINE_TEMPI = (1.0, 0.975, 1.025, 0.95, 1.05)
_LONG_CLIP = 24
"""From this many codes on (11 s), other tempi drift too far to be found at their own."""
_COARSE_TEMPI = (0.96, 1.0, 1.04)


@dataclass(frozen=True, slots=True)
class CodePlace:
    """Where a clip may come from.

    Attributes:
        recording: which recording of those searched.
        offset: frame of the recording at which the clip begins, perhaps negative.
        tempo: tempo of the clip as a ratio to the recording's; coarse.
        score: mean cosine of the clip's windows and the recording's, -1 to 1.
    """

    recording: int
    offset: float
    tempo: float
    score: float


@dataclass(frozen=True, slots=True)
class CodeSearch:
    """The outcome of one search.

    Attributes:
        places: best first.
        mean: of the coarse score over everything searched: what chance gives this clip.
        spread: standard deviation of the same.
    """

    places: tuple[CodePlace, ...]
    mean: float
    spread: float


def search_codes(
    codes: Codes,
    starts: NDArray[np.uint64],
    alive: NDArray[np.bool_],
    clip: Embeddings,
    *,
    limit: int = 32,
    tempi: Sequence[float] | None = None,
) -> CodeSearch:
    """Compare a clip with all codes.

    Args:
        codes: of all recordings, shape (n, CODE_BYTES).
        starts: first code of each recording, and the end.
        alive: which recordings count.
        clip: as `Encoder.query` gives it at its finest hop.
        limit: at most so many places.
        tempi: looked at in the first pass; by default as many as the clip's length asks for.
    """
    windows = len(clip.vectors)
    if windows == 0 or len(codes) == 0 or not alive.any():
        return CodeSearch((), 0.0, 1.0)
    if tempi is None:
        tempi = _COARSE_TEMPI if windows >= _LONG_CLIP * _PHASES else (1.0,)
    plans = [_plan(windows, phase, tempo) for tempo in tempi for phase in range(_PHASES)]
    plans = [plan for plan in plans if plan.size]
    most = max(plan.size for plan in plans)
    picks = np.full((len(plans), most), -1, np.int64)
    for row, plan in zip(picks, plans, strict=True):
        row[: plan.size] = plan
    words = np.ascontiguousarray(codes).view(np.uint64)
    asked = pack(clip.vectors).view(np.uint64)
    limits = starts.astype(np.int64)
    lead = most // 2
    best = _scan(words, limits, alive, asked, picks, lead)
    living = best[best > -1]
    if living.size == 0:
        return CodeSearch((), 0.0, 1.0)
    mean, spread = float(living.mean()), float(living.std()) or 1.0
    wanted = min(limit * _KEPT, best.size)
    found = _refine(codes, limits, clip, _peaks(best, wanted), most, lead)
    return CodeSearch(tuple(found[:limit]), mean, spread)


def cosines(
    codes: Codes, clip: Embeddings, *, offset: float, tempo: float = 1.0
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Compare a clip with one recording at one alignment.

    Args:
        codes: of the one recording.
        clip: the clip's embeddings.
        offset: frame of the recording at which the clip begins.
        tempo: tempo of the clip as a ratio to the recording's.

    Returns:
        Cosine of each of the recording's windows that the clip covers with the clip's window
        nearest to it, and the middle of that window in frames of the clip, both (m,).
    """
    if len(clip.vectors) == 0:
        return np.empty(0, np.float32), np.empty(0, np.float32)
    first = clip.centres[0]
    # Window k of the recording, centred on k * CODE_HOP + CENTRE, is at this row of the clip.
    rows_of = ((np.arange(len(codes)) * CODE_HOP + CENTRE - offset) / tempo - first) / clip.hop
    fits = np.flatnonzero((rows_of > -0.5) & (rows_of < len(clip.vectors) - 0.5))
    rows = np.clip(np.round(rows_of[fits]).astype(np.int64), 0, len(clip.vectors) - 1)
    values = _dots(np.ascontiguousarray(codes[fits]), clip.vectors[rows])
    return values, clip.centres[rows]


def alignment_score(codes: Codes, clip: Embeddings, *, offset: float, tempo: float = 1.0) -> float:
    """Mean of `cosines`; 0 when nothing overlaps."""
    values, _ = cosines(codes, clip, offset=offset, tempo=tempo)
    return float(values.mean()) if values.size else 0.0


def _plan(windows: int, phase: int, tempo: float) -> NDArray[np.int64]:
    """Rows of the clip that lie CODE_HOP frames apart in a recording."""
    count = int((windows - 1 - phase) * tempo / _PHASES) + 2
    rows = np.round(phase + _PHASES * np.arange(count) / tempo).astype(np.int64)
    return rows[rows < windows]


def _refine(
    codes: Codes,
    starts: NDArray[np.int64],
    clip: Embeddings,
    places: NDArray[np.int64],
    most: int,
    lead: int,
) -> list[CodePlace]:
    """Score places with the clip's numbers at several tempi and offsets; one each is returned."""
    slots = starts + lead * np.arange(starts.size)
    recordings = np.searchsorted(slots, places, side="right") - 1
    places = places - lead * (recordings + 1)  # as codes of the catalogue, perhaps before the first
    firsts = starts[recordings]
    rows = (places - 1)[:, None] + np.arange(most + 3)
    inside = (rows >= firsts[:, None]) & (rows < starts[recordings + 1][:, None])
    nearby = codes[np.clip(rows, 0, len(codes) - 1)].reshape(-1, codes.shape[1])
    alike = (signs(nearby) @ clip.vectors.T).reshape(*rows.shape, -1)
    alike[~inside] = 0.0
    tempi = np.array(_FINE_TEMPI, np.float64)
    offsets, tempo, scores = _align(alike, tempi, clip.centres.astype(np.float64))
    found: dict[tuple[int, int], CodePlace] = {}
    for k in np.argsort(-scores, kind="stable"):
        offset = float(offsets[k] + (places[k] - 1 - firsts[k]) * CODE_HOP)
        key = int(recordings[k]), round(offset / (2 * CODE_HOP))
        if key not in found:
            place = CodePlace(int(recordings[k]), offset, float(tempo[k]), float(scores[k]))
            found[key] = place
    return list(found.values())


def _align(
    alike: NDArray[np.float32], tempi: NDArray[np.float64], centres: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Best offset from the first row (frames), tempo and score of each place."""
    offsets, tempo, scores = _align_kernel(alike, tempi, centres)
    return offsets, tempo, scores


def _peaks(best: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The highest local maxima, best first."""
    higher = np.ones(best.size, bool)
    for away in range(1, _APART + 1):
        higher[away:] &= best[away:] > best[:-away]
        higher[:-away] &= best[:-away] >= best[away:]
    peaks = np.flatnonzero(higher & (best > -1))
    if peaks.size > count:
        peaks = peaks[np.argpartition(-best[peaks], count)[:count]]
    chosen: NDArray[np.int64] = peaks[np.argsort(-best[peaks], kind="stable")]
    return chosen


def _scan(
    words: NDArray[np.uint64],
    starts: NDArray[np.int64],
    alive: NDArray[np.bool_],
    asked: NDArray[np.uint64],
    picks: NDArray[np.int64],
    lead: int,
) -> NDArray[np.float32]:
    """For every place the best share of agreeing bits of a clip that begins there, -1 to 1.

    A recording's places are `lead` before its first code, and its codes; -2 where it is not
    alive. What lies before its first code or after its last counts as chance.
    """
    result: NDArray[np.float32] = _scan_kernel(words, starts, alive, asked, picks, lead)
    return result


def _dots(codes: Codes, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    result: NDArray[np.float32] = _dots_kernel(codes, vectors)
    return result


@njit(cache=True, nogil=True, inline="always")
def _ones(x):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a kernel
    """Count the bits of a 64-bit word; compiled to one instruction."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return (x * np.uint64(0x0101010101010101)) >> np.uint64(56)


@njit(cache=True, nogil=True)
def _scan_kernel(words, starts, alive, asked, picks, lead):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a kernel
    flat = words.reshape(-1)
    best = np.full(words.shape[0] + lead * alive.size, np.float32(-2.0), np.float32)
    count = np.empty(2 * _BLOCK, np.uint64)
    for recording in range(alive.size):
        first, last = starts[recording], starts[recording + 1]
        if not alive[recording] or first == last:
            continue
        slot = lead * (recording + 1)
        for begin in range(first - lead, last, _BLOCK):
            size = min(_BLOCK, last - begin)
            for plan in range(picks.shape[0]):
                count[:] = np.uint64(0)
                used = 0
                for j in range(picks.shape[1]):
                    row = picks[plan, j]
                    if row < 0:
                        break
                    used += 1
                    a, b = asked[row, 0], asked[row, 1]
                    before = min(size, max(0, first - begin - j))
                    inside = max(before, min(size, last - begin - j))
                    for k in range(before):
                        count[2 * k] += np.uint64(64)
                    sums = count[2 * before : 2 * inside]
                    part = flat[2 * (begin + j + before) : 2 * (begin + j + inside)]
                    for k in range(inside - before):
                        sums[2 * k] += _ones(part[2 * k] ^ a)
                        sums[2 * k + 1] += _ones(part[2 * k + 1] ^ b)
                    for k in range(inside, size):
                        count[2 * k] += np.uint64(64)
                scale = np.float32(1.0 / (64 * used))
                for k in range(size):
                    differing = np.float32(count[2 * k] + count[2 * k + 1])
                    value = np.float32(1.0) - differing * scale
                    if value > best[slot + begin + k]:
                        best[slot + begin + k] = value
    return best


@njit(cache=True, nogil=True)
def _align_kernel(alike, tempi, centres):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a kernel
    places, codes, windows = alike.shape
    offsets = np.zeros(places)
    found = np.ones(places)
    scores = np.full(places, -1.0)
    middle = centres[windows // 2]
    for place in range(places):
        for tempo in tempi:
            for phase in range(-1, _PHASES + 1):
                # The clip's middle is put where it would be at tempo 1.
                offset = CODE_HOP - phase * QUERY_HOP + middle * (1 - tempo)
                total, count = 0.0, 0
                for k in range(codes):
                    row = ((k * CODE_HOP + CENTRE - offset) / tempo - centres[0]) / QUERY_HOP
                    nearest = int(np.round(row))
                    if 0 <= nearest < windows:
                        total += alike[place, k, nearest]
                        count += 1
                if count and total / count > scores[place]:
                    offsets[place], found[place] = offset, tempo
                    scores[place] = total / count
    return offsets, found, scores


@njit(cache=True, nogil=True, fastmath=True)
def _dots_kernel(codes, vectors):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202 - a kernel
    out = np.empty(codes.shape[0], np.float32)
    for k in range(codes.shape[0]):
        total = np.float32(0.0)
        for byte in range(codes.shape[1]):
            bits = codes[k, byte]
            for bit in range(8):
                value = vectors[k, 8 * byte + bit]
                total += value if (bits >> bit) & 1 else -value
        out[k] = total / np.float32(np.sqrt(DIMENSIONS))
    return out
