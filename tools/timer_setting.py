"""Setting timers: stop the music later, in a room or everywhere, and play music at a time."""

import asyncio
from dataclasses import replace
from datetime import datetime

from knowledge.folding import fold
from knowledge.timers.models import (
    FADE_S,
    RAMP_S,
    Alarm,
    AlarmMusic,
    SleepTimer,
    SleepUntil,
    Timer,
)
from knowledge.timers.schedule import longer
from knowledge.timers.store import TimerStore
from knowledge.times import UnclearTime, Upcoming
from tools.context import ToolContext
from tools.errors import NothingPlaying
from tools.message import Say
from tools.place import is_everywhere, is_here, room_meant, rooms_in, within_room
from tools.players.player import PlaybackStatus
from tools.players.rooms import EVERYWHERE, Room
from tools.result import Ambiguous, Failed, Found, ToolResult
from tools.timer_facts import Facts, facts_of, moment_facts
from tools.timer_music import settle
from tools.timer_wanted import SetTimer, queues, time_said

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


async def set_sleep(arguments: SetTimer, store: TimerStore, context: ToolContext) -> ToolResult:
    """Stop the music later: in the room that is meant, or everywhere."""
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
        upcoming = time_said(arguments.when, now, waking=False)
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


async def set_alarm(arguments: SetTimer, store: TimerStore, context: ToolContext) -> ToolResult:
    """Play music at a time: on the player or in the room that is named, or where it is asked."""
    now = context.services.clock()
    upcoming = time_said(arguments.when, now, waking=arguments.waking)
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


def _set(timer: Timer, now: datetime, context: ToolContext, more: Facts) -> Found:
    facts: Facts = {"action": "set", "timer_id": timer.id}
    facts |= {**facts_of(timer, now, queues(context)(timer)), **more}
    if not context.services.timers_watched:
        facts["unwatched"] = True
    return Found(facts=facts)


def _unclear(found: UnclearTime | None, now: datetime, question: Ambiguous) -> ToolResult:
    if found is not None and found.why == "past" and found.at is not None:
        clock = moment_facts(found.at, now)["clock"]
        return Failed("time_is_past", f"{clock} is over already", "Say another time.")
    return question
