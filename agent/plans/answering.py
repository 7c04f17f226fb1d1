"""Answers to the question that the assistant asked last."""

import re
from dataclasses import replace
from typing import Any

from agent import references, talk, wishing
from agent.events import NumberedResult
from agent.plans import humming, timers
from agent.plans.request import Request, call, playing_all
from agent.session import RECOGNIZE, Question
from agent.turn import Call, Plan
from agent.understanding import Intent
from knowledge.folding import fold

MAX_ANSWER_WORDS = 8
_ANYTHING = re.compile(
    r"\b(?:any|anything|whatever|either|surprise|you choose|you decide|do not (?:care|mind)|"
    r"dont (?:care|mind)|no idea|not sure|all of them|egal|irgendwas|cualquier|n importe|"
    r"qualunque)\b"
)
_ANSWERING = {
    Intent.SELECT_RESULT,
    Intent.REJECT_RESULT,
    Intent.CONFIRM,
    Intent.OUT_OF_SCOPE,
    Intent.PLAY,
}


def answer(request: Request) -> Plan | None:
    """The plan when the request answers the question asked last; None when it does not."""
    question = request.session.question
    intent = request.meaning.intent
    if question is None:
        return None
    if question.kind == "wish" and question.tool == timers.SET_TIMER:
        return timers.answered(request, question)
    if question.kind == "wish":
        return _which_music(request, question)
    if intent in {Intent.DENY, Intent.CANCEL, Intent.REJECT_ALL}:
        return Plan(say=talk.leave_it(request.session.turns))
    number = _described(request) or _chosen_option(request, question)
    if number is not None:
        return _carry_out(request, question, number)
    unclear = intent in {Intent.SELECT_RESULT, Intent.REJECT_RESULT, Intent.CONFIRM}
    if unclear and not request.pointer.everything:
        return Plan(say=talk.which_number(len(question.options)))
    return None


def _which_music(request: Request, question: Question) -> Plan | None:
    """The answer to "jazz, calm or rock?": one of them, anything at all, or another wish."""
    intent = request.meaning.intent
    if intent is Intent.CANCEL:
        return Plan(say=talk.leave_it(request.session.turns))
    arguments = {**question.arguments, "ask": False}
    chosen = _choice(request, question)
    if chosen:
        arguments["also"] = [*arguments.get("also", ()), chosen]
    elif wishing.described(request.wish) and intent in _ANSWERING | {Intent.RECOMMEND}:
        arguments["also"] = [*arguments.get("also", ()), request.words]
    elif not (_ANYTHING.search(fold(request.text)) or intent in {Intent.DENY, Intent.REJECT_ALL}):
        return None
    return Plan((Call("recommend_music", arguments),), then=playing_all())


def _choice(request: Request, question: Question) -> str:
    numbers = request.pointer.numbers
    if numbers:
        number = len(question.choices) if numbers[0] == -1 else numbers[0]
        return question.choices[number - 1] if 1 <= number <= len(question.choices) else ""
    said = f" {fold(request.text)} "
    return next((choice for choice in question.choices if f" {fold(choice)} " in said), "")


def _chosen_option(request: Request, question: Question) -> int | None:
    options, intent = len(question.options), request.meaning.intent
    if intent not in _ANSWERING or (intent is Intent.PLAY and request.named):
        return None  # another wish: "play First We Take Manhattan" is no answer
    if intent is Intent.CONFIRM and not request.pointer.numbers:
        return 1 if question.kind == "offer" or options == 1 else None
    if request.pointer.numbers:
        number = request.pointer.numbers[0]
        number = options if number == -1 else number
        return number if number <= options else None
    if request.pointer.other and options == 2:
        return 2
    if request.meaning.first("quantity") == "any":
        return 1
    return None


_NOT_THAT = re.compile(
    r"^(?:(?:no|nope|nah|just|oh|anything|any|the one thats|the one that is) )*(?:not|but)"
    r"(?: by| from)? (?P<name>.+)$"
)


def _described(request: Request) -> int | None:
    """The option that a short answer describes: "the artist", "the one by Leonard Cohen"."""
    if len(request.text.split()) > MAX_ANSWER_WORDS or request.pointer.numbers:
        return None
    if (ruled_out := _NOT_THAT.match(fold(request.text))) is not None:
        left = references.matching_option(ruled_out["name"], request.session)
        options = request.session.question.options if request.session.question else ()
        return 3 - left if left in {1, 2} and len(options) == 2 else None
    return references.matching_option(request.text, request.session)


def _carry_out(request: Request, question: Question, number: int) -> Plan:
    option = question.options[number - 1]
    arguments = dict(question.arguments)
    if question.tool == "manage_playlists" and option.kind == "playlist":
        plan = call(question.tool, **{**arguments, "name": option.title})
        return Plan(plan.calls, confirmed=option.title)
    known = {fold(question.asked_for): f"{option.kind}:{option.id}"} if question.asked_for else {}
    plan = _acted(request, question, number, option, arguments)
    if not known:
        return plan
    return replace(plan, remember={"answers": {**request.session.answers, **known}})


def _acted(
    request: Request,
    question: Question,
    number: int,
    option: NumberedResult,
    arguments: dict[str, Any],
) -> Plan:
    """What was asked about, done with the option that was chosen."""
    # By number while the list is still there: it stays, and "no, the other one" works after it.
    chosen: dict[str, Any] = {"refs": [f"{option.kind}:{option.id}"]}
    if request.session.results == question.options:
        chosen = {"numbers": [number]}
    if hummed := humming.chosen(request, question, chosen):
        return hummed
    sounds_like = question.tool == RECOGNIZE and question.arguments.get("action") != "correct"
    if sounds_like or question.tool in {"search_music", "recall_history", "edit_queue"}:
        return call("play_music", **chosen)
    if question.tool == "recommend_music":
        return Plan((Call("recommend_music", {**arguments, **chosen}),), then=playing_all())
    return call(question.tool, **{**arguments, **chosen})
