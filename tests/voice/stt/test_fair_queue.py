"""Who is served next."""

import asyncio

import pytest

from voice.errors import HearingBusy
from voice.stt.fair_queue import FairQueue
from voice.stt.transcriber import Urgency

pytestmark = pytest.mark.unit

FINAL, PARTIAL = Urgency.FINAL, Urgency.PARTIAL


async def _asked(
    queue: FairQueue[str], *requests: tuple[str, str, Urgency]
) -> list[asyncio.Task[object]]:
    tasks = []
    for request, who, urgency in requests:
        tasks.append(asyncio.create_task(queue.ask(request, who=who, urgency=urgency)))
        await asyncio.sleep(0)
    return tasks


async def _served(queue: FairQueue[str]) -> str:
    waiting = await queue.next(0)
    waiting.answer.set_result("done")
    return waiting.request


async def test_who_asks_often_waits_for_who_asks_seldom() -> None:
    queue: FairQueue[str] = FairQueue()
    tasks = await _asked(
        queue,
        ("ann 1", "ann", FINAL),
        ("ann 2", "ann", FINAL),
        ("ann 3", "ann", FINAL),
        ("bob 1", "bob", FINAL),
    )

    order = [await _served(queue) for _ in range(4)]

    assert order == ["ann 1", "bob 1", "ann 2", "ann 3"]
    assert await asyncio.gather(*tasks) == ["done"] * 4


async def test_partial_gives_way_to_final() -> None:
    queue: FairQueue[str] = FairQueue()
    partial, final = await _asked(queue, ("so far", "ann", PARTIAL), ("all of it", "bob", FINAL))

    assert await _served(queue) == "all of it"
    with pytest.raises(HearingBusy):
        await partial
    assert await final == "done"


async def test_partial_is_not_even_queued_while_something_final_waits() -> None:
    queue: FairQueue[str] = FairQueue()
    (final,) = await _asked(queue, ("all of it", "bob", FINAL))

    with pytest.raises(HearingBusy):
        await queue.ask("so far", who="ann", urgency=PARTIAL)
    await _served(queue)
    await final


async def test_a_newer_partial_replaces_the_older_one_of_the_same_speaker() -> None:
    queue: FairQueue[str] = FairQueue()
    older, newer = await _asked(queue, ("play", "ann", PARTIAL), ("play jazz", "ann", PARTIAL))

    assert await _served(queue) == "play jazz"
    with pytest.raises(HearingBusy):
        await older
    assert await newer == "done"


async def test_one_speaker_cannot_fill_the_queue() -> None:
    queue: FairQueue[str] = FairQueue(limit=8, limit_of_one=2)
    tasks = await _asked(queue, *(("more", "ann", FINAL) for _ in range(3)))
    others = await _asked(queue, ("mine", "bob", FINAL))

    with pytest.raises(HearingBusy):
        await tasks[2]
    assert queue.waiting == 3
    for _ in range(3):
        await _served(queue)
    await asyncio.gather(*tasks[:2], *others)


async def test_a_full_queue_refuses() -> None:
    queue: FairQueue[str] = FairQueue(limit=2)
    tasks = await _asked(queue, ("a", "ann", FINAL), ("b", "bob", FINAL), ("c", "cleo", FINAL))

    with pytest.raises(HearingBusy):
        await tasks[2]
    for _ in range(2):
        await _served(queue)
    await asyncio.gather(*tasks[:2])


async def test_who_gives_up_waits_no_longer() -> None:
    queue: FairQueue[str] = FairQueue()
    first, second = await _asked(queue, ("a", "ann", FINAL), ("b", "bob", FINAL))
    first.cancel()
    await asyncio.gather(first, return_exceptions=True)

    assert queue.waiting == 1
    assert await _served(queue) == "b"
    await second


async def test_a_request_for_one_worker_waits_for_that_worker() -> None:
    queue: FairQueue[str] = FairQueue()
    pinned = asyncio.create_task(queue.ask("score", who="ann", urgency=FINAL, worker=1))
    free = asyncio.create_task(queue.ask("hear", who="bob", urgency=FINAL))
    await asyncio.sleep(0)

    assert await _served(queue) == "hear"
    waiting = await queue.next(1)
    waiting.answer.set_result("done")
    assert waiting.request == "score"
    assert list(await asyncio.gather(pinned, free)) == ["done", "done"]
