"""Conversations that hold together: several requests at once, corrections, fragments, speakers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent_library import Home, open_home

pytestmark = pytest.mark.integration


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


def songs_in(home: Home, playlist: str) -> list[str]:
    found = home.services.playlists.named(playlist)
    assert found is not None
    return [track.title for track in home.services.playlists.tracks(found.id)]


# Several requests in one sentence


async def test_three_requests_are_done_in_order(home: Home) -> None:
    turn = await home.say("play Nina Simone, a bit quieter, and shuffle")
    assert turn.calls == ["play_music", "control_playback", "control_playback"]
    assert home.playing is not None
    assert home.player.state.volume == 95
    assert home.services.playback.queue.shuffle


async def test_added_songs_are_played_from_the_list_they_were_added_to(home: Home) -> None:
    await home.say("add Take Five and Blue Rondo to my jazz list and play it")
    assert songs_in(home, "jazz") == ["Take Five", "Blue Rondo"]
    assert home.queued == ["Take Five", "Blue Rondo"]
    assert home.playing == "Take Five"


async def test_one_failing_part_is_told_while_the_others_happen(home: Home) -> None:
    turn = await home.say("play wonderwall, turn it down and add suzanne to Dinner")
    assert turn.kinds == ["nothing_found", "found", "found"]
    assert "wonderwall" in turn.reply
    assert "Volume 90 percent." in turn.reply
    assert songs_in(home, "Dinner") == ["Suzanne"]
    assert home.playing is None


async def test_a_question_waits_for_its_answer_although_more_was_done(home: Home) -> None:
    turn = await home.say("play hallelujah and turn it down")
    assert turn.reply.startswith("Volume 90 percent.")
    assert turn.reply.endswith("?"), "what is asked comes last"
    await home.say("the one by jeff buckley")
    assert home.playing == "Hallelujah"


async def test_at_most_one_question_in_a_turn(home: Home) -> None:
    turn = await home.say("play hallelujah and add genesis to Dinner")
    assert "ask me again to add genesis" in turn.reply
    assert turn.reply.endswith("Jeff Buckley?")


# Corrections


async def test_a_sentence_that_corrects_itself(home: Home) -> None:
    await home.say("play Abba, no wait, Moby")
    assert home.playing == "Porcelain"
    await home.say("louder... no, quieter")
    assert home.player.state.volume == 90


async def test_no_i_meant_something_else(home: Home) -> None:
    await home.say("play hallelujah by jeff buckley")
    await home.say("no, by leonard cohen")
    assert home.player.playing is not None
    assert home.player.playing.track.artist == "Leonard Cohen"
    await home.say("play the song grace")
    await home.say("no, I meant the album")
    assert home.queued == ["Hallelujah", "Grace"]


async def test_i_said_thirty(home: Home) -> None:
    await home.say("set the volume to 13")
    await home.say("I said thirty, not thirteen")
    assert home.player.state.volume == 30


async def test_a_correction_takes_back_what_was_added(home: Home) -> None:
    home.services.playlists.create("Dinner", [])
    home.services.playlists.create("Road Trip", [])
    await home.say("add take five to Dinner")
    await home.say("no, to Road Trip")
    assert songs_in(home, "Dinner") == []
    assert songs_in(home, "Road Trip") == ["Take Five"]
    await home.say("no, I meant blue rondo")
    assert songs_in(home, "Road Trip") == ["Blue Rondo"]
    await home.say("undo that")
    assert songs_in(home, "Road Trip") == []
    assert songs_in(home, "Dinner") == [], "a correction is not brought back by an undo"


async def test_undo_takes_back_the_whole_turn(home: Home) -> None:
    await home.say("play suzanne")
    await home.say("turn it down and add grace to Dinner")
    await home.say("undo that")
    assert home.player.state.volume == 100
    assert home.services.playlists.named("Dinner") is None
    deleted = await home.say("create a playlist called Autumn")
    assert deleted.kinds == ["found"]
    await home.say("delete the playlist Autumn")
    assert "cannot be brought back" in (await home.say("undo")).reply


async def test_a_version_that_is_not_there_is_not_passed_off(home: Home) -> None:
    await home.say("play suzanne")
    turn = await home.say("no, the live version")
    assert turn.kinds == ["nothing_found"]
    assert home.queued == ["Suzanne"]


# Fragments and what they point at


async def test_and_by_somebody_else(home: Home) -> None:
    await home.say("what albums by moby do i have")
    assert (await home.say("and by dave brubeck?")).titles == ["Time Out", "Time Further Out"]
    shown = await home.say("what about his first album?")
    assert shown.titles == ["Time Out"]
    assert home.playing is None
    await home.say("play his latest album")
    assert home.queued == ["Unsquare Dance"]


async def test_the_same_but_from_other_years(home: Home) -> None:
    await home.say("play something calm")
    turn = await home.say("the same but from the eighties")
    assert "1980s" in turn.reply
    await home.say("play nina simone")
    none = await home.say("the same but from the eighties")
    assert none.kinds == ["nothing_found"], "her songs here are of the sixties"
    assert home.playing == "Feeling Good"


async def test_more_of_those_are_others(home: Home) -> None:
    await home.say("play something calm")
    before = home.queued
    await home.say("more of those")
    assert home.queued[: len(before)] == before
    assert not set(home.queued[len(before) :]) & set(before)
    await home.say("another one")
    assert home.playing == before[1]


async def test_all_but_the_third_then_into_a_playlist(home: Home) -> None:
    found = await home.say("find songs by dave brubeck")
    await home.say("put all of them but the third in the queue")
    assert home.queued == [title for title in found.titles if title != found.titles[2]]
    await home.say("add those to Dinner")
    assert songs_in(home, "Dinner") == found.titles


async def test_when_did_i_last_hear_it(home: Home) -> None:
    await home.say("play sinnerman")
    home.player.pass_time(100)
    await home.say("play suzanne")
    home.player.pass_time(100)
    await home.say("find sinnerman")
    turn = await home.say("when did i last hear it?")
    assert "Sinnerman" in turn.reply
    before = await home.say("what was playing before this")
    assert "Sinnerman" in before.reply


async def test_an_old_list_is_asked_about(home: Home) -> None:
    found = await home.say("find songs by nina simone")
    for text in ("louder", "quieter", "louder", "quieter", "mute", "unmute", "louder", "help"):
        await home.say(text)
    turn = await home.say("play the second one")
    assert turn.calls == []
    assert found.titles[1] in turn.reply
    assert turn.reply.endswith("?")
    await home.say("yes")
    assert home.playing == found.titles[1]


async def test_names_with_and_stay_whole(home: Home) -> None:
    turn = await home.say("play simon and garfunkel")
    assert len(turn.calls) == 1
    assert "simon and garfunkel" in turn.reply.lower()


# Questions, and their answers


async def test_a_choice_is_asked_for_once(home: Home) -> None:
    await home.say("play hallelujah")
    await home.say("the second")
    again = await home.say("play hallelujah")
    assert again.kinds == ["found"]
    assert home.player.playing is not None
    assert home.player.playing.track.artist == "Jeff Buckley"
    await home.say("no, the other one")
    await home.say("play suzanne")
    await home.say("play hallelujah")
    assert home.player.playing.track.artist == "Leonard Cohen", "the last choice counts"


@pytest.mark.parametrize("answer", ["whichever", "either", "you choose", "surprise me"])
async def test_any_answer_will_do(home: Home, answer: str) -> None:
    await home.say("play hallelujah")
    await home.say(answer)
    assert home.playing == "Hallelujah"


async def test_what_is_often_played_is_not_asked_about(home: Home) -> None:
    home.services.ratings.set(home.track_id("Hallelujah", "Jeff Buckley"), liked=True)
    turn = await home.say("play hallelujah")
    assert turn.kinds == ["found"]
    assert "Jeff Buckley" in turn.reply
    asked = await home.say("add hallelujah to Dinner")
    assert asked.kinds == ["ambiguous"], "a wrong song in a playlist is dearer than a question"


# Said in passing


async def test_remarks_count_for_the_music_asked_for_beside_them(home: Home) -> None:
    turn = await home.say("play some music, my kids are asleep so nothing loud")
    assert "nothing loud" in turn.reply
    energies = dict(home.services.catalog.calm_to_driving())
    assert home.queued
    assert "also" in turn.started[0].arguments
    assert energies is not None
    later = await home.say("play some electronic music")
    assert later.started[0].arguments["also"] == ["nothing loud"]
    await home.say("the kids are awake again")
    assert "also" not in (await home.say("play some rock")).started[0].arguments


async def test_tastes_said_in_passing_are_shown_and_forgotten(home: Home) -> None:
    turn = await home.say("play take five, and i'm not into country")
    assert "less of country" in turn.reply
    assert home.playing == "Take Five"
    assert "country" in (await home.say("what do you know about my taste?")).reply
    await home.say("forget what i said about country")
    assert "country" not in (await home.say("what do you know about my taste?")).reply


# Who speaks, and how much is said


async def test_each_speaker_has_a_list_of_their_own(home: Home) -> None:
    assert "Anna" in (await home.say("hi, this is Anna")).reply
    found = await home.say("find songs by nina simone")
    await home.say("this is Ben")
    assert (await home.say("play the second one")).calls == []
    await home.say("find daft punk")
    await home.say("Anna here")
    await home.say("my name is anna")
    await home.say("play the second one")
    assert home.playing == found.titles[1]
    assert (await home.say("who am i?")).reply == "You are Anna."


async def test_the_client_may_say_who_speaks(home: Home) -> None:
    async def say(text: str, speaker: str) -> None:
        async for _ in home.agent.run(text, session_id="kitchen", speaker=speaker):
            pass

    await say("find songs by nina simone", "Anna")
    await say("find daft punk", "Ben\x07<script>")
    await say("play the second one", "anna")
    assert home.playing == "Sinnerman"


async def test_this_is_great_is_nobody(home: Home) -> None:
    await home.say("play suzanne")
    await home.say("this is great")
    assert home.sessions.load("kitchen").speaker == ""


async def test_less_talk(home: Home) -> None:
    await home.say("be brief")
    assert home.sessions.load("kitchen").verbosity == "less"
    await home.say("answer normally again")
    assert home.sessions.load("kitchen").verbosity == ""


async def test_hesitations_and_slips_are_read(home: Home) -> None:
    await home.say("um, play, uh, the, the one by Moby")
    assert home.playing == "Porcelain"
    jazz = await home.say("plays some jas")
    assert set(jazz.titles) <= {"Blue Rondo", "Take Five", "Kathy's Waltz", "Unsquare Dance"}
