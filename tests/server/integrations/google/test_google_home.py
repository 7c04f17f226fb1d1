"""Google Home asks about the speakers, commands them, and is told what they really do."""

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from knowledge.people.accounts import Person
from player_fake import Answer, FakePlayer
from server.auth.identity import Permission
from server.auth.oauth.clients import AuthMethod, NewClient
from server.settings import load_settings
from server_library import add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns
from spotify_stub import CODE, Account, spotify_account

pytestmark = pytest.mark.integration

PUBLIC = "https://music.example.com"
_REQUIRED = {"MediaState", "OnOff", "TransportControl", "Volume"}
"""Of a SPEAKER, by Google's guide."""
_STATES: dict[str, Any] = {
    "online": bool,
    "status": str,
    "on": bool,
    "activityState": {"INACTIVE", "STANDBY", "ACTIVE"},
    "playbackState": {"PAUSED", "PLAYING", "FAST_FORWARDING", "REWINDING", "BUFFERING", "STOPPED"},
    "currentVolume": int,
    "isMuted": bool,
    "currentInput": str,
    "currentApplication": str,
}
"""The states of these traits, by their schemas."""


class Home:
    """A server that Google knows, and somebody's account at Google."""

    def __init__(self, server: RunningServer, player: FakePlayer, spotify: Account) -> None:
        self.server, self.player, self.spotify = server, player, spotify
        self.anna: Person = server.services.accounts.add("Anna", password="a quiet horse 7")

    def token(self, *permissions: Permission, audience: str = PUBLIC) -> str:
        """What Google got by linking."""
        auth = self.server.services.auth
        redirect = "https://oauth-redirect.googleusercontent.com/r/refrain"
        client, _ = auth.clients.add(
            NewClient(name="Google", redirect_uris=(redirect,), auth_method=AuthMethod.POST)
        )
        rights = frozenset(permissions or {Permission.LISTEN, Permission.CONTROL})
        grant = auth.grants.begin(client, self.anna.id, rights, audience)
        return auth.tokens.make(grant, issuer=PUBLIC)

    def ask(self, intent: str, token: str | None = None, **payload: Any) -> httpx.Response:
        """One request of Google's."""
        body = {
            "requestId": "ff36a3cc-ec34-11e6-b1a0-64510650abcf",
            "inputs": [{"intent": f"action.devices.{intent}", "payload": payload}],
        }
        headers = {"Authorization": f"Bearer {token or self.token()}"}
        with self.server.client() as http:
            return http.post("/google/fulfillment", json=body, headers=headers)

    def command(self, name: str, device: str = "main", **params: Any) -> dict[str, Any]:
        """Command a speaker; what became of it."""
        execution = [{"command": f"action.devices.commands.{name}", "params": params}]
        wanted = [{"devices": [{"id": device}], "execution": execution}]
        answer = self.ask("EXECUTE", commands=wanted).json()
        [done] = answer["payload"]["commands"]
        assert done["ids"] == [device]
        result: dict[str, Any] = done
        return result

    def state(self, device: str = "main") -> dict[str, Any]:
        """What a speaker does, as Google is told."""
        answer = self.ask("QUERY", devices=[{"id": device}]).json()
        found: dict[str, Any] = answer["payload"]["devices"][device]
        return found


@pytest.fixture(scope="module")
def account() -> Iterator[Account]:
    with spotify_account() as account:
        yield account


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory, account: Account) -> Iterator[Home]:
    settings = load_settings(
        tmp_path_factory.mktemp("data"),
        {
            "library": {"watch": False},
            "server": {"public_url": PUBLIC},
            "google": {"enabled": True},
            "sources": {
                "spotify_client_id": "client",
                "spotify_url": account.url,
                "spotify_accounts_url": account.url,
                "timeout_s": 2.0,
            },
        },
    )
    tracks = add_tracks(settings)
    player = FakePlayer()
    with running_server(settings, turns=ScriptedTurns(), players=(player,)) as running:
        playlists = running.services.playlists
        playlists.create("Dinner", tracks[:2])  # of the household
        playlists.create("Running", tracks[2:4])
        running.services.stations.add("Night Radio", "http://radio.example/stream")
        yield Home(running, player, account)


