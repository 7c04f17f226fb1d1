"""The same conversations with a real language model, as the product uses it."""

import asyncio
import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from langchain_core.language_models import BaseChatModel

from agent.grounding.guard import REFUSALS
from agent.loop import Agent
from evals.chosen_model import WatchedModel, chosen_models, metric_name, watched
from evals.dialogue.library import DialogueLibrary, make_library
from evals.dialogue.measure import Played, library_folder, play, play_all
from evals.dialogue.scenario import Scenario, read_scenarios
from evals.dialogue.stage import open_stage
from evals.errors import EvaluationImpossible
from evals.evaluation import EvalReport, Plot, Progress, Series, Table, each
from server.conversations import TurnRecord
from server.services import Services

EVERY_VARIABLE = "REFRAIN_EVAL_EVERY"
"""One scenario in so many is played."""
RUNS_VARIABLE = "REFRAIN_EVAL_RUNS"
"""How often each is played: first as the product asks the model, then with answers that vary."""
_EVERY, _QUICK_EVERY, _RUNS = 12, 150, 2


class Answered(StrEnum):
    """Who decided what a turn does."""

    OFFLINE = "offline"
    """The offline model was sure, and nobody else was asked."""
    MODEL = "model"
    REPAIRED = "repaired"
    """The language model, after a call of it was refused."""
    FELL_BACK = "fell_back"
    """The offline model: the language model saw no request, or did not mend its call."""


@dataclass(slots=True)
class Account:
    """The turns of one model, over all scenarios and runs."""

    turns: list[tuple[Answered, bool, float]] = field(default_factory=list)
    """Who answered, whether nothing was wrong, and CPU seconds of both processes."""

    def count(self, *who: Answered) -> int:
        return sum(one in who for one, _, _ in self.turns)

    def right(self, who: Answered) -> int:
        return sum(one is who and right for one, right, _ in self.turns)

    def seconds(self, *who: Answered) -> float:
        """Mean of a turn; 0 when there was none."""
        spent = [cpu_s for one, _, cpu_s in self.turns if one in who]
        return sum(spent) / len(spent) if spent else 0.0


_ASKED = (Answered.MODEL, Answered.REPAIRED, Answered.FELL_BACK)


@dataclass(slots=True)
class ModelPlayed:
    """What came of one model: each scenario's runs, and every turn."""

    name: str
    runs: list[list[Played]] = field(default_factory=list)
    account: Account = field(default_factory=Account)

    def first(self, *, held_back: bool) -> float | None:
        """Share that passed as the product asks the model; None of none."""
        chosen = [one.passed for one in self.runs[0] if one.scenario.held_back is held_back]
        return sum(chosen) / len(chosen) if chosen else None

    def every(self, *, held_back: bool) -> float | None:
        """Share that passed in every run."""
        together = [
            all(one.passed for one in runs)
            for runs in zip(*self.runs, strict=True)
            if runs[0].scenario.held_back is held_back
        ]
        return sum(together) / len(together) if together else None


