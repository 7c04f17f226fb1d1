"""Numbers about time: CPU of this process, not the clock on the wall.

CPU time is what a busy test machine does not change much; wall time would measure its neighbours.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager


class CpuTimes:
    """CPU times of many calls, in milliseconds."""

    def __init__(self) -> None:
        self.samples_ms: list[float] = []

    @contextmanager
    def measure(self) -> Iterator[None]:
        """Time the block with the CPU clock of this process (all its threads)."""
        start = time.process_time_ns()
        yield
        self.samples_ms.append((time.process_time_ns() - start) / 1e6)

    def extend(self, samples_ms: Sequence[float]) -> None:
        """Add times that were measured elsewhere."""
        self.samples_ms += samples_ms

    def metrics(self, prefix: str) -> dict[str, float]:
        """`PREFIX.p50` and `PREFIX.p95`, in milliseconds."""
        return {
            f"{prefix}.p50": percentile(self.samples_ms, 50),
            f"{prefix}.p95": percentile(self.samples_ms, 95),
        }


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which `percent` (0 to 100) of `values` lie, nearest rank; 0.0 of none."""
    if not values:
        return 0.0
    ordered = sorted(values)
    rank = round(percent / 100 * (len(ordered) - 1))
    return ordered[rank]
