"""Numbers beside the numbers of last time."""

from pathlib import Path

import pytest

from evals.baseline import baseline_path, compare, read_metrics, write_metrics
from evals.documentation import Better
from evals.errors import BadMetric
from evals.evaluation import EvalReport, Progress
from evals.progress import SilentProgress
from evals.runner import run_evaluation


@pytest.mark.unit
@pytest.mark.parametrize(
    ("value", "better", "verdict"),
    [
        (0.9, Better.HIGHER, "better"),
        (0.7, Better.HIGHER, "worse"),
        (0.7, Better.LOWER, "better"),
        (0.7, None, "changed"),
        (0.8001, Better.HIGHER, "same"),
    ],
)
def test_a_change_is_judged_by_the_direction_of_its_metric(
    value: float, better: Better | None, verdict: str
) -> None:
    (change,) = compare({"x": value}, {"x": 0.8}, {"x": better})
    assert change.verdict == verdict


@pytest.mark.unit
def test_a_metric_without_a_baseline_is_new() -> None:
    (change,) = compare({"x": 1.0}, {}, {})
    assert (change.verdict, change.difference) == ("new", None)


@pytest.mark.unit
def test_baselines_of_quick_and_full_runs_are_kept_apart(tmp_path: Path) -> None:
    write_metrics(baseline_path("a", quick=True, folder=tmp_path), {"m": 1 / 3})
    assert read_metrics(baseline_path("a", quick=True, folder=tmp_path)) == {"m": 0.333333}
    assert read_metrics(baseline_path("a", quick=False, folder=tmp_path)) == {}


class _Broken:
    name = "broken"
    summary = "Reports nonsense."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        return EvalReport(metrics={"broken.share": float("nan")})


@pytest.mark.unit
def test_a_metric_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(BadMetric, match=r"broken\.share"):
        run_evaluation(_Broken(), quick=True, progress=SilentProgress())
