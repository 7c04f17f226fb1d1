"""Spotify in conversation: only what it reports is said, and nothing of it stays here."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from agent.loop import Agent
from agent_library import Home, open_home
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


@pytest.mark.parametrize(
    "text",
    ["spiel Sinnerman auf Spotify", "joue Sinnerman sur Spotify", "pon Sinnerman en Spotify"],
)
async def test_it_is_named_in_other_languages(home: Home, account: Account, text: str) -> None:
    told = await say(home, text)
    assert "Sinnerman" in told
    assert account.playing
    assert home.playing is None


async def test_an_account_that_is_not_connected_is_told_so(home: Home) -> None:
    spotify = home.services.spotify
    assert isinstance(spotify, SpotifyOfPerson)
    spotify._sources.spotify.disconnect(HOUSEHOLD)
    told = await say(home, "play Sinnerman on Spotify")
    assert "not connected to Spotify" in told
    assert home.playing is None


async def test_without_spotify_nothing_is_said_to_play_there(home: Home, account: Account) -> None:
    home.services = replace(home.services, spotify=None)
    home.agent = Agent(home.services, sessions=home.sessions)
    assert "Spotify is playing" not in await say(home, "play Sinnerman on Spotify")
    assert not account.asked


@pytest.mark.parametrize(
    "text", ["turn Spotify down", "skip this on Spotify", "make it louder on Spotify"]
)
async def test_what_cannot_be_done_there_is_not_done_here(home: Home, text: str) -> None:
    await say(home, "play Take Five")
    told = await say(home, text)
    assert "only play, pause and go on at Spotify" in told
    assert home.playing == "Take Five"
    assert home.player.state.volume == 100
