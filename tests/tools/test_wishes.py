"""Tools that wish, explain and learn: against a real library whose sound is known."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_library import NOW, Home, open_home
from knowledge.models import Album, PlayEventKind, Playlist, Track, TrackId
from knowledge.recommend.models import Question, Reason
from knowledge.search.finder import Finding, FoundTrack
from knowledge.wish import MusicWish
from tools.consent import Consent
from tools.context import Reference
from tools.report import report
from tools.result import Ambiguous, Failed, Found, NothingFound, ToolResult
from tools.toolbox import TOOLBOX

pytestmark = pytest.mark.integration
TOOLS = {tool.name: tool for tool in TOOLBOX}


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


async def act(
    home: Home, name: str, /, *, given: dict[str, Any] | None = None, **arguments: Any
) -> ToolResult:
    return await TOOLS[name].call(arguments, home.context(**(given or {})))


async def found(home: Home, name: str, /, **arguments: Any) -> Found:
    result = await act(home, name, **arguments)
    assert isinstance(result, Found), result
    return result


def tracks(result: Found) -> list[Track]:
    return [item for item in result.items if isinstance(item, Track)]


@dataclass(frozen=True, slots=True)
class OneFinder:
    """Finds the given tracks, whatever is wished for."""

    hits: Sequence[tuple[Track, str]]
    relaxed: tuple[str, ...] = ()

    def find(self, wish: MusicWish, *, limit: int = 20) -> Finding:
        found = tuple(FoundTrack(t, 0.9, (Reason("x", why, 1.0),)) for t, why in self.hits)
        return Finding(found[:limit], wish, self.relaxed, len(found))


def test_there_are_still_ten_tools() -> None:
    assert len(TOOLBOX) == 11


async def test_every_track_comes_with_its_reason(home: Home) -> None:
    result = await found(home, "recommend_music", wish="calm music for studying", count=3)
    assert len(result.notes) == len(result.items) == 3
    assert all(note.startswith("calm, for study") for note in result.notes)
    assert '"why":"⟦calm, for study' in report(result), "a language model reads it as data"


async def test_words_and_fields_wish_together(home: Home) -> None:
    result = await found(
        home, "recommend_music", wish="calm", also=["no vocals"], year_from=1985, year_to=1995
    )
    assert {track.genres[0] for track in tracks(result)} == {"Classical"}
    assert result.facts["wished"] == "calm music from 1985 to 1995, without vocals"


async def test_what_was_ruled_out_may_come_back(home: Home) -> None:
    none = await found(home, "recommend_music", wish="music without jazz", count=23)
    assert "Jazz" not in {track.genres[0] for track in tracks(none)}
    back = await found(home, "recommend_music", wish="music without jazz", also=["jazz"])
    assert {track.genres[0] for track in tracks(back)} == {"Jazz"}


async def test_a_tempo_in_numbers(home: Home) -> None:
    result = await found(home, "recommend_music", bpm=150, count=4)
    bpm = {track.title: 60 + 100 * ENERGY[track.title] for track in tracks(result)}
    assert all(144 <= one <= 156 or 72 <= one <= 78 for one in bpm.values()), bpm


async def test_exact_length(home: Home) -> None:
    result = await found(home, "recommend_music", wish="calm music", minutes=20)
    assert sum(track.duration_s for track in tracks(result)) == 1200
    assert result.facts["length_s"] == 1200


async def test_likeness_to_what_was_heard(home: Home) -> None:
    at = NOW - timedelta(hours=26)
    home.services.history.record(PlayEventKind.PLAY, home.track_id("Suzanne"), at=at, played_s=99.0)
    result = await found(home, "recommend_music", heard="yesterday", count=3)
    assert result.facts["like"] == "what you played yesterday"
    assert "Suzanne" not in {track.title for track in tracks(result)}


async def test_a_change_of_the_list_on_the_page(home: Home) -> None:
    listed = tuple(
        Reference("track", home.track_id(title)) for title in ("Hayloft", "One More Time")
    )
    result = await act(
        home, "recommend_music", given={"references": listed}, wish="a bit calmer", count=3
    )
    assert isinstance(result, Found)
    assert all(ENERGY[track.title] < 0.9 for track in tracks(result))


async def test_what_nobody_can_obey_is_not_found(home: Home) -> None:
    result = await act(home, "recommend_music", wish="music from the 1920s")
    assert isinstance(result, NothingFound)
    assert result.wanted == "music from the 1920s"


async def test_one_question_is_passed_on(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    recommender = home.services.recommender
    assert recommender is not None
    question = Question("What would you like: jazz or rock?", ("jazz", "rock"))
    monkeypatch.setattr(recommender, "question", lambda *_: question)
    asked = await act(home, "recommend_music")
    assert isinstance(asked, Ambiguous)
    assert asked.choices == ("jazz", "rock")
    assert '"answers":["⟦jazz⟧","⟦rock⟧"]' in report(asked)
    at_once = await act(home, "recommend_music", ask=False, also=["jazz"])
    assert isinstance(at_once, Found)


async def test_the_question_is_answered_and_music_plays(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    recommender = home.services.recommender
    assert recommender is not None
    question = Question("What would you like: jazz or rock?", ("jazz", "rock"))
    monkeypatch.setattr(recommender, "question", lambda *_: question)
    asked = await home.say("play something")
    assert asked.reply == "What would you like: jazz or rock?"
    assert home.playing is None
    await home.say("rock please")
    assert home.playing is not None
    queue = home.services.playback.queue
    assert {item.track.genres[0] for item in queue.items} == {"Rock"}


@pytest.mark.parametrize("answer", ["anything", "surprise me", "no"])
async def test_a_question_need_not_be_answered(
    home: Home, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    recommender = home.services.recommender
    assert recommender is not None
    question = Question("What would you like: jazz or rock?", ("jazz", "rock"))
    monkeypatch.setattr(recommender, "question", lambda *_: question)
    await home.say("play something")
    await home.say(answer)
    assert home.playing is not None


async def test_a_search_tells_names_first_and_then_what_it_is_like(home: Home) -> None:
    named = await found(home, "search_music", query="grace")
    assert not any(named.notes), "a name needs no reason"
    like = await found(home, "search_music", query="calm music without vocals")
    assert tracks(like)[0].genres[0] == "Classical"
    assert like.notes[0].startswith("calm, no vocals")


async def test_a_song_by_a_line_of_it(home: Home) -> None:
    track = home.track("Suzanne")
    finder = OneFinder([(track, "it goes “takes you down to her place”")])
    services = replace(home.services, finder=finder)  # type: ignore[arg-type]
    result = await TOOLS["search_music"].call(
        {"query": "the one that goes she takes you down to her place"},
        replace(home.context(), services=services),
    )
    assert isinstance(result, Found)
    assert result.items == (track,)
    assert result.notes == ("it goes “takes you down to her place”",)


async def test_an_album_by_its_cover(home: Home) -> None:
    finder = OneFinder([(home.track("Blue Rondo"), "its cover is yellow")])
    services = replace(home.services, finder=finder)  # type: ignore[arg-type]
    context = replace(home.context(), services=services)
    result = await TOOLS["search_music"].call({"cover": "yellow"}, context)
    assert isinstance(result, Found)
    (album,) = result.items
    assert isinstance(album, Album)
    assert album.title == "Time Out"
    assert result.notes == ("its cover is yellow",)


async def test_no_song_goes_so(home: Home) -> None:
    lost = OneFinder([(home.track("Suzanne"), "calm")], relaxed=("the words of the song",))
    services = replace(home.services, finder=lost)  # type: ignore[arg-type]
    context = replace(home.context(), services=services)
    result = await TOOLS["search_music"].call({"lyrics": "la la la la"}, context)
    assert isinstance(result, NothingFound), "another song is no answer"


async def test_a_playlist_for_a_wish_names_itself(home: Home) -> None:
    first = await found(home, "manage_playlists", action="create", wish="calm music", minutes=20)
    again = await found(home, "manage_playlists", action="create", wish="calm music", minutes=20)
    assert first.facts["created"] == "Calm, 20 minutes"
    assert again.facts["created"] == "Calm, 20 minutes (2)"
    assert first.facts["length_s"] == 1200
    assert isinstance(first.items[0], Playlist)


async def test_a_fresh_playlist_is_refreshed_by_its_name(home: Home) -> None:
    await found(
        home, "manage_playlists", action="create", name="Quiet", wish="calm", keep_fresh=True
    )
    again = await found(home, "manage_playlists", action="refresh", name="quiet")
    assert again.facts["refreshed"] == "Quiet"
    home.services.playlists.create("Plain", [1])
    plain = await act(home, "manage_playlists", action="refresh", name="Plain")
    assert isinstance(plain, Failed)
    assert plain.code == "no_rule"


async def test_a_rule_that_fits_nothing_makes_no_playlist(home: Home) -> None:
    result = await act(
        home, "manage_playlists", action="create", wish="calm Finnish songs", keep_fresh=True
    )
    assert isinstance(result, NothingFound)
    assert home.services.playlists.all() == ()


@pytest.mark.parametrize(
    ("arguments", "subject", "about"),
    [
        ({"query": "Christmas songs"}, "theme", "christmas"),
        ({"theme": "Christmas"}, "theme", "christmas"),
        ({"query": "jazz"}, "genre", "jazz"),
        ({"query": "sad music"}, "mood", "sad"),
        ({"query": "Nina Simone"}, "artist", "Nina Simone"),
        ({"artist": "nina simone"}, "artist", "Nina Simone"),
    ],
)
async def test_what_is_never_wanted_is_understood(
    home: Home, arguments: dict[str, str], subject: str, about: str
) -> None:
    result = await found(home, "rate_track", rating="never", **arguments)
    assert (result.facts["subject"], result.facts["about"]) == (subject, about)


async def test_never_and_not_now_of_a_track(home: Home) -> None:
    for rating, title in (("never", "Suzanne"), ("not_now", "Porcelain")):
        await found(home, "rate_track", rating=rating, title=title)
    calm = await found(home, "recommend_music", wish="calm music", count=23)
    assert not {"Suzanne", "Porcelain"} & {track.title for track in tracks(calm)}
    await found(home, "rate_track", rating="none", title="Suzanne")
    calm = await found(home, "recommend_music", wish="calm music", count=23)
    assert "Suzanne" in {track.title for track in tracks(calm)}


async def test_a_taste_is_reset_only_with_the_users_words(home: Home) -> None:
    await found(home, "rate_track", rating="never", query="jazz")
    refused = await act(
        home, "rate_track", given={"consent": Consent("play something")}, rating="reset"
    )
    assert isinstance(refused, Failed)
    assert refused.code == "not_asked_for"
    done = await act(
        home, "rate_track", given={"consent": Consent("please reset my taste")}, rating="reset"
    )
    assert isinstance(done, Found)
    shown = await found(home, "rate_track", rating="show")
    assert shown.notes == ()


async def test_why_tells_the_logged_reasons_of_this_conversation(home: Home) -> None:
    listed = await found(home, "recommend_music", wish="calm music for studying", count=3)
    first: TrackId = tracks(listed)[0].id
    why = await act(
        home,
        "now_playing",
        given={"offered": frozenset({first})},
        why=True,
        refs=[f"track:{first}"],
    )
    assert isinstance(why, Found)
    assert str(why.facts["why"]).startswith("calm, for study")
    other = await found(home, "now_playing", why=True, title="Hayloft")
    assert "why" not in other.facts, "nobody chose that one"


async def test_without_a_recommender_nothing_is_recommended(home: Home) -> None:
    context = replace(home.context(), services=replace(home.services, recommender=None, taste=None))
    for name, arguments in (
        ("recommend_music", {"wish": "calm"}),
        ("manage_playlists", {"action": "create", "wish": "calm"}),
        ("rate_track", {"rating": "show"}),
        ("rate_track", {"rating": "never", "query": "jazz"}),
    ):
        assert isinstance(await TOOLS[name].call(arguments, context), Failed)


ENERGY = {
    "Blue Rondo": 0.55, "Take Five": 0.40, "Kathy's Waltz": 0.30, "Unsquare Dance": 0.60,
    "Hallelujah": 0.20, "Suzanne": 0.12, "Grace": 0.70, "Hayloft": 0.90, "Hayloft II": 0.92,
    "Feeling Good": 0.50, "Sinnerman": 0.80, "Wild Is the Wind": 0.15, "Gymnopédie No. 1": 0.05,
    "Gymnopédie No. 2": 0.06, "Gnossienne No. 1": 0.07, "Clair de Lune": 0.04, "Get Lucky": 0.75,
    "One More Time": 0.95, "Genesis": 0.93, "Land of Confusion": 0.78, "Porcelain": 0.25,
    "Natural Blues": 0.45,
}  # fmt: skip
