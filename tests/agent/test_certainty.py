"""How surely a language model may name what was heard: never surer than it was recognised."""

from datetime import UTC, datetime

import pytest

from agent.honesty import first_lie
from agent.turn import Outcome
from agent_outcomes import BRUBECK, SINNERMAN, TAKE_FIVE, failed, found, outcome
from knowledge.fingerprint.models import Certainty
from knowledge.models import PlayEventKind
from tools.result import HeardTrack, NothingFound

pytestmark = pytest.mark.unit

CERTAIN = outcome(
    "recognize",
    found(
        TAKE_FIVE,
        recognised="Take Five",
        artist=BRUBECK,
        certainty="certain",
        probability=99,
        position_s=92.0,
        from_s=82.0,
        clip_s=10.0,
        matched_s=9.0,
        speed_percent=3.0,
    ),
)
LIKELY = outcome(
    "recognize",
    found(
        TAKE_FIVE,
        SINNERMAN,
        recognised="Take Five",
        artist=BRUBECK,
        certainty="likely",
        probability=80,
        alternative="Sinnerman",
        position_s=92.0,
    ),
)
UNKNOWN = outcome(
    "recognize",
    NothingFound("that recording", (), "nothing matches", "", {"certainty": "unknown"}),
)
DEAF = outcome("recognize", failed("not_listening", "no microphone is on"))
SENTENCES = (
    "That's Take Five by Dave Brubeck.",
    "It's Take Five.",
    "This is “Take Five”.",
    "You're hearing Take Five.",
    "I recognised it: Take Five.",
    "The song is Take Five by Dave Brubeck.",
    "No doubt, that's Take Five.",
    "I'm sure it is Take Five.",
    "It is called Take Five.",
)


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_certain_may_be_told_as_a_fact(sentence: str) -> None:
    assert first_lie(sentence, [CERTAIN]) is None


@pytest.mark.parametrize("sentence", SENTENCES)
def test_what_is_likely_may_not(sentence: str) -> None:
    assert first_lie(sentence, [LIKELY]) == "too sure"


@pytest.mark.parametrize(
    "sentence",
    [
        "That's probably Take Five by Dave Brubeck.",
        "I think it is Take Five, but I'm not certain.",
        "It could be Take Five, or maybe Sinnerman.",
        "That might be Take Five; you are 1:32 into it.",
        "I'm 80 percent sure, so it is probably Take Five.",
        "Das ist wahrscheinlich Take Five.",
    ],
)
def test_what_is_likely_is_told_with_probably(sentence: str) -> None:
    assert first_lie(sentence, [LIKELY]) is None


def test_probably_and_definitely_do_not_go_together() -> None:
    assert first_lie("It's probably, no, definitely Take Five.", [LIKELY]) == "too sure"
    assert first_lie("That is definitely it.", [LIKELY]) == "too sure"


@pytest.mark.parametrize("heard", [UNKNOWN, DEAF])
@pytest.mark.parametrize(
    "sentence",
    [
        "That's Take Five by Dave Brubeck.",
        "This is probably Take Five.",
        "That sounds like Hey Jude by The Beatles.",
        "You're hearing Hey Jude.",
        "I recognised it: Hey Jude.",
    ],
)
def test_what_is_unknown_is_not_named_at_all(sentence: str, heard: Outcome) -> None:
    assert first_lie(sentence, [heard]) is not None


@pytest.mark.parametrize("heard", [CERTAIN, LIKELY])
def test_another_song_is_not_slipped_in(heard: Outcome) -> None:
    assert first_lie("That's Hey Jude by The Beatles.", [heard]) == "identified"
    assert first_lie("That could be Hey Jude.", [heard]) == "identified"


def test_without_listening_nothing_is_named() -> None:
    assert first_lie("That's Take Five by Dave Brubeck.", []) == "identified"
    assert first_lie("I identified the song for you.", []) == "recognised"
    assert first_lie("You are 1:32 into it.", []) == "position"


def test_recognised_is_not_playing() -> None:
    assert first_lie("Take Five is playing now.", [CERTAIN]) == "playing"


@pytest.mark.parametrize(
    ("sentence", "lie"),
    [
        ("You are 1:32 into it.", None),
        ("You are 2:15 into it.", "another figure"),
        ("I'm 99 percent sure.", None),
        ("I'm 60 percent sure.", "another figure"),
        ("It runs 3 percent fast.", None),
        ("It runs 7% fast.", "another figure"),
        ("90 percent of the clip fits.", None),
    ],
)
def test_figures_are_those_of_the_match(sentence: str, lie: str | None) -> None:
    assert first_lie(sentence, [CERTAIN]) == lie


@pytest.mark.parametrize(
    "sentence",
    [
        "That is a lovely tune.",
        "Sorry, I could not recognise that one.",
        "Is it Take Five, perhaps?",
        "It was too quiet for me.",
    ],
)
@pytest.mark.parametrize("heard", [CERTAIN, LIKELY, UNKNOWN, DEAF])
def test_talk_about_it_passes(sentence: str, heard: Outcome) -> None:
    assert first_lie(sentence, [heard]) is None


def test_what_was_heard_and_only_likely_keeps_its_probably() -> None:
    at = datetime(2026, 11, 21, 21, 14, tzinfo=UTC)
    event = HeardTrack(
        1, at, PlayEventKind.HEARD, TAKE_FIVE, certainty=Certainty.LIKELY, place="kitchen"
    )
    recalled = outcome("recall_history", found(event, kind="heard", count=1, first_at="at 21:14"))
    assert first_lie("You heard Take Five at 21:14 in the kitchen.", [recalled]) == "too sure"
    assert first_lie("You heard Take Five at 21:14, probably.", [recalled]) is None


@pytest.mark.parametrize(
    ("sentence", "proof"),
    [
        ("I'm listening now.", {"listening": True}),
        ("I have stopped listening.", {"listening": False}),
        ("I have forgotten everything you heard today.", {"forgotten": 3}),
        ("Deleted from the history.", {"forgotten": 1}),
        ("Corrected: it was Sinnerman.", {"corrected": True, "right": "Sinnerman"}),
        ("I will know it as Blue Dawn.", {"named": "Blue Dawn"}),
    ],
)
def test_deeds_need_their_proof(sentence: str, proof: dict[str, object]) -> None:
    assert first_lie(sentence, []) is not None
    assert first_lie(sentence, [UNKNOWN]) is not None
    assert first_lie(sentence, [outcome("recognize", found(**proof))]) is None
