"""Watches the clock: stops the music, lets alarms ring, and says what became of them.

It looks when the next timer is due, when a timer or the music changes, and at least every few
seconds beside, since the clock may be set and the machine may sleep, and another process may set
an alarm. What happens is noted in the database together with the change of the timer, so that a
kill at any moment neither loses an alarm nor lets it ring twice.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from knowledge.errors import KnowledgeError
from knowledge.models import Queue
from knowledge.people.current import PersonId, acting_as
from knowledge.timers import schedule
from knowledge.timers.models import Alarm, NewsKind, SleepTimer, Timer
from knowledge.timers.store import TimerStore
from knowledge.times import shift
from server.timers.bedtime import Bedtime
from server.timers.fading import Sleep
from server.timers.outlet import outlet_of
from server.timers.ringing import Ringer
from tools.context import ToolServices
from tools.errors import ToolError
from tools.players.playback import Playback
from tools.players.player import PlayerState
from tools.players.rooms import Rooms

_LOG = logging.getLogger(__name__)
LONGEST_WAIT_S = 10.0
_SHORTEST_WAIT_S = 0.05
_RETRY_S = (3.0, 5.0, 10.0, 20.0, 30.0)
"""After so long a player that did not play is tried again; the last one again and again."""
_ANYWHERE_AFTER = 3
"""After so many tries any player will do."""
_AWAY = "Refrain did not run then, or the machine slept"


@dataclass(frozen=True, slots=True)
class _Try:
    """An alarm that no player played yet."""

    count: int
    again_at: datetime
    reason: str


class TimerScheduler:
    """Acts on the timers of one installation. Lives on the event loop."""

    def __init__(
        self,
        store: TimerStore,
        rooms: Rooms,
        ringer: Ringer,
        *,
        clock: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
        tell: Callable[[PersonId], None] = lambda _person: None,
    ) -> None:
        """Make it; `run` lets it act.

        Args:
            store: where the timers are.
            rooms: where music is stopped.
            ringer: lets alarms sound.
            clock: the present local time, with its zone.
            sleep: waits between the steps of a fade.
            tell: called when something happened to a timer that its owner should see.
        """
        self._store = store
        self._rooms = rooms
        self._ringer = ringer
        self._clock = clock
        self._sleep = sleep
        self._bedtimes: dict[str, Bedtime] = {}
        """By room; "" is the music of none."""
        self._attached: set[int] = set()
        self._tell = tell
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._tries: dict[int, _Try] = {}
        self._connected: frozenset[str] = frozenset()
        self._task: asyncio.Task[None] | None = None

    def ends_with_the_music(self, playback: Playback) -> bool:
        """Whether its music is to end by itself: then nothing is added to the queue."""
        return any(one.ends_with_the_music for one in self._on(playback))

    def start(self) -> None:
        """Act in the background until `close`."""
        self._task = asyncio.create_task(self.run())

    async def close(self) -> None:
        """Act no more; what is set stays set, and a fade is taken back."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        for bedtime in self._bedtimes.values():
            await bedtime.close()
        await self._ringer.close()

    def attach(self) -> None:
        """Hear from now on of changes of the music and of the timers."""
        self._attach_players()
        self._store.listen(self._timer_changed)

    def _attach_players(self) -> None:
        """Follow every queue; a speaker may come by itself at any time."""
        for playback in self._rooms.playbacks:
            if id(playback) in self._attached:
                continue
            self._attached.add(id(playback))
            playback.end_with(partial(self._ends, playback), partial(self._music_ended, playback))
            playback.listen(partial(self._music_changed, playback))

    async def run(self) -> None:
        """Act until cancelled."""
        self.attach()
        while True:
            self._changed.clear()
            try:
                wait_s = await self.look()
            except Exception:  # noqa: BLE001  the next timer must still be minded
                _LOG.exception("The timers could not be looked at")
                wait_s = LONGEST_WAIT_S
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(wait_s):
                    await self._changed.wait()

    async def look(self) -> float:
        """Do what is due now.

        Returns:
            In how many seconds to look again, at the latest.
        """
        now = self._clock()
        self._attach_players()
        timers = await asyncio.to_thread(self._store.everybodys)
        await self._mind(timers)
        due = schedule.due(timers, now)
        for alarm in due.missed:
            await self._missed(alarm)
        for forgotten in due.forgotten:
            await asyncio.to_thread(self._store.finish, forgotten, None)
        await self._fall_asleep({timer.room: timer for timer in due.sleeps})
        for alarm in due.ring:
            tried = self._tries.get(alarm.id)
            if tried is None or tried.again_at.timestamp() <= now.timestamp():
                await self._ring(alarm)
        return self._wait_s(timers)

    def _wait_s(self, timers: tuple[Timer, ...]) -> float:
        now = self._clock()
        falling = [one.falling_for for one in self._bedtimes.values()]
        later = [timer for timer in timers if _is_later(timer, now) and timer not in falling]
        waits = [LONGEST_WAIT_S]
        if (next_s := schedule.next_look_s(later, now)) is not None:
            waits.append(next_s)
        waits += [tried.again_at.timestamp() - now.timestamp() for tried in self._tries.values()]
        return max(_SHORTEST_WAIT_S, min(waits))

    # Alarms

    async def _ring(self, alarm: Alarm) -> None:
        count = self._tries[alarm.id].count if alarm.id in self._tries else 0
        try:
            with acting_as(alarm.person):
                rang = await self._ringer.ring(alarm, anywhere=count >= _ANYWHERE_AFTER)
        except (ToolError, KnowledgeError) as error:
            await self._not_yet(alarm, count, str(error))
            return
        except Exception:  # noqa: BLE001  it is tried again
            _LOG.exception("An alarm could not ring")
            await self._not_yet(alarm, count, "Something went wrong; the log says more.")
            return
        self._tries.pop(alarm.id, None)
        await asyncio.to_thread(
            self._store.finish, alarm, NewsKind.RANG, music=rang.music, reason=rang.note
        )
        self._tell(alarm.person)

    async def _not_yet(self, alarm: Alarm, count: int, reason: str) -> None:
        wait_s = _RETRY_S[min(count, len(_RETRY_S) - 1)]
        again = shift(self._clock(), timedelta(seconds=wait_s))
        self._tries[alarm.id] = _Try(count + 1, again, reason)
        if count == 0:
            _LOG.warning("An alarm does not ring yet: %s", reason)
            await asyncio.to_thread(
                self._store.note, alarm, NewsKind.FAILING, music=alarm.music.label, reason=reason
            )
            self._tell(alarm.person)

    async def _missed(self, alarm: Alarm) -> None:
        tried = self._tries.pop(alarm.id, None)
        reason = tried.reason if tried is not None else _AWAY
        await asyncio.to_thread(
            self._store.finish, alarm, NewsKind.MISSED, music=alarm.music.label, reason=reason
        )
        self._tell(alarm.person)

    # Falling asleep

    async def _fall_asleep(self, due: dict[str, SleepTimer]) -> None:
        """Let the music of each room fade and stop, and note when it did."""
        for room, bedtime in list(self._bedtimes.items()):
            timer = due.get(room)
            try:
                stopped = await bedtime.follow(timer, self._wake)
            except ToolError as error:
                _LOG.warning("The music could not be stopped: %s", error)
                stopped = False
            over = timer or bedtime.timer
            if stopped is not None and over is not None:
                bedtime.timer = None
                await self._finish(over, NewsKind.STOPPED if stopped else None)
            if bedtime.over:
                del self._bedtimes[room]

    async def _finish(self, timer: SleepTimer, kind: NewsKind | None) -> None:
        await asyncio.to_thread(self._store.finish, timer, kind)
        self._tell(timer.person)

    # The music

    async def _mind(self, timers: tuple[Timer, ...]) -> None:
        """Keep in step with the store, the queue, and the clock of this machine."""
        zone = self._clock().tzinfo
        for alarm in timers:
            if isinstance(alarm, Alarm) and (moved := schedule.on_the_clock(alarm, zone)) != alarm:
                await asyncio.to_thread(self._store.change, moved)
        known = {timer.id for timer in timers}
        self._tries = {key: tried for key, tried in self._tries.items() if key in known}
        sleeps = {timer.room: timer for timer in timers if isinstance(timer, SleepTimer)}
        for room in {*sleeps, *self._bedtimes}:
            if (bedtime := self._bedtime(room)) is not None:
                await self._mind_sleep(bedtime, sleeps.get(room))

    def _bedtime(self, room: str) -> Bedtime | None:
        """What is known of the sleep timer of a room; None when there is no such room now."""
        outlet, known = outlet_of(self._rooms, room), self._bedtimes.get(room)
        if known is not None and (known.falling_for is not None or known.outlet == outlet):
            return known
        if outlet is None:
            self._bedtimes.pop(room, None)
            return None
        self._bedtimes[room] = Bedtime(outlet, clock=self._clock, sleep=self._sleep)
        return self._bedtimes[room]

    async def _mind_sleep(self, bedtime: Bedtime, timer: SleepTimer | None) -> None:
        counted = None if timer is None else schedule.counted(timer, bedtime.outlet.queue)
        if counted is not None and counted != timer:
            await asyncio.to_thread(self._store.change, counted)
        if counted != bedtime.timer:
            bedtime.timer = counted
            await bedtime.outlet.playback.look_ahead()

    def _on(self, playback: Playback) -> list[Bedtime]:
        """The sleep timers of the rooms that play from this queue."""
        return [one for one in self._bedtimes.values() if one.outlet.playback is playback]

    def _ends(self, playback: Playback, queue: Queue) -> bool:
        asked = [bedtime.ends(queue) for bedtime in self._on(playback)]  # each remembers it
        return any(asked)

    def _music_ended(self, playback: Playback) -> None:
        ended = [bedtime.music_ended() for bedtime in self._on(playback)]
        if any(ended):
            self._changed.set()

    def _music_changed(self, playback: Playback, queue: Queue, _state: PlayerState) -> None:
        connected = frozenset(one.name for one in self._rooms.all if one.connected)
        if self._tries and connected - self._connected:  # somebody is there now who may play
            now = self._clock()
            self._tries = {key: replace(one, again_at=now) for key, one in self._tries.items()}
            self._changed.set()
        self._connected = connected
        changed = [bedtime.music_changed(queue) for bedtime in self._on(playback)]
        if any(changed):
            self._changed.set()

    def _wake(self) -> None:
        """Look soon; from any thread."""
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._changed.set)

    def _timer_changed(self, person: PersonId) -> None:
        """Look soon, and tell whose timer it was; from any thread."""
        self._wake()
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._tell, person)


def _is_later(timer: Timer, now: datetime) -> bool:
    return timer.at is not None and timer.at.timestamp() > now.timestamp()


def start_timers(
    services: ToolServices, store: TimerStore, tell: Callable[[PersonId], None]
) -> TimerScheduler:
    """Let a scheduler act from now on; `close` ends it."""
    rooms = services.rooms or Rooms(services.playback)
    scheduler = TimerScheduler(store, rooms, Ringer(services), clock=services.clock, tell=tell)
    scheduler.start()
    return scheduler
