"""What somebody tries who has something: a token for one part, a name, an erased account."""

import asyncio
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from mcp.client import Client
from starlette.requests import HTTPConnection

from alexa_amazon import SKILL
from auth_rig import REDIRECT, VERIFIER, Home, consent, home_with_people, query_of
from server.auth.identity import NOBODY, OWNER, Identity, Permission, identity_of
from server.integrations.mcp.building import build_server
from server_turns import ScriptedTurns

pytestmark = pytest.mark.integration
DOORS = {
    "/mcp": ("POST", "/mcp/"),
    "/google": ("POST", "/google/fulfillment"),
    "/siri": ("POST", "/api/siri"),
    "": ("GET", "/api/library"),
}
"""Parts that a token may be for, and an address of each; "" is the whole server."""


@pytest.fixture(scope="module")
def turns() -> ScriptedTurns:
    return ScriptedTurns()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, turns: ScriptedTurns) -> Iterator[Home]:
    flags = {"google": {"enabled": True}, "alexa": {"enabled": True, "skill_id": SKILL}}
    with home_with_people(tmp_path_factory.mktemp("home"), flags=flags, turns=turns) as made:
        yield made


def knock(home: Home, part: str, **headers: str) -> httpx.Response:
    """Ask something at a door; a good token gets an answer that is not about who it is."""
    method, path = DOORS[part]
    body: Any = {"text": "play", "requestId": "1", "inputs": [{"intent": "action.devices.SYNC"}]}
    if part == "/mcp":
        body = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
        headers = {"accept": "application/json, text/event-stream", **headers}
    content = {"json": body} if method == "POST" else {}
    return httpx.request(method, home.url + path, headers=headers, timeout=60, **content)


@pytest.mark.parametrize("meant", [*DOORS, "/alexa"])
def test_a_token_opens_what_it_is_for_and_nothing_else(home: Home, meant: str) -> None:
    token = home.token("Ben", "listen control", resource=home.url + meant)
    for part in DOORS:
        status = knock(home, part, Authorization=f"Bearer {token}").status_code
        if meant in {"", part}:
            assert status not in {401, 403, 429}, (meant, part)
        else:
            assert status in {401, 429}, (meant, part)
    for near in ("/mcpx", "/api/sirix", "/siri", "/api/siri/../library", "/mcp/../api/library"):
        if meant:
            answer = home.get(near, headers={"Authorization": f"Bearer {token}"})
            assert answer.status_code in {401, 403, 404, 429}, near


def test_what_was_asked_for_cannot_be_widened_on_the_way(home: Home) -> None:
    """The person allows "listen"; neither the exchange nor a refresh makes more of it."""
    client, secret = home.program()
    asked = {
        "response_type": "code", "client_id": client.id, "redirect_uri": REDIRECT,
        "scope": "listen", "code_challenge_method": "S256",
        "code_challenge": "p-2TTrRDuEQqvYYZc0NaxKnNIUd3-Pj2YzsYM4kNTrs",
    }  # fmt: skip
    with home.browser("Ben") as ben:
        for challenge, method in (("", "S256"), (VERIFIER[:43], "plain"), ("short", "S256")):
            weak = {**asked, "code_challenge": challenge, "code_challenge_method": method}
            refused = ben.get("/oauth/authorize", params=weak)
            assert query_of(refused.headers["location"])["error"] == "invalid_request"
        for name in ("scope", "client_id", "redirect_uri"):
            twice = httpx.QueryParams([*asked.items(), (name, asked[name])])
            assert ben.get(f"/oauth/authorize?{twice}").status_code == 400
        url = f"/oauth/authorize?{httpx.QueryParams(asked)}"
        code = query_of(consent(ben, url))["code"]
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT,
        "code_verifier": "w" * 50, "scope": "listen control admin", "resource": f"{home.url}/mcp",
    }  # fmt: skip
    wrong = home.post("/oauth/token", data=form, auth=(client.id, secret))
    assert wrong.json()["error"] == "invalid_grant", "another verifier than the challenge's"
    for verifier in ("", "\x00" * 50):
        data = {**form, "code_verifier": verifier}
        answer = home.post("/oauth/token", data=data, auth=(client.id, secret))
        assert answer.status_code == 400


def test_the_exchange_gives_no_more_than_the_consent(home: Home) -> None:
    token = home.token("Ben", "listen")
    bearer = {"Authorization": f"Bearer {token}"}
    assert home.get("/api/library", headers=bearer).status_code == 200
    for path in ("/api/history", "/api/people", "/api/audit", "/api/devices", "/api/me/export"):
        assert home.get(path, headers=bearer).status_code == 403, path
    for method, path in (
        ("DELETE", "/api/me"),
        ("PUT", "/api/me/password"),
        ("POST", "/api/clients"),
    ):
        answer = httpx.request(method, home.url + path, headers=bearer, json={"confirm": "Ben"})
        assert answer.status_code == 403, path


