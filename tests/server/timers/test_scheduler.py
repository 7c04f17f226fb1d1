"""The scheduler on a clock that the test moves: it stops, rings, tries again, and tells."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent_library import Home, open_home
from knowledge.timers.models import Alarm, AlarmMusic, NewsKind, SleepTimer, SleepUntil
from knowledge.timers.store import TimerStore
from player_fake import Answer
from server.timers.ringing import Ringer
from server.timers.scheduler import TimerScheduler
from timers_clock import MONDAY, HandClock, alarm_at, sleep_at
from tools.players.player import PlaybackStatus, PlayerCapability
from tools.players.rooms import Rooms

pytestmark = pytest.mark.integration


@dataclass
class Night:
    """A home, its timers, and a clock that goes on when somebody waits."""

    home: Home
    clock: HandClock
    store: TimerStore
    scheduler: TimerScheduler
    told: list[int]

    @property
    def news(self) -> list[tuple[NewsKind, str]]:
        return [(one.kind, one.reason) for one in self.store.news(MONDAY - timedelta(days=1))]

    @property
    def plays(self) -> bool:
        return self.home.services.playback.state.status is PlaybackStatus.PLAYING

    async def until(self, seconds: float) -> None:
        """Let time pass in small steps, and let the scheduler look at each."""
        left = seconds
        while left > 0:
            step = min(left, 1.0)
            self.clock.go_on(step)
            left -= step
            await self.look()

    async def look(self) -> None:
        await self.scheduler.look()
        for _ in range(5):
            await asyncio.sleep(0)

    async def comes(self, true: Callable[[], bool]) -> None:
        """Wait, with the clock standing still, for what is written down in a thread first."""
        async with asyncio.timeout(20):
            while not true():  # noqa: ASYNC110  nothing tells of it
                await asyncio.sleep(0.01)


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    async with open_home(tmp_path) as home:
        clock, told = HandClock(), list[int]()
        store = TimerStore(home.database, clock=clock)
        services = replace(home.services, clock=clock, timers=store)

        ringer = Ringer(services, sleep=clock.wait)
        scheduler = TimerScheduler(
            store,
            Rooms(home.services.playback),
            ringer,
            clock=clock,
            sleep=clock.wait,
            tell=lambda _person: told.append(1),
        )
        scheduler.attach()
        yield Night(home, clock, store, scheduler, told)
        await scheduler.close()


async def play(night: Night, *titles: str) -> None:
    home = night.home
    await home.services.playback.play([home.track(title) for title in titles])


# Falling asleep


async def test_the_music_gets_quieter_stops_and_is_as_loud_as_before(night: Night) -> None:
    await play(night, "Take Five", "Suzanne")
    await night.home.services.playback.set_volume(80)
    night.store.set_sleep(sleep_at(MONDAY + timedelta(seconds=30), fade_s=20))
    await night.until(9)
    assert night.home.player.state.volume == 80
    await night.until(12)
    assert night.plays
    assert 20 < night.home.player.state.volume < 70
    await night.until(12)
    await night.comes(lambda: not night.store.all())
    assert not night.plays
    assert night.home.player.state.volume == 80
    assert night.news == [(NewsKind.STOPPED, "")]
    assert night.store.all() == ()
    assert night.told


async def test_more_time_in_the_middle_of_the_fade_brings_the_music_back(night: Night) -> None:
    await play(night, "Take Five")
    sleep = night.store.set_sleep(sleep_at(MONDAY + timedelta(seconds=20), fade_s=20))
    await night.until(12)
    assert night.home.player.state.volume < 60
    assert sleep.at is not None
    night.store.change(replace(sleep, at=sleep.at + timedelta(minutes=10)))
    await night.until(1)
    assert night.home.player.state.volume == 100
    await night.until(30)
    assert night.plays


async def test_a_hand_on_the_volume_wins_over_the_fade(night: Night) -> None:
    await play(night, "Take Five")
    night.store.set_sleep(sleep_at(MONDAY + timedelta(seconds=20), fade_s=20))
    await night.until(8)
    await night.home.services.playback.set_volume(90)
    await night.until(6)
    assert night.home.player.state.volume == 90
    await night.until(8)
    await night.comes(lambda: not night.store.all())
    assert not night.plays
    assert night.home.player.state.volume == 90


async def test_a_sleep_timer_without_music_ends_without_a_word(night: Night) -> None:
    night.store.set_sleep(sleep_at(MONDAY + timedelta(seconds=5), fade_s=2))
    await night.until(8)
    await night.comes(lambda: not night.store.all())
    assert night.news == []


async def test_a_player_without_volume_just_stops(night: Night) -> None:
    night.home.player._capabilities = frozenset({PlayerCapability.PAUSE})
    await play(night, "Take Five")
    night.store.set_sleep(sleep_at(MONDAY + timedelta(seconds=5), fade_s=5))
    await night.until(7)
    await night.comes(lambda: not night.store.all())
    assert not night.plays
    assert not any(command.startswith("volume") for command in night.home.player.commands)


async def test_after_this_song_the_next_one_does_not_begin(night: Night) -> None:
    await play(night, "Take Five", "Suzanne")
    night.store.set_sleep(SleepTimer(0, SleepUntil.SONG))
    await night.look()
    assert night.scheduler.ends_with_the_music(night.home.services.playback)
    night.home.player.end_track()
    await night.home.services.playback.settled()
    await night.look()
    assert not night.plays
    assert night.news == [(NewsKind.STOPPED, "")]
    assert not night.scheduler.ends_with_the_music(night.home.services.playback)


async def test_after_two_songs(night: Night) -> None:
    await play(night, "Take Five", "Suzanne", "Grace")
    current = night.home.services.playback.queue.current
    assert current is not None
    night.store.set_sleep(SleepTimer(0, SleepUntil.SONGS, songs=2, item_id=current.id))
    await night.look()
    for plays in (True, False):
        night.home.player.end_track()
        await night.home.services.playback.settled()
        await night.look()
        assert night.plays is plays


# Ringing


def morning(night: Night, alarm: Alarm) -> Alarm:
    return night.store.add_alarm(alarm)


async def test_an_alarm_plays_its_music_and_gets_louder(night: Night) -> None:
    music = AlarmMusic("Nina Simone", {"artist": "Nina Simone"})
    morning(night, replace(alarm_at(MONDAY + timedelta(seconds=3)), music=music, volume=50))
    await night.until(2)
    assert not night.plays
    await night.until(2)
    assert night.plays
    assert night.home.player.playing is not None
    assert night.home.player.playing.track.artist == "Nina Simone"
    assert night.home.player.state.volume <= 12
    await night.until(31)
    assert night.home.player.state.volume == 50
    assert [kind for kind, _ in night.news] == [NewsKind.RANG]
    assert night.store.all() == ()


async def test_it_is_not_said_to_ring_before_a_player_plays(night: Night) -> None:
    night.home.player.answer = Answer.STAY_SILENT
    morning(night, alarm_at(MONDAY))
    await night.until(30)
    assert [kind for kind, _ in night.news] == [NewsKind.FAILING], "told once, not at every try"
    assert "did not answer" in night.news[0][1]
    night.home.player.answer = Answer.CONFIRM
    await night.until(31)
    assert night.plays
    assert [kind for kind, _ in night.news] == [NewsKind.RANG, NewsKind.FAILING]


async def test_after_ten_minutes_of_trying_it_is_missed_and_why(night: Night) -> None:
    night.home.player.disconnect()
    morning(night, alarm_at(MONDAY))
    await night.look()
    for _ in range(22):
        night.clock.go_on(30)
        await night.look()
    assert [kind for kind, _ in night.news] == [NewsKind.MISSED, NewsKind.FAILING]
    assert "No player is connected" in night.news[0][1]
    assert night.store.all() == ()


async def test_it_rings_as_soon_as_a_player_comes(night: Night) -> None:
    night.home.player.disconnect()
    morning(night, alarm_at(MONDAY))
    await night.until(40)
    night.home.player.reconnect()
    await night.home.services.playback.settled()
    await night.look()
    assert night.plays


async def test_a_machine_that_slept_a_little_rings_and_else_says_so(night: Night) -> None:
    short = morning(night, alarm_at(MONDAY + timedelta(minutes=5)))
    night.clock.go_on(14 * 60)
    await night.look()
    assert night.plays
    assert short not in night.store.all()
    daily = morning(night, alarm_at(MONDAY + timedelta(minutes=20), *range(7)))
    night.clock.go_on(3 * 3600)
    await night.look()
    assert night.news[0][0] is NewsKind.MISSED
    assert "slept" in night.news[0][1]
    [following] = night.store.alarms()
    assert following.at == daily.at + timedelta(days=1)


async def test_music_that_is_gone_is_replaced_and_said(night: Night) -> None:
    gone = AlarmMusic("Old Song", {"refs": ["track:999"]})
    morning(night, replace(alarm_at(MONDAY), music=gone))
    await night.look()
    assert night.plays
    assert "Old Song" in night.news[0][1]


async def test_a_player_that_is_not_there_is_replaced_after_some_tries(night: Night) -> None:
    morning(night, replace(alarm_at(MONDAY), player="bedroom"))
    await night.until(5)
    assert not night.plays
    assert "bedroom is not connected" in night.news[0][1]
    await night.until(60)
    assert night.plays
    assert "plays on speaker" in night.news[0][1]


async def test_an_alarm_that_is_cancelled_while_it_tries_is_silent(night: Night) -> None:
    night.home.player.answer = Answer.REFUSE
    alarm = morning(night, alarm_at(MONDAY))
    await night.until(2)
    night.store.cancel([alarm.id])
    night.home.player.answer = Answer.CONFIRM
    await night.until(60)
    assert not night.plays
