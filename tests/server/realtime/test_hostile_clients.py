"""Clients that send too much, too fast, nonsense, or do not read."""

import contextlib
import json
import time
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.sync.connection import Connection

from player_fake import FakePlayer
from server.realtime.connection import MAX_MESSAGE_BYTES
from server_running import RunningServer
from server_turns import ScriptedTurns

pytestmark = pytest.mark.integration


def dial(server: RunningServer, query: str = "") -> Connection:
    return connect(server.socket_url + query, proxy=None, max_size=None, max_queue=None)


def send(socket: Connection, **event: Any) -> None:
    socket.send(json.dumps(event))


def until(socket: Connection, kind: str) -> dict[str, Any]:
    """The first event of this type."""
    while True:
        event: dict[str, Any] = json.loads(socket.recv(20))
        if event["type"] == kind:
            return event


def closed_with(socket: Connection) -> int | None:
    """Read until the server hangs up; the code it gave."""
    while True:
        try:
            socket.recv(20)
        except ConnectionClosed as closed:
            return None if closed.rcvd is None else closed.rcvd.code


def works(socket: Connection) -> bool:
    content = [{"type": "input_text", "text": "play something"}]
    item = {"type": "message", "role": "user", "content": content}
    send(socket, type="conversation.item.create", item=item)
    send(socket, type="response.create")
    return bool(until(socket, "response.done")["response"]["status"] == "completed")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("", "invalid_json"),
        ("{", "invalid_json"),
        ("[" * 100_000, "invalid_json"),
        ("null", "invalid_value"),
        ("{}", "unknown_event"),
        ('{"type": 7}', "unknown_event"),
        ('{"type": "session.destroy"}', "unknown_event"),
        ('{"type": "session.update"}', "invalid_value"),
        ('{"type": "session.update", "session": {"type": "transcription"}}', "invalid_value"),
        ('{"type": "conversation.item.create", "item": {"type": "message"}}', "invalid_value"),
        ('{"type": "conversation.item.retrieve", "item_id": "no"}', "item_not_found"),
        (
            '{"type": "conversation.item.truncate", "item_id": "a", "audio_end_ms": 5}',
            "item_not_found",
        ),
        ('{"type": "response.create"}', "nothing_to_answer"),
        ('{"type": "response.cancel"}', "response_cancel_not_active"),
    ],
)
def test_nonsense_is_answered_and_the_connection_goes_on(
    shared_server: RunningServer, message: str, code: str
) -> None:
    with dial(shared_server) as socket:
        socket.send(message)
        error = until(socket, "error")["error"]
        assert error["code"] == code
        assert len(error["message"]) < 1_000
        assert works(socket)


def test_an_error_names_the_event_that_caused_it(shared_server: RunningServer) -> None:
    with dial(shared_server) as socket:
        send(socket, type="conversation.item.delete", item_id="no", event_id="mine-7")
        assert until(socket, "error")["error"]["event_id"] == "mine-7"
        send(socket, type="session.destroy", event_id="mine-8")
        assert until(socket, "error")["error"]["event_id"] == "mine-8"


def test_bytes_are_refused(shared_server: RunningServer) -> None:
    with dial(shared_server) as socket:
        socket.send(b"\x00\x01")
        assert until(socket, "error")["error"]["code"] == "invalid_message"
        assert works(socket)


def test_a_text_that_is_too_long_is_refused(shared_server: RunningServer) -> None:
    with dial(shared_server) as socket:
        content = [{"type": "input_text", "text": "x" * 5_000}]
        item = {"type": "message", "role": "user", "content": content}
        send(socket, type="conversation.item.create", item=item)
        assert until(socket, "error")["error"]["code"] == "invalid_value"
        assert works(socket)


def test_a_message_over_the_limit_is_refused(server: RunningServer) -> None:
    with dial(server) as socket:
        socket.send("x" * (MAX_MESSAGE_BYTES + 10))
        assert until(socket, "error")["error"]["code"] == "too_large"
        assert works(socket)


def test_a_giant_message_ends_its_connection_and_no_other(server: RunningServer) -> None:
    with dial(server) as bystander:
        with dial(server) as socket:
            with contextlib.suppress(ConnectionClosed):  # it may hang up while we are still sending
                socket.send("x" * (3 * MAX_MESSAGE_BYTES))
            # Without a code where its last words were lost with what it did not read of ours.
            assert closed_with(socket) in {1009, None}
        assert works(bystander)


def test_a_flood_is_slowed_down_and_then_cut_off(server: RunningServer) -> None:
    with dial(server) as bystander:
        with dial(server) as socket:
            codes = set()
            with contextlib.suppress(ConnectionClosed):
                for _ in range(1_000):
                    send(socket, type="response.cancel")
            # What it said before it hung up is still there to be read.
            with contextlib.suppress(ConnectionClosed):
                while True:
                    event = json.loads(socket.recv(20))
                    if event["type"] == "error":
                        codes.add(event["error"]["code"])
            assert "rate_limited" in codes
        assert works(bystander)


def test_there_are_only_so_many_connections(server: RunningServer) -> None:
    limit = server.services.settings.server.max_connections
    sockets = []
    try:
        for _ in range(limit):
            sockets.append(dial(server))
            time.sleep(0.03)  # stay below the rate limit: this is about the number
        with pytest.raises(InvalidStatus) as caught:
            dial(server)
        assert caught.value.response.status_code == 503
    finally:
        for socket in sockets:
            socket.close()
    with dial(server) as socket:
        assert works(socket)


@pytest.mark.parametrize("session", ["a/b", "x" * 65, "a b", "%00"])
def test_a_session_id_that_is_no_name_is_refused(server: RunningServer, session: str) -> None:
    with pytest.raises(InvalidStatus) as caught:
        dial(server, f"?session={session.replace(' ', '%20')}")
    assert caught.value.response.status_code == 400


def test_leaving_in_the_middle_of_a_turn_ends_it(
    server: RunningServer, turns: ScriptedTurns
) -> None:
    with dial(server) as socket:
        content = [{"type": "input_text", "text": "think slowly"}]
        item = {"type": "message", "role": "user", "content": content}
        send(socket, type="conversation.item.create", item=item)
        send(socket, type="response.create")
        until(socket, "response.output_text.delta")
    deadline = time.monotonic() + 20
    while turns.cancelled == 0 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert turns.cancelled == 1


def test_all_pages_see_the_queue_change(server: RunningServer, player: FakePlayer) -> None:
    ids = [track.id for track in server.services.catalog.list_tracks()[0]]
    with dial(server, "?events=all") as one, dial(server, "?events=all") as two:
        for socket in (one, two):
            assert until(socket, "refrain.transcript")["items"] == []
            assert until(socket, "refrain.queue")["queue"]["items"] == []
            assert until(socket, "refrain.player")["player"]["name"] == "fake"
        with server.client() as client:
            client.post("/api/queue/play", json={"track_ids": ids})
        for socket in (one, two):
            queue = until(socket, "refrain.queue")["queue"]
            while not queue["items"]:
                queue = until(socket, "refrain.queue")["queue"]
            assert [item["track"]["id"] for item in queue["items"]] == ids
            while until(socket, "refrain.player")["player"]["status"] != "playing":
                pass
    assert player.playing is not None
