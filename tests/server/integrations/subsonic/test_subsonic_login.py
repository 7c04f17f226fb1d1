"""Who comes in: by API key, token and salt, or password; and who does not."""

import hashlib

import httpx
import pytest

from server.auth.identity import Permission
from subsonic_apps import App, app_of

pytestmark = pytest.mark.integration


def test_all_three_ways_in(ann: App) -> None:
    for login in (
        {"username": "Ann", "password": ann.secret},
        {"username": "ann", "password": ann.secret, "legacy_auth": True},
        {"username": "Ann", "password": ann.secret, "use_get": True},
        {"api_key": ann.secret},
    ):
        with ann.connection(**login) as phone:
            assert phone.ping()
    with ann.connection(api_key=ann.secret) as phone:
        assert phone.token_info().username == "Ann"


def token(secret: str, salt: str) -> str:
    return hashlib.md5((secret + salt).encode(), usedforsecurity=False).hexdigest()


@pytest.mark.parametrize(
    ("login", "code"),
    [
        ({}, 10),
        ({"u": "Ann"}, 10),
        ({"u": "Ann", "p": "wrong"}, 40),
        ({"u": "Ann", "p": "enc:zz"}, 40),
        ({"u": "Ann", "p": "enc:ff00"}, 40),
        ({"u": "Bob", "p": "{secret}"}, 40),
        ({"u": "", "p": "{secret}"}, 10),
        ({"u": "Ann", "t": "{token}", "s": "other"}, 40),
        ({"u": "Ann", "t": "{token}"}, 10),
        ({"u": "Ann", "t": "{token}", "s": "pepper", "p": "{secret}"}, 43),
        ({"apiKey": "{secret}", "u": "Ann"}, 43),
        ({"apiKey": "rap_wrong"}, 44),
        ({"apiKey": "x" * 4_000}, 40),
        ({"u": "Ann", "p": "{secret}", "v": "2.0.0"}, 30),
    ],
)
def test_who_is_not_known_is_told_why(ann: App, bob: App, login: dict[str, str], code: int) -> None:
    assert bob.name == "Bob"
    known = {"{secret}": ann.secret, "{token}": token(ann.secret, "pepper")}
    given = {key: known.get(value, value) for key, value in login.items()}
    answer = httpx.get(f"{ann.server.url}/rest/ping", params={"f": "json", **given})
    told = answer.json()["subsonic-response"]
    assert (answer.status_code, told["status"]) == (200, "failed")
    assert told["error"]["code"] == code


def test_the_right_token_comes_in(ann: App) -> None:
    given = {"f": "json", "u": "Ann", "t": token(ann.secret, "pepper").upper(), "s": "pepper"}
    answer = httpx.get(f"{ann.server.url}/rest/ping.view", params=given)
    assert answer.json()["subsonic-response"]["status"] == "ok"


def test_extensions_are_told_to_everybody(ann: App) -> None:
    answer = httpx.get(f"{ann.server.url}/rest/getOpenSubsonicExtensions?f=json")
    assert answer.json()["subsonic-response"]["openSubsonicExtensions"]


def test_a_password_for_listening_changes_nothing(ann: App) -> None:
    radio = app_of(ann.server, "Ann", permissions=frozenset({Permission.LISTEN}))
    assert radio.ask("getAlbum", id="al-1")["album"]["songCount"] == 5
    for call, given in (
        ("star", {"id": "tr-1"}),
        ("setRating", {"id": "tr-1", "rating": "5"}),
        ("createPlaylist", {"name": "No"}),
        ("deletePlaylist", {"id": "pl-1"}),
        ("getAlbumList2", {"type": "recent"}),
    ):
        assert radio.error(call, **given) == 50


def test_a_revoked_password_opens_nothing(ann: App) -> None:
    services = ann.server.services
    gone = app_of(ann.server, "Ann")
    assert gone.ask("ping")["status"] == "ok"
    person = services.accounts.by_name("Ann")
    assert person is not None
    services.app_passwords.revoke(person.id, services.app_passwords.of(person.id)[0].id)
    assert gone.error("ping") == 40


def test_guessing_is_slowed_down(ann: App) -> None:
    told = [ann.get("ping", p=f"rap_{guess}").json() for guess in range(15)]
    messages = [one["subsonic-response"]["error"]["message"] for one in told]
    assert "Wait a minute" in messages[-1]
    noted = ann.server.services.auth.audit.entries()
    failed = [one for one in noted if one.action == "login_failed" and one.what == "Ann"]
    assert 0 < len(failed) < 20, "the log is not filled by guessing"
    assert failed[0].address == "127.0.0.1"
    assert ann.ask("ping")["status"] == "ok", "who is right comes in all the same"
