"""The evaluation of conversations: its scenarios, its judge, and a quick run of it."""

from pathlib import Path

import pytest

from evals.baseline import baseline_path, read_metrics
from evals.dialogue.judging import faults
from evals.dialogue.library import songs
from evals.dialogue.measure import DialogueEvaluation
from evals.dialogue.scenario import MUST_ALL_PASS, Scenario, State, Step, read_scenarios
from evals.dialogue.show import main
from evals.dialogue.stage import Snapshot
from evals.errors import EvaluationImpossible
from evals.progress import SilentProgress
from evals.runner import run_evaluation
from knowledge.models import Queue
from server.conversations import TurnRecord
from tools.players.player import PlaybackStatus, PlayerState

_SILENCE = Snapshot(PlayerState(volume=40), Queue(), {"Dinner": ("So What",)}, frozenset(),
                    frozenset(), {}, 0)  # fmt: skip


def judged(step: Step, reply: str, now: Snapshot = _SILENCE) -> list[str]:
    scenario = Scenario(id="x", kind="talk", turns=(step,))
    return faults(scenario, step, TurnRecord(step.say, reply=reply), now)


@pytest.mark.evals
def test_a_quick_run_is_documented_and_goes_well() -> None:
    outcome = run_evaluation(DialogueEvaluation(), quick=True, progress=SilentProgress())
    assert outcome.undocumented == ()
    for kind in MUST_ALL_PASS:
        assert outcome.report.metrics[f"pass.{kind}"] == 1.0, outcome.report.tables[1].rows


@pytest.mark.evals
def test_no_conversation_goes_worse_than_the_baseline_says() -> None:
    """All of them, for a rule that mends one conversation may break another."""
    outcome = run_evaluation(DialogueEvaluation(), quick=False, progress=SilentProgress())
    kinds = {
        name: value for name, value in outcome.report.metrics.items() if name.startswith("pass.")
    }
    before = read_metrics(baseline_path("dialogue", quick=False))
    worse = [name for name, value in kinds.items() if value < before.get(name, 0.0) - 1e-6]
    assert worse == [], outcome.report.tables[1].rows


@pytest.mark.unit
def test_what_is_fresh_is_held_back_as_well(tmp_path: Path) -> None:
    row = "- {id: %s, kind: talk, turns: [{say: hello}]}"
    for name in ("talk", "held_back", "fresh"):
        (tmp_path / f"{name}.yaml").write_text(row % name)
    told = {one.id: (one.held_back, one.fresh) for one in read_scenarios(tmp_path)}
    assert told == {"talk": (False, False), "held_back": (True, False), "fresh": (True, True)}


@pytest.mark.evals
def test_a_conversation_can_be_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    main(["transport-pause-and-resume"])
    printed = capsys.readouterr().out
    assert "> pause" in printed
    assert "1 of 1 passed" in printed


@pytest.mark.unit
def test_there_are_enough_scenarios_and_each_names_known_songs() -> None:
    scenarios, known = read_scenarios(), {song.title for song in songs()}
    assert len(scenarios) >= 150
    assert sum(len(one.turns) >= 10 for one in scenarios) >= 12
    for one in scenarios:
        named = {title.partition(" / ")[0] for title in one.setup.play}
        assert named <= known, one.id


@pytest.mark.unit
def test_saying_playing_while_nothing_sounds_is_a_fault_always() -> None:
    assert judged(Step(say="play it"), "Playing Take Five.") != []
    assert judged(Step(say="play it"), "I have no Take Five.") == []


@pytest.mark.unit
def test_two_questions_in_one_turn_are_a_fault() -> None:
    assert judged(Step(say="play"), "Which one? And how loud?") != []


@pytest.mark.unit
def test_the_state_is_compared_field_by_field() -> None:
    fine = State(volume=40, status="stopped", playing="", playlists={"dinner": ("So What",)})
    assert judged(Step(say="x", state=fine), "All right.") == []
    wrong = State(volume=30, playlists={"Dinner": ()}, all_artist="Queen")
    assert len(judged(Step(say="x", state=wrong), "All right.")) == 3
    sounding = Snapshot(
        PlayerState(PlaybackStatus.PLAYING), Queue(), {}, frozenset(), frozenset(), {}, 0
    )
    assert judged(Step(say="x", state=State(status="playing")), "Fine.", sounding) == []


@pytest.mark.unit
def test_a_malformed_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("- {id: a, kind: talk, turns: [{say: hi, volume: 3}]}")
    with pytest.raises(EvaluationImpossible, match=r"odd\.yaml"):
        read_scenarios(tmp_path)
