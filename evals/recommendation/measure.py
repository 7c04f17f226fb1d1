"""`refrain eval recommendation`: every model beside its baselines, on public data."""

from collections.abc import Callable
from pathlib import Path

from evals.evaluation import EvalReport, Progress
from evals.recommendation.artists import measure_artists
from evals.recommendation.asking import measure_asking
from evals.recommendation.findings import Findings, report
from evals.recommendation.flow import measure_flow
from evals.recommendation.folders import recommendation_folder
from evals.recommendation.rejecting import measure_rejecting
from evals.recommendation.sessions import measure_sessions
from evals.recommendation.situations import measure_situations
from evals.recommendation.tagging import measure_tagging

Measure = Callable[..., Findings]


class RecommendationEvaluation:
    """Each set that is here; what is absent is left out and said."""

    name = "recommendation"
    summary = "Recommendation: artists, next tracks, situations, rejections, questions, flow."

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Choose by validation, test once. About four minutes of CPU; quick: seconds."""
        folder = self._folder or recommendation_folder()
        measures: tuple[tuple[Measure, Path], ...] = (
            (measure_artists, folder / "hetrec"),
            (measure_tagging, folder),
            (measure_sessions, folder / "30music"),
            (measure_situations, folder / "situnes"),
            (measure_rejecting, folder / "cpcd"),
            (measure_asking, folder / "hetrec"),
        )
        parts = [measure(place, quick=quick, progress=progress) for measure, place in measures]
        return report([*parts, measure_flow(quick=quick, progress=progress)])
