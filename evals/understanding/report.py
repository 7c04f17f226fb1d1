"""What a run of the evaluation of understanding found out, as metrics, tables and pictures."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from evals.evaluation import Cell, EvalReport, Plot, Series, Table
from evals.timing import CpuTimes
from evals.understanding import languages
from evals.understanding.scoring import SetScores, merged

_MOST = 25
_WITHOUT_SLOTS = {"clinc150"}
_PLAY_NAMES = {"snips": "snips.play.slot_f1", "slurp_devel": "slurp.play.slot_f1"}
Scores = dict[str, SetScores]


@dataclass(slots=True)
class Found:
    """Scores by set."""

    sets: Scores = field(default_factory=dict)
    rejection: float | None = None
    """Share of all public rows that are not music and are left alone."""
    misheard: Scores = field(default_factory=dict)
    indirect: Scores = field(default_factory=dict)
    languages: Scores = field(default_factory=dict)
    """Held-back rows of xSID by language, without English."""
    peers: dict[str, Scores] = field(default_factory=dict)
    """Peer to set to scores."""
    notes: list[str] = field(default_factory=list)


def report(found: Found, times: CpuTimes) -> EvalReport:
    """Put everything into one report."""
    systems = {"refrain": found.sets | found.indirect, **found.peers} if found.peers else {}
    tables = [_table("Sets", found.sets), _table("Roundabout requests", found.indirect)]
    if found.languages:
        tables.append(_table("Other languages (xSID)", found.languages))
    if found.misheard:
        tables.append(_table("With words misheard", found.misheard))
    if systems:
        tables.append(_beside(systems))
    tables.append(_confusions(found))
    plots = [
        _plot("Recall and rejection", {
            "recall": {name: score.recall for name, score in found.sets.items()},
            "rejection": {name: score.rejection for name, score in found.sets.items()},
        }),
    ]  # fmt: skip
    if systems:
        plots.append(_plot("Recall beside other systems", {
            system: {name: score.recall for name, score in scores.items() if name in shared}
            for shared in (set.intersection(*(set(scores) for scores in systems.values())),)
            for system, scores in systems.items()
        }))  # fmt: skip
    return EvalReport(_metrics(found, times), tuple(tables), tuple(plots), tuple(found.notes))


def _metrics(found: Found, times: CpuTimes) -> dict[str, float]:
    metrics: dict[str, float] = {}
    for name, score in found.sets.items():
        metrics[f"{name}.recall"] = score.recall
        metrics[f"{name}.rejection"] = score.rejection
        if name not in _WITHOUT_SLOTS:
            metrics[f"{name}.slot_f1"] = score.slots.f1
        if name in _PLAY_NAMES:
            metrics[_PLAY_NAMES[name]] = score.play_slots.f1
    if found.misheard:
        total = merged(found.misheard.values())
        metrics |= {"asr.recall": total.recall, "asr.rejection": total.rejection}
    metrics |= {f"indirect.{name}.recall": score.recall for name, score in found.indirect.items()}
    if own := found.indirect.get("own"):
        metrics["indirect.own.rejection"] = own.rejection
    if found.rejection is not None:
        metrics["indirect.rejection"] = found.rejection
    return metrics | languages.metrics(found.languages) | _peers(found) | times.metrics("cpu_ms")


def _peers(found: Found) -> dict[str, float]:
    metrics: dict[str, float] = {}
    for peer, scores in found.peers.items():
        for name, score in scores.items():
            metrics[f"{peer}.{name}.recall"] = score.recall
            if score.others:
                metrics[f"{peer}.{name}.rejection"] = score.rejection
    return metrics


def _table(title: str, sets: Scores) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (name, score.music, round(score.recall, 4), score.others, _share(score))
        for name, score in sets.items()
    ]
    return Table(title, ("set", "music rows", "recall", "other rows", "rejection"), tuple(rows))


def _share(score: SetScores) -> Cell:
    return round(score.rejection, 4) if score.others else "-"


def _beside(systems: Mapping[str, Scores]) -> Table:
    """A row for each set, recall / rejection of each system; its rows in brackets where fewer."""
    names = [name for name in systems["refrain"] if any(name in systems[s] for s in systems)]
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        if not all(name in scores for scores in systems.values()):
            continue
        cells = [
            f"{scores[name].recall:.3f} / {_share(scores[name])} ({scores[name].music})"
            for scores in systems.values()
        ]
        rows.append((name, *cells))
    return Table(
        "Beside other systems: recall / rejection (music rows)", ("set", *systems), tuple(rows)
    )


def _confusions(found: Found) -> Table:
    counts: dict[tuple[str, str, str], int] = defaultdict(int)
    for name, score in (found.sets | found.indirect).items():
        for (right, given), count in score.wrong.items():
            counts[name, right, given] += count
    worst = sorted(counts.items(), key=lambda item: -item[1])[:_MOST]
    return Table(
        "Misunderstood most",
        ("set", "meant", "understood", "rows"),
        tuple((*key, count) for key, count in worst),
    )


def _plot(title: str, series: Mapping[str, Mapping[str, float]]) -> Plot:
    return Plot(
        title,
        "set",
        "share",
        tuple(
            Series(name, tuple(values), tuple(values.values())) for name, values in series.items()
        ),
        y_range=(0.0, 1.0),
    )
