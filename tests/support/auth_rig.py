"""A real server with two people, a browser, and programs that ask for access."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from knowledge.people.accounts import Person
from player_fake import FakePlayer
from server.auth.oauth.clients import AuthMethod, Client, NewClient
from server.settings import load_settings
from server_library import add_tracks
from server_running import RunningServer, running_server
from server_turns import ScriptedTurns

PASSWORD = "a quiet horse 7"
REDIRECT = "http://127.0.0.1:39999/callback"


@contextmanager
def home_with_people(
    tmp_path: Path, *, flags: dict[str, Any] | None = None, turns: Any = None
) -> Iterator["Home"]:
    """A server in which Anna (an administrator) and Ben have passwords."""
    given = {"library": {"watch": False}, **(flags or {})}
    settings = load_settings(tmp_path / "data", given)
    add_tracks(settings)
    with running_server(
        settings, turns=turns or ScriptedTurns(), players=(FakePlayer(),)
    ) as running:
        accounts = running.services.accounts
        anna = accounts.add("Anna", password=PASSWORD)
        ben = accounts.add("Ben", password=PASSWORD)
        yield Home(running, anna, ben)


class Home:
    """How a test uses it."""

    def __init__(self, running: RunningServer, anna: Person, ben: Person) -> None:
        self.running, self.anna, self.ben = running, anna, ben
        self.url = running.url
        self.auth = running.services.auth

    @contextmanager
    def browser(self, name: str | None = None) -> Iterator[httpx.Client]:
        """A browser, logged in as `name`; redirects are left to the test."""
        headers = {"Accept": "text/html"}
        with httpx.Client(base_url=self.url, timeout=30.0, headers=headers) as client:
            if name is not None:
                answer = client.post("/login", data={"name": name, "password": PASSWORD})
                assert answer.status_code == 303, answer.text
            yield client

    def get(self, path: str, **options: Any) -> httpx.Response:
        """What a stranger gets."""
        return httpx.get(f"{self.url}{path}", timeout=30.0, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """What a stranger gets."""
        return httpx.post(f"{self.url}{path}", timeout=30.0, **options)

    def program(self, **changed: Any) -> tuple[Client, str]:
        """A program that an administrator added, and its secret."""
        wanted = {
            "name": "Kitchen radio",
            "redirect_uris": (REDIRECT,),
            "auth_method": AuthMethod.BASIC,
        }
        return self.auth.clients.add(NewClient(**{**wanted, **changed}))

    def token(self, name: str, scopes: str, resource: str = "") -> str:
        """An access token of a person, got by consent."""
        from authlib.integrations.httpx_client import OAuth2Client

        client, secret = self.program()
        with OAuth2Client(
            client.id, secret, redirect_uri=REDIRECT, scope=scopes, code_challenge_method="S256"
        ) as program:
            extra = {"resource": resource} if resource else {}
            url, _ = program.create_authorization_url(
                f"{self.url}/oauth/authorize", code_verifier=VERIFIER, **extra
            )
            with self.browser(name) as browser:
                back = consent(browser, url)
            made = program.fetch_token(
                f"{self.url}/oauth/token", authorization_response=back, code_verifier=VERIFIER
            )
        return str(made["access_token"])


VERIFIER = "v" * 50


def consent(
    browser: httpx.Client, url: str, *, decision: str = "allow", untick: tuple[str, ...] = ()
) -> str:
    """Open a consent page, answer it as a browser would, and return where it leads."""
    page = browser.get(url)
    assert page.status_code == 200, page.text
    fields = dict(hidden_fields(page.text))
    ticked: list[str] = re.findall(r'name="allow" value="(\w+)" checked', page.text)
    kept = [one for one in ticked if one not in untick]
    answer = browser.post("/oauth/authorize", data={**fields, "allow": kept, "decision": decision})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def hidden_fields(page: str) -> list[tuple[str, str]]:
    """What a form carries unseen."""
    found = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page)
    return [(unescape(name), unescape(value)) for name, value in found]


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address."""
    return {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
