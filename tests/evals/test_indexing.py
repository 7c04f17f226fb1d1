"""The indexing evaluation, on few files."""

import pytest

from evals.indexing import IndexingEvaluation
from evals.progress import SilentProgress
from evals.runner import run_evaluation


@pytest.mark.evals
def test_a_quick_run_scans_all_its_files_and_documents_its_metrics() -> None:
    outcome = run_evaluation(IndexingEvaluation(), quick=True, progress=SilentProgress())
    metrics = outcome.report.metrics
    assert outcome.undocumented == ()
    assert metrics["scan.files"] == 200
    assert metrics["rescan.cpu_ms_per_file"] < metrics["scan.cpu_ms_per_file"]
