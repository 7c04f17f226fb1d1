"""Each tool against a real library and a fake speaker."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agent_library import NOW, Home, open_home
from knowledge.models import PlayEvent, PlayEventKind, Track
from player_fake import Answer, FakePlayer
from tools.consent import Consent
from tools.context import Reference
from tools.players.player import PlayerCapability
from tools.result import Ambiguous, Failed, Found, NothingFound, ToolResult
from tools.toolbox import TOOLBOX

pytestmark = pytest.mark.integration
TOOLS = {tool.name: tool for tool in TOOLBOX}


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Home]:
    async with open_home(tmp_path) as opened:
        yield opened


Context = dict[str, Any]


async def act(
    home: Home, name: str, context: Context | None = None, /, **arguments: Any
) -> ToolResult:
    return await TOOLS[name].call(arguments, home.context(**(context or {})))


async def found(home: Home, name: str, /, **arguments: Any) -> Found:
    result = await act(home, name, **arguments)
    assert isinstance(result, Found), result
    return result


def titles(result: Found) -> list[str]:
    return [item.title for item in result.items if isinstance(item, Track)]


async def test_playing_is_a_fact_only_when_confirmed(home: Home) -> None:
    result = await found(home, "play_music", title="Take Five")
    assert result.facts["playing"] == "Take Five"
    assert result.facts["player"] == "speaker"
    home.player.answer = Answer.REFUSE
    refused = await act(home, "play_music", title="Sinnerman")
    assert isinstance(refused, Failed)
    assert refused.code == "player_refused"


async def test_what_sounds_is_told_when_the_first_track_is_refused(home: Home) -> None:
    home.player.refused_titles = {"Blue Rondo"}
    result = await found(home, "play_music", album="Time Out")
    assert result.facts["playing"] == "Take Five"


async def test_an_artist_is_a_hard_condition(home: Home) -> None:
    result = await act(home, "play_music", title="Hallelujah", artist="Nina Simone")
    assert isinstance(result, NothingFound)
    assert home.playing is None


async def test_ambiguous_plays_nothing(home: Home) -> None:
    result = await act(home, "play_music", title="Hallelujah")
    assert isinstance(result, Ambiguous)
    assert len(result.items) == 2
    assert home.playing is None


async def test_numbers_and_references(home: Home) -> None:
    track = home.track_id("Suzanne")
    context = {"references": (Reference("track", 1), Reference("track", track))}
    await act(home, "play_music", context, numbers=[2])
    assert home.playing == "Suzanne"
    await act(home, "play_music", context, numbers=[-1])
    assert home.playing == "Suzanne"
    await act(home, "play_music", refs=[f"track:{home.track_id('Grace')}", "track:99999", "x:1"])
    assert home.queued == ["Grace"]
    none = await act(home, "play_music", context, numbers=[7])
    assert isinstance(none, NothingFound)


async def test_nothing_named_plays_nothing(home: Home) -> None:
    result = await act(home, "play_music")
    assert isinstance(result, Failed)
    assert result.code == "nothing_named"


async def test_excluded_tracks_stay_out(home: Home) -> None:
    out = home.track_id("Sinnerman")
    await found(home, "play_music", artist="Nina Simone", exclude=[f"track:{out}"])
    assert "Sinnerman" not in home.queued


async def test_add_and_next(home: Home) -> None:
    await found(home, "play_music", title="Take Five")
    await found(home, "play_music", title="Sinnerman", mode="add")
    result = await found(home, "play_music", title="Suzanne", mode="next")
    assert home.queued == ["Take Five", "Suzanne", "Sinnerman"]
    assert "playing" not in result.facts


async def test_liked_music(home: Home) -> None:
    assert isinstance(await act(home, "play_music", liked=True), NothingFound)
    await found(home, "rate_track", title="Suzanne", rating="like")
    await found(home, "play_music", liked=True)
    assert home.queued == ["Suzanne"]


async def test_transport_without_music_says_so(home: Home) -> None:
    for action in ("pause", "next", "previous", "resume", "seek"):
        result = await act(home, "control_playback", action=action, position_s=3)
        assert isinstance(result, Failed), action
        assert result.next_step


async def test_volume_by_steps_and_its_limits(home: Home) -> None:
    await found(home, "control_playback", action="volume", volume=95)
    louder = await found(home, "control_playback", action="volume", change=20)
    assert louder.facts["volume"] == 100
    asked = await found(home, "control_playback", action="volume")
    assert asked.facts["volume"] == 100


async def test_a_player_without_volume(tmp_path: Path) -> None:
    fixed = FakePlayer("fixed", capabilities=frozenset({PlayerCapability.PAUSE}))
    async with open_home(tmp_path, player=fixed) as home:
        result = await act(home, "control_playback", action="volume", volume=10)
        assert isinstance(result, Failed)


async def test_skipping_several(home: Home) -> None:
    await found(home, "play_music", album="Time Out")
    await found(home, "control_playback", action="next", count=2)
    assert home.playing == "Kathy's Waltz"
    too_far = await act(home, "control_playback", action="next", count=5)
    assert isinstance(too_far, Failed)
    await found(home, "control_playback", action="previous", count=9)
    assert home.playing == "Blue Rondo"


async def test_seeking_stays_inside_the_track(home: Home) -> None:
    await found(home, "play_music", title="Take Five")
    await found(home, "control_playback", action="seek", by_s=-30)
    assert home.player.state.position_s == 0
    await found(home, "control_playback", action="seek", position_s=5000)
    assert home.player.state.position_s < 200


async def test_now_playing(home: Home) -> None:
    assert (await found(home, "now_playing")).items == ()
    await found(home, "play_music", album="Time Out")
    result = await found(home, "now_playing")
    assert titles(result) == ["Blue Rondo"]
    assert result.facts["up_next"] == "Take Five"


async def test_the_queue_is_changed_by_place_and_by_name(home: Home) -> None:
    await found(home, "play_music", album="Time Out")
    await found(home, "edit_queue", action="move", positions=[3], to=2)
    assert home.queued == ["Blue Rondo", "Kathy's Waltz", "Take Five"]
    await found(home, "edit_queue", action="remove", query="kathys walz")
    assert home.queued == ["Blue Rondo", "Take Five"]
    missing = await act(home, "edit_queue", action="remove", query="sinnerman")
    assert isinstance(missing, NothingFound)
    missing = await act(home, "edit_queue", action="remove", positions=[40])
    assert isinstance(missing, NothingFound)
    await found(home, "edit_queue", action="clear")
    assert isinstance(await act(home, "edit_queue", action="clear"), Failed)
    await found(home, "edit_queue", action="undo")
    assert home.queued == ["Blue Rondo", "Take Five"]


async def test_a_playlist_is_deleted_only_with_the_users_words(home: Home) -> None:
    home.services.playlists.create("Evening", [1])
    refused = await act(
        home,
        "manage_playlists",
        {"consent": Consent("play something")},
        action="delete",
        name="Evening",
    )
    assert isinstance(refused, Failed)
    assert refused.code == "not_asked_for"
    assert home.services.playlists.named("Evening") is not None
    await act(
        home,
        "manage_playlists",
        {"consent": Consent("delete the evening playlist")},
        action="delete",
        name="Evening",
    )
    assert home.services.playlists.named("Evening") is None


async def test_playlist_by_its_wrong_name(home: Home) -> None:
    home.services.playlists.create("Evening", [1])
    result = await act(home, "manage_playlists", action="show", name="Morning")
    assert isinstance(result, NothingFound)
    near = await found(home, "manage_playlists", action="show", name="evenning")
    assert near.facts["playlist"] == "Evening"


async def test_a_taken_name_is_refused(home: Home) -> None:
    home.services.playlists.create("Evening", [1])
    result = await act(home, "manage_playlists", action="create", name="evening")
    assert isinstance(result, Failed)
    assert result.code == "playlist_exists"


async def test_adding_to_a_new_name_makes_the_playlist(home: Home) -> None:
    result = await found(home, "manage_playlists", action="add", name="New", title="Suzanne")
    assert result.facts["created"] == "New"
    made = home.services.playlists.named("New")
    assert made is not None
    assert made.track_count == 1


async def test_rating_needs_a_track_or_a_kind_of_music(home: Home) -> None:
    assert isinstance(await act(home, "rate_track", rating="like"), Failed)
    artist = await found(home, "rate_track", artist="Nina Simone", rating="like")
    assert artist.facts["taste_said"] == "more", "all of an artist is a taste, not a rating"
    assert home.services.ratings.liked_ids() == ()


async def test_history_by_time_kind_and_artist(home: Home) -> None:
    for hours, title in ((30, "Sinnerman"), (26, "Suzanne"), (2, "Suzanne")):
        home.services.history.record(
            PlayEventKind.PLAY,
            home.track_id(title),
            at=NOW - timedelta(hours=hours),
            played_s=100.0,
        )
    yesterday = await found(home, "recall_history", when="yesterday")
    played = [item.track.title for item in yesterday.items if isinstance(item, PlayEvent)]
    assert played == ["Suzanne", "Sinnerman"]
    by_artist = await found(home, "recall_history", about="nina simone")
    assert by_artist.facts["count"] == 1
    most = await found(home, "recall_history", order="most")
    assert isinstance(most.items[0], PlayEvent)
    assert most.items[0].track.title == "Suzanne"
    exact = await found(
        home, "recall_history", since="2026-11-22T18:00:00", until="2026-11-22T19:00:00"
    )
    assert exact.facts["count"] == 1
    assert isinstance(await act(home, "recall_history", kind="skip"), NothingFound)


async def test_search_finds_plays_nothing_and_offers_the_nearest(home: Home) -> None:
    result = await found(home, "search_music", artist="Erik Satie", kind="track")
    assert len(result.items) == 3
    assert home.playing is None
    assert isinstance(await act(home, "search_music", query="qqqq zzzz"), NothingFound)
    assert isinstance(await act(home, "search_music"), Failed)


async def test_a_mood_is_heard_and_read(home: Home) -> None:
    calm = await found(home, "recommend_music", mood="calm", count=5)
    wild = await found(home, "recommend_music", mood="party", count=5)
    assert not set(titles(calm)) & set(titles(wild))
    energy = dict(home.services.catalog.calm_to_driving())
    assert max(energy[t.id] for t in calm.items if isinstance(t, Track)) < 0.5
    assert calm.facts["mood"] == "calm"


async def test_recommendations_are_mixed_and_repeatable(home: Home) -> None:
    first = await found(home, "recommend_music", count=10)
    again = await found(home, "recommend_music", count=10)
    assert titles(first) == titles(again)
    artists = [item.artists[0] for item in first.items if isinstance(item, Track)]
    assert max(artists.count(artist) for artist in artists) <= 3


async def test_likeness_does_not_wait_for_the_analysis(home: Home) -> None:
    with home.database.write() as connection:
        connection.exec_driver_sql("DELETE FROM segments")
        connection.exec_driver_sql("DELETE FROM features")
    like = await found(home, "recommend_music", similar=True, title="Clair de Lune", count=3)
    assert len(like.items) == 3


async def test_recommendations_by_tempo_year_and_likeness(home: Home) -> None:
    slow = await found(home, "recommend_music", tempo="slow")
    features = home.services.catalog.features([t.id for t in slow.items])
    assert all((f.tempo_bpm or 0) <= 95 for f in features.values())
    sixties = await found(home, "recommend_music", year_from=1960, year_to=1969)
    assert all(1960 <= (t.year or 0) <= 1969 for t in sixties.items if isinstance(t, Track))
    like = await found(home, "recommend_music", similar=True, title="Clair de Lune", count=3)
    assert "Clair de Lune" not in titles(like)
    genres = [t.genres[0] for t in like.items if isinstance(t, Track)]
    assert genres.count("Classical") == 2
    assert isinstance(await act(home, "recommend_music", similar=True), NothingFound)
    assert isinstance(await act(home, "recommend_music", genre="polka"), NothingFound)
