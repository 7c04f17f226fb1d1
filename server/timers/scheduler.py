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

from knowledge.errors import KnowledgeError
from knowledge.models import Queue
from knowledge.people.current import PersonId, acting_as
from knowledge.timers import schedule
from knowledge.timers.models import Alarm, NewsKind, SleepTimer, SleepUntil, Timer
from knowledge.timers.store import TimerStore
from knowledge.times import shift
from server.timers.fading import Sleep
from server.timers.ringing import Ringer
from server.timers.sleeping import FallingAsleep
from tools.context import ToolServices
from tools.errors import ToolError
from tools.players.playback import Playback
from tools.players.player import PlayerState

_LOG = logging.getLogger(__name__)
LONGEST_WAIT_S = 10.0
_SHORTEST_WAIT_S = 0.05
_RETRY_S = (3.0, 5.0, 10.0, 20.0, 30.0)
"""After so long a player that did not play is tried again; the last one again and again."""
_ANYWHERE_AFTER = 3
"""After so many tries any player will do."""
_WAITING_FOR_MUSIC = frozenset({SleepUntil.SONG, SleepUntil.ALBUM, SleepUntil.QUEUE})
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
        playback: Playback,
        ringer: Ringer,
        *,
        clock: Callable[[], datetime],
        sleep: Sleep = asyncio.sleep,
        tell: Callable[[PersonId], None] = lambda _person: None,
    ) -> None:
        """Make it; `run` lets it act.

        Args:
            store: where the timers are.
            playback: what is stopped.
            ringer: lets alarms sound.
            clock: the present local time, with its zone.
            sleep: waits between the steps of a fade.
            tell: called when something happened to a timer that its owner should see.
        """
        self._store = store
        self._playback = playback
        self._ringer = ringer
        self._clock = clock
        self._falling = FallingAsleep(playback, clock=clock, sleep=sleep)
        self._tell = tell
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._sleep_timer: SleepTimer | None = None
        self._tries: dict[int, _Try] = {}
        self._ended = False
        self._connected: frozenset[str] = frozenset()
        self._task: asyncio.Task[None] | None = None

    @property
    def ends_with_the_music(self) -> bool:
        """Whether the music is to end by itself: then nothing is added to the queue."""
        timer = self._sleep_timer
        return timer is not None and timer.until in _WAITING_FOR_MUSIC

    def start(self) -> None:
        """Act in the background until `close`."""
        self._task = asyncio.create_task(self.run())

    async def close(self) -> None:
        """Act no more; what is set stays set, and a fade is taken back."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self._falling.cancel()
        await self._ringer.close()

    def attach(self) -> None:
        """Hear from now on of changes of the music and of the timers."""
        self._playback.end_with(self._ends, self._music_ended)
        self._playback.listen(self._music_changed)
        self._store.listen(self._timer_changed)

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
        timers = await asyncio.to_thread(self._store.everybodys)
        await self._mind(timers)
        due = schedule.due(timers, now)
        for alarm in due.missed:
            await self._missed(alarm)
        for forgotten in due.forgotten:
            await asyncio.to_thread(self._store.finish, forgotten, None)
        await self._fall_asleep(due.sleep)
        for alarm in due.ring:
            tried = self._tries.get(alarm.id)
            if tried is None or tried.again_at.timestamp() <= now.timestamp():
                await self._ring(alarm)
        return self._wait_s(timers)

    def _wait_s(self, timers: tuple[Timer, ...]) -> float:
        now = self._clock()
        later = [
            timer for timer in timers if _is_later(timer, now) and timer != self._falling.timer
        ]
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

    async def _fall_asleep(self, timer: SleepTimer | None) -> None:
        """Begin, go on with, or give up a fade; and note when the music stopped."""
        if self._ended:
            self._ended = False
            if self._sleep_timer is not None:
                await self._finish(self._sleep_timer, NewsKind.STOPPED)
                self._sleep_timer = None
                return
        if self._falling.timer != timer:
            await self._falling.cancel()
        if timer is None:
            return
        if self._falling.timer is None:
            self._falling.begin(timer, done=self._wake)
        if self._falling.done:
            stopped = await self._falling.result()
            await self._finish(timer, NewsKind.STOPPED if stopped else None)

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
        sleep = next((timer for timer in timers if isinstance(timer, SleepTimer)), None)
        counted = None if sleep is None else schedule.counted(sleep, self._playback.queue)
        if counted is not None and counted != sleep:
            await asyncio.to_thread(self._store.change, counted)
        if counted != self._sleep_timer:
            self._sleep_timer = counted
            await self._playback.look_ahead()

    def _ends(self, queue: Queue) -> bool:
        timer = self._sleep_timer
        return timer is not None and schedule.stops_after_current(timer, queue)

    def _music_ended(self) -> None:
        self._ended = True
        self._changed.set()

    def _music_changed(self, queue: Queue, _state: PlayerState) -> None:
        connected = frozenset(one.name for one in self._playback.players if one.connected)
        if self._tries and connected - self._connected:  # somebody is there now who may play
            now = self._clock()
            self._tries = {key: replace(one, again_at=now) for key, one in self._tries.items()}
            self._changed.set()
        self._connected = connected
        timer = self._sleep_timer
        if timer is not None and schedule.counted(timer, queue) != timer:
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
    scheduler = TimerScheduler(
        store, services.playback, Ringer(services), clock=services.clock, tell=tell
    )
    scheduler.start()
    return scheduler