async def test_a_message_of_mcp_that_lost_its_request_is_nobodys(home: Home) -> None:
    """Over HTTP there is always one; where it is not, nobody is taken for the owner."""

    async def told(whose: Identity) -> bool:
        server = build_server(home.running.services, without_request=whose)
        async with Client(server) as client:
            return not (await client.call_tool("show_queue", {})).is_error

    def on_the_loop(whose: Identity) -> bool:
        return asyncio.run_coroutine_threadsafe(told(whose), home.running.loop).result(60)

    assert await asyncio.to_thread(on_the_loop, OWNER)
    assert not await asyncio.to_thread(on_the_loop, NOBODY)


def test_a_request_that_passed_no_guard_is_nobodys() -> None:
    found = identity_of(HTTPConnection({"type": "http", "headers": []}))
    assert found is NOBODY
    assert not any(found.may(one) for one in Permission)


def test_the_same_name_of_a_conversation_is_another_one_for_another_person(
    home: Home, turns: ScriptedTurns
) -> None:
    """Ben names Anna's phone, and is in a conversation of his own all the same."""
    turns.heard.clear()
    for person in (home.anna, home.ben):
        _, secret = home.auth.app_passwords.make(person.id, "Phone")
        said = {"text": "what is playing", "device": "Anna's phone"}
        bearer = {"Authorization": f"Bearer {secret}"}
        assert home.post("/api/siri", json=said, headers=bearer).status_code == 200
    (annas, _), (bens, _) = turns.heard
    assert annas != bens


@pytest.mark.parametrize("path", ["/alexa", "/google/fulfillment", "/rest/ping", "/mcp/"])
def test_a_body_that_is_too_large_is_refused_at_every_door(home: Home, path: str) -> None:
    token = home.token("Ben", "listen") if path == "/mcp/" else "none"  # the others find out later
    bearer = {"Authorization": f"Bearer {token}"}
    declared = home.post(path, content=b"x" * 1_100_000, headers=bearer)
    assert declared.status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(30):
            yield b"x" * 65_536

    try:
        streamed = home.post(path, content=pieces(), headers=bearer)
    except httpx.HTTPError:
        return  # it was hung up on
    assert streamed.status_code == 413


def test_nothing_of_who_was_erased_opens_anything(home: Home) -> None:
    """Every way in that Cleo had: none is left, and none comes back."""
    auth, services = home.auth, home.running.services
    cleo = services.accounts.add("Cleo", password="a quiet horse 7")
    client, secret = home.program(name="Cleo's radio")
    listen = frozenset({Permission.LISTEN})
    grant = auth.grants.begin(client, cleo.id, listen, home.url)
    token = auth.tokens.make(grant, issuer=home.url)
    refresh = auth.grants.make_refresh(grant)
    _, app_password = auth.app_passwords.make(cleo.id, "Cleo's phone")
    signed = services.signed_urls.sign("/api/tracks/1/audio", valid_s=600, person=cleo.id)
    device, code = auth.device_codes.make(client, listen, home.url)
    auth.device_codes.decide(code, cleo.id, allowed=True, permissions=listen)
    bearers = [{"Authorization": f"Bearer {one}"} for one in (token, app_password)]
    subsonic = {"u": "Cleo", "p": app_password, "f": "json", "c": "x", "v": "1.16.1"}

    def opens() -> list[bool]:
        return [
            *(home.get("/api/library", headers=one).status_code == 200 for one in bearers),
            home.get("/api/library", auth=("Cleo", app_password)).status_code == 200,
            home.get("/rest/ping", params=subsonic).json()["subsonic-response"]["status"] == "ok",
            home.get(signed).status_code == 200,
        ]

    assert all(opens())
    with home.browser() as browser:
        login = {"name": "Cleo", "password": "a quiet horse 7"}
        assert browser.post("/login", data=login).status_code == 303
        assert browser.get("/api/whoami").json()["name"] == "Cleo"
        gone = browser.request("DELETE", "/api/me", json={"confirm": "Cleo"})
        assert gone.status_code == 204
        after = browser.get("/api/whoami", headers={"Accept": "application/json"})
        assert after.status_code == 401, "at once, and not a second later"
        assert browser.post("/login", data=login).status_code != 303
    assert not any(opens())
    for form in (
        {"grant_type": "refresh_token", "refresh_token": refresh},
        {"grant_type": "urn:ietf:params:oauth:grant-type:device_code", "device_code": device},
    ):
        answer = home.post("/oauth/token", data=form, auth=(client.id, secret))
        assert answer.status_code in {400, 401}, form["grant_type"]
    again = services.accounts.add("Cleo", password="a quiet horse 7")
    assert again.id != cleo.id
    assert not any(opens()), "somebody of the same name is somebody else"
