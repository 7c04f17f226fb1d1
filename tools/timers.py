"""Stop the music later, play music at a time, and show or cancel what was set."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from knowledge.folding import fold
from knowledge.timers.models import (
    FADE_S,
    LONGEST_FADE_S,
    RAMP_S,
    Alarm,
    AlarmMusic,
    SleepTimer,
    SleepUntil,
    Timer,
)
from knowledge.timers.schedule import longer
from knowledge.timers.store import TimerStore
from knowledge.times import UnclearTime, Upcoming, future_time
from tools.context import ToolContext
from tools.errors import NothingPlaying
from tools.message import Say
from tools.place import (
    InRoom,
    is_everywhere,
    is_here,
    queue_of,
    room_meant,
    room_named,
    rooms_in,
    within_room,
)
from tools.playback import volume_of
from tools.players.player import PlaybackStatus
from tools.players.rooms import EVERYWHERE, Room
from tools.regret import Deed
from tools.result import Ambiguous, Failed, Found, NothingFound, ToolResult
from tools.timer_facts import Facts, QueueOf, facts_of, in_short, listed, missed_facts, moment_facts
from tools.timer_music import settle
from tools.tool import Tool
from tools.wanted import Numbers, Wanted, Words

NO_TIMERS = Failed(
    "no_timers", "timers are not kept here", "Start Refrain with refrain serve and ask there."
)
_MAX_SONGS = 100
_TOLD_FOR = timedelta(days=2)
"""So long a missed alarm is told of."""
_WHEN_STOP = Ambiguous(
    (),
    "When shall I stop the music?",
    ("in half an hour", "at eleven"),
    said={"question": Say("ask-when-stop")},
)
_WHEN_PLAY = Ambiguous(
    (),
    "At what time shall it play?",
    ("at seven", "in an hour"),
    said={"question": Say("ask-when-play")},
)


class SetTimer(Wanted, InRoom):
    action: Literal["sleep", "alarm", "show", "cancel"] = Field(
        description="sleep: stop the music later. alarm: play music at a time, once or on some "
        "days of the week. show: what is set. cancel: take out what is set"
    )
    when: Words = Field(
        "",
        description='Words for a time to come, as the user said them: "in half an hour", "at '
        'eleven", "tomorrow at 6:30", "every weekday at 7"; or ISO 8601. Of cancel: which alarm',
    )
    after: Literal["", "song", "songs", "album", "queue"] = Field(
        "", description="Of sleep, instead of a time: stop when this is over"
    )
    songs: int | None = Field(
        None, ge=1, le=_MAX_SONGS, description="Of after songs: how many, the current one counted"
    )
    longer_by_minutes: float | None = Field(
        None, ge=-1440, le=1440, description="Of sleep: change the timer that is set by so much"
    )
    fade_s: float | None = Field(
        None, ge=0, le=LONGEST_FADE_S, description="Seconds in which it gets quieter, or louder"
    )
    wish: Words = Field(
        "",
        description="Of alarm: music in the user's words when no other field names it: \"calm "
        'jazz". With nothing named it plays music that the user likes',
    )
    waking: bool = Field(False, description="Of alarm: the user wants to be woken by it")
    volume: Annotated[int | None, BeforeValidator(volume_of)] = Field(
        None, description="Of alarm: how loud it gets, 0 to 100"
    )
    player: Words = Field("", description="Of alarm: on which player, by its name")
    which: Numbers = Field(
        default_factory=list, description="Of cancel: numbers as show lists them, first is 1"
    )
    timer_id: int | None = Field(
        None, ge=1, description="Of cancel: the one with the fact timer_id of an earlier result"
    )
    everything: bool = Field(False, description="Of cancel: all of them")
    only: Literal["", "sleep", "alarm"] = Field(
        "", description="Of show and cancel: only the sleep timer, or only alarms"
    )

    @property
    def deed(self) -> Deed:
        """What a wrong guess would cost."""
        return Deed.WAKE


async def set_timer(arguments: SetTimer, context: ToolContext) -> ToolResult:
    """Set, show or cancel a timer; the facts give the exact local time."""
    store = context.services.timers
    if store is None:
        return NO_TIMERS
    match arguments.action:
        case "sleep":
            return await _sleep(arguments, store, context)
        case "alarm":
            return await _alarm(arguments, store, context)
        case "show":
            return await asyncio.to_thread(_show, arguments, store, context)
        case "cancel":
            return await asyncio.to_thread(_cancel, arguments, store, context)


# Stopping later


async def _sleep(arguments: SetTimer, store: TimerStore, context: ToolContext) -> ToolResult:
    everywhere = is_everywhere(arguments.room) and rooms_in(context).several
    if not everywhere:
        said = "" if is_everywhere(arguments.room) else arguments.room
        return await _sleep_in(room_meant(said, context, "steer"), arguments, store, context)
    results = [await _sleep_in(one, arguments, store, context) for one in _sounding(context)]
    if len(results) > 1 and isinstance(first := results[0], Found):
        return replace(first, facts={**first.facts, "room": EVERYWHERE})
    return results[0]


def _sounding(context: ToolContext) -> list[Room | None]:
    """Every room in which music is to stop; None is the music of no room."""
    rooms = rooms_in(context)
    found: list[Room | None] = [room for room in rooms.all if room.sounds and rooms.key(room)]
    if rooms.main.state.status is not PlaybackStatus.IDLE or not found:
        found.insert(0, None)
    return found


async def _sleep_in(
    room: Room | None, arguments: SetTimer, store: TimerStore, context: ToolContext
) -> ToolResult:
    now, key = context.services.clock(), rooms_in(context).key(room)
    context = within_room(context, room)
    before = await asyncio.to_thread(store.sleep, key)
    if arguments.longer_by_minutes is not None:
        if before is None and not arguments.room:
            only = await asyncio.to_thread(store.sleeps)
            before = only[0] if len(only) == 1 else None
        if before is None:
            return Failed("no_sleep_timer", "no sleep timer is set", 'Say "stop in ten minutes".')
        timer = longer(before, arguments.longer_by_minutes * 60, now)
        await asyncio.to_thread(store.change, timer)
        return _set(timer, now, context, {"changed": True})
    fade_s = FADE_S if arguments.fade_s is None else arguments.fade_s
    blank = SleepTimer(0, SleepUntil.SONG, fade_s=fade_s, session_id=context.session_id, room=key)
    if arguments.after:
        wished = _after(blank, arguments, context)
    else:
        upcoming = _time(arguments.when, now, waking=False)
        if not isinstance(upcoming, Upcoming):
            return _unclear(upcoming, now, _WHEN_STOP)
        wished = replace(blank, until=SleepUntil.TIME, at=upcoming.at)
    timer = await asyncio.to_thread(store.set_sleep, wished)
    return _set(timer, now, context, {"replaced": True} if before is not None else {})


def _after(blank: SleepTimer, arguments: SetTimer, context: ToolContext) -> SleepTimer:
    """The timer that waits for the music.

    Raises:
        NothingPlaying: there is no music to wait for.
    """
    playback = context.services.playback
    current = playback.queue.current
    if current is None or playback.state.status is PlaybackStatus.IDLE:
        raise NothingPlaying("Nothing is playing.")
    if arguments.after == "songs":
        songs = arguments.songs or 1
        return replace(blank, until=SleepUntil.SONGS, songs=songs, item_id=current.id)
    return replace(blank, until=SleepUntil(arguments.after))


def _queue_of(context: ToolContext) -> QueueOf:
    """The queue that each timer is about."""
    rooms = rooms_in(context)
    return lambda timer: queue_of(timer.room if isinstance(timer, SleepTimer) else "", rooms)


def _set(timer: Timer, now: datetime, context: ToolContext, more: Facts) -> Found:
    facts: Facts = {"action": "set", "timer_id": timer.id}
    facts |= {**facts_of(timer, now, _queue_of(context)(timer)), **more}
    if not context.services.timers_watched:
        facts["unwatched"] = True
    return Found(facts=facts)


# Music at a time


async def _alarm(arguments: SetTimer, store: TimerStore, context: ToolContext) -> ToolResult:
    now = context.services.clock()
    upcoming = _time(arguments.when, now, waking=arguments.waking)
    if not isinstance(upcoming, Upcoming):
        return _unclear(upcoming, now, _WHEN_PLAY)
    said = arguments.player or arguments.room
    player = _player(said, context)
    if player is None:
        names = ", ".join(room.name for room in rooms_in(context).all)
        reason = f"no player is called {said}"
        return Failed("no_player", reason, f"There is: {names}." if names else "")
    music = await asyncio.to_thread(settle, arguments, arguments.wish, context)
    if not isinstance(music, AlarmMusic):
        return music
    alarm = Alarm(
        0,
        upcoming.at,
        upcoming.clock,
        upcoming.weekdays,
        music,
        arguments.volume,
        RAMP_S if arguments.fade_s is None else arguments.fade_s,
        player,
        context.session_id,
    )
    return await asyncio.to_thread(_keep, alarm, store, now, context)


def _keep(alarm: Alarm, store: TimerStore, now: datetime, context: ToolContext) -> ToolResult:
    """Keep it, in place of another at the very same time."""
    same = next(
        (
            one
            for one in store.alarms()
            if one.weekdays == alarm.weekdays
            and abs(one.at.timestamp() - alarm.at.timestamp()) < 1.0
            and one.player == alarm.player
        ),
        None,
    )
    if same is not None and store.change(replace(alarm, id=same.id)):
        return _set(replace(alarm, id=same.id), now, context, {"replaced": True})
    return _set(store.add_alarm(alarm), now, context, {})


def _player(said: str, context: ToolContext) -> str | None:
    """The name of the player that is meant; "" for the one in use, None when there is none.

    Where nothing is named it is that of the room in which the asking device stands.
    """
    rooms = rooms_in(context)
    if is_everywhere(said):
        return EVERYWHERE if rooms.several else ""
    room = rooms.here(context.session_id) if not said or is_here(said) else rooms.find(said)
    if room is not None:
        return room.name
    if not said or is_here(said):
        return ""
    names = [one.name for one in rooms.all]
    wanted = fold(said)
    exact = next((name for name in names if fold(name) == wanted), None)
    return exact or next((name for name in names if wanted in fold(name)), None)


def _time(when: str, now: datetime, *, waking: bool) -> Upcoming | UnclearTime | None:
    """Read the words of a time; a model may leave out the "in" and the "at"."""
    if not when:
        return None
    found = future_time(when, now, waking=waking)
    for lead in ("in", "at"):
        found = found or future_time(f"{lead} {when}", now, waking=waking)
    return found


def _unclear(found: UnclearTime | None, now: datetime, question: Ambiguous) -> ToolResult:
    if found is not None and found.why == "past" and found.at is not None:
        clock = moment_facts(found.at, now)["clock"]
        return Failed("time_is_past", f"{clock} is over already", "Say another time.")
    return question


# What is set


def _show(arguments: SetTimer, store: TimerStore, context: ToolContext) -> ToolResult:
    now = context.services.clock()
    timers = _there(_only(store.all(), arguments), arguments, context)
    facts: Facts = {"action": "show", **listed(timers, now, _queue_of(context))}
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
        facts |= facts_of(gone[0], now, _queue_of(context)(gone[0]))
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
    upcoming = _time(arguments.when, now, waking=False)
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
