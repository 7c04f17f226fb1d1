"""Stop the music later, play music at a time, and show or cancel what was set."""

import asyncio
from datetime import datetime, timedelta

from knowledge.timers.models import Alarm, SleepTimer, Timer
from knowledge.timers.store import TimerStore
from knowledge.times import Upcoming
from tools.context import ToolContext
from tools.message import Say
from tools.place import is_everywhere, room_meant, room_named, rooms_in
from tools.result import Ambiguous, Failed, Found, NothingFound, ToolResult
from tools.timer_facts import Facts, facts_of, in_short, listed, missed_facts, moment_facts
from tools.timer_setting import set_alarm, set_sleep
from tools.timer_wanted import SetTimer, queues, time_said
from tools.tool import Tool

NO_TIMERS = Failed(
    "no_timers", "timers are not kept here", "Start Refrain with refrain serve and ask there."
)
_TOLD_FOR = timedelta(days=2)
"""So long a missed alarm is told of."""


async def set_timer(arguments: SetTimer, context: ToolContext) -> ToolResult:
    """Set, show or cancel a timer; the facts give the exact local time."""
    store = context.services.timers
    if store is None:
        return NO_TIMERS
    match arguments.action:
        case "sleep":
            return await set_sleep(arguments, store, context)
        case "alarm":
            return await set_alarm(arguments, store, context)
        case "show":
            return await asyncio.to_thread(_show, arguments, store, context)
        case "cancel":
            return await asyncio.to_thread(_cancel, arguments, store, context)


def _show(arguments: SetTimer, store: TimerStore, context: ToolContext) -> ToolResult:
    now = context.services.clock()
    timers = _there(_only(store.all(), arguments), arguments, context)
    facts: Facts = {"action": "show", **listed(timers, now, queues(context))}
    if (key := _key_named(arguments, context)) is not None and key:
        facts["room"] = key
    if arguments.only:
        facts["only"] = arguments.only
    return Found(facts=facts | missed_facts(store.news(now - _TOLD_FOR), now))


def _key_named(arguments: SetTimer, context: ToolContext) -> str | None:
    """Under which room timers are meant; None: in any of them.

    Raises:
        NoSuchRoom: the one that was named does not exist.
    """
    if not arguments.room or is_everywhere(arguments.room):
        return None
    return rooms_in(context).key(room_named(arguments.room, context))


def _there(
    timers: tuple[Timer, ...], arguments: SetTimer, context: ToolContext
) -> tuple[Timer, ...]:
    """Those of the room that was named, if one was."""
    key = _key_named(arguments, context)
    if key is None:
        return timers
    room = rooms_in(context).find(key or arguments.room)
    name = "" if room is None else room.name
    return tuple(
        one
        for one in timers
        if (one.room == key if isinstance(one, SleepTimer) else one.player == name)
    )


def _only(timers: tuple[Timer, ...], arguments: SetTimer) -> tuple[Timer, ...]:
    wanted = {"sleep": SleepTimer, "alarm": Alarm}.get(arguments.only)
    return timers if wanted is None else tuple(one for one in timers if isinstance(one, wanted))


def _cancel(arguments: SetTimer, store: TimerStore, context: ToolContext) -> ToolResult:
    now = context.services.clock()
    candidates = _there(_only(store.all(), arguments), arguments, context)
    if not candidates:
        kind = {"sleep": "sleep timer", "alarm": "alarm"}.get(arguments.only, "timer")
        none = Say(f"no-{kind.replace(' ', '-')}")
        return NothingFound(f"{kind} that is set", said={"nothing": none})
    everything = arguments.everything or is_everywhere(arguments.room)
    chosen = candidates if everything else _meant(candidates, arguments, now)
    if len(chosen) > 1 and arguments.only == "sleep" and not everything:
        # "The sleep timer" is that of the room where one is, or of which one speaks.
        here = rooms_in(context).key(room_meant("", context, "steer"))
        near = tuple(one for one in chosen if isinstance(one, SleepTimer) and one.room == here)
        chosen = near or chosen
    if not chosen:
        return NothingFound("that alarm")
    if len(chosen) > 1 and not everything:
        names = tuple(in_short(timer, now) for timer in chosen[:3])
        asked = ", ".join(names[:-1]) + f" or {names[-1]}"
        said = {"question": Say("ask-which-timer", {"names": ", ".join(_clocks(chosen, now))})}
        return Ambiguous((), f"Which one: {asked}?", names, said=said)
    gone = store.cancel(timer.id for timer in chosen)
    facts: Facts = {"action": "cancel", "cancelled": len(gone)}
    if len(gone) == 1:
        facts |= facts_of(gone[0], now, queues(context)(gone[0]))
    return Found(facts=facts)


def _clocks(timers: tuple[Timer, ...], now: datetime) -> list[str]:
    """What the clock shows at each of some timers, for languages other than English."""
    clocks = []
    for timer in timers[:3]:
        clock = "–" if timer.at is None else str(moment_facts(timer.at, now)["clock"])
        room = timer.room if isinstance(timer, SleepTimer) else timer.player
        clocks.append(f"{clock} ({room})" if room else clock)
    return clocks


def _meant(candidates: tuple[Timer, ...], arguments: SetTimer, now: datetime) -> tuple[Timer, ...]:
    if arguments.timer_id is not None:
        return tuple(one for one in candidates if one.id == arguments.timer_id)
    if arguments.which:
        return tuple(
            candidates[number - 1 if number > 0 else number]
            for number in arguments.which
            if number == -1 or 1 <= number <= len(candidates)
        )
    if not arguments.when:
        return candidates
    upcoming = time_said(arguments.when, now, waking=False)
    if not isinstance(upcoming, Upcoming):
        return candidates
    alarms = [one for one in candidates if isinstance(one, Alarm)]
    exact = [one for one in alarms if _same_time(one, upcoming, now)]
    return tuple(exact or (one for one in alarms if _same_time(one, upcoming, now, hands=True)))


def _same_time(alarm: Alarm, said: Upcoming, now: datetime, *, hands: bool = False) -> bool:
    """Whether the alarm is meant by a time; with `hands`, seven in the evening is seven, too."""
    at, other = alarm.at.astimezone(now.tzinfo), said.at.astimezone(now.tzinfo)
    if said.weekdays and said.weekdays != alarm.weekdays:
        return False
    hour, wanted = (at.hour % 12, other.hour % 12) if hands else (at.hour, other.hour)
    return (hour, at.minute) == (wanted, other.minute)


SET_TIMER = Tool(
    "set_timer",
    "Stop the music later (sleep timer), play music at a time (alarm), show what is set, or cancel "
    "it. Pass the user's own words for the time in `when`. The facts `clock`, `date` and `in_s` "
    "say exactly when: repeat them. The music of an alarm is named as for play_music.",
    SetTimer,
    set_timer,
)
