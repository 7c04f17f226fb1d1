"""What waits for a client: in order, bounded, only the newest of each state."""

import asyncio
from typing import Any

import pytest

from server.realtime.hub import Hub
from server.realtime.outgoing import Outgoing

pytestmark = pytest.mark.unit


async def test_messages_come_out_in_order() -> None:
    outgoing = Outgoing()
    outgoing.put({"type": "a"})
    outgoing.put({"type": "b"})
    assert await outgoing.next() == {"type": "a"}
    assert await outgoing.next() == {"type": "b"}


async def test_a_newer_state_replaces_one_that_still_waits() -> None:
    outgoing = Outgoing()
    outgoing.put_latest({"type": "refrain.queue", "revision": 1})
    outgoing.put({"type": "error"})
    outgoing.put_latest({"type": "refrain.queue", "revision": 2})
    assert await outgoing.next() == {"type": "refrain.queue", "revision": 2}
    assert await outgoing.next() == {"type": "error"}
    outgoing.put_latest({"type": "refrain.queue", "revision": 3})
    assert await outgoing.next() == {"type": "refrain.queue", "revision": 3}


async def test_a_client_that_does_not_read_is_given_up() -> None:
    outgoing = Outgoing(limit=10)
    for number in range(50):
        outgoing.put({"type": "delta", "number": number})
    assert outgoing.overflowed
    assert await outgoing.next() is None


async def test_waiting_ends_when_it_is_closed() -> None:
    outgoing = Outgoing()
    waiting = asyncio.create_task(outgoing.next())
    await asyncio.sleep(0)
    outgoing.close()
    assert await waiting is None
    assert not outgoing.overflowed


async def test_the_hub_tells_everyone_the_newest_state_once() -> None:
    hub = Hub()
    one, two = Outgoing(), Outgoing()
    hub.join(one)
    hub.join(two)
    made = 0

    def make() -> dict[str, object]:
        nonlocal made
        made += 1
        return {"type": "refrain.queue", "made": made}

    task = asyncio.create_task(hub.run())
    for _ in range(20):
        hub.publish("queue", make)
    assert await one.next() == {"type": "refrain.queue", "made": 1}
    assert await two.next() == {"type": "refrain.queue", "made": 1}
    hub.leave(two)
    await asyncio.to_thread(hub.publish_from_thread, "queue", make)
    assert await one.next() == {"type": "refrain.queue", "made": 2}
    task.cancel()
    assert not two._waiting


async def test_a_message_that_cannot_be_made_does_not_silence_the_hub(
    caplog: pytest.LogCaptureFixture,
) -> None:
    hub = Hub()
    client = Outgoing()
    hub.join(client)

    def fail() -> dict[str, object]:
        raise RuntimeError("database is gone")

    task = asyncio.create_task(hub.run())
    hub.publish("queue", fail)
    hub.publish("player", lambda: {"type": "refrain.player"})
    assert await client.next() == {"type": "refrain.player"}
    assert "database is gone" in caplog.text
    task.cancel()


async def test_a_client_is_greeted_before_it_hears_of_changes() -> None:
    hub = Hub()
    client = Outgoing()
    hub.publish("queue", lambda: {"type": "refrain.queue", "revision": 2})
    hub.join(client, (lambda: {"type": "refrain.transcript"},))
    task = asyncio.create_task(hub.run())
    assert await client.next() == {"type": "refrain.transcript"}
    assert await client.next() == {"type": "refrain.queue", "revision": 2}
    task.cancel()


def sound(response_id: str, size: int) -> dict[str, Any]:
    kind = "response.output_audio.delta"
    return {"type": kind, "response_id": response_id, "delta": "A" * size}


async def test_of_sound_only_so_many_bytes_wait() -> None:
    outgoing = Outgoing(limit_bytes=1_000)
    outgoing.put(sound("resp_1", 600))
    assert (await outgoing.next() or {})["response_id"] == "resp_1"
    outgoing.put(sound("resp_1", 600))
    assert not outgoing.overflowed
    outgoing.put(sound("resp_1", 600))
    assert outgoing.overflowed
    assert await outgoing.next() is None


async def test_sound_of_an_answer_that_was_cut_short_is_not_sent() -> None:
    outgoing = Outgoing(limit_bytes=1_000)
    outgoing.put(sound("resp_1", 400))
    outgoing.put({"type": "response.done", "response": {"id": "resp_1"}})
    outgoing.put(sound("resp_2", 400))
    outgoing.drop_sound("resp_1")
    outgoing.put(sound("resp_2", 500))  # there is room again
    sent = [await outgoing.next() for _ in range(3)]
    assert [(one or {}).get("response_id") for one in sent] == [None, "resp_2", "resp_2"]


async def test_what_waits_is_sent_before_it_ends() -> None:
    outgoing = Outgoing()
    outgoing.put({"type": "error"})
    outgoing.close_after_all()
    assert await outgoing.next() == {"type": "error"}
    assert await outgoing.next() is None
