"""Spoken turns over the WebSocket, as a person has them."""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evals.evaluation import Progress, each
from evals.latency.microphone import Event, Talker, is_type, talking
from evals.latency.serving import Served
from evals.latency.spoken import Spoken

FIRST_SOUND = "response.output_audio.delta"
_LONGEST_WAIT_S = 90.0
_READY_S = 180.0
_AGAIN_S = 10.0
"""After an answer was cut short the next one begins within this."""
_BREATH_S = 0.4
_INTO_THE_ANSWER_S = 0.7
_LATE_S = 4.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One spoken turn."""

    text: str
    first_sound_ms: float | None
    """From the last sound of the request to the first of the answer; None when none came."""
    done: bool
    """The response ended as it should."""
    stages_ms: dict[str, float]
    """What the server says about it."""
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BargeIn:
    """Somebody cut in on us."""

    text: str
    stopped_ms: float | None
    """From the first sound of the interruption until we were told to be silent."""
    ducked_ms: float | None
    """The same until we were told to be quieter."""


async def wait_until_ready(served: Served, warm_up: Spoken) -> bool:
    """Take one turn, however long the models take to load; whether it was answered."""
    async with talking(served) as talker:
        await asyncio.sleep(_BREATH_S)
        turn = await take_turn(talker, warm_up, timeout_s=_READY_S)
    return turn.done


async def take_turn(
    talker: Talker, spoken: Spoken, *, timeout_s: float = _LONGEST_WAIT_S, listen: bool = True
) -> Turn:
    """Say something and wait for the answer; `listen` to all of it before the turn is over."""
    since = len(talker.events)
    said = await talker.say(spoken.samples)
    first, over = await _answer(talker, since, timeout_s)
    if listen and first is not None:
        left_s = first[0] + talker.spoken_s(since) - time.perf_counter()
        await asyncio.sleep(max(0.0, left_s) + _BREATH_S)
    return Turn(
        spoken.text,
        None if first is None else (first[0] - said.end_s) * 1000,
        over is not None and over[1]["response"]["status"] == "completed",
        _stages(talker, since),
        tuple(_errors(talker, since)),
    )


async def _answer(
    talker: Talker, since: int, timeout_s: float
) -> tuple[tuple[float, Event] | None, tuple[float, Event] | None]:
    """The first sound and the end of the response that was begun after `since` events.

    Somebody who says more while we begin to answer is answered anew; that answer counts then.
    """
    end = time.perf_counter() + timeout_s
    place, first, over = since, None, None
    while True:
        wait_s = end - time.perf_counter() if over is None else min(_AGAIN_S, timeout_s)
        begun = await talker.until(is_type("response.created"), since=place, timeout_s=wait_s)
        if begun is None:
            return first, over
        place = talker.events.index(begun, place) + 1
        answer = str(begun[1]["response"]["id"])
        left_s = end - time.perf_counter()
        over = await talker.until(_ends(answer), since=place, timeout_s=left_s)
        first = await talker.until(_sounds(answer), since=place, timeout_s=0.0)
        if over is None or over[1]["response"]["status"] != "cancelled":
            return first, over


def _ends(answer: str) -> Callable[[Event], bool]:
    return lambda event: event["type"] == "response.done" and event["response"]["id"] == answer


def _sounds(answer: str) -> Callable[[Event], bool]:
    return lambda event: event["type"] == FIRST_SOUND and event["response_id"] == answer


async def measure_turns(
    served: Served, requests: Sequence[Spoken], progress: Progress
) -> tuple[Turn, ...]:
    """One person, one turn after the other."""
    async with talking(served) as talker:
        await asyncio.sleep(_BREATH_S)
        return tuple(
            [await take_turn(talker, one) for one in each(progress, "spoken turns", requests)]
        )


async def measure_crowd(
    served: Served, requests: Sequence[Spoken], *, sessions: int, turns: int, spread_s: float
) -> tuple[Turn, ...]:
    """Many people at once, each beginning within `spread_s`."""
    rng = random.Random(3)
    delays = [rng.uniform(0, spread_s) for _ in range(sessions)]

    async def person(number: int) -> list[Turn]:
        async with talking(served) as talker:
            await asyncio.sleep(delays[number])
            return [
                await take_turn(talker, requests[(number + 7 * turn) % len(requests)])
                for turn in range(turns)
            ]

    found = await asyncio.gather(*map(person, range(sessions)))
    return tuple(turn for one in found for turn in one)


async def measure_barge_ins(
    served: Served, long_answer: Spoken, interruptions: Sequence[Spoken], progress: Progress
) -> tuple[BargeIn, ...]:
    """Ask for a long answer, and cut in on it."""
    found = []
    for interruption in each(progress, "cutting in", interruptions):
        async with talking(served) as talker:
            await asyncio.sleep(_BREATH_S)
            since = len(talker.events)
            await talker.say(long_answer.samples)
            begun = await talker.until(is_type(FIRST_SOUND), since=since, timeout_s=_LONGEST_WAIT_S)
            if begun is None:
                found.append(BargeIn(interruption.text, None, None))
                continue
            await asyncio.sleep(_INTO_THE_ANSWER_S)
            found.append(await _cut_in(talker, interruption))
    return tuple(found)


async def _cut_in(talker: Talker, interruption: Spoken) -> BargeIn:
    since = len(talker.events)
    said = await talker.say(interruption.samples)
    stopped = await talker.until(
        is_type("input_audio_buffer.speech_started"), since=since, timeout_s=_LATE_S
    )
    ducked = await talker.until(_is_duck, since=since, timeout_s=0.0)
    return BargeIn(
        interruption.text,
        None if stopped is None else (stopped[0] - said.onset_s) * 1000,
        None if ducked is None else (ducked[0] - said.onset_s) * 1000,
    )


def _is_duck(event: Event) -> bool:
    return event["type"] == "refrain.duck" and bool(event.get("depth"))


def _stages(talker: Talker, since: int) -> dict[str, float]:
    for _, event in reversed(talker.events[since:]):
        if event["type"] == "refrain.timing":
            return {str(name): float(ms) for name, ms in event["stages"].items()}
    return {}


def _errors(talker: Talker, since: int) -> list[str]:
    found = [
        str(event["error"].get("code"))
        for _, event in talker.events[since:]
        if event["type"] in {"error", "conversation.item.input_audio_transcription.failed"}
    ]
    return [*found, talker.lost] if talker.lost else found
