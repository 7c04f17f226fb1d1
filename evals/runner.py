"""Run one evaluation and keep it honest."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.baseline import BASELINES, Change, baseline_path, compare, read_metrics
from evals.documentation import describe
from evals.errors import BadMetric
from evals.evaluation import EvalReport, Evaluation, Progress


@dataclass(frozen=True, slots=True)
class Outcome:
    """A finished run beside its baseline."""

    name: str
    quick: bool
    report: EvalReport
    changes: tuple[Change, ...]
    undocumented: tuple[str, ...]
    """Metrics without a row in `evals/README.md`; a defect, shown and tested."""


def run_evaluation(
    evaluation: Evaluation,
    *,
    quick: bool,
    progress: Progress,
    baselines: Path = BASELINES,
) -> Outcome:
    """Run `evaluation` and set its numbers beside the baseline.

    Raises:
        BadMetric: a metric is not a finite number.
        EvaluationImpossible: what it measures with is not there.
    """
    report = evaluation.run(quick=quick, progress=progress)
    _check(evaluation.name, report.metrics)
    rows = {metric: describe(evaluation.name, metric) for metric in report.metrics}
    baseline = read_metrics(baseline_path(evaluation.name, quick=quick, folder=baselines))
    directions = {metric: row.better if row else None for metric, row in rows.items()}
    return Outcome(
        name=evaluation.name,
        quick=quick,
        report=report,
        changes=compare(report.metrics, baseline, directions),
        undocumented=tuple(metric for metric, row in rows.items() if row is None),
    )


def _check(name: str, metrics: Mapping[str, float]) -> None:
    for metric, value in metrics.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            raise BadMetric(f"{name} reported {metric} = {value!r}, which is not a number.")
        if not math.isfinite(value):
            raise BadMetric(f"{name} reported {metric} = {value}, which is not finite.")
