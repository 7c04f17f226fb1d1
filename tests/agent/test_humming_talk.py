"""Conversations about tunes that somebody hums, judged by calls, state and words."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent_ears import UNKNOWN
from agent_library import Home, open_home
from humming_fake import HUM, TALK, WHISTLE
from tools.context import Listening

pytestmark = pytest.mark.integration
ONE, TWO, NOBODY, FIVE = HUM, HUM + 1, HUM + 9, 5


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        opened.ears.listening = Listening.ASKED
        opened.recognition.known = {FIVE: opened.track("Take Five")}
        opened.humming.tunes = {
            ONE: (opened.track("Suzanne"),),
            TWO: (opened.track("Take Five"), opened.track("Grace"), opened.track("Genesis")),
            WHISTLE: (opened.track("Porcelain"),),
        }
        yield opened


def hums(home: Home, tune: int, seconds: int = 10) -> None:
    """Hum as soon as the microphone is on."""
    home.ears.coming = [tune] * seconds


async def offered(home: Home) -> None:
    hums(home, TWO)
    turn = await home.say("what am I humming?")
    assert turn.titles == ["Take Five", "Grace", "Genesis"]


# One tune


@pytest.mark.parametrize(
    "text", ["what am I humming?", "I'll hum it", "name that tune", "what tune is this?"]
)
async def test_a_tune_that_is_found_is_named_without_certainty(home: Home, text: str) -> None:
    hums(home, ONE)
    turn = await home.say(text)
    assert turn.calls == ["recognize"]
    assert turn.started[0].arguments["kind"] == "hum"
    assert turn.titles == ["Suzanne"]
    assert "sounds like Suzanne by Leonard Cohen, from about 0:42 on." in turn.reply
    assert home.playing is None


async def test_what_is_this_takes_a_hum_for_a_hum(home: Home) -> None:
    hums(home, ONE)
    turn = await home.say("shazam this")
    assert "sounds like Suzanne" in turn.reply
    assert [one["log"] for one in home.recognition.questions] == [False]
    assert home.recognition.heard.last(5) == (), "a hum is not kept as an unknown recording"


async def test_a_recording_is_a_recording_although_a_tune_was_asked_for(home: Home) -> None:
    home.ears.coming = [FIVE] * 10
    turn = await home.say("name that tune")
    assert turn.reply.startswith(("This is Take Five", "It is Take Five"))
    assert home.humming.transcripts == [], "no tune was looked for"
    assert len(home.recognition.heard.last(5)) == 1


async def test_play_it_and_who_sings_that(home: Home) -> None:
    hums(home, ONE)
    await home.say("what am I humming?")
    assert (await home.say("who sings that?")).reply == "Probably Leonard Cohen."
    await home.say("play it")
    assert home.playing == "Suzanne"


async def test_how_sure(home: Home) -> None:
    hums(home, WHISTLE)
    await home.say("what am I whistling?")
    turn = await home.say("are you sure?")
    assert turn.reply == (
        "Of 23 tunes, Porcelain is nearest to what you whistled. "
        "That makes me 83 percent sure; a hum alone never makes it certain."
    )


async def test_a_tune_without_a_recording_is_named_and_not_played(home: Home) -> None:
    home.humming.unwritten[NOBODY] = ("Blow the Man Down", "Traditional")
    hums(home, NOBODY)
    turn = await home.say("what am I humming?")
    assert (
        "sounds like Blow the Man Down by Traditional, which is not in your library" in turn.reply
    )
    turn = await home.say("play it")
    assert home.playing is None
    assert "not in your library" in turn.reply


async def test_it_was_another_one(home: Home) -> None:
    hums(home, ONE)
    await home.say("what am I humming?")
    turn = await home.say("no, it's Sinnerman")
    assert (
        turn.reply
        == "Thank you: it was Sinnerman by Nina Simone, not Suzanne. I will remember that."
    )
    assert home.humming.picked == [(101, home.track_id("Sinnerman"))]
    await home.say("play it")
    assert home.playing == "Sinnerman"


async def test_that_is_wrong_without_knowing_better(home: Home) -> None:
    hums(home, ONE)
    await home.say("what am I humming?")
    turn = await home.say("no, that's wrong")
    assert turn.reply.startswith("Noted: that was not Suzanne. Hum it again")
    assert home.humming.picked == []
    hums(home, WHISTLE)
    turn = await home.say("try again")
    assert turn.titles == ["Porcelain"]


# Several


async def test_several_tunes_are_offered(home: Home) -> None:
    hums(home, TWO)
    turn = await home.say("what song am I humming?")
    assert turn.kinds == ["ambiguous"]
    assert turn.reply.endswith(
        "Did you mean Take Five by Dave Brubeck, Grace by Jeff Buckley or Genesis by Justice?"
    )


@pytest.mark.parametrize(
    "text", ["the second one", "number two", "Grace", "the one by Jeff Buckley"]
)
async def test_the_second_one_is_learned(home: Home, text: str) -> None:
    await offered(home)
    turn = await home.say(text)
    assert home.humming.picked == [(101, home.track_id("Grace"))]
    assert turn.reply == "Thank you: it was Grace by Jeff Buckley. I will remember that."
    assert home.playing is None
    await home.say("play it")
    assert home.playing == "Grace"


async def test_playing_the_second_one_learns_it_too(home: Home) -> None:
    await offered(home)
    turn = await home.say("play the second one")
    assert turn.calls == ["recognize", "play_music"]
    assert home.humming.picked == [(101, home.track_id("Grace"))]
    assert home.playing == "Grace"


async def test_play_it_asks_which(home: Home) -> None:
    await offered(home)
    turn = await home.say("play it")
    assert home.playing is None
    assert home.humming.picked == []
    assert turn.calls == []
    assert "3" in turn.reply or "three" in turn.reply


async def test_who_sings_that_before_it_is_known_which(home: Home) -> None:
    await offered(home)
    turn = await home.say("who sings that?")
    assert "I do not know yet which of the tunes it is" in turn.reply


async def test_none_of_them(home: Home) -> None:
    await offered(home)
    await home.say("no")
    assert home.humming.picked == []
    assert home.playing is None


# None


async def test_nothing_near_enough_says_what_to_do(home: Home) -> None:
    hums(home, NOBODY)
    turn = await home.say("what am I humming?")
    assert turn.kinds == ["nothing_found"]
    assert turn.reply == (
        "I cannot name that tune: no tune that I know is near enough. "
        "Hum again, maybe the chorus, for five seconds or more."
    )


async def test_recordings_that_wait_are_mentioned(home: Home) -> None:
    home.humming.waiting = 12
    hums(home, NOBODY)
    turn = await home.say("what am I humming?")
    assert "12 recordings are still to be listened to" in turn.reply
    home.humming.searched = 0
    hums(home, NOBODY)
    turn = await home.say("try again")
    assert "I have not worked out the tunes of your music yet" in turn.reply


@pytest.mark.parametrize(
    ("sound", "seconds", "said"),
    [
        (0, 10, "next to nothing"),
        (ONE, 1, "too short"),
        (TALK, 10, "talking"),
        (UNKNOWN, 10, "several notes at once"),
    ],
)
async def test_what_is_no_tune_is_told_apart(
    home: Home, sound: int, seconds: int, said: str
) -> None:
    hums(home, sound, seconds)
    turn = await home.say("I'll hum it")
    assert said in turn.reply
    assert turn.titles == []
    assert home.recognition.heard.last(5) == ()


async def test_it_was_that_after_nothing_was_found(home: Home) -> None:
    hums(home, NOBODY)
    await home.say("what am I humming?")
    turn = await home.say("it was Feeling Good by Nina Simone")
    assert home.humming.picked == [(101, home.track_id("Feeling Good"))]
    assert turn.reply == "Thank you: it was Feeling Good by Nina Simone. I will remember that."


# How it is heard


async def test_with_the_last_minutes_kept_an_earlier_hum_is_named_at_once(home: Home) -> None:
    home.ears.listening = Listening.RING
    home.ears.play(ONE, 10)
    hums(home, TWO)
    assert (await home.say("what was I humming?")).titles == ["Suzanne"]
    assert home.ears.coming, "it did not wait for more"


async def test_what_is_announced_is_waited_for(home: Home) -> None:
    home.ears.listening = Listening.RING
    home.ears.play(ONE, 10)
    hums(home, WHISTLE)
    assert (await home.say("I'll whistle it")).titles == ["Porcelain"]


async def test_words_that_are_sung_help_where_the_tune_alone_does_not(home: Home) -> None:
    home.ears.sung = "Suzanne takes you down"
    hums(home, TWO)
    await home.say("what am I singing?")
    assert home.humming.transcripts == ["", "Suzanne takes you down"]
    hums(home, ONE)
    await home.say("what am I singing?")
    hums(home, WHISTLE + 9)
    await home.say("what am I whistling?")
    assert home.humming.transcripts[2:] == ["", ""], "it was found, and nobody whistles words"


async def test_while_our_own_music_plays_that_tune_is_meant(home: Home) -> None:
    await home.say("play suzanne")
    turn = await home.say("what tune is this?")
    assert turn.calls == ["now_playing"]


async def test_without_a_microphone_the_way_to_one_is_told(home: Home) -> None:
    home.ears.listening = Listening.OFF
    turn = await home.say("I'll hum it")
    assert turn.kinds == ["failed"]
    assert "allow the microphone" in turn.reply
