"""Answers to the question that the assistant asked last."""

from agent import naming, talk
from agent.plans.request import Request, call
from agent.session import Question
from agent.turn import Call, Plan
from agent.understanding import Intent

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
    if intent in {Intent.DENY, Intent.CANCEL, Intent.REJECT_ALL}:
        return Plan(say=talk.leave_it(request.session.turns))
    if intent not in _ANSWERING and not request.pointer.numbers:
        return None
    if intent is Intent.CONFIRM and not request.pointer.numbers:
        number: int | None = 1 if question.kind == "offer" or len(question.options) == 1 else None
        if number is None:
            return Plan(say=talk.which_number(len(question.options)))
        return _carry_out(question, number)
    number = _chosen_option(request, question)
    if number is None and intent is Intent.PLAY:
        return None
    if number is None and intent in {Intent.SELECT_RESULT, Intent.REJECT_RESULT}:
        if request.pointer.everything:
            return None
        return Plan(say=talk.which_number(len(question.options)))
    return None if number is None else _carry_out(question, number)


def _chosen_option(request: Request, question: Question) -> int | None:
    options = len(question.options)
    if request.pointer.numbers:
        number = request.pointer.numbers[0]
        number = options if number == -1 else number
        return number if number <= options else None
    if request.pointer.other and options == 2:
        return 2
    if request.meaning.first("quantity") == "any":
        return 1
    return naming.matching_option(request.text, request.session)


def _carry_out(question: Question, number: int) -> Plan:
    option = question.options[number - 1]
    arguments = dict(question.arguments)
    if question.tool == "manage_playlists" and option.kind == "playlist":
        plan = call(question.tool, **{**arguments, "name": option.title})
        return Plan(plan.calls, confirmed=option.title)
    if question.tool in {"search_music", "recall_history", "edit_queue"}:
        return call("play_music", refs=[f"{option.kind}:{option.id}"])
    if question.tool == "recommend_music":
        similar = {**arguments, "refs": [f"{option.kind}:{option.id}"]}
        return Plan((Call("recommend_music", similar),), play_results=True)
    return call(question.tool, **{**arguments, "refs": [f"{option.kind}:{option.id}"]})
