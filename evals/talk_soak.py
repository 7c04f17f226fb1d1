"""Five hundred spoken turns through the WebSocket, among them rude ones.

A server of its own on 127.0.0.1; people who talk at once cut in on it, cancel, hang up in the
middle of a word or of an answer, and send rubbish. It ends by itself.
"""

import asyncio
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from websockets.exceptions import WebSocketException

from evals.errors import EvaluationImpossible
from evals.evaluation import EvalReport, Plot, Progress, Series, Table
from evals.hearing.folders import cache_folder
from evals.hearing.voices import Voice
from evals.latency.conversation import FIRST_SOUND, take_turn, wait_until_ready
from evals.latency.microphone import Event, Talker, is_type, talking
from evals.latency.serving import Served, serving
from evals.latency.spoken import LONG_ANSWER, Spoken, interruptions, requests, say
from evals.processes import family, memory_mb

_TURNS, _QUICK_TURNS = 500, 12
_PEOPLE, _QUICK_PEOPLE = 6, 2
_LONGEST_S = 45 * 60.0
_ANSWER_S = 60.0
_SAMPLE_S = 2.0
_FEWEST_TO_JUDGE = 100
"""Turns from which on the growth of memory can be told."""
_SETTLED = 0.3
"""Memory is judged from this share of the turns on: caches fill before."""
_KINDS = (
    ("plain", 66), ("cut_in", 10), ("cancel", 8), ("hang_up", 8), ("rubbish", 8),
)  # fmt: skip
_RUBBISH: tuple[str | bytes, ...] = (
    "{",
    '{"type": "no.such.event"}',
    '{"type": "input_audio_buffer.append", "audio": "!!! no base64 !!!"}',
    '{"type": "input_audio_buffer.append", "audio": 7}',
    '{"type": "conversation.item.truncate", "item_id": "none", "audio_end_ms": -1}',
    '{"type": "conversation.item.retrieve", "item_id": "nobody"}',
    '{"type": "session.update", "session": {"audio": {"input": {"format": "mp7"}}}}',
    '{"type": "response.create", "response": {"tools": "all"}}',
    "[" * 2_000,
    b"\x00\x01\x02",
    "x" * 1_100_000,
)
"""What must be answered by an error event, and by nothing worse."""


@dataclass(slots=True)
class Tally:
    """What happened, over all people."""

    turns: int = 0
    lost: list[str] = field(default_factory=list)
    """Turns that were spoken properly and not answered."""
    silent_rubbish: int = 0
    """Rubbish that was not answered by an error event."""
    hung_up: int = 0
    """Times that the server ended a connection."""
    internal: int = 0
    """Errors that the server did not foresee."""
    kinds: Counter[str] = field(default_factory=Counter)
    errors: Counter[str] = field(default_factory=Counter)
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Turns so far, and megabytes of the server and its workers."""


class TalkSoakEvaluation:
    """Does it stand being talked to for long?"""

    name = "talk_soak"
    summary = "500 spoken turns with cut-ins, hang-ups and rubbish: memory, lost turns, errors."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Talk until the turns are spent."""
        turns = _QUICK_TURNS if quick else _TURNS
        people = _QUICK_PEOPLE if quick else _PEOPLE
        return asyncio.run(soak(turns, people, progress))


async def soak(turns: int, people: int, progress: Progress) -> EvalReport:
    """Let `people` take `turns` turns in all.

    Raises:
        EvaluationImpossible: a model or a voice is not on this machine.
    """
    spoken = requests(cache_folder(), 16)
    tally = Tally()
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
        async with serving(Path(folder)) as server:
            if not await wait_until_ready(server, spoken[0]):
                raise EvaluationImpossible("The server does not answer when it is spoken to.")
            progress.start("spoken turns", turns)
            plans = _plans(turns)
            crowd = _Crowd(server, spoken, plans, tally, progress)
            watching = asyncio.create_task(_watch(server, tally))
            try:
                async with asyncio.timeout(_LONGEST_S):
                    await asyncio.gather(*(crowd.person(number) for number in range(people)))
            except TimeoutError:
                tally.lost += ["there was no time for it"] * len(plans)
            finally:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
            log = server.log.read_text("utf-8", "replace")
    return report(tally, log, time.monotonic() - start)


def _plans(turns: int) -> list[str]:
    """What kind of turn each is, every kind at least once; the same each time."""
    kinds, weights = [kind for kind, _ in _KINDS], [weight for _, weight in _KINDS]
    rng = random.Random(9)
    plans = [*kinds, *rng.choices(kinds, weights, k=max(0, turns - len(kinds)))][:turns]
    rng.shuffle(plans)
    return plans


