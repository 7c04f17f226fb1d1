"""Lists of ours flow better than a greedy order, which flows better than chance."""

import pytest

from evals.playlist_flow import measure_flow


@pytest.mark.evals
def test_ours_beats_greedy_beats_chance() -> None:
    found = measure_flow(0, library=1_500, arcs=("ramp", "hill"))
    assert found.ours < found.greedy < found.random
    assert found.fit > 0.7
    assert found.fitting < found.random / 2
    assert found.length_error_s <= 15.0
    assert found.in_tempo == 1.0
    assert found.arc > 0.8
    assert found.seconds > 0.0
