"""Conversations with a language model: who decided a turn, and a quick run with a stub."""

import asyncio

import pytest

from agent.grounding.guard import NOT_ASKED_FOR
from agent.local.schema import FIELDS, NO_TOOL, beginning
from agent_llm_stub import calls, open_stub
from evals.chosen_model import MODEL_VARIABLE, URL_VARIABLE, chosen_models, watched
from evals.dialogue.library import make_library
from evals.dialogue.measure import library_folder
from evals.dialogue.scenario import Scenario, State, Step, read_scenarios
from evals.dialogue.with_model import (
    Answered,
    ModelDialogueEvaluation,
    play_with,
    sample,
    who_answered,
)
from evals.documentation import describe
from evals.errors import EvaluationImpossible
from evals.local_model import Case, Chosen, LocalModelEvaluation, read_cases, report
from evals.progress import SilentProgress
from evals.runner import run_evaluation
from server.conversations import ToolCall, TurnRecord

_NAME = "openai:stub"


def _record(model: str, *codes: str) -> TurnRecord:
    made = [ToolCall("play_music", {}, {"kind": "failed", "code": code}) for code in codes]
    return TurnRecord("play", tool_calls=made, reply="Fine.", model=model)


@pytest.mark.unit
def test_who_decided_is_told_apart() -> None:
    assert who_answered(_record("offline"), _NAME, asked=False) is Answered.OFFLINE
    assert who_answered(_record("offline"), _NAME, asked=True) is Answered.FELL_BACK
    assert who_answered(_record(_NAME, "not_found"), _NAME, asked=True) is Answered.MODEL
    assert who_answered(_record(_NAME, NOT_ASKED_FOR), _NAME, asked=True) is Answered.REPAIRED


@pytest.mark.unit
def test_a_sample_takes_from_what_is_held_back_too() -> None:
    everything = read_scenarios()
    taken = sample(everything, 12)
    for held_back in (False, True):
        there = sum(one.held_back is held_back for one in everything)
        assert sum(one.held_back is held_back for one in taken) == pytest.approx(there / 12, abs=2)


@pytest.mark.unit
def test_a_model_is_named_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, "openai:one, anthropic:two")
    assert [one.name for one in chosen_models()] == ["openai:one", "anthropic:two"]
    monkeypatch.setenv(MODEL_VARIABLE, "nonsense")
    with pytest.raises(EvaluationImpossible, match="PROVIDER:MODEL"):
        chosen_models()


@pytest.mark.unit
def test_requests_for_the_choice_of_tools_are_fair() -> None:
    cases = read_cases()
    assert len({case.say for case in cases}) == len(cases) >= 45
    assert {tool for case in cases for tool in case.right} <= {*FIELDS, NO_TOOL}
    shown = {message["content"].casefold() for message in beginning()}
    assert not [case.say for case in cases if case.say.casefold() in shown]


@pytest.mark.evals
async def test_a_repaired_turn_is_counted_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = Scenario(
        id="open",
        kind="recommend",
        turns=(
            Step(say="pause"),
            Step(say="the dishes will not wash themselves", state=State(queue_count=0)),
        ),
    )
    monkeypatch.setenv(MODEL_VARIABLE, _NAME)
    async with open_stub() as stub:
        monkeypatch.setenv(URL_VARIABLE, f"http://127.0.0.1:{stub.port}/v1")
        stub.will(calls("manage_playlists", action="delete", name="Dinner"))
        library = await asyncio.to_thread(make_library, library_folder())
        with watched(chosen_models()[0]) as model:
            played = await play_with(library, [scenario], model, 1, SilentProgress())
    who = [one for one, _, _ in played.account.turns]
    assert who == [Answered.OFFLINE, Answered.REPAIRED]
    assert played.first(held_back=False) == 1.0, played.runs[0][0].faults
    assert played.first(held_back=True) is None


@pytest.mark.evals
async def test_a_quick_run_is_documented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, _NAME)
    async with open_stub() as stub:
        monkeypatch.setenv(URL_VARIABLE, f"http://127.0.0.1:{stub.port}/v1")
        outcome = await asyncio.to_thread(
            run_evaluation, ModelDialogueEvaluation(), quick=True, progress=SilentProgress()
        )
        assert outcome.undocumented == ()
        assert 0 < outcome.report.metrics["stub.asked"] <= 1
        assert stub.requests


@pytest.mark.unit
def test_choices_are_counted_apart_for_music_and_the_rest() -> None:
    music, other = Case(say="hush", right=("control_playback",)), Case(say="rain?", right=("none",))
    chosen = [Chosen(music, "play_music", "", 1.0), Chosen(other, "none", "", 3.0)]
    metrics = report([music, other], {"tiny": chosen}, {"tiny": 4.0}).metrics
    assert metrics["tiny.right_tool"] == 0
    assert metrics["tiny.left_alone"] == 1
    assert all(describe("local_model", name) for name in metrics)


@pytest.mark.unit
def test_only_local_models_are_asked_for_a_tool_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MODEL_VARIABLE, _NAME)
    with pytest.raises(EvaluationImpossible, match="no local model"):
        LocalModelEvaluation().run(quick=True, progress=SilentProgress())