class _Crowd:
    """Everybody who talks to one server."""

    def __init__(
        self,
        server: Served,
        spoken: Sequence[Spoken],
        plans: list[str],
        tally: Tally,
        progress: Progress,
    ) -> None:
        self._server, self._spoken, self._plans = server, spoken, plans
        self._tally, self._progress = tally, progress
        self._long = say(LONG_ANSWER, Voice("hibari"), cache_folder())
        self._cuts = interruptions(cache_folder())

    async def person(self, number: int) -> None:
        """Talk, and come back after hanging up, until all turns are spent."""
        rng = random.Random(number)
        while self._plans:
            try:
                async with talking(self._server, f"soak-{number}") as talker:
                    await asyncio.sleep(rng.uniform(0.2, 0.6))
                    await self._talk(talker, rng)
                    self._count_errors(talker)
            except (WebSocketException, OSError) as error:
                self._tally.hung_up += 1
                self._tally.errors[f"connection: {error}"[:80]] += 1

    async def _talk(self, talker: Talker, rng: random.Random) -> None:
        """Take turns until this connection is over, or all turns are spent."""
        stays = True
        while stays and self._plans:
            stays = await self._turn(talker, self._plans.pop(), rng)
            await asyncio.sleep(rng.uniform(0.1, 0.5))

    async def _turn(self, talker: Talker, kind: str, rng: random.Random) -> bool:
        """Take one turn; False when this connection is over."""
        tally = self._tally
        tally.kinds[kind] += 1
        spoken = rng.choice(self._spoken)
        stays = True
        if kind == "hang_up":
            await self._hang_up(talker, spoken, rng)
            stays = False
        elif kind == "cut_in":
            await self._cut_in(talker, rng)
        elif kind == "cancel":
            await self._cancel(talker, spoken)
        else:
            if kind == "rubbish":
                await self._send_rubbish(talker, rng)
            await self._plain(talker, spoken, rng)
        if talker.lost and stays:
            tally.hung_up += 1
            stays = False
        tally.turns += 1
        self._progress.advance()
        return stays

    async def _plain(self, talker: Talker, spoken: Spoken, rng: random.Random) -> None:
        turn = await take_turn(talker, spoken, timeout_s=_ANSWER_S, listen=rng.random() < 0.2)
        if not turn.done:
            self._tally.lost.append(f"{spoken.text} ({spoken.voice}) {'; '.join(turn.errors)}")
        await talker.send({"type": "output_audio_buffer.clear"})

    async def _cut_in(self, talker: Talker, rng: random.Random) -> None:
        since = len(talker.events)
        await talker.say(self._long.samples)
        begun = await talker.until(is_type(FIRST_SOUND), since=since, timeout_s=_ANSWER_S)
        if begun is None:
            self._tally.lost.append(f"{self._long.text} (before cutting in)")
            return
        await asyncio.sleep(rng.uniform(0.3, 1.0))
        await self._plain(talker, rng.choice(self._cuts), rng)

    async def _cancel(self, talker: Talker, spoken: Spoken) -> None:
        since = len(talker.events)
        await talker.say(spoken.samples)
        made = await talker.until(is_type("response.created"), since=since, timeout_s=_ANSWER_S)
        await talker.send({"type": "response.cancel"})
        over = await talker.until(is_type("response.done"), since=since, timeout_s=_ANSWER_S)
        if made is None or over is None:
            self._tally.lost.append(f"{spoken.text} (cancelled)")
        await talker.send({"type": "output_audio_buffer.clear"})

    async def _hang_up(self, talker: Talker, spoken: Spoken, rng: random.Random) -> None:
        since = len(talker.events)
        if rng.random() < 0.5:
            saying = asyncio.create_task(talker.say(spoken.samples))
            await asyncio.sleep(rng.uniform(0.2, 1.0))
            saying.cancel()
            return
        await talker.say(spoken.samples)
        await talker.until(is_type(FIRST_SOUND), since=since, timeout_s=rng.uniform(0.1, 3.0))

    async def _send_rubbish(self, talker: Talker, rng: random.Random) -> None:
        since = len(talker.events)
        await talker.socket.send(rng.choice(_RUBBISH))
        answer = await talker.until(_is_error, since=since, timeout_s=10.0)
        self._tally.silent_rubbish += answer is None

    def _count_errors(self, talker: Talker) -> None:
        for _, event in talker.events:
            if _is_error(event):
                code = str(event["error"].get("code"))
                self._tally.errors[code] += 1
                self._tally.internal += code == "internal_error"


def _is_error(event: Event) -> bool:
    return event["type"] in {"error", "conversation.item.input_audio_transcription.failed"}


async def _watch(server: Served, tally: Tally) -> None:
    while True:
        used = await asyncio.to_thread(lambda: memory_mb(family(server.pid)))
        tally.memory.append((float(tally.turns), used))
        await asyncio.sleep(_SAMPLE_S)


def report(tally: Tally, log: str, seconds: float) -> EvalReport:
    """Numbers out of what happened."""
    late = [one for one in tally.memory if one[0] >= _SETTLED * tally.turns]
    memory = {} if tally.turns < _FEWEST_TO_JUDGE else {"memory.slope_mb": 100 * _slope(late)}
    return EvalReport(
        metrics=memory
        | {
            "turns": float(tally.turns),
            "lost": float(len(tally.lost)),
            "hung_up": float(tally.hung_up),
            "rubbish.unanswered": float(tally.silent_rubbish),
            "errors.internal": float(
                tally.internal + log.count("Traceback (most recent call last)")
            ),
            "errors.protocol": float(sum(tally.errors.values())),
            "memory.start_mb": tally.memory[0][1] if tally.memory else 0.0,
            "memory.end_mb": tally.memory[-1][1] if tally.memory else 0.0,
            "minutes": seconds / 60,
        },
        tables=(
            Table("Turns", ("kind", "turns"), tuple(tally.kinds.most_common())),
            Table("Errors that clients were told", ("code", "times"), tuple(tally.errors.items())),
            Table("Lost turns", ("which",), tuple((text,) for text in tally.lost)),
        ),
        plots=(
            Plot(
                "Memory of the server and its workers",
                "turns",
                "megabytes",
                (
                    Series(
                        "resident",
                        tuple(turns for turns, _ in tally.memory),
                        tuple(used for _, used in tally.memory),
                    ),
                ),
                kind="lines",
            ),
        ),
    )


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Megabytes a turn, by least squares; 0.0 where there is too little to tell."""
    turns = np.array([turn for turn, _ in points])
    if len(points) < 3 or np.ptp(turns) == 0:
        return 0.0
    return float(np.polyfit(turns, np.array([used for _, used in points]), 1)[0])
