"""How soon spoken requests are answered."""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.errors import EvaluationImpossible
from evals.evaluation import EvalReport, Plot, Progress, Series, Table
from evals.hearing.folders import cache_folder
from evals.hearing.voices import Voice
from evals.latency.beside import Pair, measure_pairs, pair_metrics, pair_table
from evals.latency.conversation import (
    BargeIn,
    Turn,
    measure_barge_ins,
    measure_crowd,
    measure_turns,
    wait_until_ready,
)
from evals.latency.pipelines import open_ours, open_peer
from evals.latency.serving import serving
from evals.latency.spoken import LONG_ANSWER, interruptions, requests, say
from evals.processes import cpu_s, family, memory_mb
from evals.timing import percentile

SESSIONS = 20
_SPREAD_S = 3.0
_SERVER_STAGES = ("endpoint", "transcript", "tool", "first_word", "first_audio")
_NOTE = (
    "Times are wall clock, for waiting is what is measured; compare them only when nothing else "
    "ran. Ratios hold better: both sides were measured turn by turn."
)


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    pairs: int
    turns: int
    barge_ins: int
    crowd_turns: int
    """Of each of the twenty; 0 for none."""


FULL = Plan(64, 32, 12, 3)
QUICK = Plan(8, 4, 2, 0)


@dataclass(frozen=True, slots=True)
class Served:
    """What was measured over the WebSocket."""

    turns: Sequence[Turn]
    turn_cpu_ms: float
    """CPU time of the server for one turn, listening included."""
    barge_ins: Sequence[BargeIn]
    crowd: Sequence[Turn]
    crowd_cpu_ms: float
    """CPU time of the server for one turn of the crowd."""
    memory_mb: float
    """Of the server and its workers, with everything loaded."""


class LatencyEvaluation:
    """Beside a usual pipeline, over the WebSocket, cut in on, and with twenty at once."""

    name = "latency"
    summary = "Spoken requests: time to the first sound of the answer, beside a usual pipeline."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Measure; the machine must have nothing else to do."""
        return asyncio.run(evaluate(QUICK if quick else FULL, progress))


async def evaluate(plan: Plan, progress: Progress) -> EvalReport:
    """Measure as planned.

    Raises:
        EvaluationImpossible: a model, a voice or a part of the peer is not on this machine.
    """
    pairs = await _beside_the_peer(plan, progress)
    served = await _over_the_socket(plan, progress)
    return EvalReport(
        metrics=pair_metrics(pairs) | served_metrics(served),
        tables=(pair_table(pairs), *_tables(served)),
        plots=(_plot(pairs),),
        notes=(_NOTE,),
    )


async def _beside_the_peer(plan: Plan, progress: Progress) -> Sequence[Pair]:
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
        library, model = Path(folder) / "library", Path(folder) / "model"
        model.mkdir()
        spoken = requests(cache_folder(), plan.pairs)
        async with open_ours(library) as ours:
            return await measure_pairs(ours, open_peer(model), spoken, progress)


async def _over_the_socket(plan: Plan, progress: Progress) -> Served:
    cache = cache_folder()
    spoken = requests(cache, max(plan.turns, 16))
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
        async with serving(Path(folder)) as server:
            if not await wait_until_ready(server, spoken[0]):
                raise EvaluationImpossible("The server does not answer when it is spoken to.")
            processes = family(server.pid)
            before_s = cpu_s(processes)
            turns = await measure_turns(server, spoken[: plan.turns], progress)
            cost_ms = (cpu_s(processes) - before_s) * 1000 / max(1, plan.turns)
            long_answer = say(LONG_ANSWER, Voice("hibari"), cache)
            cuts = interruptions(cache)[: plan.barge_ins]
            barge_ins = await measure_barge_ins(server, long_answer, cuts, progress)
            crowd: Sequence[Turn] = ()
            before_s = cpu_s(processes)
            if plan.crowd_turns:
                progress.start(f"{SESSIONS} at once", 1)
                crowd = await measure_crowd(
                    server,
                    spoken,
                    sessions=SESSIONS,
                    turns=plan.crowd_turns,
                    spread_s=_SPREAD_S,
                )
                progress.advance()
            crowd_ms = (cpu_s(processes) - before_s) * 1000 / max(1, len(crowd))
            used_mb = memory_mb(family(server.pid))
            return Served(turns, cost_ms, barge_ins, crowd, crowd_ms, used_mb)


def served_metrics(served: Served) -> dict[str, float]:
    """Numbers of what was measured over the WebSocket."""
    found = {
        "turns.lost": float(sum(not turn.done for turn in served.turns)),
        "turn.cpu_ms": served.turn_cpu_ms,
        "memory_mb": served.memory_mb,
        "barge_in.missed": float(sum(one.stopped_ms is None for one in served.barge_ins)),
    }
    sounds = [turn.first_sound_ms for turn in served.turns if turn.first_sound_ms is not None]
    stops = [one.stopped_ms for one in served.barge_ins if one.stopped_ms is not None]
    ducks = [one.ducked_ms for one in served.barge_ins if one.ducked_ms is not None]
    for percent in (50, 95):
        found[f"end_to_end_ms.p{percent}"] = percentile(sounds, percent)
        found[f"barge_in_ms.p{percent}"] = percentile(stops, percent)
        found[f"duck_ms.p{percent}"] = percentile(ducks, percent)
    for stage in _SERVER_STAGES:
        times = [turn.stages_ms[stage] for turn in served.turns if stage in turn.stages_ms]
        found[f"served.{stage}.p50"] = percentile(times, 50)
    if served.crowd:
        many = [turn.first_sound_ms for turn in served.crowd if turn.first_sound_ms is not None]
        found |= {
            "sessions20.p50": percentile(many, 50),
            "sessions20.p95": percentile(many, 95),
            "sessions20.cpu_ms": served.crowd_cpu_ms,
            "sessions20.lost": float(sum(not turn.done for turn in served.crowd)),
        }
    return found


def _tables(served: Served) -> tuple[Table, ...]:
    def row(turn: Turn) -> tuple[str | float, ...]:
        first = "none" if turn.first_sound_ms is None else f"{turn.first_sound_ms:.0f}"
        stages = ", ".join(f"{name} {ms:.0f}" for name, ms in turn.stages_ms.items())
        return (turn.text, first, "yes" if turn.done else "no", stages, ", ".join(turn.errors))

    columns = ("said", "first sound, ms", "answered", "stages, ms", "errors")
    cuts = tuple(
        (
            one.text,
            "missed" if one.stopped_ms is None else round(one.stopped_ms),
            "none" if one.ducked_ms is None else round(one.ducked_ms),
        )
        for one in served.barge_ins
    )
    return (
        Table("Turns over the WebSocket", columns, tuple(map(row, served.turns))),
        Table("Cutting in", ("said", "silent after, ms", "quieter after, ms"), cuts),
        Table(f"{SESSIONS} at once", columns, tuple(map(row, served.crowd))),
    )


def _plot(pairs: Sequence[Pair]) -> Plot:
    numbers = tuple(float(number) for number in range(len(pairs)))
    return Plot(
        "Time to the first sound of the answer",
        "clip",
        "milliseconds",
        (
            Series("ours", numbers, tuple(pair.ours.processing_ms for pair in pairs)),
            Series("peer", numbers, tuple(pair.peers.processing_ms for pair in pairs)),
        ),
        kind="points",
    )
