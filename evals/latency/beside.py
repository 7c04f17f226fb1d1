"""Two pipelines side by side: the same clips, turn by turn, each first as often as the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.evaluation import Cell, Progress, Table, each
from evals.latency.pipelines import STAGES, Answered, Pipeline
from evals.latency.spoken import Spoken
from evals.timing import percentile

WARM_UP = 3
"""Clips before the clock counts."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What both made of one clip."""

    request: Spoken
    ours: Answered
    peers: Answered


async def measure_pairs(
    ours: Pipeline, peer: Pipeline, spoken: Sequence[Spoken], progress: Progress
) -> tuple[Pair, ...]:
    """Let both answer every clip, one after the other."""
    for request in spoken[:WARM_UP]:
        await ours.answer(request.samples)
        await peer.answer(request.samples)
    pairs = []
    for number, request in enumerate(each(progress, "beside the peer", spoken)):
        if number % 2:
            theirs = await peer.answer(request.samples)
            own = await ours.answer(request.samples)
        else:
            own = await ours.answer(request.samples)
            theirs = await peer.answer(request.samples)
        pairs.append(Pair(request, own, theirs))
    return tuple(pairs)


def pair_metrics(pairs: Sequence[Pair]) -> dict[str, float]:
    """Ratios of ours to the peer's, and both by themselves."""
    own = [pair.ours.processing_ms for pair in pairs]
    theirs = [pair.peers.processing_ms for pair in pairs]
    found = {
        "ratio.p50": percentile(own, 50) / percentile(theirs, 50),
        "ratio.p95": percentile(own, 95) / percentile(theirs, 95),
        "ratio.cpu": sum(p.ours.cpu_ms for p in pairs) / sum(p.peers.cpu_ms for p in pairs),
        "cpu_ms.p50": percentile([pair.ours.cpu_ms for pair in pairs], 50),
        "peer.cpu_ms.p50": percentile([pair.peers.cpu_ms for pair in pairs], 50),
    }
    for percent in (50, 95):
        found[f"processing_ms.p{percent}"] = percentile(own, percent)
        found[f"peer.processing_ms.p{percent}"] = percentile(theirs, percent)
        for stage in STAGES:
            found[f"stage.{stage}.p{percent}"] = percentile(
                [pair.ours.stages_ms.get(stage, 0.0) for pair in pairs], percent
            )
    return found


def pair_table(pairs: Sequence[Pair]) -> Table:
    """What was heard and answered, and when."""
    rows: list[tuple[Cell, ...]] = [
        (
            pair.request.text,
            pair.request.voice,
            pair.ours.transcript,
            pair.ours.reply,
            round(pair.ours.processing_ms),
            pair.peers.transcript,
            pair.peers.reply,
            round(pair.peers.processing_ms),
        )
        for pair in pairs
    ]
    columns = ("said", "voice", "heard", "answer", "ms", "peer heard", "peer's answer", "peer ms")
    return Table("Beside the peer", columns, tuple(rows))
