"""Requests to stop later, to play at a time, and about what is set."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from agent.phrases import word_set
from agent.plans.request import Request, call
from agent.pointing import only_points
from agent.replies.message import Say
from agent.session import Question
from agent.turn import Call, Plan
from agent.understanding import Intent
from agent.understanding.gazetteer import Gazetteer
from agent.understanding.tokens import tokenise
from knowledge.folding import fold
from knowledge.timers.models import NewsKind
from knowledge.times import UnclearTime, Upcoming, future_time
from tools.players.player import PlaybackStatus

SET_TIMER = "set_timer"
_OWN = frozenset({Intent.SLEEP_TIMER, Intent.ALARM_SET, Intent.ALARM_SHOW, Intent.ALARM_CANCEL})
_NAMING = frozenset(
    {"query", "title", "artist", "album", "genre", "playlist", "liked", "numbers", "refs"}
)
"""Arguments that name music, for playing as for an alarm."""
_SNOOZE_S = 600.0
_RANG_WITHIN = timedelta(minutes=30)
_WAKING = word_set("wake alarm bed")
_ALL = word_set("all every both everything")
_SOME_MUSIC = word_set("music some something anything songs a song to me my the any tune tunes")
_PLAYING_VERBS = ("play", "start", "put")

PlanMusic = Callable[[str], Plan]
"""Plans a request such as "play Miles Davis", of which only the music is wanted."""


def asked(request: Request, names: Gazetteer, plan_music: PlanMusic) -> Plan | None:
    """The plan when a request is about timers; `names` are those of the library."""
    match request.meaning.intent:
        case Intent.SLEEP_TIMER:
            return sleep(request)
        case Intent.ALARM_SET:
            return title(request, names) or alarm(request, plan_music)
        case Intent.ALARM_SHOW:
            return show(request)
        case Intent.ALARM_CANCEL:
            return cancel(request)
        case _:
            return None


def sleep(request: Request) -> Plan:
    """Stop later: at a time, after so long, after the music that plays, or later than planned."""
    slots = request.meaning
    seconds = _seconds(slots.first("duration"), slots.first("number"))
    if change := slots.first("change"):
        minutes = round((seconds or 0.0) / 60, 2) * (-1 if change == "shorter" else 1)
        return _sleep(longer_by_minutes=minutes)
    if after := slots.first("after"):
        songs = slots.first("songs")
        return _sleep(after=after, **({"songs": int(float(songs))} if songs else {}))
    if when := slots.first("time"):
        return _sleep(when=_with_lead(when))
    if seconds is not None:
        return _sleep(when=_in_seconds(seconds))
    return _sleep(when=_time_in(request))


def alarm(request: Request, plan_music: PlanMusic) -> Plan:
    """Play at a time what the request names, as if it were to be played now."""
    if request.meaning.first("snooze"):
        return _snooze(request)
    arguments: dict[str, Any] = {"action": "alarm"}
    if when := request.meaning.first("time") or _time_in(request) or _day_in(request):
        arguments["when"] = _with_lead(when)
    if _WAKING & set(fold(request.text).split()):
        arguments["waking"] = True
    music = request.meaning.first("music")
    if music and not set(fold(music).split()) <= _SOME_MUSIC:
        if only_points(fold(music)) and not request.pointed:
            return Plan(say=Say("alarm-nothing-meant"))
        plan = plan_music(f"play {music}")
        named = _named(plan, music)
        if named is None:
            return plan  # what was asked or refused about the music comes first
        arguments |= named
    return Plan((Call(SET_TIMER, arguments),))


def title(request: Request, names: Gazetteer) -> Plan | None:
    """Play what is named when the time belongs to it: "play Midnight at the Oasis at noon"."""
    tokens = tokenise(request.text)
    if not tokens or tokens[0].word not in _PLAYING_VERBS:
        return None
    rest = tokens[2:] if tokens[0].word == "put" else tokens[1:]
    whole = [span for span in names.exact(rest) if span.end - span.first == len(rest)]
    if not whole:
        return None
    return call("play_music", query=request.text[rest[0].start : rest[-1].end])


def show(request: Request) -> Plan:
    """Which timers are set, or only when the music stops."""
    said = set(fold(request.text).split())
    only = ""
    if said & {"alarm", "alarms", "wake"} and not said & {"timer", "timers"}:
        only = "alarm"
    elif said & {"stop", "stops", "stopping", "sleep", "ends", "end", "longer", "off", "left"}:
        only = "sleep"
    return call(SET_TIMER, action="show", **({"only": only} if only else {}))


def cancel(request: Request) -> Plan:
    """Take out a timer; an alarm that sounds is silenced."""
    said = set(fold(request.text).split())
    when = request.meaning.first("time")
    if said & {"stop", "off"} and "alarm" in said and not when and _rings(request):
        return call("control_playback", action="stop")
    arguments: dict[str, Any] = {"action": "cancel"}
    if when:
        arguments["when"] = _with_lead(when)
    if "sleep" in said or ("timer" in said and _sleeps(request)):
        arguments["only"] = "sleep"
    elif only := request.meaning.first("only"):
        arguments["only"] = only
    elif said & {"alarm", "alarms", "wake"} and not said & {"timer", "timers"}:
        arguments["only"] = "alarm"
    if request.meaning.first("everything") or said & _ALL:
        arguments["everything"] = True
    return Plan((Call(SET_TIMER, arguments),))


def answered(request: Request, question: Question) -> Plan | None:
    """The answer to "when?" and to "which one?"; None when the request is another one."""
    if request.meaning.intent in {Intent.DENY, Intent.CANCEL, Intent.REJECT_ALL}:
        return Plan(say=Say("leave-it"))
    if request.meaning.intent in _OWN and request.meaning.source == "grammar":
        return None
    arguments: Mapping[str, Any] = question.arguments
    said = set(fold(request.text).split())
    if arguments.get("action") != "cancel":
        when = _time_in(request, str(arguments.get("when", "")))
        return Plan((Call(SET_TIMER, {**arguments, "when": when}),)) if when else None
    if said & _ALL:
        return Plan((Call(SET_TIMER, {**arguments, "everything": True}),))
    numbers = request.pointer.numbers
    if numbers:
        chosen = question.choices[numbers[0] - 1 if numbers[0] > 0 else -1 :][:1]
        return _cancel_named(arguments, chosen[0]) if chosen else None
    if when := _time_in(request):
        return Plan((Call(SET_TIMER, {**arguments, "when": when}),))
    return None


def _cancel_named(arguments: Mapping[str, Any], name: str) -> Plan:
    """Cancel what a question called "06:30 on weekdays", or "the sleep timer"."""
    if "sleep" in name:
        room = name.partition(" in the ")[2]
        there = {"room": room} if room else {}
        return Plan((Call(SET_TIMER, {"action": "cancel", "only": "sleep", **there}),))
    return Plan((Call(SET_TIMER, {**arguments, "when": f"at {name}", "only": "alarm"}),))


def _sleep(**arguments: Any) -> Plan:
    kept = {key: value for key, value in arguments.items() if value not in {"", None}}
    return Plan((Call(SET_TIMER, {"action": "sleep", **kept}),))


def _snooze(request: Request) -> Plan:
    """Be quiet now, and play the same again in a while."""
    seconds = _seconds(request.meaning.first("duration"), None) or _SNOOZE_S
    arguments: dict[str, Any] = {"action": "alarm", "when": _in_seconds(seconds), "waking": True}
    if request.current is not None:
        arguments["refs"] = [f"track:{request.current.id}"]
    calls = [Call(SET_TIMER, arguments)]
    if request.turn.services.playback.state.status is PlaybackStatus.PLAYING:
        calls.insert(0, Call("control_playback", {"action": "pause"}))
    return Plan(tuple(calls))


def _named(plan: Plan, music: str) -> dict[str, Any] | None:
    """The music of a plan to play, as arguments of an alarm; None when it plays nothing."""
    calls = [one for one in plan.calls if one.tool in {"play_music", "recommend_music"}]
    if not calls:
        # "Play what I heard yesterday" cannot be kept: it is looked for as it was said.
        return None if plan.say else {"query": music}
    arguments = calls[0].arguments
    named = {key: value for key, value in arguments.items() if key in _NAMING and value}
    if calls[0].tool == "recommend_music" and arguments.get("wish"):
        return {**named, "wish": music}
    return named


def _sleeps(request: Request) -> bool:
    """Whether a sleep timer is set: "the timer" is that one."""
    timers = request.turn.services.timers
    return timers is not None and bool(timers.sleeps())


def _rings(request: Request) -> bool:
    """Whether the music that plays is that of an alarm."""
    services = request.turn.services
    if services.timers is None or services.playback.state.status is not PlaybackStatus.PLAYING:
        return False
    news = services.timers.news(services.clock() - _RANG_WITHIN)
    return any(one.kind is NewsKind.RANG for one in news)


def _time_in(request: Request, day: str = "") -> str:
    """The request itself when it holds a time to come, with the `day` said before, else ""."""
    now, said = request.turn.services.clock(), request.text
    days = (f"{day} {said}", f"{day} at {said}") if day else ()
    readings: tuple[str, ...] = (*days, said, f"in {said}", f"at {said}")
    for words in readings:
        if isinstance(future_time(words, now), Upcoming):
            return words
    return ""


def _day_in(request: Request) -> str:
    """The request itself when it names a day but no hour, which is asked for then."""
    found = future_time(request.text, request.turn.services.clock())
    return request.text if isinstance(found, UnclearTime) else ""


def _with_lead(when: str) -> str:
    """A tool reads "20 minutes" as well, but nobody should have to guess."""
    return f"in {when}" if when[:1].isdigit() and "minute" in when and "ago" not in when else when


def _in_seconds(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    parts = [f"{minutes} minutes"] if minutes else []
    parts += [f"{rest} seconds"] if rest or not minutes else []
    return "in " + " and ".join(parts)


def _seconds(duration: str | None, minutes: str | None) -> float | None:
    if duration is not None:
        return float(duration)
    return float(minutes) * 60 if minutes is not None else None
