"""How well requests are heard: of real people, and of synthetic ones who name music."""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.evaluation import EvalReport, Progress, Table
from evals.hearing.asking import Heard, hear, read
from evals.hearing.clips import clips
from evals.hearing.folders import DATA_VARIABLE, cache_folder, speech_folder
from evals.hearing.names import Split, names_of
from evals.hearing.noises import CLEAN, CONDITIONS, NOISE_10
from evals.hearing.real_speech import CLEAN as QUIET
from evals.hearing.real_speech import KITCHEN, SlotCounts, measure_orders
from evals.hearing.requests import make_requests
from evals.hearing.resolving import Resolver, open_resolver
from evals.hearing.scoring import metrics, plot, tables
from evals.hearing.systems import AWARE, UNBIASED, open_systems
from evals.hearing.voices import ENGINES
from voice.stt.transcriber import Transcriber


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of what is measured."""

    split: Split
    requests: int
    conditions: tuple[str, ...]
    orders: int | None
    """Recordings of real people; None for all."""


FULL = Plan("test", 80, CONDITIONS, None)
QUICK = Plan("dev", 8, (CLEAN, NOISE_10), 6)


class HearingEvaluation:
    """Real speech by its slots; synthetic speech by the music that comes of it."""

    name = "hearing"
    summary = "Spoken requests: slots of real speech, and names of a library in voices and noise."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Let Whisper alone, and Whisper that knows the library, hear the same clips."""
        return asyncio.run(evaluate(QUICK if quick else FULL, progress))


async def evaluate(plan: Plan, progress: Progress) -> EvalReport:
    """Measure as planned.

    Raises:
        EvaluationImpossible: a model or a voice is not on this machine.
    """
    names = names_of(plan.split)
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
        async with (
            open_resolver(Path(folder), names.library) as resolver,
            open_systems(resolver.services) as systems,
        ):
            heard = await _synthetic(plan, resolver, systems, progress)
            real = await _real(plan, systems, progress)
    notes = [f"The library holds {len(names.library)} tracks; the split is {plan.split!r}."]
    if not real:
        notes.append(
            "The recordings of real people are not on this machine (set "
            f"{DATA_VARIABLE} to the folder that holds speech/): slots were not measured."
        )
    return EvalReport(
        metrics=metrics(heard, plan.conditions) | _slot_metrics(real),
        tables=(*tables(heard, plan.conditions), *_slot_tables(real)),
        plots=(plot(heard, plan.conditions),),
        notes=tuple(notes),
    )


async def _synthetic(
    plan: Plan, resolver: Resolver, systems: dict[str, Transcriber], progress: Progress
) -> Sequence[Heard]:
    requests = make_requests(names_of(plan.split), plan.split, plan.requests)
    heard = [one async for one in read(requests, resolver)]
    made = clips(requests, plan.split, plan.conditions, cache_folder())
    steps = len(requests) * len(ENGINES) * len(plan.conditions) * len(systems)
    progress.start("spoken requests", steps)
    async for one in hear(made, systems, resolver):
        heard.append(one)
        progress.advance()
    return heard


async def _real(
    plan: Plan, systems: dict[str, Transcriber], progress: Progress
) -> dict[tuple[str, str], SlotCounts]:
    folder = speech_folder()
    if folder is None:
        return {}
    return await measure_orders(folder, systems, progress, most=plan.orders)


def _slot_metrics(real: dict[tuple[str, str], SlotCounts]) -> dict[str, float]:
    names = {
        "slots.real": (AWARE, QUIET),
        "slots.real.kitchen": (AWARE, KITCHEN),
        "slots.unbiased.real": (UNBIASED, QUIET),
        "slots.unbiased.real.kitchen": (UNBIASED, KITCHEN),
    }
    return {name: real[key].share for name, key in names.items() if key in real}


def _slot_tables(real: dict[tuple[str, str], SlotCounts]) -> tuple[Table, ...]:
    rows = [
        (system, noise, counts.slots, round(counts.share, 4), ", ".join(
            f"{value} ({count})" for value, count in counts.missed.most_common(12)
        ))
        for (system, noise), counts in real.items()
    ]  # fmt: skip
    columns = ("system", "noise", "slots", "heard", "missed most often")
    return (Table("Slots of real speech", columns, tuple(rows)),) if rows else ()
