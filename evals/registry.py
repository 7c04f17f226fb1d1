"""Which evaluations there are. They are imported only when asked for."""

from collections.abc import Mapping
from importlib import import_module

from evals.errors import UnknownEvaluation
from evals.evaluation import Evaluation

EVALUATIONS: Mapping[str, str] = {
    "analysis": "evals.analysis.measure:AnalysisEvaluation",
    "dialogue": "evals.dialogue.measure:DialogueEvaluation",
    "dialogue_model": "evals.dialogue.with_model:ModelDialogueEvaluation",
    "hearing": "evals.hearing.measure:HearingEvaluation",
    "humming": "evals.humming.measure:HummingEvaluation",
    "indexing": "evals.indexing:IndexingEvaluation",
    "injection": "evals.injection.measure:InjectionEvaluation",
    "latency": "evals.latency.measure:LatencyEvaluation",
    "local_model": "evals.local_model:LocalModelEvaluation",
    "real_library": "evals.real_library:RealLibraryEvaluation",
    "recognition_crash": "evals.recognition_crash:RecognitionCrashEvaluation",
    "recognition": "evals.recognition.measure:RecognitionEvaluation",
    "recognition_scale": "evals.recognition.scale:RecognitionScaleEvaluation",
    "recommendation": "evals.recommendation.measure:RecommendationEvaluation",
    "retrieval": "evals.retrieval.measure:RetrievalEvaluation",
    "search": "evals.search:SearchEvaluation",
    "small_model": "evals.small_model.measure:SmallModelEvaluation",
    "talk_soak": "evals.talk_soak:TalkSoakEvaluation",
    "timeline": "evals.timeline:TimelineEvaluation",
    "understanding": "evals.understanding:UnderstandingEvaluation",
    "versions": "evals.versions:VersionsEvaluation",
    "wake_word": "evals.wake_word:WakeWordEvaluation",
    "wishes": "evals.wishes:WishesEvaluation",
}
"""Name to "module:Class"."""


def load(name: str, evaluations: Mapping[str, str] = EVALUATIONS) -> Evaluation:
    """Make the evaluation called `name`.

    Raises:
        UnknownEvaluation: nothing of this name is registered.
    """
    target = evaluations.get(name)
    if target is None:
        known = ", ".join(sorted(evaluations))
        raise UnknownEvaluation(f'There is no evaluation "{name}". There are: {known}.')
    module, _, cls = target.partition(":")
    evaluation: Evaluation = getattr(import_module(module), cls)()
    return evaluation
