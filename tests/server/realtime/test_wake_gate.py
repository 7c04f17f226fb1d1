"""Sound passes for a while after the wake word, and only then."""

import asyncio

import numpy as np
import pytest

from server.realtime.wake_gate import WakeGate
from voice.audio import HEARING_RATE_HZ, Samples
from voice.errors import ModelFileUnusable
from voice.events import WakeWordHeard
from voice.vad import EnergyVad, VoiceActivity

pytestmark = pytest.mark.unit
CALL = np.full(HEARING_RATE_HZ // 10, 0.9, np.float32)
"""The fake detector hears its word in whatever is this loud."""
TALK = np.full(HEARING_RATE_HZ // 10, 0.2, np.float32)


class FakeWakeWord:
    def __init__(self, word: str) -> None:
        self.word = word
        self.closed = False

    def feed(self, samples: Samples) -> tuple[WakeWordHeard, ...]:
        return (WakeWordHeard(self.word, 7),) if samples.max() > 0.8 else ()

    def reset(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


class Gate:
    def __init__(self) -> None:
        self.now = 0.0
        self.busy = False
        self.woken: list[WakeWordHeard] = []
        self.failed: list[Exception] = []
        self.opened: list[FakeWakeWord] = []
        self.gate = WakeGate(
            EnergyVad,
            woken=self.woken.append,
            busy=lambda: self.busy,
            failed=self.failed.append,
            opens=self.open,
            clock=lambda: self.now,
        )

    def open(self, word: str, _: VoiceActivity) -> FakeWakeWord:
        if word == "broken":
            raise ModelFileUnusable("It is not there.")
        self.opened.append(FakeWakeWord(word))
        return self.opened[-1]

    async def waits_for(self, word: str) -> None:
        self.gate.wait_for(word)
        for _ in range(1_000):
            await asyncio.sleep(0.002)
            if self.opened or self.failed:
                break
        await asyncio.sleep(0.01)

    def passes(self, samples: Samples) -> int:
        return len(self.gate.pass_on(samples))


def test_without_a_word_everything_passes() -> None:
    assert Gate().passes(TALK) == len(TALK)


async def test_nothing_passes_before_the_call() -> None:
    test = Gate()
    await test.waits_for("hey_jarvis")
    assert test.gate.asleep
    assert test.passes(TALK) == 0
    assert 0 < test.passes(CALL) <= len(CALL)
    assert [event.word for event in test.woken] == ["hey_jarvis"]
    assert test.passes(TALK) == len(TALK)


async def test_it_sleeps_again_after_a_while_but_not_within_a_turn() -> None:
    test = Gate()
    await test.waits_for("hey_jarvis")
    test.passes(CALL)
    test.busy, test.now = True, 7.0
    assert test.passes(TALK) == len(TALK)
    test.busy, test.now = False, 14.0
    assert test.passes(TALK) == len(TALK)
    test.now = 30.0
    assert test.passes(TALK) == 0
    assert test.gate.asleep


async def test_sound_is_not_for_us_while_the_word_is_still_loaded() -> None:
    test = Gate()
    test.gate.wait_for("hey_jarvis")
    assert test.passes(CALL) == 0
    assert test.woken == []
    test.gate.close()


async def test_a_word_that_cannot_be_loaded_is_told() -> None:
    test = Gate()
    await test.waits_for("broken")
    assert isinstance(test.failed[0], ModelFileUnusable)
    assert not test.gate.asleep


async def test_another_wish_frees_the_detector() -> None:
    test = Gate()
    await test.waits_for("hey_jarvis")
    test.gate.wait_for("")
    assert test.opened[0].closed
    assert test.passes(TALK) == len(TALK)
