"""Sleep timers and alarms as a tool: what is set, what is said of it, what is asked."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_library import NOW, Home, open_home
from knowledge.timers.models import Alarm, AlarmMusic, NewsKind, SleepUntil
from knowledge.timers.store import TimerStore
from tools.context import Reference
from tools.result import Ambiguous, Failed, Found, NothingFound, ToolResult
from tools.timer_music import choose
from tools.timers import SET_TIMER

pytestmark = pytest.mark.integration


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


async def act(home: Home, action: str, **arguments: Any) -> ToolResult:
    return await SET_TIMER.call({"action": action, **arguments}, home.context())


async def found(home: Home, action: str, **arguments: Any) -> dict[str, Any]:
    result = await act(home, action, **arguments)
    assert isinstance(result, Found), result
    return dict(result.facts)


def store(home: Home) -> TimerStore:
    assert home.services.timers is not None
    return home.services.timers


async def play(home: Home, *titles: str) -> None:
    await home.services.playback.play([home.track(title) for title in titles])


# Stopping later


async def test_the_exact_time_is_a_fact(home: Home) -> None:
    facts = await found(home, "sleep", when="in half an hour")
    assert (facts["timer"], facts["until"]) == ("sleep", "time")
    assert (facts["clock"], facts["days_ahead"], facts["in_s"]) == ("21:00", 0, 1800)
    sleep = store(home).sleep()
    assert sleep is not None
    assert sleep.at == NOW + timedelta(minutes=30)


@pytest.mark.parametrize("when", ["20 minutes", "in 20 minutes", "2026-11-22T20:50:00+01:00"])
async def test_a_model_may_say_the_time_in_many_ways(home: Home, when: str) -> None:
    assert (await found(home, "sleep", when=when))["clock"] == "20:50"


async def test_a_second_sleep_timer_takes_the_place_of_the_first(home: Home) -> None:
    await found(home, "sleep", when="in ten minutes")
    facts = await found(home, "sleep", when="at eleven")
    assert facts["clock"] == "23:00"
    assert facts["replaced"] is True
    assert len(store(home).all()) == 1


async def test_after_this_song_needs_a_song(home: Home) -> None:
    refused = await act(home, "sleep", after="song")
    assert isinstance(refused, Failed)
    assert refused.code == "nothing_playing"
    await play(home, "Take Five", "Suzanne")
    facts = await found(home, "sleep", after="song")
    assert (facts["until"], facts["song"]) == ("song", "Take Five")
    assert (await found(home, "sleep", after="album"))["album"] == "Time Out"
    assert (await found(home, "sleep", after="songs", songs=3))["songs"] == 3


async def test_ten_minutes_more(home: Home) -> None:
    refused = await act(home, "sleep", longer_by_minutes=10)
    assert isinstance(refused, Failed)
    assert refused.code == "no_sleep_timer"
    await found(home, "sleep", when="in ten minutes")
    facts = await found(home, "sleep", longer_by_minutes=10)
    assert (facts["clock"], facts["changed"]) == ("20:50", True)


async def test_without_a_time_it_is_asked_and_a_past_one_refused(home: Home) -> None:
    asked = await act(home, "sleep")
    assert isinstance(asked, Ambiguous)
    assert "When" in asked.question
    past = await act(home, "sleep", when="today at 7 am")
    assert isinstance(past, Failed)
    assert past.code == "time_is_past"
    assert store(home).all() == ()


# Music at a time


async def test_an_alarm_with_an_artist(home: Home) -> None:
    facts = await found(home, "alarm", when="at seven", waking=True, artist="nina simone")
    assert (facts["clock"], facts["days_ahead"], facts["music"]) == ("07:00", 1, "Nina Simone")
    [alarm] = store(home).alarms()
    assert alarm.music == AlarmMusic("Nina Simone", {"artist": "Nina Simone"})


async def test_an_alarm_on_weekdays_with_a_mood(home: Home) -> None:
    facts = await found(home, "alarm", when="every weekday at 6:30", wish="calm jazz", volume="40%")
    assert (facts["weekdays"], facts["clock"], facts["volume"]) == ("01234", "06:30", 40)
    assert "calm" in facts["music"]
    [alarm] = store(home).alarms()
    assert alarm.music.wish == "calm jazz"


async def test_a_numbered_result_and_a_reference_are_kept_as_what_they_are(home: Home) -> None:
    track = home.track_id("Suzanne")
    context = home.context(references=(Reference("track", track),))
    arguments = {"action": "alarm", "when": "tomorrow at 8", "numbers": [1]}
    result = await SET_TIMER.call(arguments, context)
    assert isinstance(result, Found)
    assert result.facts["music"] == "Suzanne by Leonard Cohen"
    assert store(home).alarms()[0].music.named == {"refs": [f"track:{track}"]}


async def test_what_is_ambiguous_or_unknown_sets_nothing(home: Home) -> None:
    assert isinstance(await act(home, "alarm", when="at 7", title="Hallelujah"), Ambiguous)
    assert isinstance(await act(home, "alarm", when="at 7", artist="Xyzzyx"), NothingFound)
    assert isinstance(await act(home, "alarm", when="at 7", player="the moon"), Failed)
    assert isinstance(await act(home, "alarm", title="Suzanne"), Ambiguous)
    assert isinstance(await act(home, "alarm", when="tomorrow morning"), Ambiguous)
    assert store(home).all() == ()


async def test_the_same_time_again_changes_the_music(home: Home) -> None:
    await found(home, "alarm", when="at 7 am", title="Suzanne")
    facts = await found(home, "alarm", when="at 7 am", title="Sinnerman")
    assert facts["replaced"] is True
    assert [alarm.music.label for alarm in store(home).alarms()] == ["Sinnerman by Nina Simone"]


async def test_it_is_said_when_nobody_will_act(home: Home) -> None:
    services = replace(home.services, timers_watched=False)
    result = await SET_TIMER.call(
        {"action": "sleep", "when": "in ten minutes"}, replace(home.context(), services=services)
    )
    assert isinstance(result, Found)
    assert result.facts["unwatched"] is True


# What is set


async def test_everything_that_is_set_is_shown(home: Home) -> None:
    assert (await found(home, "show"))["count"] == 0
    await found(home, "alarm", when="every day at 7 am")
    await found(home, "sleep", when="in ten minutes")
    facts = await found(home, "show")
    assert facts["count"] == 2
    assert (facts["1_timer"], facts["1_clock"]) == ("sleep", "20:40")
    assert (facts["2_timer"], facts["2_clock"], facts["2_music_liked"]) == ("alarm", "07:00", True)
    assert (await found(home, "show", only="alarm"))["count"] == 1


async def test_a_missed_alarm_is_told_of(home: Home) -> None:
    alarm = store(home).add_alarm(Alarm(0, NOW - timedelta(hours=2)))
    store(home).finish(alarm, NewsKind.MISSED, reason="no player was connected")
    facts = await found(home, "show")
    assert (facts["missed_clock"], facts["missed_reason"]) == ("18:30", "no player was connected")


async def test_cancelling_the_only_one_needs_no_question(home: Home) -> None:
    nothing = await act(home, "cancel")
    assert isinstance(nothing, NothingFound)
    await found(home, "alarm", when="at 7 am")
    facts = await found(home, "cancel")
    assert (facts["cancelled"], facts["clock"]) == (1, "07:00")


async def test_cancelling_one_of_several_is_asked_by_time_or_number(home: Home) -> None:
    for when in ("at 7 am", "every weekday at 6:30", "tomorrow at 9 pm"):
        await found(home, "alarm", when=when)
    asked = await act(home, "cancel")
    assert isinstance(asked, Ambiguous)
    assert asked.choices == ("06:30 on weekdays", "07:00 tomorrow", "21:00 tomorrow")
    assert (await found(home, "cancel", when="seven"))["clock"] == "07:00"
    assert (await found(home, "cancel", which=[2]))["clock"] == "21:00"
    assert isinstance(await act(home, "cancel", which=[7]), NothingFound)
    await found(home, "sleep", when="in ten minutes")
    assert (await found(home, "cancel", only="sleep"))["timer"] == "sleep"
    assert (await found(home, "cancel", everything=True))["cancelled"] == 1
    assert store(home).all() == ()


async def test_hostile_arguments_fail_politely(home: Home) -> None:
    for arguments in (
        {"action": "explode"},
        {"action": "sleep", "when": "x" * 5000},
        {"action": "sleep", "after": "songs", "songs": -1},
        {"action": "alarm", "when": "at 7", "refs": ["track:99999999999999999999"]},
        {"action": "cancel", "which": ["\x00"]},
    ):
        result = await SET_TIMER.call(arguments, home.context())
        assert isinstance(result, Failed | NothingFound), arguments


# When it rings


async def test_what_was_wished_for_is_found_again(home: Home) -> None:
    chosen = await choose(AlarmMusic("Nina Simone", {"artist": "Nina Simone"}), home.context())
    assert {track.artist for track in chosen.tracks} == {"Nina Simone"}
    assert (chosen.label, chosen.instead) == ("Nina Simone", "")
    calm = await choose(AlarmMusic("calm music", {}, "calm music"), home.context())
    assert calm.tracks
    assert calm.label == "calm music"


async def test_what_is_gone_is_replaced_and_it_is_said(home: Home) -> None:
    gone = AlarmMusic("Old Song", {"refs": ["track:999"]})
    chosen = await choose(gone, home.context())
    assert chosen.tracks
    assert (chosen.label, chosen.instead) == ("", "Old Song")


async def test_nothing_named_means_music_that_is_liked(home: Home) -> None:
    home.services.ratings.set(home.track_id("Suzanne"), True)
    chosen = await choose(AlarmMusic(), home.context())
    assert [track.title for track in chosen.tracks] == ["Suzanne"]


def test_a_sleep_timer_is_stored_by_its_word() -> None:
    assert [str(one) for one in SleepUntil] == ["time", "song", "songs", "album", "queue"]
