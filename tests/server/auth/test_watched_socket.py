"""A WebSocket ends with the login, the token or the password that opened it."""

import asyncio
from collections.abc import Iterator

import pytest
from starlette.types import Message
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from auth_rig import Home, home_with_people
from server.auth import watched_socket
from server.auth.watched_socket import WatchedSocket

pytestmark = pytest.mark.integration
NEVER = 3_600.0


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_people(tmp_path_factory.mktemp("home")) as made:
        yield made


async def test_messages_pass_in_order_while_the_client_may_stay() -> None:
    given: asyncio.Queue[Message] = asyncio.Queue()
    sent: list[Message] = []
    looked = 0

    async def still() -> bool:
        nonlocal looked
        looked += 1
        return looked < 3

    async def send(message: Message) -> None:
        sent.append(message)

    watched = WatchedSocket(given.get, send, still=still, every_s=0.02)
    given.put_nowait({"type": "websocket.receive", "text": "1"})
    given.put_nowait({"type": "websocket.receive", "text": "2"})
    assert [(await watched())["text"] for _ in range(2)] == ["1", "2"]
    assert await watched() == {"type": "websocket.disconnect", "code": 1008}
    assert [message["type"] for message in sent] == ["websocket.close"]


async def test_a_receive_that_was_given_up_loses_no_message() -> None:
    given: asyncio.Queue[Message] = asyncio.Queue()

    async def still() -> bool:
        return True

    async def send(message: Message) -> None:
        raise AssertionError(message)

    watched = WatchedSocket(given.get, send, still=still, every_s=NEVER)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await watched()
    given.put_nowait({"type": "websocket.receive", "text": "kept"})
    assert (await watched())["text"] == "kept"
    watched.close()


async def test_who_is_logged_out_is_hung_up_on(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched_socket, "LOOK_EVERY_S", 0.1)
    token = home.token("Ben", "listen")
    headers = {"Authorization": f"Bearer {token}"}
    async with connect(home.running.socket_url, additional_headers=headers, proxy=None) as socket:
        assert "session.created" in await socket.recv()
        for grant in home.auth.grants.of(home.ben.id):
            home.auth.grants.revoke(grant.id)
        with pytest.raises(ConnectionClosed) as closed:
            await _hear_to_the_end(socket)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == 1008


async def _hear_to_the_end(socket: ClientConnection) -> None:
    async with asyncio.timeout(20):
        while True:
            await socket.recv()
