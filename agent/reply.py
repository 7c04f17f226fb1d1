"""The words of the offline model: short, warm, and never more than a `ToolResult` proves.

Every sentence is built from the facts of a result. What is not in the facts cannot be said, so the
wording needs no check afterwards. Variants are chosen by the number of the turn: the same
conversation gets the same words, but not the same words every time.
"""

from collections.abc import Sequence

from agent import wording, wording_heard, wording_hums
from agent.phrases import called, choices, joined, name, sentence, vary
from agent.session import RECOGNIZE
from agent.turn import Outcome
from tools.result import Ambiguous, Failed, Found, NothingFound

_ASKED = {"now_playing": wording.now_playing, RECOGNIZE: wording_heard.recognised}
"""Tools whose answer depends on what was asked about it."""
_PLAIN = frozenset(
    {
        "queue_empty",
        "nothing_playing",
        "not_listening",
        "recognition_off",
        "humming_off",
        "nothing_recognised",
    }
)
"""Failures whose reason says it all."""
_LOOKING = frozenset({"search_music", "recommend_music", "recall_history"})


def word(outcomes: Sequence[Outcome], *, turn: int = 0, asked: str = "") -> str:
    """The reply to the results of one turn, in their order; "" when there are none.

    `asked` are the words of the request: "when was this released?" wants another answer than
    "what is this?".
    """
    if not outcomes:
        return ""
    last = outcomes[-1]
    if len(outcomes) > 1:
        before = outcomes[-2]
        if before.tool == "recommend_music" and last.tool == "play_music":
            if isinstance(before.result, Found) and isinstance(last.result, Found):
                return wording.recommended_and_played(before.result, last.result, turn)
        elif not any(outcome.tool in _LOOKING for outcome in outcomes[:-1]):
            return " ".join(word([outcome], turn=turn, asked=asked) for outcome in outcomes)
    result = last.result
    if isinstance(result, Ambiguous):
        hummed = wording_hums.is_hum(result.facts)
        return wording_hums.which(result, turn) if hummed else _which(result)
    if isinstance(result, NothingFound):
        return _nothing(result, last, turn)
    if isinstance(result, Failed):
        return _failed(result, last)
    if last.tool in _ASKED:
        return _ASKED[last.tool](result, asked, turn)
    return wording.FOUND[last.tool](result, turn)


def _which(result: Ambiguous) -> str:
    if result.choices:
        return sentence(name(result.question, 200))  # it names its answers
    question = sentence(f"{result.question.rstrip('?')}?")
    return f"{question} {sentence(joined(choices(result.items[:3]), 'or') + '?')}"


def _nothing(result: NothingFound, outcome: Outcome, turn: int) -> str:
    wanted = name(result.wanted)
    if outcome.tool == RECOGNIZE and (result.reason or "certainty" in result.facts):
        return wording_heard.not_recognised(result)
    if outcome.tool == "recall_history":
        return f"{sentence(f'I have no {wanted}')} {result.next_step}".strip()
    if outcome.tool == "edit_queue":
        return sentence(f"I see no {wanted}")
    have = vary(turn, f"I have no {wanted}", f"I cannot find {wanted} in your library")
    if wanted.startswith(("a ", "any", "that ", "a list", "number ", "music")):
        have = f"I cannot find {wanted}"
    if not result.nearest:
        return sentence(have)
    nearest = called(result.nearest[0])
    ask = "Do you mean that?" if outcome.tool != "play_music" else "Shall I play that?"
    if outcome.tool == "play_music" and outcome.arguments.get("mode", "now") != "now":
        ask = "Shall I add that?"
    return f"{sentence(have)} The nearest is {sentence(nearest)} {ask}"


def _failed(result: Failed, outcome: Outcome) -> str:
    reason = name(result.reason.strip().rstrip("."), 200)
    if result.code == "queue_empty" and outcome.arguments.get("action") == "next":
        return f'{sentence(reason)} Say "more like this" if you want to go on.'
    if result.code in _PLAIN:
        return f"{sentence(reason)} {result.next_step}".strip()
    starts_a_name = reason[:2] in {"I ", "I'"} or reason[:1].isdigit()
    lowered = reason if starts_a_name else reason[:1].lower() + reason[1:]
    return f"{sentence(f'That did not work: {lowered}')} {result.next_step}".strip()
