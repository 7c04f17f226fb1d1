"""Sound files take the place of the microphone."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from typing import Final

import numpy as np

from server.commands.talking.link import UP_RATE_HZ, TalkLink
from server.commands.talking.sound_files import read_sound
from server.commands.talking.spoken_turn import SpokenTurn
from server.commands.talking.talk import Talk
from server.errors import ServerUnreachable
from voice.audio import Samples

_CHUNK_S: Final = 0.04
"""As a microphone gives it, when a file is fed in real time."""
_SILENCE_S: Final = 4.0
"""After a file, until it is clear that nobody was understood in it."""
_ANSWER_S: Final = 120.0


async def talk_with_files(
    talk: Talk, link: TalkLink, files: Sequence[str], *, realtime: bool, hands_free: bool
) -> AsyncIterator[SpokenTurn]:
    """Speak each file, wait for its answer, and go on with the next one.

    Args:
        talk: its `run` is at work.
        link: of the same conversation.
        files: sound files; "-" is standard input.
        realtime: as fast as it sounds; else at once.
        hands_free: the server finds out when somebody has finished, which may be several times in
            a file; always in real time.

    Raises:
        BadRequest: a file cannot be read.
        ServerUnreachable: no answer came.
    """
    for name in files:
        samples = await asyncio.to_thread(read_sound, name, UP_RATE_HZ)
        talk.begin(name)
        if hands_free:
            async for turn in _free(talk, link, samples):
                yield turn
            continue
        await link.talk()
        await _feed(link, samples, realtime=realtime)
        await link.finish(commit=True)
        await link.answer()
        yield await _answer(talk)


async def _free(talk: Talk, link: TalkLink, samples: Samples) -> AsyncIterator[SpokenTurn]:
    """Feed a file and then silence, until everything that was said is answered."""
    await link.talk()
    feeding = asyncio.create_task(_feed(link, samples, realtime=True))
    silent_s = 0.0
    while silent_s < _SILENCE_S:
        if feeding.done():
            await feeding
            feeding = asyncio.create_task(_feed(link, _silence(_CHUNK_S), realtime=True))
            busy = talk.hearing or talk.answering or not talk.turns.empty()
            silent_s = 0.0 if busy else silent_s + _CHUNK_S
        await asyncio.wait({feeding}, timeout=_CHUNK_S)
        while not talk.turns.empty():
            yield talk.turns.get_nowait()
    await feeding
    await link.finish(commit=False)


async def _feed(link: TalkLink, samples: Samples, *, realtime: bool) -> None:
    if not realtime:
        await link.sound(samples)
        return
    loop = asyncio.get_running_loop()
    size = round(_CHUNK_S * UP_RATE_HZ)
    began = loop.time()
    for start in range(0, len(samples), size):
        await link.sound(samples[start : start + size])
        due = began + min(start + size, len(samples)) / UP_RATE_HZ
        await asyncio.sleep(max(0.0, due - loop.time()))


async def _answer(talk: Talk) -> SpokenTurn:
    try:
        async with asyncio.timeout(_ANSWER_S):
            return await talk.turns.get()
    except TimeoutError as error:
        raise ServerUnreachable(f"No answer came within {_ANSWER_S:.0f} s.") from error


def _silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * UP_RATE_HZ), np.float32)
