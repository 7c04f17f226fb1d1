"""What a token does not allow cannot be done: at no address, on no WebSocket, in no words."""

import contextlib
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

import server.app as application
from auth_rig import Home, home_with_people
from server.auth.identity import NOBODY, Identity, Permission
from server.auth.route_permissions import Who, access_to, allows

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_people(tmp_path_factory.mktemp("home")) as made:
        yield made


def every_route() -> list[tuple[str, str]]:
    """All that the application answers, as method and path."""
    found = [("GET", "/api/openapi.json"), ("POST", "/mcp"), ("POST", "/mcp/")]
    for module in application._ROUTERS:
        for route in module.router.routes:
            methods = getattr(route, "methods", None) or {"WEBSOCKET"}
            found += [(method, str(getattr(route, "path", ""))) for method in sorted(methods)]
    return found


@pytest.mark.parametrize(("method", "path"), every_route())
def test_every_route_says_who_may(method: str, path: str) -> None:
    said = access_to(method, path.replace("{name:path}", "jazz/x").replace(":path}", "}"))
    assert said is not None, f"{method} {path} is missing in server/auth/route_permissions.py"


def test_what_stands_nowhere_is_for_administrators_only() -> None:
    assert access_to("POST", "/api/something/new") is None
    ben = Identity(permissions=frozenset(Permission) - {Permission.ADMIN})
    assert not allows(ben, None)
    assert allows(Identity(), None)


def test_strangers_get_nothing_but_the_door() -> None:
    assert not allows(NOBODY, Who.SOMEBODY)
    assert not allows(NOBODY, Permission.LISTEN)
    assert allows(NOBODY, Who.ANYBODY)


def asked(home: Home, token: str, method: str, path: str, **more: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.request(method, f"{home.url}{path}", headers=headers, timeout=30.0, **more)


def test_a_token_that_may_listen_changes_nothing(home: Home) -> None:
    token = home.token("Ben", "listen")
    assert asked(home, token, "GET", "/api/library").status_code == 200
    for method, path in (
        ("POST", "/api/queue/clear"),
        ("POST", "/api/player/pause"),
        ("POST", "/api/playlists"),
        ("GET", "/api/history"),
        ("GET", "/api/taste"),
        ("GET", "/api/people"),
        ("GET", "/api/audit"),
        ("DELETE", "/api/me"),
        ("POST", "/api/devices/app-passwords"),
    ):
        answer = asked(home, token, method, path, json={})
        assert answer.status_code == 403, (method, path, answer.text)
        assert answer.json()["error"]["code"] == "not_permitted"
        assert "insufficient_scope" in answer.headers["www-authenticate"]


def test_each_permission_opens_its_own(home: Home) -> None:
    assert asked(home, home.token("Ben", "history"), "GET", "/api/history").status_code == 200
    assert asked(home, home.token("Ben", "history"), "GET", "/api/library").status_code == 403
    control = home.token("Ben", "control")
    assert asked(home, control, "POST", "/api/queue/clear").status_code == 200


def test_nobody_gives_more_than_they_may_themselves(home: Home) -> None:
    token = home.token("Ben", "listen admin")
    assert asked(home, token, "GET", "/api/library").status_code == 200
    assert asked(home, token, "GET", "/api/people").status_code == 403


def dial(home: Home, token: str) -> ClientConnection:
    headers = {"Authorization": f"Bearer {token}"}
    address = f"{home.running.socket_url}?modalities=text"
    return connect(address, additional_headers=headers, proxy=None)


def error_after(socket: ClientConnection, event: dict[str, Any]) -> str:
    socket.send(json.dumps(event))
    while True:
        message = json.loads(socket.recv(20))
        if message["type"] == "error":
            return str(message["error"]["code"])


def test_on_the_websocket_a_listener_cannot_become_the_player(home: Home) -> None:
    socket = dial(home, home.token("Ben", "listen"))
    with contextlib.closing(socket):
        assert error_after(socket, {"type": "refrain.player.claim"}) == "not_permitted"
        attach = {"type": "refrain.player.attach", "name": "Mine"}
        assert error_after(socket, attach) == "not_permitted"


def test_a_key_for_browsers_gives_no_more_than_its_maker_has(home: Home) -> None:
    made = asked(home, home.token("Ben", "listen"), "POST", "/v1/realtime/client_secrets", json={})
    key = str(made.json()["value"])
    assert asked(home, key, "GET", "/api/library").status_code == 401
    with contextlib.closing(dial(home, key)) as socket:
        assert error_after(socket, {"type": "refrain.player.claim"}) == "not_permitted"
