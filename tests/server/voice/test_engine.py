"""Something that takes a while to load is asked for at once, and tried again when it failed."""

import asyncio

import pytest

from server.errors import ModelMissing
from server.voice.engine import Engine, EngineState

pytestmark = pytest.mark.unit


class Part:
    def __init__(self) -> None:
        self.closed = False

    async def close(self) -> None:
        self.closed = True


async def test_whoever_asks_too_early_waits() -> None:
    there = asyncio.Event()
    part = Part()

    async def load() -> Part:
        await there.wait()
        return part

    seen: list[EngineState] = []
    engine = Engine("part", load, changed=lambda: seen.append(engine.state))
    assert engine.value is None
    asked = [asyncio.create_task(engine.get()) for _ in range(3)]
    await asyncio.sleep(0)
    assert engine.state == EngineState.LOADING
    there.set()
    assert await asyncio.gather(*asked) == [part] * 3
    assert seen[0] is EngineState.LOADING
    assert engine.state == seen[-1] == EngineState.READY
    await engine.close()
    assert part.closed


async def test_one_who_gives_up_does_not_stop_the_loading() -> None:
    there = asyncio.Event()

    async def load() -> Part:
        await there.wait()
        return Part()

    engine = Engine("part", load)
    asked = asyncio.create_task(engine.get())
    await asyncio.sleep(0)
    asked.cancel()
    await asyncio.gather(asked, return_exceptions=True)
    there.set()
    assert isinstance(await engine.get(), Part)
    await engine.close()


async def test_a_failure_is_kept_and_tried_again_later() -> None:
    now = [0.0]
    fails = [True]
    tried: list[float] = []

    async def load() -> Part:
        tried.append(now[0])
        if fails[0]:
            raise ModelMissing("The model is not here.")
        return Part()

    engine = Engine("part", load, clock=lambda: now[0])
    for _ in range(3):
        with pytest.raises(ModelMissing):
            await engine.get()
    assert engine.state == EngineState.UNUSABLE
    assert engine.problem is not None
    assert engine.problem.next_step == "Run: refrain models get"
    fails[0], now[0] = False, 60.0
    assert isinstance(await engine.get(), Part)
    assert engine.problem is None
    assert tried == [0.0, 60.0]
    await engine.close()


async def test_closing_ends_the_loading() -> None:
    engine: Engine[Part] = Engine("part", lambda: asyncio.Event().wait())  # type: ignore[arg-type,return-value]
    engine.start()
    await engine.close()
    with pytest.raises(asyncio.CancelledError):
        await engine.get()
