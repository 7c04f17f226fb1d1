"""Spotify in conversation: only what it reports is said, and nothing of it stays here."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from agent.events import ReplyDelta
from agent.loop import Agent
from agent.replies import Say, render
from agent_library import Home, TurnRecord, open_home
from knowledge.people.current import HOUSEHOLD
from server.settings import Settings
from server.settings_sources import SourcesSettings
from server.sources.opened import MusicServices
from server.sources.spotify_target import SpotifyOfPerson
from spotify_stub import CODE, Account, spotify_account

pytestmark = pytest.mark.integration


@pytest.fixture
def account() -> Iterator[Account]:
    with spotify_account() as account:
        yield account


@pytest.fixture
async def home(tmp_path: Path, account: Account) -> AsyncIterator[Home]:
    wanted = SourcesSettings(
        spotify_client_id="client",
        spotify_url=account.url,
        spotify_accounts_url=account.url,
        timeout_s=2.0,
    )
    async with open_home(tmp_path) as home:
        sources = MusicServices(Settings(data=tmp_path / "data", sources=wanted), home.database)
        asked = parse_qs(urlsplit(sources.spotify.begin(HOUSEHOLD)).query)
        account.challenge = asked["code_challenge"][0]
        address = f"http://127.0.0.1/callback?code={CODE}&state={asked['state'][0]}"
        sources.spotify.finish(HOUSEHOLD, address)
        account.asked.clear()
        home.services = replace(home.services, spotify=SpotifyOfPerson(sources))
        home.agent = Agent(home.services, sessions=home.sessions)
        yield home
        sources.close()


async def say(home: Home, text: str) -> str:
    return (await home.say(text)).reply


async def test_spotify_plays_pauses_and_goes_on(home: Home, account: Account) -> None:
    assert await say(home, "play Sinnerman on Spotify") == (
        "Spotify is playing Sinnerman by Nina Simone on Kitchen."
    )
    assert await say(home, "what's playing on Spotify?") == (
        "Spotify is playing Sinnerman by Nina Simone on Kitchen."
    )
    assert await say(home, "pause Spotify") == "Spotify is paused."
    assert not account.playing
    assert await say(home, "what is Spotify playing?") == "Spotify is not playing anything."
    assert "Sinnerman" in await say(home, "resume Spotify")
    assert account.playing


async def test_nothing_is_said_to_play_that_spotify_does_not_report(
    home: Home, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.sources.spotify_remote._CONFIRM_S", 0.0)
    account.obeys = False
    told = await say(home, "play Sinnerman on Spotify")
    assert "does not report that it plays" in told
    assert "is playing" not in told


async def test_another_song_is_not_played_in_its_place(home: Home, account: Account) -> None:
    told = await say(home, "play Bohemian Rhapsody on Spotify")
    assert "Sinnerman" not in told
    assert not account.playing


async def test_what_spotify_finds_is_no_list_of_this_library(home: Home) -> None:
    turn = await home.say("search Spotify for sinnerman")
    assert turn.reply == "Spotify has Sinnerman by Nina Simone."
    assert turn.results == ()


async def test_nothing_of_it_is_remembered_or_played_here(home: Home, account: Account) -> None:
    await say(home, "play Sinnerman on Spotify")
    assert home.playing is None
    assert home.queued == []
    assert not home.services.history.play_counts()
    await say(home, "play Take Five")
    assert home.playing == "Take Five"
    assert account.playing, "two places play their own"


def spoken_in(turn: TurnRecord) -> set[str]:
    return {event.language for event in turn.events if isinstance(event, ReplyDelta)}


PLAY_THERE = {
    "en": "play Sinnerman on Spotify",
    "de": "spiel Sinnerman auf Spotify",
    "es": "pon Sinnerman en Spotify",
    "fr": "mets Sinnerman sur Spotify",
    "it": "metti Sinnerman su Spotify",
    "pt": "toca Sinnerman no Spotify",
    "nl": "speel Sinnerman op Spotify",
    "sv": "spela Sinnerman på Spotify",
    "pl": "puść Sinnerman na Spotify",
    "ja": "SpotifyでSinnermanを再生して",
    "zh": "在Spotify上播放Sinnerman",
    "hi": "Spotify पर Sinnerman चलाओ",
}
in_twelve_languages = pytest.mark.parametrize(("language", "text"), PLAY_THERE.items())


@in_twelve_languages
async def test_it_plays_there_when_asked_in_any_language(
    home: Home, account: Account, language: str, text: str
) -> None:
    turn = await home.say(text)
    assert "Sinnerman" in turn.reply
    assert "Kitchen" in turn.reply
    assert spoken_in(turn) == {language}
    assert account.playing
    assert home.playing is None, "the library has a song of that name"


@in_twelve_languages
async def test_without_a_client_id_it_says_how_to_connect(
    home: Home, account: Account, language: str, text: str
) -> None:
    home.services = replace(home.services, spotify=None)
    home.agent = Agent(home.services, sessions=home.sessions)
    turn = await home.say(text)
    assert "sources.spotify_client_id" in turn.reply
    assert "Settings" in turn.reply
    assert spoken_in(turn) == {language}
    assert home.playing is None
    assert not account.asked


@in_twelve_languages
async def test_without_a_login_it_says_where_to_log_in(
    home: Home, account: Account, language: str, text: str
) -> None:
    spotify = home.services.spotify
    assert isinstance(spotify, SpotifyOfPerson)
    spotify._sources.spotify.disconnect(HOUSEHOLD)
    turn = await home.say(text)
    assert "refrain services connect spotify" in turn.reply
    assert "Settings" in turn.reply
    assert "client_id" not in turn.reply
    assert spoken_in(turn) == {language}
    assert not account.asked


@in_twelve_languages
async def test_without_a_device_it_says_to_open_it_somewhere(
    home: Home, account: Account, language: str, text: str
) -> None:
    account.devices = []
    turn = await home.say(text)
    failed = {"en": "Spotify is active on no device"}.get(language) or render(
        Say("failed-spotify_plays_nowhere"), language
    )
    assert turn.reply.startswith(failed.rstrip("."))
    assert not account.playing


BAD_DAYS: dict[str, tuple[int, dict[str, str], dict[str, str], str]] = {
    "revoked": (401, {"message": "The access token expired"}, {}, "log in again"),
    "no Premium": (403, {"message": "x", "reason": "PREMIUM_REQUIRED"}, {}, "Premium"),
    "too many": (429, {"message": "QUOTA_EXCEEDED"}, {"Retry-After": "9"}, "Try in a minute"),
    "away": (503, {"message": "x"}, {}, "does not answer"),
}


@pytest.mark.parametrize("day", BAD_DAYS)
async def test_a_bad_day_is_told_with_the_next_step(home: Home, account: Account, day: str) -> None:
    status, said, headers, words = BAD_DAYS[day]
    account.bad = [(status, {"error": {"status": status, **said}}, headers)]
    assert words in await say(home, "play Sinnerman on Spotify")
    assert home.playing is None


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("pausiere Spotify", "paused"),
        ("mets Spotify en pause", "paused"),
        ("Spotifyを一時停止して", "paused"),
        ("暂停Spotify", "paused"),
        ("Spotify रोको", "paused"),
        ("was läuft auf Spotify?", "playing"),
        ("Spotifyで何が流れてる？", "playing"),
        ("co leci na Spotify?", "playing"),
    ],
)
async def test_it_is_steered_in_other_languages(
    home: Home, account: Account, text: str, action: str
) -> None:
    await say(home, "play Sinnerman on Spotify")
    told = await say(home, text)
    assert ("Sinnerman" in told) == (action == "playing")
    assert bool(account.playing) == (action == "playing")


async def test_what_spotify_does_not_have_is_not_said_of_the_library(home: Home) -> None:
    told = await say(home, "spiel Bohemian Rhapsody auf Spotify")
    assert told == "Auf Spotify finde ich nichts namens Bohemian Rhapsody."


@pytest.mark.parametrize(
    "text",
    [
        "turn Spotify down",
        "skip this on Spotify",
        "make it louder on Spotify",
        "add this to my Spotify playlist",
    ],
)
async def test_what_cannot_be_done_there_is_not_done_here(home: Home, text: str) -> None:
    await say(home, "play Take Five")
    told = await say(home, text)
    assert "only play, pause and go on at Spotify" in told
    assert home.playing == "Take Five"
    assert home.player.state.volume == 100
