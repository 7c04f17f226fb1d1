"""What a language model may say of a hum: what it sounds like, and never that it is that."""

import pytest

from agent import reply
from agent.honesty import first_lie
from agent.turn import Outcome
from agent_outcomes import BRUBECK, SINNERMAN, TAKE_FIVE, found, outcome
from humming_fake import contour
from knowledge.melody.models import HumAnswer, HumHit, HumOutcome, HumProblem
from tools.humming import told_hum
from tools.report import report

pytestmark = pytest.mark.unit
FIVE = HumHit("Take Five", BRUBECK, 0.83, 42.0, 50.0, TAKE_FIVE)
SINNER = HumHit("Sinnerman", "Nina Simone", 0.1, 0.0, 8.0, SINNERMAN)


def hummed(outcome_: HumOutcome, offered: int, problem: HumProblem | None = None) -> Outcome:
    answer = HumAnswer(outcome_, contour(problem=problem), (FIVE, SINNER), offered, 23, 4, 9)
    return outcome("recognize", told_hum(answer))


FOUND = hummed(HumOutcome.FOUND, 1)
OFFERED = hummed(HumOutcome.AMBIGUOUS, 2)
AGAIN = hummed(HumOutcome.AGAIN, 0)
PICKED = outcome(
    "recognize",
    found(TAKE_FIVE, corrected=True, was_not="", right="Take Five", artist=BRUBECK, hum="hummed"),
)


@pytest.mark.parametrize("heard", [FOUND, OFFERED])
@pytest.mark.parametrize(
    "sentence",
    [
        "That's Take Five by Dave Brubeck.",
        "It is Take Five.",
        "No doubt, that's Take Five.",
        "You hummed Take Five.",
        "I'm sure it is Take Five.",
    ],
)
def test_a_hum_is_never_told_as_a_fact(heard: Outcome, sentence: str) -> None:
    assert first_lie(sentence, [heard]) is not None


@pytest.mark.parametrize(
    ("heard", "sentence"),
    [
        (FOUND, "That sounds like Take Five by Dave Brubeck."),
        (FOUND, "It could be Take Five, I am 83 percent sure."),
        (OFFERED, "Did you mean Take Five or Sinnerman?"),
        (OFFERED, "It could be Take Five, or perhaps Sinnerman."),
    ],
)
def test_what_it_sounds_like_may_be_told(heard: Outcome, sentence: str) -> None:
    assert first_lie(sentence, [heard]) is None


@pytest.mark.parametrize("sentence", ["That's Take Five.", "That sounds like Take Five."])
def test_nothing_is_named_where_nothing_was_found(sentence: str) -> None:
    assert first_lie(sentence, [AGAIN]) == "identified"
    assert "Take Five" not in report(AGAIN.result), "nor does a model read it"


@pytest.mark.parametrize("heard", [FOUND, OFFERED, AGAIN, PICKED])
@pytest.mark.parametrize("turn", [0, 1])
@pytest.mark.parametrize("asked", ["what am I humming?", "are you sure?"])
def test_our_own_words_are_as_honest(heard: Outcome, turn: int, asked: str) -> None:
    said = reply.word([heard], turn=turn, asked=asked)
    assert first_lie(said, [heard]) is None, said


def test_each_problem_has_its_own_words() -> None:
    said = {reply.word([hummed(HumOutcome.AGAIN, 0, problem)]) for problem in (None, *HumProblem)}
    assert len(said) == 1 + len(HumProblem)
    assert all("Hum " in one for one in said)


def test_recordings_that_wait_are_told() -> None:
    assert "4 recordings are still to be listened to" in reply.word([AGAIN])
