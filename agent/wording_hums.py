"""How a hummed tune is told: what it sounds like, never that it is certain; or why to hum again."""

from collections.abc import Mapping

from agent.phrases import choices, count, joined, length, name, sentence, vary
from tools.humming import HUM
from tools.result import Ambiguous, Found, NothingFound

Facts = Mapping[str, str | int | float | bool]

_FROM_THE_START_S = 8.0
"""A hum that begins so early in the tune began with it."""


def is_hum(facts: Facts) -> bool:
    """Whether an answer of `recognize` is about a hum."""
    return HUM in facts


def named(result: Found, turn: int) -> str:
    """Say "That sounds like Greensleeves by ..., from about 0:42 on."."""
    facts = result.facts
    what = _title_by(facts)
    if not facts.get("in_library", True):
        what += ", which is not in your library"
    elif float(facts.get("from_s", 0.0)) >= _FROM_THE_START_S:
        what += f", from about {length(float(facts['from_s']))} on"
    said = sentence(vary(turn, f"That sounds like {what}", f"It sounds like {what} to me"))
    if other := str(facts.get("alternative", "")):
        said += f" It could also be {sentence(name(other))}"
    return said


def which(result: Ambiguous, turn: int) -> str:
    """Ask "Did you mean A by X or B by Y?"."""
    opening = vary(turn, "I am not sure.", "That could be several tunes.")
    return f"{opening} Did you mean {joined(choices(result.items[:3]), 'or')}?"


def again(result: NothingFound) -> str:
    """Why no tune can be named, and what to do."""
    return f"{sentence(f'I cannot name that tune: {result.reason}')} {result.next_step}".strip()


def why(facts: Facts) -> str:
    """What the answer rests on: "are you sure?"."""
    what = name(str(facts.get("recognised", "")))
    compared = count(int(facts.get("searched", 0)), "tune")
    said = sentence(f"Of {compared}, {what} is nearest to what you {facts[HUM]}")
    sure = int(facts.get("probability", 0))
    return f"{said} That makes me {sure} percent sure; a hum alone never makes it certain."


def picked(facts: Facts) -> str:
    """Say "Thank you: it was A by X. I will remember that."."""
    right = name(str(facts["right"]))
    if artist := str(facts.get("artist", "")):
        right += f" by {name(artist)}"
    was_not = name(str(facts.get("was_not", "")))
    noted = f"Thank you: it was {right}"
    noted = f"{noted}, not {was_not}" if was_not else noted
    return f"{sentence(noted)} I will remember that."


def wrong(facts: Facts) -> str:
    """Take back what was named, and ask to hum again."""
    was_not = name(str(facts.get("was_not", "")))
    noted = f"Noted: that was not {was_not}" if was_not else "Noted: that was wrong"
    step = 'Hum it again, maybe the chorus; or if you know it, say "it was", and the title.'
    if "missing" in facts:
        missing = name(str(facts["missing"]))
        said = sentence(f"{missing} is not in your library, so I cannot learn it")
        return f"{sentence(noted)} {said}" if was_not else said
    return f"{sentence(noted)} {step}"


def _title_by(facts: Facts) -> str:
    title, artist = name(str(facts.get("recognised", ""))), str(facts.get("artist", ""))
    return f"{title} by {name(artist)}" if artist else title
