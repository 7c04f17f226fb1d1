"""What holds for every plan: choices made before, wishes that last, references gone stale."""

import re
from dataclasses import replace
from typing import Any

from agent import talk
from agent.phrases import word_set
from agent.plans.request import Request
from agent.session import Question
from agent.turn import Call, Plan
from knowledge.folding import fold

_VERSION = re.compile(
    r"\b(?P<kind>live|acoustic|unplugged|demo|remix|instrumental|remastered|orchestral|extended)"
    r" (?:version|recording|take|mix|edit|cut|performance)\b"
)
STALE_TURNS = 8
"""A list that nobody spoke of for so many turns is asked about before it is used."""
_LOUD = word_set("energetic party aggressive powerful intense driving wild")
_NAMING = frozenset({"play_music", "manage_playlists", "rate_track"})
_OTHER_NAMES = frozenset({"artist", "album", "genre", "playlist", "refs", "numbers"})


def settled(plan: Plan, request: Request) -> Plan:
    """`plan` with what the conversation has settled already."""
    if stale := _stale(plan, request):
        return stale
    calls = (_version(_as_answered(call, request), request.text) for call in plan.calls)
    return replace(plan, calls=tuple(_with_asides(call, request) for call in calls))


def _version(call: Call, text: str) -> Call:
    """The version that was asked for as part of the name: "the live version of Hallelujah"."""
    found = _VERSION.search(fold(text))
    field = next((each for each in ("query", "title") if call.arguments.get(each)), "")
    if found is None or not field or call.tool not in {*_NAMING, "search_music"}:
        return call
    name = str(call.arguments[field])
    if found["kind"] in fold(name).split():
        return call
    return Call(call.tool, {**call.arguments, field: f"{name} ({found['kind']})"})


def _as_answered(call: Call, request: Request) -> Call:
    """The thing that was chosen when the same name was asked about before."""
    answers = request.session.answers
    arguments = dict(call.arguments)
    if not answers or call.tool not in _NAMING or _OTHER_NAMES & arguments.keys():
        return call
    known = answers.get(fold(str(arguments.get("query") or arguments.get("title") or "")))
    if known is None:
        return call
    kept = {key: value for key, value in arguments.items() if key not in {"query", "title"}}
    return Call(call.tool, {**kept, "refs": [known]})


def _with_asides(call: Call, request: Request) -> Call:
    """A recommendation that keeps to "nothing loud", unless this request says otherwise."""
    asides = request.session.asides
    contradicts = bool(request.wish.axes) or not _LOUD.isdisjoint(request.wish.moods)
    if call.tool != "recommend_music" or not asides or contradicts:
        return call
    also: list[Any] = list(call.arguments.get("also", ()))
    also += [each for each in asides if each not in also]
    return Call(call.tool, {**call.arguments, "also": also[-10:]})


def _stale(plan: Plan, request: Request) -> Plan | None:
    """Ask whether the old list is meant, instead of guessing."""
    session = request.session
    if len(plan.calls) != 1 or plan.calls[0].tool != "play_music" or session.question:
        return None
    numbers = plan.calls[0].arguments.get("numbers", ())
    if len(numbers) != 1 or session.turns - session.listed_at < STALE_TURNS or _plays_list(request):
        return None
    number = len(session.results) if numbers[0] == -1 else numbers[0]
    if not 1 <= number <= len(session.results):
        return None
    option = session.results[number - 1]
    rest = {key: value for key, value in plan.calls[0].arguments.items() if key != "numbers"}
    question = Question("offer", "play_music", rest, (option,))
    return Plan(
        say=talk.still_meant(option.title), remember={"question": question}, intent=plan.intent
    )


def _plays_list(request: Request) -> bool:
    """Whether the numbered list is what plays: then it is before everybody's ears."""
    queued = {item.track.id for item in request.turn.services.playback.queue.items}
    listed = [result.id for result in request.session.results if result.kind == "track"]
    return bool(listed) and queued.issuperset(listed)
