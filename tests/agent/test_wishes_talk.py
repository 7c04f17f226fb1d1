"""Talk about music that no name tells: moods, moments, changes, reasons, tastes, languages."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from agent_library import NOW, Home, open_home
from knowledge.models import PlayEventKind
from tools.result import Found

pytestmark = pytest.mark.integration


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


def genres(home: Home, titles: list[str]) -> set[str]:
    return {home.track(title).genres[0] for title in titles}


async def test_a_mood_and_an_activity_with_the_reason(home: Home) -> None:
    turn = await home.say("play something mellow for studying")
    assert turn.calls == ["recommend_music", "play_music"]
    assert home.playing == turn.titles[0]
    assert turn.reply.startswith("Here is calm music for studying: ten tracks, starting with")
    assert turn.reply.endswith("calm, for study.")
    assert turn.results[0].note.startswith("calm, for study"), "the page shows why, too"


async def test_a_follow_up_changes_the_last_wish(home: Home) -> None:
    await home.say("play something mellow for studying")
    turn = await home.say("no vocals please")
    first = turn.started[0]
    assert first.arguments["wish"] == "play something mellow for studying"
    assert first.arguments["also"] == ["no vocals please"]
    assert genres(home, turn.titles) <= {"Classical", "Jazz"}, "only those are without voices"
    assert "without vocals" in turn.reply
    assert home.playing in turn.titles
    slower = await home.say("a bit slower")
    assert slower.started[0].arguments["also"] == ["no vocals please", "a bit slower"]
    assert genres(home, slower.titles) <= {"Classical", "Jazz"}, "the change before still holds"


async def test_after_something_else_the_last_wish_is_over(home: Home) -> None:
    await home.say("play something calm")
    for _ in range(4):
        await home.say("what is in the queue?")
    turn = await home.say("play something without vocals")
    assert "also" not in turn.started[0].arguments


async def test_a_tempo_is_held_and_told(home: Home) -> None:
    turn = await home.say("play energetic music around 150 BPM")
    tempi = [60 + 100 * e for t, e in ENERGY.items() if t in turn.titles]
    assert all(140 <= bpm <= 160 or 70 <= bpm <= 80 for bpm in tempi)
    assert "around 150 BPM" in turn.reply


async def test_how_happy_it_is_remains_a_guess(home: Home) -> None:
    turn = await home.say("play happy songs")
    assert "guessed" in turn.reply
    calm = await home.say("play calm songs")
    assert "guessed" not in calm.reply


async def test_like_this_but_slower(home: Home) -> None:
    await home.say("play porcelain")
    turn = await home.say("play something like this but slower")
    assert turn.started[0].arguments["similar"] is True
    assert all(ENERGY[title] < ENERGY["Porcelain"] for title in turn.titles)
    assert "like Porcelain, slower" in turn.reply


async def test_like_what_was_heard_yesterday_but_calmer(home: Home) -> None:
    for title in ("Sinnerman", "Grace"):
        at = NOW - timedelta(hours=28)
        home.services.history.record(
            PlayEventKind.PLAY, home.track_id(title), at=at, played_s=100.0
        )
    turn = await home.say("like what I heard yesterday but calmer")
    assert "like what you played yesterday, calmer" in turn.reply
    assert not {"Sinnerman", "Grace"} & set(turn.titles)
    assert ENERGY[turn.titles[0]] < 0.7


async def test_like_what_was_never_heard(home: Home) -> None:
    turn = await home.say("like what I heard yesterday but calmer")
    assert turn.kinds == ["nothing_found"]
    assert home.playing is None


async def test_more_like_the_second_is_a_taste_as_well(home: Home) -> None:
    listed = await home.say("recommend something calm")
    second = listed.titles[1]
    turn = await home.say("more like the second")
    assert turn.calls == ["rate_track", "recommend_music", "play_music"]
    assert second not in turn.titles
    assert f"like {second}" in turn.reply
    assert f"More of “{second}”" in (await home.say("what do you know about my taste?")).reply


async def test_not_this_one_goes_on_and_is_kept_for_today(home: Home) -> None:
    await home.say("play something calm")
    first = home.playing
    turn = await home.say("not this one")
    assert turn.calls == ["rate_track", "control_playback"]
    assert home.playing not in {None, first}
    again = await home.say("play something calm")
    assert first not in again.titles


async def test_why_this_song(home: Home) -> None:
    listed = await home.say("play something calm for studying")
    turn = await home.say("why this song?")
    assert turn.reply.startswith(f"I chose {listed.titles[0]} by")
    assert "calm" in turn.reply
    second = await home.say("why the second one?")
    assert listed.titles[1] in second.reply


async def test_what_was_asked_for_by_name_was_not_chosen(home: Home) -> None:
    await home.say("play take five")
    turn = await home.say("why did you choose that?")
    assert "I did not pick Take Five" in turn.reply


async def test_a_taste_is_said_shown_taken_back_and_reset(home: Home) -> None:
    assert "nothing of your taste" in (await home.say("what do you know about my taste?")).reply
    assert "never christmas" in (await home.say("I never want Christmas songs")).reply.lower()
    jazz = await home.say("I don't like jazz music")
    assert jazz.reply == "Noted: less of jazz music. That is four tracks of your library."
    shown = await home.say("what do you know about my taste?")
    assert "Less of jazz (genre)" in shown.reply
    assert "christmas" in shown.reply
    back = await home.say("forget that I don't like jazz")
    assert "forgotten what I learned about jazz" in back.reply
    assert "jazz" not in (await home.say("what do you know about my taste?")).reply
    await home.say("reset my taste")
    assert "nothing of your taste" in (await home.say("what do you know about my taste?")).reply


async def test_what_is_never_wanted_is_never_offered(home: Home) -> None:
    await home.say("never play nina simone again")
    turn = await home.say("play something driving")
    assert not {"Sinnerman", "Feeling Good", "Wild Is the Wind"} & set(turn.titles)


async def test_a_run_of_half_an_hour(home: Home) -> None:
    turn = await home.say("a 30 minute run that builds up and cools down")
    assert turn.calls == ["recommend_music", "play_music"]
    assert len(turn.titles) == 9, "nine tracks of 200 s are half an hour"
    assert "nine tracks in 30 minutes" in turn.reply
    result = turn.outcomes[0]
    assert isinstance(result, Found)
    assert result.facts["arc"] == "hill"


async def test_a_playlist_of_exact_length_and_then_play_it(home: Home) -> None:
    made = await home.say("make a 30 minute running playlist that builds up and cools down")
    assert made.calls == ["manage_playlists"]
    (playlist,) = home.services.playlists.all()
    assert (playlist.name, playlist.track_count) == ("For running, 30 minutes", 9)
    assert "nine tracks in 30 minutes, building up and cooling down" in made.reply
    await home.say("play it")
    assert len(home.queued) == 9


async def test_a_playlist_that_keeps_itself_fresh(home: Home) -> None:
    made = await home.say("make a playlist of calm jazz that keeps itself fresh")
    assert "fills itself anew every day" in made.reply
    smart = home.services.smart_playlists
    assert smart is not None
    (one,) = smart.all()
    assert one.wish.genres == ("jazz",)
    assert {track.genres[0] for track in home.services.playlists.tracks(one.playlist.id)} == {
        "Jazz"
    }


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("etwas Ruhiges zum Lernen ohne Gesang", "Musik (ruhig, zum Lernen, ohne Gesang)"),
        ("pon algo tranquilo para estudiar", "música (tranquila, para estudiar)"),
        ("jazz per cena", "jazz music for dinner"),
        ("de la musique calme, sans paroles", "de la musique (calme, sans voix)"),
        ("静かなピアノ", "静か"),
    ],
)
async def test_a_wish_in_another_language(home: Home, text: str, wanted: str) -> None:
    turn = await home.say(text)
    assert turn.calls == ["recommend_music", "play_music"]
    assert turn.started[0].arguments["wish"] == text
    assert wanted in turn.reply
    assert home.playing == turn.titles[0]


@pytest.mark.parametrize(
    "text",
    [
        *("bestell mir eine Pizza", "what should I cook for dinner", "I am so sad today"),
        *("tell me a joke about summer", "remind me to study tonight", "any signs of rain"),
    ],
)
async def test_what_is_no_wish_for_music_changes_nothing(home: Home, text: str) -> None:
    turn = await home.say(text)
    assert turn.calls == []
    assert home.playing is None
    assert home.services.playlists.all() == ()


async def test_what_cannot_be_heard_is_not_claimed(home: Home) -> None:
    turn = await home.say("play calm harp music")
    assert "cannot hear which of it is harp" in turn.reply
    assert "harp music" not in turn.reply


async def test_titles_that_sound_like_moods_are_titles(home: Home) -> None:
    await home.say("play the song grace by jeff buckley")
    assert home.playing == "Grace"
    await home.say("play feeling good")
    assert home.playing == "Feeling Good"


async def test_no_and_then_a_change_is_a_change(home: Home) -> None:
    await home.say("play some jazz")
    assert home.playing is not None
    before = ENERGY[home.playing]
    turn = await home.say("no, calmer")
    assert turn.started[0].arguments["also"] == ["calmer"]
    assert genres(home, turn.titles) == {"Jazz"}
    assert all(ENERGY[title] < before for title in turn.titles)


async def test_steps_of_a_run_are_no_band_and_a_fire_is_none(home: Home) -> None:
    run = await home.say("play music for running at 170 steps per minute")
    assert run.kinds == ["found", "found"]
    assert all(abs(60 + 100 * ENERGY[title] - 85) < 4 for title in run.titles), "half the steps"
    rain = await home.say("play something for a rainy evening by the fire")
    assert rain.kinds == ["found", "found"]


async def test_who_is_named_is_a_condition_of_a_wish_too(home: Home) -> None:
    turn = await home.say("play calm songs by unknown band")
    assert turn.kinds == ["nothing_found"]
    calm = await home.say("play calm songs by erik satie")
    assert len(calm.titles) == 3


async def test_an_artist_like_another_is_another(home: Home) -> None:
    turn = await home.say("recommend me an artist like nina simone")
    assert turn.started[0].arguments["similar"] is True
    assert not {"Sinnerman", "Feeling Good", "Wild Is the Wind"} & set(turn.titles)


async def test_why_a_number_that_is_not_there(home: Home) -> None:
    await home.say("play some jazz")
    turn = await home.say("why did you pick number 9")
    assert turn.calls == []
    assert "no number 9" in turn.reply


async def test_make_me_a_playlist_fills_it_and_create_does_not(home: Home) -> None:
    await home.say("make me a workout playlist")
    await home.say("create a playlist called Empty")
    kept = {one.name: one.track_count for one in home.services.playlists.all()}
    assert kept["For a workout"] > 10
    assert kept["Empty"] == 0


ENERGY = {
    "Blue Rondo": 0.55, "Take Five": 0.40, "Kathy's Waltz": 0.30, "Unsquare Dance": 0.60,
    "Hallelujah": 0.20, "Suzanne": 0.12, "Grace": 0.70, "Hayloft": 0.90, "Hayloft II": 0.92,
    "Feeling Good": 0.50, "Sinnerman": 0.80, "Wild Is the Wind": 0.15, "Gymnopédie No. 1": 0.05,
    "Gymnopédie No. 2": 0.06, "Gnossienne No. 1": 0.07, "Clair de Lune": 0.04, "Get Lucky": 0.75,
    "One More Time": 0.95, "Genesis": 0.93, "Land of Confusion": 0.78, "Porcelain": 0.25,
    "Natural Blues": 0.45,
}  # fmt: skip
