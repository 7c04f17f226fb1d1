"""A day with an Echo: what it is told, what it reports, and what we then know."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from alexa_amazon import SKILL, Authority, Echo, Party, post, signed
from knowledge.people.accounts import Person
from server.auth.identity import Permission
from server.auth.oauth.clients import AuthMethod, NewClient
from server.integrations.alexa.devices import Echo as KnownEcho
from server.integrations.alexa.door import AlexaDoor
from server.integrations.alexa.verification import Verifier
from server.settings import load_settings
from server_library import TITLES, add_tracks, write_wav
from server_running import RunningServer, running_server
from wyoming_house import until

pytestmark = pytest.mark.integration

PUBLIC = "https://music.example.com"
PLAY = "PlayMusicIntent"


class Home:
    """A server that Amazon knows, with the real agent and two people."""

    def __init__(self, server: RunningServer, amazon: Party, door: AlexaDoor) -> None:
        self.server, self.amazon, self.door = server, amazon, door
        accounts = server.services.accounts
        self.anna: Person = accounts.add("Anna", password="a quiet horse 7")
        self.ben: Person = accounts.add("Ben", password="a quiet horse 7")

    def token(self, person: Person, *permissions: Permission, audience: str = PUBLIC) -> str:
        """An access token, as account linking gives it to Amazon."""
        auth = self.server.services.auth
        client, _ = auth.clients.add(
            NewClient(
                name="Alexa",
                redirect_uris=("https://layla.amazon.com/api/skill/link/M1",),
                auth_method=AuthMethod.BASIC,
            )
        )
        rights = frozenset(permissions or {Permission.LISTEN, Permission.CONTROL})
        grant = auth.grants.begin(client, person.id, rights, audience)
        return auth.tokens.make(grant, issuer=PUBLIC)

    def echo(self, device: str, person: Person | None = None, **options: Any) -> Echo:
        """A device of somebody's, by default Anna's."""
        send = post(self.server.url, self.amazon)
        return Echo(send, token=self.token(person or self.anna), device=device, **options)

    async def known(self, echo: Echo) -> KnownEcho:
        """What we know of a device."""
        skill = self.door._skill
        assert skill is not None
        return await skill._echoes.get(echo.device)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    settings = load_settings(
        tmp_path_factory.mktemp("data"),
        {
            "library": {"watch": False},
            "server": {"public_url": PUBLIC},
            "alexa": {"enabled": True, "skill_id": SKILL},
            "player": {"kind": "silent"},
        },
    )
    add_tracks(settings)
    for number in range(len(TITLES)):
        write_wav(settings.data / "music" / f"{number + 1:02}.wav", seconds=2.0)
    authority = Authority()
    amazon = authority.leaf()

    async def load(_: str) -> bytes:
        return authority.chain(amazon)

    door = AlexaDoor(SKILL, verifier=Verifier(load=load, roots=lambda: authority.store))
    with running_server(settings, alexa=door) as running:
        loaded = running.services.turns.loaded()  # Alexa waits for nobody who still starts
        asyncio.run_coroutine_threadsafe(loaded, running.loop).result(60)
        yield Home(running, amazon, door)


async def test_somebody_asks_for_a_song(home: Home) -> None:
    """Nothing is said to play: its name is said, and its playing is known when it is reported."""
    echo = home.echo("song")
    response = echo.intent(PLAY, query="still water")
    assert echo.said == ["Still Water, Artist 2"]
    assert response["shouldEndSession"] is True
    known = await home.known(echo)
    await until(lambda: known.playback.state.status == "playing")
    assert known.playback.queue.current is not None
    assert known.playback.queue.current.track.title == "Still Water"
    assert known.playback.state.item_id == (echo.playing or {})["token"]


async def test_the_stream_opens_for_who_has_its_address(home: Home) -> None:
    echo = home.echo("stream")
    echo.intent(PLAY, query="night train")
    assert echo.playing is not None
    url = echo.playing["url"]
    assert url.startswith(f"{PUBLIC}/api/tracks/")
    here = url.replace(PUBLIC, home.server.url)
    headers = {"Host": "music.example.com"}
    async with httpx.AsyncClient(timeout=60, headers=headers) as http:
        whole = await http.get(here)
        forged = await http.get(here.replace("signature=", "signature=0"))
        other = await http.get(here.replace("/tracks/", "/tracks/1"))
    assert whole.status_code == httpx.codes.OK
    assert whole.headers["content-type"] == "audio/mpeg"
    assert len(whole.content) > 5_000
    assert forged.status_code == other.status_code == httpx.codes.UNAUTHORIZED


async def test_the_next_song_follows_without_a_gap_and_counts(home: Home) -> None:
    echo = home.echo("gapless")
    echo.intent(PLAY, query="first light")  # the album
    known = await home.known(echo)
    await until(lambda: known.playback.state.status == "playing")
    first = known.playback.queue.current
    assert first is not None
    await until(lambda: known.player._next is not None)
    echo.nearly_finished()
    assert len(echo.waiting) == 1
    echo.finishes()
    await until(lambda: known.playback.queue.current is not first)
    current = known.playback.queue.current
    assert current is not None
    assert echo.playing is not None
    assert current.id == echo.playing["token"] == known.playback.state.item_id


async def test_pause_next_previous_and_going_on(home: Home) -> None:
    echo = home.echo("buttons")
    echo.intent(PLAY, query="first light")
    known = await home.known(echo)
    await until(lambda: known.playback.state.status == "playing")
    first = known.playback.queue.position or 0
    echo.offset_ms = 900
    echo.intent("AMAZON.PauseIntent")
    await until(lambda: known.playback.state.status == "paused")
    assert known.playback.state.position_s == pytest.approx(0.9)
    assert echo.activity == "STOPPED"
    echo.intent("AMAZON.ResumeIntent")
    await until(lambda: known.playback.state.status == "playing")
    assert (echo.playing or {})["offsetInMilliseconds"] == 900
    echo.intent("AMAZON.NextIntent")
    await until(lambda: known.playback.queue.position == first + 1)
    await until(lambda: known.playback.state.status == "playing")
    echo.button("Previous")
    await until(lambda: known.playback.queue.position == first)
    await until(lambda: known.playback.state.status == "playing")
    echo.button("Pause")
    await until(lambda: known.playback.state.status == "paused")
    echo.button("Play")
    await until(lambda: known.playback.state.status == "playing")
    echo.intent("AMAZON.StopIntent")
    await until(lambda: known.playback.state.status == "idle")
    assert echo.said[-1] != "Nothing is playing."


async def test_shuffle_loop_and_start_over(home: Home) -> None:
    echo = home.echo("modes")
    echo.intent(PLAY, query="first light")
    known = await home.known(echo)
    await until(lambda: known.playback.state.status == "playing")
    echo.intent("AMAZON.LoopOnIntent")
    echo.intent("AMAZON.ShuffleOnIntent")
    queue = known.playback.queue
    assert (str(queue.repeat), queue.shuffle) == ("all", True)
    echo.intent("AMAZON.LoopOffIntent")
    echo.intent("AMAZON.ShuffleOffIntent")
    queue = known.playback.queue
    assert (str(queue.repeat), queue.shuffle) == ("off", False)
    echo.offset_ms = 1_500
    echo.intent("AMAZON.StartOverIntent")
    assert (echo.playing or {})["offsetInMilliseconds"] == 0
    echo.intent("AMAZON.RepeatIntent")
    assert (echo.playing or {})["offsetInMilliseconds"] == 0


async def test_a_song_that_cannot_be_played_is_passed_over(home: Home) -> None:
    echo = home.echo("broken")
    echo.intent(PLAY, query="first light")
    known = await home.known(echo)
    await until(lambda: known.playback.state.status == "playing")
    broken = known.playback.queue.current
    echo.breaks()
    await until(lambda: known.playback.state.status == "playing")
    assert known.playback.queue.current is not broken
    assert known.playback.problem is not None
    assert "decoded" in known.playback.problem.message


async def test_what_starts_too_late_is_stopped(home: Home) -> None:
    echo = home.echo("late")
    echo.playing, echo.activity = {"token": "something-old"}, "PLAYING"
    response = echo.report("PlaybackStarted")
    assert response["directives"] == [{"type": "AudioPlayer.Stop"}]


async def test_each_echo_has_its_own_music_and_the_house_goes_on(home: Home) -> None:
    kitchen, bath = home.echo("k"), home.echo("b")
    kitchen.intent(PLAY, query="still water")
    bath.intent(PLAY, query="paper boats")
    one, two = await home.known(kitchen), await home.known(bath)
    await until(lambda: one.playback.state.status == two.playback.state.status == "playing")
    titles = {
        item.track.title
        for known in (one, two)
        if (item := known.playback.queue.current) is not None
    }
    assert titles == {"Still Water", "Paper Boats"}
    assert home.server.services.playback.state.status == "idle"


async def test_a_question_keeps_the_microphone_open(home: Home) -> None:
    echo = home.echo("questions")
    welcome = echo.launch()
    assert welcome["shouldEndSession"] is False
    assert "reprompt" in welcome
    echo.intent("WhatIsPlayingIntent")
    assert "nothing" in echo.said[-1].lower()
    echo.intent("AMAZON.HelpIntent")
    assert "play something calm" in echo.said[-1]
    echo.intent("AMAZON.FallbackIntent")
    assert echo.said[-1].startswith("I did not get that")
    echo.intent(PLAY)
    assert echo.said[-1].startswith("I did not get that")
    echo.intent(PLAY, query="bohemian rhapsody by nobody")
    assert echo.playing is None
    echo.intent("AMAZON.NextIntent")
    assert echo.said[-1] == "Nothing is playing."


async def test_german_is_answered_in_german(home: Home) -> None:
    echo = home.echo("german", locale="de-DE")
    echo.launch()
    assert echo.said == ["Was möchtest du hören?"]
    echo.intent(PLAY, query="Still Water")
    assert echo.said[-1] == "Still Water, Artist 2"


async def test_who_has_not_linked_gets_a_card(home: Home) -> None:
    echo = home.echo("stranger")
    for token in (None, "nonsense", home.token(home.anna, audience="https://other.example.com")):
        echo.token = token
        assert echo.launch()["card"] == {"type": "LinkAccount"}
        assert echo.intent(PLAY, query="still water")["card"] == {"type": "LinkAccount"}
        assert echo.report("PlaybackNearlyFinished", token="x") == {}
    assert echo.playing is None


async def test_a_token_that_may_only_listen_plays_nothing(home: Home) -> None:
    echo = home.echo("guest")
    echo.token = home.token(home.anna, Permission.LISTEN)
    echo.intent(PLAY, query="still water")
    assert "does not allow" in echo.said[-1]
    assert echo.playing is None


async def test_what_was_played_is_in_the_history_of_who_asked(home: Home) -> None:
    echo = home.echo("bens", home.ben)
    echo.intent(PLAY, query="slow glass")
    known = await home.known(echo)
    await until(lambda: known.playback.state.status == "playing")
    current = known.playback.queue.current
    assert current is not None
    assert current.person == home.ben.id


async def test_the_end_of_a_session_and_errors_are_answered_with_nothing(home: Home) -> None:
    echo = home.echo("ends")
    error = {"type": "INVALID_RESPONSE", "message": "x"}
    ended = {"type": "SessionEndedRequest", "reason": "ERROR", "error": error}
    broke = {"type": "System.ExceptionEncountered", "error": error, "cause": {"requestId": "1"}}
    for request in (ended, broke, {"type": "AudioPlayer.Unheard"}):
        assert echo.send(echo.envelope(request)) == {"version": "1.0", "response": {}}


async def test_bad_requests_are_refused_without_a_reason(home: Home) -> None:
    echo = home.echo("bad")
    good = echo.envelope({"type": "LaunchRequest"})
    other_skill = {**good, "context": {"System": {"application": {"applicationId": "other"}}}}
    two_skills = {**good, "session": {"application": {"applicationId": "other"}}}
    old = {**good, "request": {**good["request"], "timestamp": "2020-01-01T00:00:00Z"}}
    async with httpx.AsyncClient(base_url=home.server.url, timeout=20) as http:
        hostile: list[Any] = [other_skill, two_skills, old, [], {}, {"request": 5}]
        for wrong in hostile:
            body = httpx.Request("POST", home.server.url, json=wrong).content
            answer = await http.post("/alexa", content=body, headers=signed(body, home.amazon))
            assert answer.status_code == httpx.codes.BAD_REQUEST
            assert answer.json()["error"]["code"] == "bad_request"
        unsigned = await http.post("/alexa", json=good)
        assert unsigned.status_code == httpx.codes.BAD_REQUEST
        looked = await http.get("/alexa")
        assert looked.status_code in {httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED}


async def test_a_request_that_was_overheard_is_not_done_again(home: Home) -> None:
    """Amazon signed it and it is seconds old: still it is answered only once."""
    echo = home.echo("replay")
    body = json.dumps(echo.envelope({"type": "LaunchRequest"})).encode()
    headers = signed(body, home.amazon)
    async with httpx.AsyncClient(base_url=home.server.url, timeout=20) as http:
        first = await http.post("/alexa", content=body, headers=headers)
        again = await http.post("/alexa", content=body, headers=headers)
        anew = await http.post("/alexa", content=body, headers=signed(body, home.amazon))
        at_once = [
            http.post("/alexa", content=body + b" ", headers=signed(body + b" ", home.amazon))
        ]
        both = await asyncio.gather(
            *at_once,
            http.post("/alexa", content=body + b" ", headers=signed(body + b" ", home.amazon)),
        )
    assert first.status_code == httpx.codes.OK
    assert again.status_code == anew.status_code == httpx.codes.BAD_REQUEST
    assert "welcome" not in again.text
    assert sorted(one.status_code for one in both) == [200, 400]


def test_without_the_setting_there_is_no_skill(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"library": {"watch": False}})
    with running_server(settings, players=()) as server, server.client() as http:
        answer = http.post("/alexa", json={})
    assert answer.status_code in {httpx.codes.NOT_FOUND, httpx.codes.METHOD_NOT_ALLOWED}
