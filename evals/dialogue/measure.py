"""How many conversations go as people would expect, by kind."""

import asyncio
import os
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.dialogue.judging import faults
from evals.dialogue.library import DialogueLibrary, make_library
from evals.dialogue.scenario import MUST_ALL_PASS, Kind, Scenario, read_scenarios
from evals.dialogue.stage import Stage, open_stage
from evals.evaluation import EvalReport, Plot, Progress, Series, Table, each
from evals.timing import CpuTimes
from server.conversations import TurnRecord

_QUICK_OF_A_KIND = 2
_LONG_TURNS = 10
Noted = Callable[[TurnRecord, Sequence[str]], None]


@dataclass(slots=True)
class Played:
    """One scenario, played to its end."""

    scenario: Scenario
    faults: list[str] = field(default_factory=list)
    lines: list[tuple[str, str]] = field(default_factory=list)
    """What was said and what was answered."""
    cpu_ms: list[float] = field(default_factory=list)

    @property
    def passed(self) -> bool:
        return not self.faults


class DialogueEvaluation:
    """Plays every scenario with real services, offline, and judges the state."""

    name = "dialogue"
    summary = "Conversations, judged by what is played, queued and kept afterwards"

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Play all scenarios, or a few of each kind."""
        scenarios = _fewer(read_scenarios()) if quick else read_scenarios()
        progress.start("making the library", 1)
        library = make_library(library_folder())
        progress.advance()
        played = asyncio.run(play_all(library, scenarios, progress))
        return _report(played)


def library_folder() -> Path:
    """Where the made library is kept between runs."""
    home = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(home) if home else Path.home() / ".cache") / "refrain" / "evals" / "dialogue"


def _fewer(scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    taken: defaultdict[Kind, list[Scenario]] = defaultdict(list)
    for scenario in scenarios:
        if not scenario.held_back and len(taken[scenario.kind]) < _QUICK_OF_A_KIND:
            taken[scenario.kind].append(scenario)
    return tuple(scenario for kind in taken.values() for scenario in kind)


async def play_all(
    library: DialogueLibrary, scenarios: Sequence[Scenario], progress: Progress
) -> list[Played]:
    """Each scenario in an installation of its own."""
    played = []
    with tempfile.TemporaryDirectory(prefix="refrain-dialogue-") as folder:
        for number, scenario in enumerate(each(progress, "talking", scenarios)):
            async with open_stage(library, Path(folder) / str(number)) as stage:
                played.append(await play(stage, scenario))
    return played


async def play(stage: Stage, scenario: Scenario, noted: Noted | None = None) -> Played:
    """Set up, say every turn, and look after each; `noted` gets each turn and its faults."""
    played = Played(scenario)
    await stage.prepare(scenario.setup)
    for step in scenario.turns:
        record = await stage.say(step.say, speaker=step.speaker)
        played.lines.append((step.say, record.reply or record.error or ""))
        played.cpu_ms.append(record.cpu_ms)
        found = faults(scenario, step, record, await stage.look())
        played.faults += found
        if noted is not None:
            noted(record, found)
    return played


def _report(everything: Sequence[Played]) -> EvalReport:
    played = [one for one in everything if not one.scenario.held_back]
    kinds: defaultdict[str, list[bool]] = defaultdict(list)
    times = CpuTimes()
    for one in played:
        kinds[one.scenario.kind].append(one.passed)
        times.extend(one.cpu_ms)
    fresh = [one.passed for one in everything if one.scenario.fresh]
    held_back = [
        one.passed for one in everything if one.scenario.held_back and not one.scenario.fresh
    ]
    long = [one.passed for one in played if len(one.scenario.turns) >= _LONG_TURNS]
    shares = {kind: sum(passed) / len(passed) for kind, passed in sorted(kinds.items())}
    metrics = {
        "pass.all": sum(one.passed for one in played) / len(played),
        **{f"pass.{kind}": share for kind, share in shares.items()},
        **({"held_back.pass": sum(held_back) / len(held_back)} if held_back else {}),
        **({"fresh.pass": sum(fresh) / len(fresh)} if fresh else {}),
        "scenarios": float(len(played)),
        "long_conversations": float(len(long)),
        "turns": float(sum(len(one.lines) for one in played)),
        **times.metrics("cpu_ms"),
    }
    wrong = [(one.scenario.kind, fault) for one in played for fault in one.faults]
    talk = [(one.scenario.id, said, reply) for one in played for said, reply in one.lines]
    return EvalReport(
        metrics=metrics,
        tables=(
            Table(
                "Kinds",
                ("kind", "scenarios", "passed", "share", "must be all"),
                tuple(
                    (kind, len(passed), sum(passed), shares[kind], _must(kind))
                    for kind, passed in sorted(kinds.items())
                ),
            ),
            Table("What went wrong", ("kind", "fault"), tuple(wrong)),
            Table("What was said", ("scenario", "said", "answered"), tuple(talk)),
        ),
        plots=(
            Plot(
                "Conversations that went as expected",
                "kind",
                "share",
                (Series("offline model", tuple(shares), tuple(shares.values())),),
                y_range=(0.0, 1.0),
            ),
        ),
    )


def _must(kind: str) -> str:
    return "yes" if kind in MUST_ALL_PASS else ""
