"""Things without a keyboard, programs that register themselves, and hostile requests of both."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from auth_rig import REDIRECT, Home, consent, hidden_fields, home_with_people, query_of
from server.auth.oauth.clients import AuthMethod, GrantType

pytestmark = pytest.mark.integration
GRANT = GrantType.DEVICE.value


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_people(tmp_path_factory.mktemp("home")) as made:
        yield made


def thing(home: Home) -> str:
    client, _ = home.program(
        name="Kitchen clock",
        redirect_uris=(),
        auth_method=AuthMethod.NONE,
        grant_types=frozenset({GrantType.DEVICE, GrantType.REFRESH}),
    )
    return client.id


def poll(home: Home, client_id: str, device_code: str) -> dict[str, Any]:
    form = {"grant_type": GRANT, "client_id": client_id, "device_code": device_code}
    answer: dict[str, Any] = home.post("/oauth/token", data=form).json()
    return answer


def decide(browser: httpx.Client, code: str, decision: str) -> httpx.Response:
    page = browser.get("/device", params={"user_code": code})
    assert page.status_code == 200, page.text
    fields = dict(hidden_fields(page.text))
    return browser.post("/device", data={**fields, "allow": ["listen"], "decision": decision})


def test_a_thing_shows_a_code_and_somebody_types_it_in(home: Home) -> None:
    client_id = thing(home)
    asked = home.post("/oauth/device", data={"client_id": client_id, "scope": "listen"}).json()
    assert asked["verification_uri"] == f"{home.url}/device"
    assert poll(home, client_id, asked["device_code"])["error"] == "authorization_pending"
    assert poll(home, client_id, asked["device_code"])["error"] == "slow_down"
    with home.browser("Ben") as ben:
        typed = asked["user_code"].lower().replace("-", " ")
        assert decide(ben, typed, "allow").status_code == 200
    made = poll(home, client_id, asked["device_code"])
    assert made["scope"] == "listen"
    assert made["refresh_token"]
    bearer = {"Authorization": f"Bearer {made['access_token']}"}
    who = home.get("/api/whoami", headers=bearer).json()
    assert (who["name"], who["client"]) == ("Ben", "Kitchen clock")
    assert poll(home, client_id, asked["device_code"])["error"] == "invalid_grant"


def test_a_thing_that_was_refused_is_told_so(home: Home) -> None:
    client_id = thing(home)
    asked = home.post("/oauth/device", data={"client_id": client_id}).json()
    with home.browser("Ben") as ben:
        decide(ben, asked["user_code"], "refuse")
    assert poll(home, client_id, asked["device_code"])["error"] == "access_denied"


def test_codes_cannot_be_guessed_for_long(home: Home) -> None:
    with home.browser("Anna") as anna:
        codes = [
            anna.get("/device", params={"user_code": "BBBB-BBBB"}).status_code for _ in range(12)
        ]
    assert codes[:10] == [404] * 10
    assert codes[10:] == [429, 429]


def test_a_stranger_has_to_log_in_before_anything_is_shown(home: Home) -> None:
    with home.browser() as stranger:
        answer = stranger.get("/device?user_code=BCDF-GHJK")
        assert answer.headers["location"] == "/login?next=%2Fdevice%3Fuser_code%3DBCDF-GHJK"


def test_a_program_with_a_token_cannot_allow_others(home: Home) -> None:
    token = home.token("Ben", "listen control library history")
    client, _ = home.program()
    url = f"/oauth/authorize?response_type=code&client_id={client.id}"
    bearer = {"Authorization": f"Bearer {token}"}
    challenge = "&code_challenge=" + "a" * 43 + "&code_challenge_method=S256"
    answer = home.get(url + challenge, headers=bearer)
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login")


def register(home: Home, **said: Any) -> httpx.Response:
    given = {"client_name": "Some assistant", "redirect_uris": [REDIRECT], **said}
    return home.post("/oauth/register", json=given)


def test_a_program_registers_itself_and_asks(home: Home) -> None:
    made = register(home, token_endpoint_auth_method="none").json()
    assert "client_secret" not in made
    assert "admin" not in made["scope"]
    challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    url = (
        f"/oauth/authorize?response_type=code&client_id={made['client_id']}"
        f"&redirect_uri={REDIRECT}&code_challenge={challenge}&code_challenge_method=S256"
        f"&resource={home.url}/mcp/&scope=listen"
    )
    with home.browser("Ben") as ben:
        assert "registered itself" in ben.get(url).text
        code = query_of(consent(ben, url))["code"]
    form = {
        "grant_type": "authorization_code",
        "client_id": made["client_id"],
        "code": code,
        "code_verifier": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
        "redirect_uri": REDIRECT,
    }
    answer = home.post("/oauth/token", data=form)
    assert answer.status_code == 200, answer.text
    bearer = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    assert home.get("/api/library", headers=bearer).status_code == 401, "it is for /mcp alone"
    assert home.post("/mcp/", headers=bearer, json={}).status_code not in {401, 403}


@pytest.mark.parametrize(
    "uri",
    [
        "http://evil.example/callback",
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user:secret@good.example/",
        "https://good.example/#part",
        "file:///etc/passwd",
        "https://",
        "",
        "https://good.example/\r\nSet-Cookie: a=b",
        "https://good.example:port/",
    ],
)
def test_addresses_that_nobody_may_be_sent_to_are_refused(home: Home, uri: str) -> None:
    answer = register(home, redirect_uris=[uri])
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_redirect_uri")


def test_a_program_cannot_register_for_more_than_asking(home: Home) -> None:
    only = register(home, grant_types=["client_credentials"])
    assert only.json()["error"] == "invalid_client_metadata"
    both = register(home, grant_types=["authorization_code", "client_credentials"]).json()
    assert both["grant_types"] == ["authorization_code", "refresh_token"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": "short"}, "invalid_request"),
        ({"resource": "https://other.example/"}, "invalid_target"),
        ({"scope": "everything"}, "invalid_scope"),
    ],
)
def test_a_wrong_request_goes_back_to_the_program(
    home: Home, changed: dict[str, str], error: str
) -> None:
    client, _ = home.program()
    given = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": REDIRECT,
        "state": "s t&x",
        "code_challenge": "a" * 43,
        "code_challenge_method": "S256",
    }
    answer = home.get("/oauth/authorize", params={**given, **changed})
    assert answer.status_code == 303
    said = query_of(answer.headers["location"])
    assert answer.headers["location"].startswith(f"{REDIRECT}?")
    assert (said["error"], said["state"], said["iss"]) == (error, "s t&x", home.url)


@pytest.mark.parametrize(
    "changed",
    [
        {"client_id": "nobody"},
        {"redirect_uri": "https://evil.example/"},
        {"redirect_uri": REDIRECT + "/more"},
        {"redirect_uri": REDIRECT + "?more=1"},
    ],
)
def test_nobody_is_sent_to_an_address_that_is_not_registered(
    home: Home, changed: dict[str, str]
) -> None:
    client, _ = home.program()
    given = {"response_type": "code", "client_id": client.id, "redirect_uri": REDIRECT}
    answer = home.get("/oauth/authorize", params={**given, **changed})
    assert answer.status_code == 400
    assert "location" not in answer.headers


def test_a_consent_that_was_not_shown_to_this_login_counts_for_nothing(home: Home) -> None:
    client, _ = home.program()
    given = {
        "response_type": "code",
        "client_id": client.id,
        "redirect_uri": REDIRECT,
        "scope": "listen",
        "code_challenge": "a" * 43,
        "code_challenge_method": "S256",
    }
    with home.browser("Ben") as ben, home.browser("Anna") as anna:
        page = ben.get("/oauth/authorize", params=given)
        policy = page.headers["content-security-policy"]
        assert "form-action 'self' http://127.0.0.1:39999" in policy
        assert "script-src 'self'" in policy
        fields = dict(hidden_fields(page.text))
        answer = {"allow": ["listen"], "decision": "allow"}
        assert anna.post("/oauth/authorize", data={**fields, **answer}).status_code == 403
        wider = {**fields, "scope": "listen control"}
        assert ben.post("/oauth/authorize", data={**wider, **answer}).status_code == 403
        no_key = {**fields, "form_key": ""}
        assert ben.post("/oauth/authorize", data={**no_key, **answer}).status_code == 403
        assert ben.post("/oauth/authorize", data={**fields, **answer}).status_code == 303
