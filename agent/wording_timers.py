"""How sleep timers and alarms are told: when, what will sound, and what is set."""

from collections.abc import Mapping
from datetime import date

from agent.phrases import name
from agent.replies.manner import Manner
from agent.replies.message import Reply
from tools.message import Listed, Say, Value
from tools.result import Found

Facts = Mapping[str, str | int | float | bool]

_MAX_LISTED = 12
_FAR_MINUTES = 180
_WORKDAYS, _WEEKEND, _WEEK = "01234", "56", "0123456"
_DAYS_WITH_NAMES = range(2, 7)
"""So many days ahead a weekday alone tells which day it is."""


def timers(result: Found, _manner: Manner) -> Reply:
    """The answer of `set_timer`, whatever it did."""
    facts = result.facts
    match facts.get("action"):
        case "show":
            return _shown(facts), _missed(facts)
        case "cancel":
            return _cancelled(facts)
        case _:
            return _set(facts), _remarks(facts)


def _set(facts: Facts) -> Say:
    if facts.get("timer") == "alarm":
        values = {"music": _music(facts), "when": _when(facts)}
        return Say("alarm-set", values)
    return Say("sleep-set", {"when": _end(facts)})


def _remarks(facts: Facts) -> Reply:
    said = []
    if player := facts.get("player"):
        said.append(Say("alarm-player", {"player": name(player)}))
    if "replaced" in facts:
        said.append(Say("timer-replaced"))
    if "unwatched" in facts:
        said.append(Say("timer-unwatched"))
    return tuple(said)


def _music(facts: Facts) -> Value:
    if music := facts.get("music"):
        return name(music)
    return Say("alarm-liked" if "music_liked" in facts else "music")


def _end(facts: Facts) -> Value:
    """When the music ends."""
    match facts.get("until"):
        case "song":
            song = facts.get("song")
            return Say("after-named", {"title": name(song)}) if song else Say("after-song")
        case "songs":
            return Say("after-songs", {"count": int(facts.get("songs", 1))})
        case "album":
            album = facts.get("album")
            return Say("after-named", {"title": name(album)}) if album else Say("after-album")
        case "queue":
            return Say("after-queue")
        case _:
            return _with_length(facts)


def _with_length(facts: Facts) -> Value:
    """The time and how far it is, while that is more than seconds and less than the night."""
    minutes = round(float(facts.get("in_s", 0)) / 60)
    if not 1 < minutes <= _FAR_MINUTES:
        return _when(facts)
    return Say("when-with-length", {"when": _when(facts), "minutes": minutes})


def _when(facts: Facts) -> Value:
    clock = str(facts.get("clock_s") or facts.get("clock", ""))
    if days := str(facts.get("weekdays", "")):
        return Say("clock-days", {"days": _days(days), "clock": clock})
    ahead = int(facts.get("days_ahead", 0))
    if ahead in {-1, 0, 1}:
        return Say(("clock-today", "clock-tomorrow", "clock-yesterday")[ahead], {"clock": clock})
    try:
        day = date.fromisoformat(str(facts.get("date", "")))
    except ValueError:
        return clock
    if ahead in _DAYS_WITH_NAMES:
        return Say("clock-weekday", {"weekday": day.isoweekday(), "clock": clock})
    return Say("clock-date", {"day": str(day.day), "month": day.month, "clock": clock})


def _days(days: str) -> Value:
    known = {_WEEK: "days-all", _WORKDAYS: "days-work", _WEEKEND: "days-weekend"}
    if days in known:
        return Say(known[days])
    names = tuple(Say("weekday", {"weekday": int(day) + 1}) for day in days if day in _WEEK)
    return Say("days-some", {"names": Listed(names)})


def _cancelled(facts: Facts) -> Reply:
    number = int(facts.get("cancelled", 0))
    if number != 1:
        return Say("timers-cancelled", {"count": number})
    if facts.get("timer") == "alarm":
        return Say("alarm-cancelled", {"when": _when(facts)})
    return Say("sleep-cancelled")


def _shown(facts: Facts) -> Reply:
    total = int(facts.get("count", 0))
    if not total:
        return Say({"sleep": "no-sleep-timer", "alarm": "no-alarm"}.get(_only(facts), "no-timer"))
    places = range(1, min(total, _MAX_LISTED) + 1)
    listed = [_listed(_numbered(facts, place), in_one="room" in facts) for place in places]
    more = max(0, total - _MAX_LISTED)
    return Say("timers-set", {"names": Listed(tuple(listed), more=more)})


def _only(facts: Facts) -> str:
    return str(facts.get("only", ""))


def _numbered(facts: Facts, number: int) -> Facts:
    lead = f"{number}_"
    return {key.removeprefix(lead): facts[key] for key in facts if key.startswith(lead)}


def _listed(facts: Facts, *, in_one: bool) -> Value:
    """A timer among several; `in_one`: all of them are about one room, which is said before."""
    if facts.get("timer") == "alarm":
        return Say("timer-alarm", {"music": _music(facts), "when": _when(facts)})
    ends: Value = Say("timer-sleep", {"when": _end(facts)})
    room = facts.get("room")
    return Say("in-room", {"room": name(room), "what": ends}) if room and not in_one else ends


def _missed(facts: Facts) -> Reply:
    lead = "missed_"
    missed = {key.removeprefix(lead): facts[key] for key in facts if key.startswith(lead)}
    return Say("alarm-missed", {"when": _when(missed)}) if missed else ""
