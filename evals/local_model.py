"""Does a small language model, alone, choose the right tool, and what does a request cost it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from langchain_core.messages import HumanMessage
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from agent.errors import ModelMisbehaved
from agent.local.schema import NO_TOOL
from agent.models import LOCAL
from evals.chosen_model import WatchedModel, chosen_models, metric_name, watched
from evals.errors import EvaluationImpossible
from evals.evaluation import EvalReport, Plot, Progress, Series, Table, each
from evals.timing import percentile

CASES = Path(__file__).parent / "cases" / "local_model.yaml"
_QUICK_EVERY = 8


class Case(BaseModel):
    """A request, and the tools that are right for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    say: str
    right: tuple[str, ...] = Field(min_length=1)

    @property
    def is_music(self) -> bool:
        return NO_TOOL not in self.right


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a model chose."""

    case: Case
    tool: str
    arguments: str
    cpu_s: float

    @property
    def is_right(self) -> bool:
        return self.tool in self.case.right


class LocalModelEvaluation:
    """Asks each model by itself: no offline model before it, no grounding, no repair."""

    name = "local_model"
    summary = "Tool choice of small language models on requests that rules do not read"

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Ask every local model that the environment names, or the largest one here.

        Raises:
            EvaluationImpossible: none is here, or one is named that is not local.
        """
        models = chosen_models()
        if remote := [one.name for one in models if one.provider != LOCAL]:
            raise EvaluationImpossible(f"{remote[0]} is no local model: it is asked otherwise.")
        cases = read_cases()[:: _QUICK_EVERY if quick else 1]
        chosen: dict[str, list[Chosen]] = {}
        loading: dict[str, float] = {}
        for settings in models:
            name = metric_name(settings)
            progress.start(f"loading {settings.model}", 1)
            with watched(settings) as model:
                progress.advance()
                loading[name] = model.cpu_s
                chosen[name] = [ask(model, case) for case in each(progress, name, cases)]
        return report(cases, chosen, loading)


def read_cases(path: Path = CASES) -> list[Case]:
    """Every request.

    Raises:
        EvaluationImpossible: the file is malformed.
    """
    try:
        return [Case.model_validate(row) for row in yaml.safe_load(path.read_text("utf-8"))]
    except (yaml.YAMLError, ValidationError, TypeError) as error:
        raise EvaluationImpossible(f"{path.name} cannot be read: {error}") from error


def ask(model: WatchedModel, case: Case) -> Chosen:
    """What the model chooses, as the product asks it."""
    before = model.cpu_s
    try:
        answer = model.chat_model.invoke([HumanMessage(case.say)])
        call = answer.tool_calls[0]
        tool, arguments = call["name"], str(call["args"])
    except ModelMisbehaved as error:  # among them: "no tool fits"
        tool, arguments = NO_TOOL, str(error)
    return Chosen(case, tool, arguments, model.cpu_s - before)


def report(
    cases: Sequence[Case], chosen: dict[str, list[Chosen]], loading: dict[str, float]
) -> EvalReport:
    """What every model chose, counted."""
    metrics = {
        "requests": float(sum(case.is_music for case in cases)),
        "others": float(sum(not case.is_music for case in cases)),
    }
    for name, answers in chosen.items():
        music = [one.is_right for one in answers if one.case.is_music]
        others = [one.is_right for one in answers if not one.case.is_music]
        metrics |= {
            f"{name}.right_tool": sum(music) / max(1, len(music)),
            f"{name}.left_alone": sum(others) / max(1, len(others)),
            f"{name}.cpu_s.p50": percentile([one.cpu_s for one in answers], 50),
            f"{name}.cpu_s.p95": percentile([one.cpu_s for one in answers], 95),
            f"{name}.loading_cpu_s": loading[name],
        }
    rows = [
        (name, one.case.say, one.tool, one.arguments[:80], "" if one.is_right else "wrong")
        for name, answers in chosen.items()
        for one in answers
    ]
    names = tuple(chosen)
    return EvalReport(
        metrics=metrics,
        tables=(Table("Choices", ("model", "said", "tool", "arguments", ""), tuple(rows)),),
        plots=(
            Plot(
                "Right tool",
                "model",
                "share",
                (Series("alone", names, tuple(metrics[f"{n}.right_tool"] for n in names)),),
                y_range=(0.0, 1.0),
            ),
        ),
    )