@pytest.fixture
def home(shared_home: Home) -> Home:
    """Nothing plays, and the player does what it is told."""
    shared_home.player.answer = Answer.CONFIRM
    playback = shared_home.server.services.playback
    asyncio.run_coroutine_threadsafe(playback.clear(), shared_home.server.loop).result(10)
    return shared_home


def test_the_speakers_are_described_by_googles_schema(home: Home) -> None:
    answer = home.ask("SYNC").json()
    assert answer["requestId"] == "ff36a3cc-ec34-11e6-b1a0-64510650abcf"
    assert answer["payload"]["agentUserId"] == f"refrain-{home.anna.id}"
    [device] = answer["payload"]["devices"]
    assert device["id"] == "main"
    assert device["type"] == "action.devices.types.SPEAKER"
    assert {f"action.devices.traits.{one}" for one in _REQUIRED} <= set(device["traits"])
    attributes = device["attributes"]
    assert {"NEXT", "PREVIOUS", "PAUSE", "STOP", "RESUME"} <= set(
        attributes["transportControlSupportedCommands"]
    )
    assert attributes["volumeMaxLevel"] == 100
    assert attributes["volumeCanMuteAndUnmute"] is True
    names = [one["names"][0]["name_synonym"] for one in attributes["availableInputs"]]
    assert sorted(names) == [["Dinner"], ["Running"]]
    assert len({one["key"] for one in attributes["availableInputs"]}) == 2
    assert device["willReportState"] is False


def test_a_playlist_is_an_input_and_plays(home: Home) -> None:
    """The one thing that Google lets anybody ask of us by name."""
    assert home.state()["playbackState"] == "STOPPED"
    [device] = home.ask("SYNC").json()["payload"]["devices"]
    keys = {
        one["names"][0]["name_synonym"][0]: one["key"]
        for one in device["attributes"]["availableInputs"]
    }
    done = home.command("SetInput", newInput=keys["Dinner"])
    assert done["status"] == "SUCCESS"
    assert done["states"]["playbackState"] == home.state()["playbackState"] == "PLAYING"
    assert home.state()["currentInput"] == keys["Dinner"]
    assert home.player.playing is not None
    assert home.player.playing.track.title == "Still Water"
    home.command("NextInput")
    assert home.state()["currentInput"] == keys["Running"]
    home.command("PreviousInput")
    assert home.state()["currentInput"] == keys["Dinner"]
    playback, catalog = home.server.services.playback, home.server.services.catalog
    other = playback.play(catalog.list_tracks(limit=5)[0])
    asyncio.run_coroutine_threadsafe(other, home.server.loop).result(10)
    assert "currentInput" not in home.state()


def applications(home: Home) -> dict[str, str]:
    """Keys of what can be opened, by the first name."""
    [device] = home.ask("SYNC").json()["payload"]["devices"]
    assert "action.devices.traits.AppSelector" in device["traits"]
    there = device["attributes"]["availableApplications"]
    for one in there:  # by the schema of the trait
        assert set(one) == {"key", "names"}
        for named in one["names"]:
            assert named["lang"] == "en"
            assert all(isinstance(name, str) for name in named["name_synonym"])
    return {one["names"][0]["name_synonym"][0]: one["key"] for one in there}


def test_the_library_and_a_station_are_apps_that_open(home: Home) -> None:
    keys = applications(home)
    assert keys == {"Library": "library", "Night Radio": keys["Night Radio"]}
    assert "currentApplication" not in home.state()
    done = home.command("appSelect", newApplication="library")
    assert done["status"] == "SUCCESS"
    assert done["states"]["currentApplication"] == home.state()["currentApplication"] == "library"
    assert home.player.playing is not None
    assert home.player.playing.track.id > 0
    done = home.command("appSelect", newApplicationName="night radio")
    assert done["states"]["currentApplication"] == keys["Night Radio"]
    assert home.player.playing.track.title == "Night Radio"
    home.command("mediaStop")
    assert "currentApplication" not in home.state()


