"""Rendered hums, whistles and "la" with exact pitch, where the development data is."""

import numpy as np
import pytest

from evals.humming.development import (
    RATE_HZ,
    DevelopmentQuery,
    development_folder,
    development_queries,
)
from knowledge.melody.listening import HumListener
from knowledge.melody.models import FRAME_S, HumKind

pytestmark = pytest.mark.evals

FOLDER = development_folder()
needs_clips = pytest.mark.skipif(
    FOLDER is None, reason="the humming development data is not on this machine"
)


@pytest.fixture(scope="module", name="queries")
def every_third_query() -> list[DevelopmentQuery]:
    assert FOLDER is not None
    return list(development_queries(FOLDER))[::3]


@needs_clips
def test_most_frames_are_right_and_nothing_is_refused(queries: list[DevelopmentQuery]) -> None:
    listener = HumListener()
    right = []
    for query in queries:
        contour = listener.listen(query.samples(), RATE_HZ)

        assert contour.problem is None
        assert (contour.kind is HumKind.WHISTLE) == (query.kind == "whistle")
        time_s = np.arange(len(contour.pitch)) * FRAME_S - query.f0_start_s
        value = np.round(time_s * 200).astype(int)
        inside = (value >= 0) & (value < len(query.f0_hz))
        hertz = np.where(inside, query.f0_hz[np.where(inside, value, 0)], 0)
        off = np.abs(contour.pitch - (69 + 12 * np.log2(np.maximum(hertz, 1) / 440)))
        right.append(float(np.mean(off[hertz > 0] < 0.5)))

    assert np.mean(right) > 0.96
