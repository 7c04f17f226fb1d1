"""How a hummed tune is told: what it sounds like, never that it is certain; or why to hum again."""

from collections.abc import Mapping

from agent.phrases import choices, length, name, titled
from agent.replies.message import Reply
from agent.replies.prose import next_step, reason
from tools.humming import HUM
from tools.message import Listed, Say, Value
from tools.result import Ambiguous, Found, NothingFound

Facts = Mapping[str, str | int | float | bool]

_FROM_THE_START_S = 8.0
"""A hum that begins so early in the tune began with it."""


def is_hum(facts: Facts) -> bool:
    """Whether an answer of `recognize` is about a hum."""
    return HUM in facts


def named(result: Found) -> Reply:
    """Say "That sounds like Greensleeves by ..., from about 0:42 on."."""
    facts = result.facts
    what = _title_by(facts, "recognised")
    if not facts.get("in_library", True):
        what = Say("heard-not-owned", {"what": what})
    elif float(facts.get("from_s", 0.0)) >= _FROM_THE_START_S:
        what = Say("hum-from", {"what": what, "from": length(float(facts["from_s"]))})
    said = Say("hum-like", {"what": what})
    if other := str(facts.get("alternative", "")):
        return said, Say("could-also-be", {"other": name(other)})
    return said


def which(result: Ambiguous) -> Reply:
    """Ask "Did you mean A by X or B by Y?"."""
    return Say("hum-unsure"), Say("hum-which", {"names": Listed(choices(result.items[:3]), "or")})


def again(result: NothingFound) -> Reply:
    """Why no tune can be named, and what to do."""
    return Say("hum-unknown", {"reason": reason(result)}), next_step(result)


def why(facts: Facts) -> Reply:
    """What the answer rests on: "are you sure?"."""
    what = name(facts.get("recognised", ""))
    values: dict[str, Value] = {
        "title": what,
        "count": int(facts.get("searched", 0)),
        "how": str(facts[HUM]),
    }
    sure = {"percent": int(facts.get("probability", 0))}
    return Say("hum-nearest", values), Say("hum-sure", sure)


def picked(facts: Facts) -> Reply:
    """Say "Thank you: it was A by X. I will remember that."."""
    right = _title_by(facts, "right")
    was_not = name(facts.get("was_not", ""))
    if was_not:
        return Say("right-not", {"right": right, "wrong": was_not}), Say("will-remember")
    return Say("right", {"right": right}), Say("will-remember")


def wrong(facts: Facts) -> Reply:
    """Take back what was named, and ask to hum again."""
    was_not = name(facts.get("was_not", ""))
    noted = Say("noted-not", {"wrong": was_not}) if was_not else Say("noted-wrong")
    if "missing" in facts:
        said = Say("cannot-learn", {"title": name(facts["missing"])})
        return (noted, said) if was_not else said
    return noted, Say("hum-again")


def _title_by(facts: Facts, key: str) -> Value:
    return titled(facts.get(key, ""), str(facts.get("artist", "")))
