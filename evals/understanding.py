"""How well requests are understood, on rows that nothing was trained or tuned on."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from agent.understanding import Intent, Understander, Understanding
from agent.understanding.training.data import FILES, Row, read_rows, split
from evals.evaluation import Cell, EvalReport, Plot, Progress, Series, Table, each
from evals.timing import CpuTimes

OWN_CASES = Path(__file__).parent / "cases" / "understanding.jsonl"
DATA_VARIABLE = "REFRAIN_EVAL_DATA"
NEIGHBOUR = Path(__file__).parent.parent.parent / "shared" / "data"
_QUICK_OTHERS = 300
"""How many rows that are not music a quick run takes from each set."""


def data_folder() -> Path | None:
    """The folder with the development data, or None when it is not on this machine."""
    named = os.environ.get(DATA_VARIABLE)
    folder = Path(named) if named else NEIGHBOUR
    return folder if (folder / "language").is_dir() else None


@dataclass(slots=True)
class SlotCounts:
    """Slot values that were right, made up and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1.0 when there was nothing to find."""
        total = 2 * self.right + self.extra + self.missed
        return 2 * self.right / total if total else 1.0


@dataclass(slots=True)
class SetScores:
    """What was counted over one set."""

    music: int = 0
    right: int = 0
    others: int = 0
    rejected: int = 0
    slots: SlotCounts = field(default_factory=SlotCounts)
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Right label and given label of music rows that were not understood."""

    @property
    def recall(self) -> float:
        """Share of music rows with an accepted answer."""
        return self.right / self.music if self.music else 0.0

    @property
    def rejection(self) -> float:
        """Share of other rows that were not claimed to be about music."""
        return self.rejected / self.others if self.others else 0.0


class UnderstandingEvaluation:
    """Intent recall, rejection and slots for each set, and what a request costs."""

    name = "understanding"
    summary = "Intents and slots of requests; what is not about music is left alone"

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Measure held-back rows of the public sets, if they are here, and our own cases."""
        understander, times = Understander(), CpuTimes()
        folder = data_folder()
        notes: list[str] = []
        scores: dict[str, SetScores] = {}
        if folder is None:
            notes.append(
                f"The public sets are not on this machine (set {DATA_VARIABLE} to the folder that "
                "holds language/): only our own cases were measured."
            )
        else:
            for name in FILES:
                rows = split(folder / "language", name)[1]
                rows = list(_fewer(rows)) if quick else rows
                scores[name] = _measure(understander, rows, times, each(progress, name, rows))
        own = read_rows(OWN_CASES)
        scores["own"] = _measure_own(understander, each(progress, "own", own), times)
        return _report(scores, times, tuple(notes))


def _fewer(rows: Sequence[Row]) -> Iterator[Row]:
    yield from (row for row in rows if row.is_music)
    yield from [row for row in rows if not row.is_music][:_QUICK_OTHERS]


def _measure(
    understander: Understander, rows: Sequence[Row], times: CpuTimes, steps: Iterator[Row]
) -> SetScores:
    scores = SetScores()
    marked = frozenset(slot for row in rows for slot in row.slots)
    for row in steps:
        with times.measure():
            understood = understander.understand(row.text)
        if not row.is_music:
            scores.others += 1
            scores.rejected += not understood.intent.is_music
            continue
        scores.music += 1
        if understood.intent.public in row.accept:
            scores.right += 1
        else:
            scores.wrong[row.intent, understood.intent.public] += 1
        _count_slots(scores.slots, row, understood, marked)
    return scores


def _measure_own(understander: Understander, steps: Iterator[Row], times: CpuTimes) -> SetScores:
    """Our cases name our finer intents; only the part that no rule was tuned on is measured."""
    scores = SetScores()
    for row in steps:
        if row.split != "test":
            continue
        with times.measure():
            understood = understander.understand(row.text)
        if Intent.OUT_OF_SCOPE.value in row.accept:
            scores.others += 1
            scores.rejected += not understood.intent.is_music
            continue
        scores.music += 1
        if understood.intent.value in row.accept:
            scores.right += 1
        else:
            scores.wrong[row.intent, understood.intent.value] += 1
        _count_slots(scores.slots, row, understood, frozenset(row.slots))
    return scores


def _count_slots(
    counts: SlotCounts, row: Row, understood: Understanding, marked: frozenset[str]
) -> None:
    """Compare values without regard to case; slots that the set never marks do not count."""
    given = Counter(
        (slot, value.casefold())
        for slot, values in understood.slots.items()
        if slot in marked
        for value in values
    )
    right = Counter(
        (slot, value.casefold()) for slot, values in row.slots.items() for value in values
    )
    counts.right += (given & right).total()
    counts.extra += (given - right).total()
    counts.missed += (right - given).total()


def _report(scores: dict[str, SetScores], times: CpuTimes, notes: tuple[str, ...]) -> EvalReport:
    metrics: dict[str, float] = {}
    rows: list[tuple[Cell, ...]] = []
    confusions: dict[tuple[str, str, str], int] = defaultdict(int)
    for name, score in scores.items():
        metrics[f"{name}.recall"] = score.recall
        metrics[f"{name}.rejection"] = score.rejection
        if name != "clinc150":
            metrics[f"{name}.slot_f1"] = score.slots.f1
        rows.append(
            (name, score.music, round(score.recall, 4), score.others, round(score.rejection, 4))
        )
        for (right, given), count in score.wrong.items():
            confusions[name, right, given] += count
    metrics |= times.metrics("cpu_ms")
    worst = sorted(confusions.items(), key=lambda item: -item[1])[:25]
    return EvalReport(
        metrics=metrics,
        tables=(
            Table("Sets", ("set", "music rows", "recall", "other rows", "rejection"), tuple(rows)),
            Table(
                "Misunderstood most",
                ("set", "meant", "understood", "rows"),
                tuple((*key, count) for key, count in worst),
            ),
        ),
        plots=(
            Plot(
                "Recall and rejection",
                "set",
                "share",
                (
                    Series("recall", tuple(scores), tuple(s.recall for s in scores.values())),
                    Series("rejection", tuple(scores), tuple(s.rejection for s in scores.values())),
                ),
            ),
        ),
        notes=notes,
    )