def test_opening_the_library_goes_on_with_what_was_paused(home: Home) -> None:
    [device] = home.ask("SYNC").json()["payload"]["devices"]
    home.command("SetInput", newInput=device["attributes"]["availableInputs"][0]["key"])
    queued = home.server.services.playback.queue.items
    home.command("mediaPause")
    done = home.command("appSelect", newApplicationName="My Library")
    assert done["states"]["playbackState"] == "PLAYING"
    assert home.server.services.playback.queue.items == queued


@pytest.fixture
def connected(home: Home) -> Iterator[Home]:
    """Anna has let Refrain into her Spotify."""
    spotify, anna = home.server.services.sources.spotify, home.anna.id
    asked = parse_qs(urlsplit(spotify.begin(anna)).query)
    home.spotify.challenge = asked["code_challenge"][0]
    spotify.finish(anna, f"http://127.0.0.1/back?code={CODE}&state={asked['state'][0]}")
    yield home
    spotify.disconnect(anna)


def test_spotify_is_an_app_of_who_connected_it(connected: Home) -> None:
    connected.spotify.paused = "spotify:track:6rqhFgbbKwnb9MLmUQDhG6"
    assert applications(connected)["Spotify"] == "spotify"
    done = connected.command("appSelect", newApplication="spotify")
    assert done["states"]["currentApplication"] == "spotify"
    assert connected.spotify.playing
    assert connected.state()["currentApplication"] == "spotify"
    connected.spotify.paused, connected.spotify.playing = connected.spotify.playing, ""
    assert "currentApplication" not in connected.state(), "only what it reports"
    connected.spotify.obeys = False
    refused = connected.command("appSelect", newApplication="spotify")
    connected.spotify.obeys = True
    assert refused["status"] == "ERROR"
    assert refused["errorCode"] in {"appLaunchFailed", "transientError", "timeout"}


def test_every_command_does_what_it_says(home: Home) -> None:
    [device] = home.ask("SYNC").json()["payload"]["devices"]
    key = device["attributes"]["availableInputs"][0]["key"]
    home.command("SetInput", newInput=key)
    playback = home.server.services.playback
    assert home.command("mediaPause")["states"]["playbackState"] == "PAUSED"
    assert home.command("mediaResume")["states"]["playbackState"] == "PLAYING"
    first = playback.queue.position
    home.command("mediaNext")
    assert playback.queue.position != first
    home.command("mediaPrevious")
    assert playback.queue.position == first
    home.command("mediaSeekToPosition", absPositionMs=500)
    assert playback.state.position_s == pytest.approx(0.5, abs=0.2)
    home.command("mediaRepeatMode", isOn=True, isSingle=True)
    assert str(playback.queue.repeat) == "one"
    home.command("mediaRepeatMode", isOn=False)
    assert str(playback.queue.repeat) == "off"
    home.command("mediaShuffle")
    assert playback.queue.shuffle
    assert home.command("setVolume", volumeLevel=40)["states"]["currentVolume"] == 40
    assert home.command("volumeRelative", relativeSteps=-70)["states"]["currentVolume"] == 0
    assert home.command("mute", mute=True)["states"]["isMuted"] is True
    assert home.command("OnOff", on=False)["states"]["on"] is False
    assert home.command("OnOff", on=True)["states"]["on"] is True
    assert home.command("mediaStop")["states"]["playbackState"] == "STOPPED"
    for name, value in home.state().items():
        kind = _STATES[name]
        assert value in kind if isinstance(kind, set) else isinstance(value, kind), name


