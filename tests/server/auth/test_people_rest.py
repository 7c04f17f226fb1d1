"""People over HTTP: logging in, inviting, devices, and what others may not see."""

import itertools
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from auth_rig import PASSWORD, Home, hidden_fields, home_with_people

pytestmark = pytest.mark.integration
NEW = "another quiet horse 8"


NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_people(tmp_path_factory.mktemp("home")) as made:
        yield made


@pytest.fixture
def home(shared: Home) -> Home:
    """The same server, with a Ben of its own for every test."""
    name = f"Ben {next(NUMBERS)}"
    ben = shared.auth.accounts.add(name, password=PASSWORD)
    return Home(shared.running, shared.anna, ben)


def test_once_somebody_has_a_password_a_browser_must_log_in(home: Home) -> None:
    with home.browser() as stranger:
        first = stranger.get("/?session=a")
        assert first.status_code == 303
        assert first.headers["location"] == "/login?next=%2F%3Fsession%3Da"
        page = stranger.get(first.headers["location"])
        assert page.status_code == 200
        assert "<script" not in page.text
        assert "unsafe-inline" not in page.headers["content-security-policy"]
        assert stranger.get("/api/library", headers={"Accept": "*/*"}).status_code == 401
        form = {
            **dict(hidden_fields(page.text)),
            "name": home.ben.name.upper(),
            "password": PASSWORD,
        }
        back = stranger.post("/login", data=form)
        assert back.headers["location"] == "/?session=a"
        cookie = back.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert stranger.get("/").status_code == 200
        assert stranger.get("/api/whoami").json()["name"] == home.ben.name
    with home.running.client(
        headers={"Authorization": f"Bearer {home.running.token.control}"}
    ) as cli:
        assert cli.get("/api/library").status_code == 200, "the command line need not log in"


def test_a_login_leads_only_to_this_server(home: Home) -> None:
    for there in ("https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"):
        form = {"name": home.ben.name, "password": PASSWORD, "next": there}
        assert home.post("/login", data=form).headers["location"] == "/"


def test_wrong_passwords_are_slowed_down_and_written_down(home: Home) -> None:
    form = {"name": home.ben.name, "password": "not the password"}
    codes = [home.post("/login", data=form).status_code for _ in range(12)]
    assert codes[:10] == [401] * 10
    assert codes[10:] == [429, 429]
    right = home.post("/login", data={"name": home.ben.name, "password": PASSWORD})
    assert right.status_code == 429, "guessing on does not help"
    anna = home.post("/login", data={"name": "Anna", "password": PASSWORD})
    assert anna.status_code == 303, "others may still come in"
    entries = home.auth.audit.entries()
    assert [
        one.what for one in entries if (one.action, one.what) == ("login_failed", home.ben.name)
    ] == [home.ben.name] * 10
    assert all("not the password" not in str(one) for one in entries)


def test_guessing_many_times_at_once_gives_no_more_guesses(home: Home) -> None:
    form = {"name": home.ben.name, "password": "not the password"}
    with ThreadPoolExecutor(25) as at_once:
        asked = at_once.map(lambda _: home.post("/login", data=form).status_code, range(25))
        codes = sorted(asked)
    assert codes.count(429) >= 25 - 11  # two passwords are checked beside each other
    assert codes.count(401) >= 10


def test_another_page_can_neither_log_in_nor_out(home: Home) -> None:
    evil = {"Origin": "https://evil.example"}
    form = {"name": home.ben.name, "password": PASSWORD}
    assert home.post("/login", data=form, headers=evil).status_code == 403
    with home.browser(home.ben.name) as browser:
        assert browser.post("/logout", headers=evil).status_code == 403
        assert browser.get("/api/whoami").status_code == 200
        assert browser.post("/logout").status_code == 303
        assert browser.get("/api/library", headers={"Accept": "*/*"}).status_code == 401


def test_a_wrong_token_in_the_address_gives_nobody_more(tmp_path: Path) -> None:
    flags = {"server": {"token": "a-token-of-good-length"}}
    with home_with_people(tmp_path, flags=flags) as home, home.browser("Ben") as browser:
        answer = browser.get("/?token=anything")
        assert answer.status_code == 303
        assert "set-cookie" not in answer.headers
        assert browser.get("/api/people").status_code == 403
        right = browser.get("/?token=a-token-of-good-length")
        assert "refrain_page" in right.headers["set-cookie"]


def test_an_administrator_invites_and_the_guest_chooses_a_password(home: Home) -> None:
    with home.browser("Anna") as anna:
        made = anna.post("/api/invitations", json={"name": "Cleo"})
        assert made.status_code == 201
        link = made.json()["url"]
        assert link.startswith(home.url)
        assert (
            "url" not in anna.get("/api/invitations").json()[0]
            or not (anna.get("/api/invitations").json()[0]["url"])
        )
    with home.browser() as cleo:
        page = cleo.get(link)
        assert "Welcome, Cleo" in page.text
        fields = dict(hidden_fields(page.text))
        wrong = cleo.post("/invitation", data={**fields, "password": NEW, "again": "other"})
        assert wrong.status_code == 422
        weak = cleo.post("/invitation", data={**fields, "password": "short", "again": "short"})
        assert "at least 10" in weak.text
        done = cleo.post("/invitation", data={**fields, "password": NEW, "again": NEW})
        assert done.status_code == 303
        assert cleo.get("/api/whoami").json()["is_admin"] is False
        assert cleo.get(link).status_code == 404, "a link is good once"


