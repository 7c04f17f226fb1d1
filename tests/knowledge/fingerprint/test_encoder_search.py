"""Searching a catalogue by learned codes."""

import numpy as np
import pytest
from numpy.typing import NDArray

from knowledge.fingerprint.encoder import CENTRE, DIMENSIONS, QUERY_HOP, Embeddings, signs
from knowledge.fingerprint.encoder_search import alignment_score, cosines, search_codes
from knowledge.fingerprint.models import CODE_BYTES, CODE_HOP, Codes

pytestmark = pytest.mark.unit

LENGTHS = (100, 3, 60, 200, 1)


@pytest.fixture
def codes() -> Codes:
    random = np.random.default_rng(1)
    return random.integers(0, 256, (sum(LENGTHS), CODE_BYTES), dtype=np.uint8)


@pytest.fixture
def starts() -> NDArray[np.uint64]:
    return np.concatenate(([0], np.cumsum(LENGTHS))).astype(np.uint64)


def clip_of(
    codes: Codes, *, offset: float, windows: int = 32, tempo: float = 1.0, noise: float = 0.05
) -> Embeddings:
    """What a clip of a recording with these codes would look like; noise where it has none."""
    random = np.random.default_rng(2)
    centres = np.arange(windows, dtype=np.float32) * QUERY_HOP + np.float32(CENTRE)
    vectors = noise * random.standard_normal((windows, DIMENSIONS)).astype(np.float32)
    rows = np.round((offset + tempo * centres - CENTRE) / CODE_HOP).astype(int)
    # Between two codes, a clip's windows are like neither.
    away = np.abs((offset + tempo * centres - CENTRE) / CODE_HOP - rows)
    there = (rows >= 0) & (rows < len(codes)) & (away < 0.2)
    vectors[there] += signs(codes[rows[there]])
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return Embeddings(vectors, centres, QUERY_HOP)


def everything() -> NDArray[np.bool_]:
    return np.ones(len(LENGTHS), bool)


def test_the_place_a_clip_was_cut_from_comes_first(
    codes: Codes, starts: NDArray[np.uint64]
) -> None:
    clip = clip_of(codes[163:363], offset=50 * CODE_HOP + 3)

    found = search_codes(codes, starts, everything(), clip)

    best, second = found.places[:2]
    assert best.recording == 3
    assert best.offset == pytest.approx(50 * CODE_HOP + 3, abs=QUERY_HOP)
    assert best.score > second.score + 0.3
    assert abs(found.mean) < 0.2
    assert found.places == tuple(sorted(found.places, key=lambda place: -place.score))


@pytest.mark.parametrize("tempo", [0.95, 1.05])
def test_a_long_clip_at_another_tempo_is_found_with_its_tempo(
    codes: Codes, starts: NDArray[np.uint64], tempo: float
) -> None:
    clip = clip_of(codes[163:363], offset=40 * CODE_HOP, windows=120, tempo=tempo)

    best = search_codes(codes, starts, everything(), clip).places[0]

    assert best.recording == 3
    assert best.tempo == tempo
    assert best.offset == pytest.approx(40 * CODE_HOP, abs=2 * QUERY_HOP)


@pytest.mark.parametrize(("offset", "recording"), [(-64, 2), (57 * CODE_HOP, 2)])
def test_a_clip_may_begin_before_the_recording_or_end_after_it(
    codes: Codes, starts: NDArray[np.uint64], offset: int, recording: int
) -> None:
    clip = clip_of(codes[103:163], offset=offset)

    places = search_codes(codes, starts, everything(), clip).places

    assert places[0].recording == recording
    assert places[0].offset == pytest.approx(offset, abs=CODE_HOP + QUERY_HOP)


def test_removed_recordings_are_not_found(codes: Codes, starts: NDArray[np.uint64]) -> None:
    clip = clip_of(codes[163:363], offset=50 * CODE_HOP)
    alive = np.array([True, True, True, False, True])

    places = search_codes(codes, starts, alive, clip).places

    assert all(place.recording != 3 for place in places)
    assert places[0].score < 0.4


def test_nothing_is_found_in_nothing(codes: Codes, starts: NDArray[np.uint64]) -> None:
    clip = clip_of(codes, offset=0)
    none = Embeddings(clip.vectors[:0], clip.centres[:0], QUERY_HOP)

    assert search_codes(codes, starts, everything(), none).places == ()
    assert search_codes(codes, starts, ~everything(), clip).places == ()
    assert search_codes(codes[:0], np.zeros(1, np.uint64), np.ones(0, bool), clip).places == ()


def test_at_most_as_many_places_as_asked_for(codes: Codes, starts: NDArray[np.uint64]) -> None:
    clip = clip_of(codes[:100], offset=0)

    assert len(search_codes(codes, starts, everything(), clip, limit=3).places) == 3


def test_one_alignment_is_scored_window_by_window(codes: Codes) -> None:
    clip = clip_of(codes[:100], offset=320)

    values, centres = cosines(codes[:100], clip, offset=320)

    assert values == pytest.approx(np.full(8, 0.87), abs=0.05)
    assert np.allclose(np.diff(centres), CODE_HOP)
    assert alignment_score(codes[:100], clip, offset=320) == pytest.approx(values.mean())
    assert alignment_score(codes[:100], clip, offset=640) < 0.3


def test_an_alignment_without_overlap_scores_nothing(codes: Codes) -> None:
    clip = clip_of(codes, offset=0)

    assert alignment_score(codes, clip, offset=1e6) == 0.0
    assert cosines(codes, clip, offset=-1e6)[0].size == 0