@pytest.mark.parametrize(
    ("name", "params", "code"),
    [
        ("mediaNext", {}, "actionNotAvailable"),
        ("mediaPause", {}, "actionNotAvailable"),
        ("mediaClosedCaptioningOn", {}, "functionNotSupported"),
        ("SetInput", {"newInput": "playlist-99"}, "unsupportedInput"),
        ("SetInput", {"newInput": {"$gt": ""}}, "unsupportedInput"),
        ("appSelect", {"newApplication": "spotify"}, "noAvailableApp"),  # she has not connected it
        ("appSelect", {"newApplication": "station-99"}, "noAvailableApp"),
        ("appSelect", {"newApplicationName": ["library"]}, "noAvailableApp"),
        ("appSelect", {"newApplication": None}, "noAvailableApp"),
        ("appSelect", {}, "noAvailableApp"),
        ("appInstall", {"newApplication": "library"}, "functionNotSupported"),
        ("appSearch", {"newApplicationName": "library"}, "functionNotSupported"),
        ("setVolume", {"volumeLevel": "loud"}, "protocolError"),
        ("setVolume", {}, "protocolError"),
        ("mute", {"mute": "yes"}, "protocolError"),
        ("OnOff", {"on": 1}, "protocolError"),
    ],
)
def test_what_cannot_be_done_is_told_in_googles_words(
    home: Home, name: str, params: dict[str, Any], code: str
) -> None:
    assert home.command(name, **params) == {
        "ids": ["main"],
        "status": "ERROR",
        "errorCode": code,
    }


def test_a_speaker_that_does_not_play_is_not_said_to(home: Home) -> None:
    home.player.answer = Answer.STAY_SILENT
    [device] = home.ask("SYNC").json()["payload"]["devices"]
    key = device["attributes"]["availableInputs"][0]["key"]
    done = home.command("SetInput", newInput=key)
    assert done["status"] == "ERROR"
    assert done["errorCode"] in {"transientError", "timeout"}
    assert home.state()["playbackState"] == "STOPPED"


def test_speakers_that_are_not_there(home: Home) -> None:
    assert home.state("room-xyz")["errorCode"] == "deviceNotFound"
    assert home.command("mediaPause", device="room-xyz")["errorCode"] == "deviceNotFound"


def test_only_a_token_of_ours_opens(home: Home) -> None:
    other = home.token(audience="https://elsewhere.example.com")
    for wrong in ("nonsense", other):
        answer = home.ask("SYNC", token=wrong)
        assert answer.status_code == httpx.codes.UNAUTHORIZED
    with home.server.client() as http:
        assert http.post("/google/fulfillment", json={}).status_code == httpx.codes.UNAUTHORIZED


def test_who_may_only_listen_commands_nothing(home: Home) -> None:
    token = home.token(Permission.LISTEN)
    execution = [{"command": "action.devices.commands.mediaNext"}]
    commands = [{"devices": [{"id": "main"}], "execution": execution}]
    answer = home.ask("EXECUTE", token=token, commands=commands).json()
    assert answer["payload"]["commands"][0]["errorCode"] == "authFailure"


def test_unlinking_ends_the_token(home: Home) -> None:
    token = home.token()
    assert home.ask("SYNC", token=token).status_code == httpx.codes.OK
    assert home.ask("DISCONNECT", token=token).json() == {}
    assert home.ask("SYNC", token=token).status_code == httpx.codes.UNAUTHORIZED


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        {"requestId": "1", "inputs": []},
        {"requestId": "1", "inputs": [{"intent": 7}]},
        {"requestId": "1" * 300, "inputs": [{"intent": "action.devices.SYNC"}]},
        {"inputs": [{"intent": "action.devices.QUERY", "payload": {"devices": [{"id": {}}]}}]},
    ],
)
def test_what_is_no_request_is_refused(home: Home, body: Any) -> None:
    headers = {"Authorization": f"Bearer {home.token()}"}
    with home.server.client() as http:
        answer = http.post("/google/fulfillment", json=body, headers=headers)
    assert answer.status_code == httpx.codes.BAD_REQUEST


def test_an_intent_nobody_knows_is_said_to_be_none(home: Home) -> None:
    assert home.ask("DANCE").json()["payload"] == {"errorCode": "notSupported"}
