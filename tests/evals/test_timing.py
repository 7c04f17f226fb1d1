"""Percentiles of measured times."""

import pytest

from evals.timing import CpuTimes, percentile


@pytest.mark.unit
def test_percentiles_are_values_that_were_measured() -> None:
    values = [5.0, 1.0, 3.0]
    assert percentile(values, 50) == 3.0
    assert percentile(values, 100) == 5.0
    assert percentile([], 50) == 0.0


@pytest.mark.unit
def test_a_measured_block_leaves_one_sample() -> None:
    times = CpuTimes()
    with times.measure():
        sum(range(1000))
    assert len(times.samples_ms) == 1
    assert set(times.metrics("cpu_ms")) == {"cpu_ms.p50", "cpu_ms.p95"}