def test_a_link_that_is_used_twice_at_once_makes_one_person(home: Home) -> None:
    _, secret = home.auth.invitations.make()
    before = len(home.auth.accounts.all())

    def accept(number: int) -> int:
        form = {"token": secret, "name": f"Guest {number}", "password": NEW, "again": NEW}
        return home.post("/invitation", data=form).status_code

    with ThreadPoolExecutor(3) as at_once:
        codes = list(at_once.map(accept, range(3)))
    assert codes.count(303) == 1
    assert len(home.auth.accounts.all()) == before + 1


def test_somebody_who_forgot_it_chooses_a_new_password(home: Home) -> None:
    with home.browser(home.ben.name) as ben, home.browser("Anna") as anna:
        link = anna.post(f"/api/people/{home.ben.id}/invitation").json()["url"]
        with home.browser() as other:
            fields = dict(hidden_fields(other.get(link).text))
            other.post("/invitation", data={**fields, "password": NEW, "again": NEW})
        assert ben.get("/api/whoami", headers={"Accept": "*/*"}).status_code == 401
        assert home.post("/login", data={"name": home.ben.name, "password": NEW}).status_code == 303


def test_only_administrators_see_and_change_people(home: Home) -> None:
    with home.browser(home.ben.name) as ben:
        for method, path in (
            ("GET", "/api/people"),
            ("POST", "/api/people"),
            ("PATCH", f"/api/people/{home.ben.id}"),
            ("DELETE", f"/api/people/{home.anna.id}"),
            ("POST", "/api/invitations"),
            ("GET", "/api/audit"),
            ("POST", "/api/clients"),
        ):
            answer = ben.request(method, path, json={"is_admin": True, "name": "X"})
            assert answer.status_code == 403, (method, path)
    with home.browser("Anna") as anna:
        made = anna.post("/api/people", json={"name": "Dora"})
        assert made.status_code == 201
        assert anna.delete(f"/api/people/{made.json()['id']}").status_code == 204
        names = {one["name"] for one in anna.get("/api/people").json()}
        assert {"Anna", home.ben.name} <= names
        assert "Dora" not in names
        assert anna.delete("/api/people/1").status_code == 400
        actions = {one["action"] for one in anna.get("/api/audit").json()}
        assert {"person_added", "person_removed", "login"} <= actions


def test_a_new_password_ends_other_browsers(home: Home) -> None:
    with home.browser(home.ben.name) as here, home.browser(home.ben.name) as there:
        wrong = here.put("/api/me/password", json={"current": "wrong", "new": NEW})
        assert wrong.status_code == 403
        done = here.put("/api/me/password", json={"current": PASSWORD, "new": NEW})
        assert done.status_code == 204
        assert here.get("/api/whoami").status_code == 200
        assert there.get("/api/whoami", headers={"Accept": "*/*"}).status_code == 401


def test_one_sees_and_ends_ones_own_devices_only(home: Home) -> None:
    with home.browser(home.ben.name) as ben, home.browser("Anna") as anna:
        made = ben.post("/api/devices/app-passwords", json={"name": "Symfonium"}).json()
        secret, which = made["password"], made["device"]["id"]
        home.token(home.ben.name, "listen")
        kinds = [one["kind"] for one in ben.get("/api/devices").json()]
        assert {"browsers", "programs", "app-passwords"} == set(kinds)
        assert secret not in ben.get("/api/devices").text
        assert {one["kind"] for one in anna.get("/api/devices").json()} == {"browsers"}
        assert anna.delete(f"/api/devices/app-passwords/{which}").status_code == 404
        assert home.get("/api/library", auth=(home.ben.name, secret)).status_code == 200
        assert home.get("/api/library", auth=("anna", secret)).status_code == 401
        bearer = {"Authorization": f"Bearer {secret}"}
        assert home.get("/api/library", headers=bearer).status_code == 200
        assert home.get("/api/devices", headers=bearer).status_code == 403
        assert ben.delete(f"/api/devices/app-passwords/{which}").status_code == 204
        assert home.get("/api/library", headers=bearer).status_code == 401


def test_nobody_logs_in_to_programs_with_their_own_password(home: Home) -> None:
    assert home.get("/api/library", auth=(home.ben.name, PASSWORD)).status_code == 401


def test_who_is_removed_is_out_at_once(home: Home) -> None:
    token = home.token(home.ben.name, "listen")
    bearer = {"Authorization": f"Bearer {token}"}
    assert home.get("/api/library", headers=bearer).status_code == 200
    made = home.post("/v1/realtime/client_secrets", headers=bearer, json={})
    key = {"Authorization": f"Bearer {made.json()['value']}"}
    connect(home.running.socket_url, additional_headers=key, proxy=None).close()
    with home.browser(home.ben.name) as ben, home.browser("Anna") as anna:
        assert anna.delete(f"/api/people/{home.ben.id}").status_code == 204
        assert ben.get("/api/whoami", headers={"Accept": "*/*"}).status_code == 401
    assert home.get("/api/library", headers=bearer).status_code == 401
    with pytest.raises(InvalidStatus, match="401"):
        connect(home.running.socket_url, additional_headers=key, proxy=None)
