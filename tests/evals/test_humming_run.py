"""A quick run of the humming evaluation: every number is documented, and none is absurd."""

from pathlib import Path

import pytest

from evals.humming.folders import CACHE_VARIABLE
from evals.humming.measure import HummingEvaluation
from evals.progress import SilentProgress
from evals.runner import run_evaluation


@pytest.mark.evals
def test_a_quick_run_reports_documented_metrics(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    outcome = run_evaluation(HummingEvaluation(), quick=True, progress=SilentProgress())
    metrics = outcome.report.metrics
    assert outcome.undocumented == ()
    for name in ("mrr", "top1", "top10", "cpu_s.5k", "rejection", "kept"):
        assert name in metrics
    assert metrics["top1"] <= metrics["top10"]
    assert metrics["top1.own"] > 0.5
    assert metrics["contour.own.hum"] > 0.8
    assert metrics["rejection.silence"] == 1.0
    assert metrics["cpu_s.5k"] > metrics["cpu_s.listening"] > 0
