"""A killed process leaves the fingerprint index as it was, or as it was about to be."""

import pytest

from evals.crash_victim import Deed, make_recording, read_log
from evals.progress import SilentProgress
from evals.recognition_crash import RecognitionCrashEvaluation, Survey, _judge
from evals.runner import run_evaluation


@pytest.mark.evals
def test_no_kill_loses_or_spoils_a_recording() -> None:
    outcome = run_evaluation(RecognitionCrashEvaluation(), quick=True, progress=SilentProgress())
    metrics = outcome.report.metrics
    assert outcome.undocumented == ()
    assert metrics["kills"] == 25
    assert metrics["operations"] > 25
    for damage in ("recordings.lost", "recordings.wrong", "repairs", "reader.failures"):
        assert metrics[damage] == 0, damage
    assert outcome.report.tables[0].rows


@pytest.mark.unit
def test_a_lost_a_wrong_and_a_risen_recording_are_counted() -> None:
    survey = Survey()
    states = {"before": {"a": 1, "b": 2}, "after": {"a": 1, "b": 3}}
    begun = Deed("replace", {"b": 3}, ())
    found = {"a": make_recording(9), "c": make_recording(3)}
    _judge(found, states, begun, survey)
    assert (survey.lost, survey.wrong) == (1, 2)
    assert survey.interrupted["replace", "neither"] == 1
    _judge({"a": make_recording(1), "b": make_recording(3)}, states, begun, survey)
    assert survey.interrupted["replace", "after"] == 1


@pytest.mark.unit
def test_a_log_tells_what_was_done_and_what_was_begun() -> None:
    first = '{"name": "add", "add": {"a": 5}, "remove": []}\n'
    done, begun = read_log(first + "done\n" + '{"name": "remove", "add": {}, "remove": ["a"]}\n')
    assert begun is not None
    assert begun.after(done[0].after({"b": 1})) == {"b": 1}
