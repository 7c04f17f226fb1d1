"""Sleep timers and alarms in conversation: what is set, what is said of it, what is asked."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from agent_library import NOW, Home, open_home
from knowledge.timers.models import Alarm, NewsKind, SleepUntil
from tools.players.player import PlaybackStatus

pytestmark = pytest.mark.integration


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


def alarms(home: Home) -> tuple[Alarm, ...]:
    assert home.services.timers is not None
    return home.services.timers.alarms()


def sleep_until(home: Home) -> SleepUntil | None:
    assert home.services.timers is not None
    timer = home.services.timers.sleep()
    return None if timer is None else timer.until


async def test_an_evening_with_a_sleep_timer(home: Home) -> None:
    refused = await home.say("stop after this song")
    assert "Nothing is playing" in refused.reply
    await home.say("play Take Five")
    turn = await home.say("stop in half an hour")
    assert "at 21:00 (30 minutes)" in turn.reply
    assert home.playing == "Take Five", "the music goes on until then"
    assert "30 minutes" in (await home.say("how long until it stops?")).reply
    assert "21:10" in (await home.say("add ten minutes")).reply
    assert "23:00" in (await home.say("turn off the music at eleven")).reply
    assert "Take Five" in (await home.say("stop after this song")).reply
    assert sleep_until(home) is SleepUntil.SONG
    assert "off" in (await home.say("turn off the sleep timer")).reply
    assert sleep_until(home) is None
    assert home.playing == "Take Five"


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("sleep timer 20 minutes", SleepUntil.TIME),
        ("set a timer for 20 minutes", SleepUntil.TIME),
        ("stop when this album is over", SleepUntil.ALBUM),
        ("stop after 3 songs", SleepUntil.SONGS),
        ("stop the music at the end of the queue", SleepUntil.QUEUE),
        ("play until midnight", SleepUntil.TIME),
        ("turn yourself off in an hour and a half", SleepUntil.TIME),
    ],
)
async def test_many_ways_to_fall_asleep(home: Home, text: str, until: SleepUntil) -> None:
    await home.say("play Take Five")
    await home.say(text)
    assert sleep_until(home) is until
    assert home.playing == "Take Five"


async def test_a_timer_for_the_kitchen_is_not_ours(home: Home) -> None:
    await home.say("set a timer for 20 minutes")
    assert sleep_until(home) is None


async def test_mornings(home: Home) -> None:
    turn = await home.say("wake me at seven with Nina Simone")
    assert turn.reply == "I will play Nina Simone tomorrow at 07:00."
    assert home.playing is None
    turn = await home.say("every weekday at 6:30 play something calm")
    assert "on weekdays at 06:30" in turn.reply
    shown = await home.say("what alarms are set?")
    assert "06:30" in shown.reply
    assert "Nina Simone tomorrow at 07:00" in shown.reply
    asked = await home.say("cancel the alarm")
    assert "Which one" in asked.reply
    assert "07:00" in (await home.say("the one at seven")).reply
    assert [f"{alarm.at:%H:%M}" for alarm in alarms(home)] == ["06:30"]
    await home.say("cancel all alarms")
    assert alarms(home) == ()


async def test_this_at_eight_tomorrow(home: Home) -> None:
    nothing = await home.say("play this at eight tomorrow")
    assert alarms(home) == ()
    assert "Nothing is playing" in nothing.reply
    await home.say("play Suzanne")
    turn = await home.say("play this at eight tomorrow")
    assert turn.reply == "I will play Suzanne by Leonard Cohen tomorrow at 08:00."
    assert home.playing == "Suzanne"


async def test_the_time_is_asked_for_and_the_day_kept(home: Home) -> None:
    asked = await home.say("wake me on friday")
    assert asked.reply.endswith("?")
    await home.say("half past six")
    [alarm] = alarms(home)
    assert f"{alarm.at:%a %H:%M}" == "Fri 06:30"


async def test_whose_song_is_asked_before_anything_is_set(home: Home) -> None:
    asked = await home.say("play Hallelujah at nine")
    assert asked.kinds == ["ambiguous"]
    await home.say("the second")
    [alarm] = alarms(home)
    assert alarm.music.label == "Hallelujah by Jeff Buckley"


async def test_unknown_music_sets_nothing(home: Home) -> None:
    turn = await home.say("wake me at seven with Xyzzyx Qwv")
    assert alarms(home) == ()
    assert "Xyzzyx" in turn.reply


async def test_a_title_with_a_time_in_it_is_played(home: Home) -> None:
    for title in ("Porcelain", "Take Five", "One More Time"):
        await home.say(f"play {title}")
        assert home.playing == title
    assert alarms(home) == ()


async def test_snooze_is_quiet_now_and_plays_again(home: Home) -> None:
    await home.say("play Suzanne")
    await home.say("snooze")
    assert home.services.playback.state.status is PlaybackStatus.PAUSED
    [alarm] = alarms(home)
    assert alarm.at == NOW + timedelta(minutes=10)
    assert alarm.music.label.startswith("Suzanne")


async def test_a_ringing_alarm_is_stopped_by_its_name(home: Home) -> None:
    assert home.services.timers is not None
    daily = replace(Alarm(0, NOW), weekdays=frozenset(range(7)), clock=NOW.time())
    alarm = home.services.timers.add_alarm(daily)
    home.services.timers.finish(alarm, NewsKind.RANG)
    await home.say("play Suzanne")
    await home.say("stop the alarm")
    assert home.playing is None
    assert len(alarms(home)) == 1, "tomorrow it rings again"


async def test_a_missed_alarm_is_told_when_somebody_asks(home: Home) -> None:
    assert home.services.timers is not None
    alarm = home.services.timers.add_alarm(Alarm(0, NOW - timedelta(hours=3)))
    home.services.timers.finish(alarm, NewsKind.MISSED, reason="no player was there")
    assert "17:30 did not sound" in (await home.say("what alarms are set?")).reply


async def test_undo_takes_an_alarm_back(home: Home) -> None:
    await home.say("wake me at seven")
    await home.say("undo")
    assert alarms(home) == ()
