"""The words of the offline model: short, warm, and never more than a `ToolResult` proves.

Every sentence is a message of the catalogues in `agent.replies`, filled with the facts of a
result. What is not in the facts cannot be said, so the wording needs no check afterwards. Variants
are chosen by the number of the turn: the same conversation gets the same words, but not the same
words every time.
"""

from collections.abc import Mapping, Sequence

from agent import wording, wording_heard, wording_hums, wording_rooms, wording_spotify
from agent.phrases import called, choices, name
from agent.replies.languages import ENGLISH
from agent.replies.manner import USUAL, Manner, Verbosity
from agent.replies.message import Reply, finished, render
from agent.replies.prose import failure, next_step, question
from agent.session import RECOGNIZE
from agent.turn import Outcome, Turn
from tools.message import Listed, Say
from tools.result import Ambiguous, Failed, Found, NothingFound

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
_UNNAMED = ("a ", "any", "that ", "a list", "number ", "music")
"""How words begin that were looked for and are no name."""


_AMOUNTS: Mapping[str, Verbosity] = {"less": "brief", "more": "detailed"}


def manner_of(turn: Turn) -> Manner:
    """How this turn is answered: in its language, as configured, or as the conversation wants."""
    style = turn.style
    verbosity = _AMOUNTS.get(turn.session.verbosity, style.verbosity)
    language = style.language_of(turn.language, spoken=turn.spoken)
    return Manner(language, style.persona, verbosity)


def say(turn: Turn, said: Reply) -> str:
    """Messages in the words of this turn."""
    return render(said, manner=manner_of(turn), turn=turn.session.turns)


def word_turn(turn: Turn, outcomes: Sequence[Outcome]) -> str:
    """The reply to results of this turn."""
    asked = turn.text if turn.said is None else turn.said.english
    return word(outcomes, turn=turn.session.turns, asked=asked, manner=manner_of(turn))


def word(
    outcomes: Sequence[Outcome], *, turn: int = 0, asked: str = "", manner: Manner = USUAL
) -> str:
    """The reply to the results of one turn, in their order; "" when there are none.

    `asked` are the words of the request, in English: "when was this released?" wants another
    answer than "what is this?".
    """
    said = message(outcomes, asked=asked, manner=manner)
    return render(said, manner=manner, turn=turn)


def message(outcomes: Sequence[Outcome], *, asked: str = "", manner: Manner = USUAL) -> Reply:
    """The reply as messages, for whoever words it together with others."""
    if not outcomes:
        return ""
    last = outcomes[-1]
    if len(outcomes) > 1:
        before = outcomes[-2]
        if before.tool == "recommend_music" and last.tool == "play_music":
            if isinstance(before.result, Found) and isinstance(last.result, Found):
                said = wording.recommended_and_played(before.result, last.result, manner)
                return wording_rooms.in_room(last.result, said)
        elif not any(outcome.tool in _LOOKING for outcome in outcomes[:-1]):
            return tuple(_one(outcome, asked, manner) for outcome in outcomes)
    return _one(last, asked, manner)


def _one(outcome: Outcome, asked: str, manner: Manner) -> Reply:
    result = outcome.result
    if isinstance(result, Ambiguous):
        return wording_hums.which(result) if wording_hums.is_hum(result.facts) else _which(result)
    if isinstance(result, Failed):
        return _failed(result, outcome)
    if "spotify" in result.facts:
        return wording_spotify.told(result)
    if isinstance(result, NothingFound):
        return _nothing(result, outcome, manner)
    if outcome.tool == RECOGNIZE:
        return wording_heard.recognised(result, asked)
    if outcome.tool == "now_playing":
        said = wording.now_playing(result, asked, manner)
    else:
        said = wording.FOUND[outcome.tool](result, manner)
    return wording_rooms.in_room(result, said)


def _which(result: Ambiguous) -> Reply:
    if result.choices:
        return question(result)  # it names its answers
    # The things to choose from are the question: two questions at once are one too many.
    return Say("which-of", {"names": Listed(choices(result.items[:3]), "or")})


def _nothing(result: NothingFound, outcome: Outcome, manner: Manner) -> Reply:
    wanted = name(result.wanted)
    if outcome.tool == RECOGNIZE and (result.reason or "certainty" in result.facts):
        return wording_heard.not_recognised(result)
    have = Say("nothing-that" if wanted.startswith(_UNNAMED) else "nothing", {"wanted": wanted})
    if outcome.tool == "recall_history":
        have = Say("nothing-recalled", {"wanted": wanted})
    elif outcome.tool == "edit_queue":
        have = Say("nothing-in-queue", {"wanted": wanted})
    if manner.language != ENGLISH:
        have = result.said.get("nothing") or have
    if outcome.tool in {"recall_history", "edit_queue"}:
        return have, next_step(result) if outcome.tool == "recall_history" else ""
    if not result.nearest:
        return have
    ask = "mean-that"
    if outcome.tool == "play_music":
        ask = "play-that" if outcome.arguments.get("mode", "now") == "now" else "add-that"
    return have, Say("nearest", {"what": called(result.nearest[0])}), Say(ask)


def _failed(result: Failed, outcome: Outcome) -> Reply:
    reason = name(result.reason.strip().rstrip("."), 200)
    if result.code == "queue_empty" and outcome.arguments.get("action") == "next":
        return failure(result, reason), Say("say-more-like-this")
    if result.code in _PLAIN or result.code.startswith("spotify_"):
        return failure(result, f"{finished(reason)} {result.next_step}".strip())
    starts_a_name = reason[:2] in {"I ", "I'"} or reason[:1].isdigit()
    lowered = reason if starts_a_name else reason[:1].lower() + reason[1:]
    english = f"{finished(f'That did not work: {lowered}')} {result.next_step}"
    return failure(result, english.strip())