class ModelDialogueEvaluation:
    """Plays a sample of the scenarios with each language model that is named, and offline."""

    name = "dialogue_model"
    summary = "The conversations with a language model: what it answers, mends and leaves"

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Play one scenario in twelve twice, or as the environment says."""
        every = _QUICK_EVERY if quick else _number(EVERY_VARIABLE, _EVERY)
        runs = 1 if quick else _number(RUNS_VARIABLE, _RUNS)
        models = chosen_models()
        scenarios = sample(read_scenarios(), every)
        progress.start("making the library", 1)
        library = make_library(library_folder())
        progress.advance()
        offline = ModelPlayed("offline")
        offline.runs.append(asyncio.run(play_all(library, scenarios, progress)))
        played = []
        for settings in models:
            progress.start(f"loading {settings.model}", 1)
            with watched(settings) as model:
                progress.advance()
                with_model = play_with(library, scenarios, model, runs, progress)
                played.append(asyncio.run(with_model))
        return _report(offline, played)


def sample(scenarios: Sequence[Scenario], every: int) -> list[Scenario]:
    """One scenario in `every`, of those held back as of the others."""
    held_back = [one for one in scenarios if one.held_back]
    return [*[one for one in scenarios if not one.held_back][::every], *held_back[::every]]


def _number(variable: str, usual: int) -> int:
    given = os.environ.get(variable, "")
    if given and not (given.isdecimal() and int(given)):
        raise EvaluationImpossible(f"{variable} is a whole number from 1, not {given!r}")
    return int(given) if given else usual


async def play_with(
    library: DialogueLibrary,
    scenarios: Sequence[Scenario],
    model: WatchedModel,
    runs: int,
    progress: Progress,
) -> ModelPlayed:
    """Every scenario in an installation of its own, `runs` times, with one open model."""
    played = ModelPlayed(metric_name(model.settings))
    with tempfile.TemporaryDirectory(prefix="refrain-dialogue-") as folder:
        for run in range(runs):
            chat_model = model.varied(run) if run else model.chat_model
            finished = []
            for number, scenario in enumerate(each(progress, f"run {run + 1}", scenarios)):
                place = Path(folder) / f"{run}-{number}"
                finished.append(
                    await _play(library, place, scenario, model, chat_model, played.account)
                )
            played.runs.append(finished)
    return played


async def _play(
    library: DialogueLibrary,
    place: Path,
    scenario: Scenario,
    model: WatchedModel,
    chat_model: BaseChatModel,
    account: Account,
) -> Played:
    asked, spent = model.asked, model.cpu_s

    def note(record: TurnRecord, found: Sequence[str]) -> None:
        nonlocal asked, spent
        who = who_answered(record, model.name, asked=model.asked > asked)
        cpu_s = record.cpu_ms / 1000 + model.cpu_s - spent
        account.turns.append((who, not found, cpu_s))
        asked, spent = model.asked, model.cpu_s

    def agent(services: Services) -> Agent:
        return Agent(
            services.tools,
            sessions=services.sessions,
            model=model.settings,
            chat_model=chat_model,
        )

    async with open_stage(library, place, agent) as stage:
        return await play(stage, scenario, note)


def who_answered(record: TurnRecord, name: str, *, asked: bool) -> Answered:
    """Who decided, of a turn in which the model called `name` was `asked` or not."""
    if not asked:
        return Answered.OFFLINE
    if record.model != name:
        return Answered.FELL_BACK
    codes = {str((call.result or {}).get("code", "")) for call in record.tool_calls}
    return Answered.REPAIRED if codes & REFUSALS else Answered.MODEL


def _report(offline: ModelPlayed, models: Sequence[ModelPlayed]) -> EvalReport:
    everything = offline.runs[0]
    open_ones = [one for one in everything if not one.scenario.held_back]
    metrics: dict[str, float] = {
        "scenarios": float(len(open_ones)),
        "held_back.scenarios": float(len(everything) - len(open_ones)),
        "turns": float(sum(len(one.lines) for one in everything)),
        **_passes("offline", offline),
    }
    for model in models:
        metrics |= _passes(model.name, model) | _turns(model)
        metrics["runs"] = float(len(model.runs))
    faults = [
        (model.name, number + 1, fault)
        for model in models
        for number, run in enumerate(model.runs)
        for one in run
        if not one.scenario.held_back
        for fault in one.faults
    ]
    answered = [
        (model.name, who.value, model.account.count(who), model.account.right(who),
         round(model.account.seconds(who), 2))
        for model in models
        for who in Answered
    ]  # fmt: skip
    names = ("offline", *(model.name for model in models))
    shares = (metrics["offline.pass"], *(metrics[f"{model.name}.pass"] for model in models))
    return EvalReport(
        metrics=metrics,
        tables=(
            Table("Turns", ("model", "answered by", "turns", "right", "CPU s"), tuple(answered)),
            Table("What went wrong", ("model", "run", "fault"), tuple(faults)),
        ),
        plots=(
            Plot("Conversations that went as expected", "model", "share",
                 (Series("as used", names, shares),), y_range=(0.0, 1.0)),
        ),
    )  # fmt: skip


def _passes(name: str, played: ModelPlayed) -> dict[str, float]:
    shares = {
        "pass": played.first(held_back=False),
        "pass_k": played.every(held_back=False),
        "held_back.pass": played.first(held_back=True),
        "held_back.pass_k": played.every(held_back=True),
    }
    return {f"{name}.{key}": share for key, share in shares.items() if share is not None}


def _turns(model: ModelPlayed) -> dict[str, float]:
    """Of the turns in which the model was asked, over all runs."""
    account = model.account
    asked = max(1, account.count(*_ASKED))
    counted = {
        "asked": account.count(*_ASKED) / max(1, len(account.turns)),
        "answered": account.count(Answered.MODEL) / asked,
        "answered_right": account.right(Answered.MODEL) / asked,
        "repaired": account.count(Answered.REPAIRED) / asked,
        "repaired_right": account.right(Answered.REPAIRED) / asked,
        "fell_back": account.count(Answered.FELL_BACK) / asked,
        "fell_back_right": account.right(Answered.FELL_BACK) / asked,
        "cpu_s_per_turn": account.seconds(*Answered),
        "cpu_s_per_asked": account.seconds(*_ASKED),
    }
    return {f"{model.name}.{key}": value for key, value in counted.items()}
