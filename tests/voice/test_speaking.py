"""A reply becomes sound clause by clause, and what was heard of it is known."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from itertools import pairwise

import numpy as np
import pytest

from voice.audio import SPEAKING_RATE_HZ
from voice.errors import SpeakingFailed
from voice.speaking import Speaker, SpokenChunk, SpokenLedger
from voice_synthesizer import BeepSynthesizer

_REPLY = "Playing Take Five by Dave Brubeck, from Time Out. Anything else? "


async def _pieces(text: str, size: int = 5) -> AsyncIterator[str]:
    for start in range(0, len(text), size):
        yield text[start : start + size]


async def _spoken(speaker: Speaker, text: str) -> list[SpokenChunk]:
    return [chunk async for chunk in speaker.speak(_pieces(text))]


async def _follow(chunks: AsyncIterator[SpokenChunk], heard: list[str]) -> None:
    async for chunk in chunks:
        heard.append(chunk.text)  # noqa: PERF401 - what came before a failure stays


@pytest.mark.unit
async def test_the_chunks_follow_each_other_and_hold_every_word() -> None:
    chunks = await _spoken(Speaker(BeepSynthesizer()), _REPLY)
    assert "".join(chunk.text for chunk in chunks) == _REPLY
    at = 0
    for chunk in chunks:
        assert chunk.start_ms == at
        assert chunk.duration_ms == pytest.approx(len(chunk.samples) / 24, abs=1)
        assert chunk.samples.dtype == np.float32
        at += chunk.duration_ms
    assert [chunk.text.strip() for chunk in chunks] == [
        "Playing Take Five by Dave Brubeck,",
        "from Time Out.",
        "Anything else?",
    ]


@pytest.mark.unit
async def test_the_first_clause_sounds_while_the_reply_still_comes() -> None:
    released = asyncio.Event()

    async def slow() -> AsyncIterator[str]:
        yield "Here is music like Nina Simone, start"
        await released.wait()
        yield "ing with Sinnerman."

    async with aclosing(Speaker(BeepSynthesizer()).speak(slow())) as chunks:
        first = await anext(chunks)
        assert first.text == "Here is music like Nina Simone, "
        released.set()
        assert [chunk.text async for chunk in chunks] == ["starting with Sinnerman."]


@pytest.mark.unit
async def test_no_more_than_two_clauses_are_made_ahead() -> None:
    voice = BeepSynthesizer()
    async with aclosing(Speaker(voice).speak(_pieces("One more. " * 50))) as chunks:
        await anext(chunks)
        for _ in range(200):
            await asyncio.sleep(0)
        assert len(voice.said) <= 4  # one given, two ready, one waiting to be put


@pytest.mark.unit
async def test_who_cuts_in_leaves_nothing_running() -> None:
    before = asyncio.all_tasks()
    async with aclosing(Speaker(BeepSynthesizer()).speak(_pieces("One more. " * 50))) as chunks:
        await anext(chunks)
    assert asyncio.all_tasks() == before


@pytest.mark.unit
async def test_a_broken_voice_is_told_after_what_could_be_spoken() -> None:
    speaker = Speaker(BeepSynthesizer(fails_at=2))
    heard: list[str] = []
    with pytest.raises(SpeakingFailed):
        await _follow(speaker.speak(_pieces(_REPLY)), heard)
    assert "".join(heard) == "Playing Take Five by Dave Brubeck, from Time Out. "


@pytest.mark.unit
async def test_a_reply_that_breaks_off_is_spoken_so_far() -> None:
    async def broken() -> AsyncIterator[str]:
        yield "Here it is. And"
        raise ConnectionError("gone")

    heard: list[str] = []
    with pytest.raises(ConnectionError):
        await _follow(Speaker(BeepSynthesizer()).speak(broken()), heard)
    assert heard == ["Here it is. ", "And"]


@pytest.mark.unit
async def test_speed_shortens_words_and_pauses() -> None:
    slow = await _spoken(Speaker(BeepSynthesizer(), speed=1.0), _REPLY)
    fast = await _spoken(Speaker(BeepSynthesizer(), speed=2.0), _REPLY)
    ratio = sum(one.duration_ms for one in slow) / sum(one.duration_ms for one in fast)
    assert ratio == pytest.approx(2.0, rel=0.01)


def _ledger(*clauses: tuple[str, int, int]) -> SpokenLedger:
    ledger, at = SpokenLedger(), 0
    for text, duration_ms, pause_ms in clauses:
        sound = np.zeros(duration_ms * SPEAKING_RATE_HZ // 1000, np.float32)
        ledger.add(SpokenChunk(sound, text, at, duration_ms, pause_ms))
        at += duration_ms
    return ledger


@pytest.mark.unit
def test_the_ledger_knows_whole_words_that_were_heard() -> None:
    ledger = _ledger(("Playing Take Five, ", 1_600, 100), ("by Dave Brubeck.", 1_800, 300))
    assert ledger.total_ms == 3_400
    assert ledger.text == "Playing Take Five, by Dave Brubeck."
    assert ledger.text_until(0) == ""
    assert ledger.text_until(300) == ""  # in the middle of "Playing"
    assert ledger.text_until(1_100) == "Playing Take"
    assert ledger.text_until(1_500) == "Playing Take Five,"  # the pause counts for nothing
    assert ledger.text_until(2_600) == "Playing Take Five, by Dave"
    assert ledger.text_until(9_999) == ledger.text


@pytest.mark.unit
def test_more_time_never_takes_a_word_back() -> None:
    ledger = _ledger(("It is 3:42 long, ", 2_000, 100), ("with 1,204 more to come.", 2_500, 300))
    heard = [ledger.text_until(ms) for ms in range(0, 5_000, 20)]
    assert all(later.startswith(earlier) for earlier, later in pairwise(heard))
