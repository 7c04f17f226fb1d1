"""Who may what through MCP: as the SDK's own client finds out, asks for and gets it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import httpx2
import pytest
from mcp.client import Client
from mcp.client.auth import AuthorizationCodeResult, OAuthClientProvider
from mcp.client.streamable_http import streamable_http_client
from mcp.shared.auth import OAuthClientInformationFull, OAuthClientMetadata, OAuthToken
from pydantic import AnyUrl

from auth_rig import REDIRECT, Home, consent, home_with_people, query_of
from mcp_clients import text_in

pytestmark = pytest.mark.integration

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    flags = {"server": {"bare_401": ["/mcp/bare"]}}
    with home_with_people(tmp_path_factory.mktemp("home"), flags=flags) as made:
        yield made


class Memory:
    """Remembers tokens as a client does."""

    def __init__(self) -> None:
        self.tokens: OAuthToken | None = None
        self.client: OAuthClientInformationFull | None = None

    async def get_tokens(self) -> OAuthToken | None:
        return self.tokens

    async def set_tokens(self, tokens: OAuthToken) -> None:
        self.tokens = tokens

    async def get_client_info(self) -> OAuthClientInformationFull | None:
        return self.client

    async def set_client_info(self, client_info: OAuthClientInformationFull) -> None:
        self.client = client_info


@asynccontextmanager
async def connected(
    home: Home, auth: httpx2.Auth | None = None, token: str = ""
) -> AsyncIterator[Client]:
    headers = {"authorization": f"Bearer {token}"} if token else {}
    async with httpx2.AsyncClient(auth=auth, headers=headers, timeout=30.0) as http:
        transport = streamable_http_client(f"{home.url}/mcp/", http_client=http)
        async with Client(transport) as client:
            yield client


async def test_the_client_registers_asks_and_comes_in_by_itself(home: Home) -> None:
    """RFC 9728 and 8414 discovery, RFC 7591 registration, PKCE, RFC 8707 resource."""
    memory, back = Memory(), ""

    async def open_browser(url: str) -> None:
        nonlocal back
        assert query_of(url)["resource"].startswith(f"{home.url}/mcp")
        with home.browser("Ben") as browser:
            back = consent(browser, url, untick=("history", "library"))

    async def returned() -> AuthorizationCodeResult:
        found = query_of(back)
        return AuthorizationCodeResult(code=found["code"], state=found["state"], iss=found["iss"])

    auth = OAuthClientProvider(
        f"{home.url}/mcp/",
        OAuthClientMetadata(
            client_name="Desk",
            redirect_uris=[AnyUrl(REDIRECT)],
            scope="listen control",
            token_endpoint_auth_method="none",
        ),
        memory,
        open_browser,
        returned,
    )
    async with connected(home, auth) as client:
        played = await client.call_tool("play_music", {"title": "Night Train"})
        assert played.structured_content["facts"]["playing"] == "Night Train"
        history = await client.call_tool("recall_history", {})
        assert history.is_error
        assert "history" in text_in(history.content[0])
    assert memory.client is not None
    assert memory.tokens is not None


async def called(home: Home, token: str, tool: str, **arguments: Any) -> Any:
    async with connected(home, token=token) as client:
        return await client.call_tool(tool, arguments)


async def test_each_tool_asks_for_its_permission(home: Home) -> None:
    token = home.token("Ben", "listen", f"{home.url}/mcp")
    assert not (await called(home, token, "search_music", query="night")).is_error
    for tool, given in (
        ("play_music", {"title": "Night Train"}),
        ("control_playback", {"action": "pause"}),
        ("edit_queue", {"action": "clear"}),
        ("choose_player", {"name": "fake"}),
        ("recall_history", {}),
    ):
        refused = await called(home, token, tool, **given)
        assert refused.is_error
        assert "does not allow" in refused.content[0].text


async def test_what_is_played_belongs_to_who_asked(home: Home) -> None:
    for name, title in (("Ben", "Paper Boats"), ("Anna", "Slow Glass")):
        token = home.token(name, "listen control history", f"{home.url}/mcp")
        await called(home, token, "play_music", title=title)
        history = await called(home, token, "recall_history", limit=1)
        assert history.structured_content["items"][0]["title"] == title


def status_of(home: Home, token: str = "", path: str = "/mcp/") -> httpx.Response:
    headers = {"accept": "application/json, text/event-stream"}
    if token:
        headers["authorization"] = f"Bearer {token}"
    return home.post(path, json=PING, headers=headers)


def test_a_stranger_is_told_where_to_ask(home: Home) -> None:
    answer = status_of(home)
    assert answer.status_code == 401
    where = f"{home.url}/.well-known/oauth-protected-resource/mcp"
    assert f'resource_metadata="{where}"' in answer.headers["www-authenticate"]
    metadata = home.get("/.well-known/oauth-protected-resource/mcp").json()
    assert metadata["resource"] == f"{home.url}/mcp"
    assert metadata["authorization_servers"] == [home.url]


def test_tokens_for_something_else_are_refused(home: Home) -> None:
    assert status_of(home, home.token("Ben", "listen", f"{home.url}/mcp")).status_code == 200
    assert status_of(home, home.token("Ben", "listen", f"{home.url}/alexa")).status_code == 401
    good = home.token("Ben", "listen", f"{home.url}/mcp")
    head, body, signature = good.split(".")
    forged = f"{head}.{body}.{signature[::-1]}"
    for wrong in (forged, "x" * 3_000, "rap_wrong"):
        assert status_of(home, wrong).status_code == 401
    here_only = home.get("/api/library", headers={"authorization": f"Bearer {good}"})
    assert here_only.status_code == 401, "a token for /mcp opens nothing else"


def test_alexa_gets_its_401_without_a_challenge(home: Home) -> None:
    for path in ("/mcp/?challenge=none", "/mcp/bare"):
        answer = status_of(home, path=path)
        assert answer.status_code == 401
        assert "www-authenticate" not in answer.headers


def test_an_app_password_is_enough(home: Home) -> None:
    _, secret = home.auth.app_passwords.make(home.ben.id, "Desk")
    assert status_of(home, secret).status_code == 200
