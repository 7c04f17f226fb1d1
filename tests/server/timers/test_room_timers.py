"""Timers of rooms on a clock that the test moves: each room fades, stops and rings by itself."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent_library import Home, open_home
from knowledge.timers.models import NewsKind, SleepTimer, SleepUntil
from knowledge.timers.store import TimerStore
from player_house import House, furnish
from server.timers.ringing import Ringer
from server.timers.scheduler import TimerScheduler
from timers_clock import MONDAY, HandClock, alarm_at, sleep_at
from tools.players.player import PlaybackStatus
from tools.players.rooms import Room

pytestmark = pytest.mark.integration


@dataclass
class Night:
    home: Home
    house: House
    clock: HandClock
    store: TimerStore
    scheduler: TimerScheduler

    def room(self, name: str) -> Room:
        return self.house.rooms.named(name)

    def plays(self, name: str) -> bool:
        return self.room(name).status is PlaybackStatus.PLAYING

    @property
    def news(self) -> list[tuple[NewsKind, str]]:
        return [(one.kind, one.reason) for one in self.store.news(MONDAY - timedelta(days=1))]

    async def play(self, name: str, *titles: str) -> None:
        room = self.room(name)
        await room.take()
        await room.playback.play([self.home.track(title) for title in titles])

    async def until(self, seconds: float) -> None:
        """Let time pass in small steps, and let the scheduler look at each."""
        for _ in range(round(seconds)):
            self.clock.go_on(1.0)
            await self.scheduler.look()
            await asyncio.sleep(0.01)  # a stop is written down in a thread


@pytest.fixture
async def night(tmp_path: Path) -> AsyncIterator[Night]:
    async with open_home(tmp_path) as home:
        clock = HandClock()
        store = TimerStore(home.database, clock=clock)
        house = furnish(home.database, home.services.catalog, home.services.playback)
        services = replace(home.services, clock=clock, timers=store, rooms=house.rooms)
        scheduler = TimerScheduler(
            store, house.rooms, Ringer(services, sleep=clock.wait), clock=clock, sleep=clock.wait
        )
        scheduler.attach()
        yield Night(home, house, clock, store, scheduler)
        await scheduler.close()
        await house.close()


def sleep_in(room: str, seconds: float, *, fade_s: float = 20.0) -> SleepTimer:
    return replace(sleep_at(MONDAY + timedelta(seconds=seconds), fade_s=fade_s), room=room)


async def test_each_room_stops_at_its_own_time_and_the_others_play_on(night: Night) -> None:
    await night.play("kitchen", "Take Five")
    await night.play("bedroom", "Suzanne")
    await night.room("kitchen").set_volume(80)
    night.store.set_sleep(sleep_in("kitchen", 30))
    night.store.set_sleep(sleep_in("bedroom", 40))
    assert len(night.store.sleeps()) == 2
    await night.until(22)
    assert 20 < night.house.kitchen.state.volume < 75
    await night.until(12)
    assert (night.plays("kitchen"), night.plays("bedroom")) == (False, True)
    assert night.house.kitchen.state.volume == 80
    await night.until(10)
    assert not night.plays("bedroom")
    assert night.store.sleeps() == ()
    assert [kind for kind, _ in night.news] == [NewsKind.STOPPED] * 2


async def test_two_fades_go_on_at_the_same_time(night: Night) -> None:
    await night.play("kitchen", "Take Five")
    await night.home.services.playback.play([night.home.track("Grace")])
    night.store.set_sleep(sleep_in("kitchen", 20))
    night.store.set_sleep(sleep_in("", 20))
    await night.until(12)
    assert night.house.kitchen.state.volume < 70
    assert night.home.player.state.volume < 70
    await night.until(10)
    assert not night.plays("kitchen")
    assert night.home.services.playback.state.status is PlaybackStatus.IDLE


async def test_the_last_word_counts_in_its_room_only(night: Night) -> None:
    first = night.store.set_sleep(sleep_in("kitchen", 20))
    other = night.store.set_sleep(sleep_in("bedroom", 20))
    second = night.store.set_sleep(sleep_in("kitchen", 40))
    assert first.id not in {one.id for one in night.store.sleeps()}
    assert {one.id for one in night.store.sleeps()} == {other.id, second.id}
    assert night.store.sleep("kitchen") == second
    assert night.store.sleep() is None


async def test_a_room_that_is_in_step_falls_silent_alone(night: Night) -> None:
    group = night.house.group
    await group.sound_in(("lounge", "office"))
    lounge = night.room("lounge")
    await lounge.playback.play([night.home.track("Take Five"), night.home.track("Suzanne")])
    night.store.set_sleep(sleep_in("office", 10, fade_s=8))
    await night.until(13)
    assert group.sounding_in == ["lounge"]
    assert lounge.playback.state.status is PlaybackStatus.PLAYING
    office = next(one for one in group.rooms if one.room == "office")
    assert (office.volume, office.muted) == (50, True), "as loud as before, for the next time"


async def test_after_this_song_in_one_room_of_several(night: Night) -> None:
    group = night.house.group
    await group.sound_in(("lounge", "office"))
    playback = night.room("lounge").playback
    await playback.play([night.home.track("Take Five"), night.home.track("Suzanne")])
    night.store.set_sleep(SleepTimer(0, SleepUntil.SONG, room="office"))
    await night.until(1)
    group.end_track()
    await playback.settled()
    await night.until(1)
    assert playback.queue.current is not None
    assert playback.queue.current.track.title == "Suzanne"
    assert group.sounding_in == ["lounge"]
    assert night.store.sleeps() == ()


async def test_after_this_song_in_a_room_of_its_own(night: Night) -> None:
    await night.play("kitchen", "Take Five", "Suzanne")
    playback = night.room("kitchen").playback
    night.store.set_sleep(SleepTimer(0, SleepUntil.SONG, room="kitchen"))
    await night.until(1)
    assert night.scheduler.ends_with_the_music(playback)
    assert not night.scheduler.ends_with_the_music(night.home.services.playback)
    night.house.kitchen.end_track()
    await playback.settled()
    await night.until(1)
    assert not night.plays("kitchen")
    assert [kind for kind, _ in night.news] == [NewsKind.STOPPED]


async def test_a_room_that_is_gone_stops_nothing_else(night: Night) -> None:
    await night.play("kitchen", "Take Five")
    night.store.set_sleep(sleep_in("sauna", 5, fade_s=2))
    await night.until(10)
    assert night.plays("kitchen")


async def test_alarms_ring_in_their_rooms_at_the_same_time(night: Night) -> None:
    for room in ("kitchen", "lounge"):
        night.store.add_alarm(replace(alarm_at(MONDAY + timedelta(minutes=1)), player=room))
    await night.until(62)
    assert night.plays("kitchen")
    assert night.plays("lounge")
    assert night.house.group.sounding_in == ["lounge"]
    first = night.house.kitchen.state.volume
    await night.until(40)
    assert night.house.kitchen.state.volume > first, "both get louder"
    assert not night.store.alarms()


async def test_without_a_page_it_rings_where_there_is_a_speaker(night: Night) -> None:
    night.home.player.disconnect()
    night.store.add_alarm(alarm_at(MONDAY + timedelta(minutes=1)))
    await night.until(62)
    assert night.plays("kitchen")
    [(kind, reason)] = night.news
    assert kind is NewsKind.RANG
    assert "kitchen speaker" in reason
