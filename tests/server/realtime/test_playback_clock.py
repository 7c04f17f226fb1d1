"""How much of our voice has sounded at a client that plays it on its own."""

import asyncio

import pytest

from server.realtime.playback_clock import PlaybackClock, Sounding

pytestmark = pytest.mark.unit


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_sound_plays_from_its_arrival_without_a_gap() -> None:
    clock = Clock()
    played = PlaybackClock(clock)
    assert (played.played_ms, played.left_ms) == (0.0, 0.0)
    played.sent(1_000)
    played.sent(500)
    clock.now += 0.4
    assert played.played_ms == pytest.approx(400)
    assert played.left_ms == pytest.approx(1_100)
    clock.now += 5
    assert (played.played_ms, played.left_ms) == (1_500, 0)


def test_a_client_that_ran_dry_waits_for_more() -> None:
    clock = Clock()
    played = PlaybackClock(clock)
    played.sent(300)
    clock.now += 2
    played.sent(1_000)
    clock.now += 0.25
    assert played.played_ms == pytest.approx(550)


def test_after_the_stop_nothing_more_sounds() -> None:
    clock = Clock()
    played = PlaybackClock(clock)
    played.sent(1_000)
    clock.now += 0.3
    assert played.stop() == pytest.approx(300)
    clock.now += 3
    assert played.played_ms == pytest.approx(300)
    assert played.left_ms == 0


def test_what_the_client_reports_counts_more() -> None:
    clock = Clock()
    played = PlaybackClock(clock)
    played.sent(2_000)
    clock.now += 1
    played.reported(600, playing=True)  # it began later than we thought
    assert played.played_ms == pytest.approx(600)
    clock.now += 0.1
    assert played.played_ms == pytest.approx(700)
    played.reported(900, playing=False)
    clock.now += 9
    assert played.played_ms == 900


def test_a_client_cannot_have_heard_more_than_was_sent() -> None:
    played = PlaybackClock(Clock())
    played.sent(500)
    played.reported(86_400_000, playing=True)
    assert played.played_ms == 500


async def test_that_our_voice_sounds_is_told_when_it_changes() -> None:
    told: list[bool] = []
    ended = asyncio.Event()

    def changed(on: bool) -> None:
        told.append(on)
        if not on:
            ended.set()

    sounding = Sounding(changed)
    sounding.until(0)
    sounding.until(60_000)
    sounding.until(20)
    assert sounding.now
    async with asyncio.timeout(10):
        await ended.wait()
    assert told == [True, True, False]  # told again when it sounds for longer
    sounding.until(60_000)
    sounding.until(0)
    assert told[3:] == [True, False]
