"""Details for the report: by set, kind and noise, with intervals."""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from evals.evaluation import Cell, Plot, Series, Table
from evals.humming.recorded import Recorded
from evals.humming.rejecting import Reaction, decision_curves
from evals.humming.scoring import Answer, first, interval, kept, mrr, reciprocal, refused, top
from evals.humming.symbolic import Symbolic
from knowledge.melody.models import HumOutcome

_COLUMNS = ("n", "MRR", "95 %", "top-1", "95 %", "top-5", "top-10")


def systems(symbolic: Symbolic, name: str) -> dict[str, tuple[Answer, ...]]:
    """Ours and the baselines on one set."""
    found = {"ours": symbolic.answers[name]}
    found |= {label: sets[name] for label, sets in symbolic.baselines.items()}
    if name in symbolic.large:
        found["ours, large index"] = symbolic.large[name]
    return found


def naming_tables(symbolic: Symbolic) -> tuple[Table, ...]:
    """A table for each set: who, of which kind, at which noise."""
    tables = []
    for name in symbolic.answers:
        rows: list[tuple[Cell, ...]] = []
        for label, answers in systems(symbolic, name).items():
            rows += [(label, part, *_figures(chosen)) for part, chosen in _parts(answers) if chosen]
        tables.append(Table(f"Naming, set {name}", ("system", "queries", *_COLUMNS), tuple(rows)))
    return tuple(tables)


def recorded_table(recorded: Recorded) -> Table:
    """Hums of recordings by ratio of melody and band."""
    rows: list[tuple[Cell, ...]] = []
    for label, found in (("ours", recorded.answers), ("skyline", recorded.skyline)):
        for ratio, answers in found.items():
            rows.append((label, f"{ratio:+g} dB", *_figures(answers)))
    rows.append(("true notes", "-", *_figures(recorded.true_lines)))
    return Table(
        f"Hums of {recorded.songs} recordings", ("lines by", "melody", *_COLUMNS), tuple(rows)
    )


def decision_table(symbolic: Symbolic) -> Table:
    """What is said to hums whose tune is there."""
    rows: list[tuple[Cell, ...]] = []
    for name, answers in symbolic.answers.items():
        said = [one.outcome for one in answers]
        rows.append((
            name,
            len(answers),
            _share([one is HumOutcome.FOUND for one in said]),
            _share([one is HumOutcome.AMBIGUOUS for one in said]),
            refused(answers),
            _share([one.is_right for one in answers]),
            kept(answers),
            _share([one.is_shown_wrong for one in answers]),
            refused(symbolic.absent[name]),
        ))  # fmt: skip
    return Table(
        "What is said",
        ("set", "n", "one shown", "two or three offered", "hum again", "right shown or offered",
         "of those right first", "wrong one shown", "tune absent: hum again"),
        tuple(rows),
    )  # fmt: skip


def rejection_table(groups: Mapping[str, tuple[int, float]]) -> Table:
    """Sounds that are no hum of a tune of the library."""
    rows = tuple((name, count, share) for name, (count, share) in groups.items())
    return Table('"I don\'t know" where it should be said', ("what", "n", "share"), rows)


def mistaken_table(reactions: Sequence[Reaction]) -> Table:
    """Sounds that were answered with a tune."""
    rows = tuple(
        (one.group, one.name, str(one.outcome), one.probability)
        for one in reactions
        if one.outcome is not HumOutcome.AGAIN
    )
    return Table("No hums, but answered", ("what", "name", "outcome", "probability"), rows)


def contour_table(symbolic: Symbolic) -> Table:
    """How well the pitch was followed."""
    rows: list[tuple[Cell, ...]] = []
    for name, answers in symbolic.answers.items():
        for part, chosen in _parts(answers):
            if chosen:
                rows.append((
                    name,
                    part,
                    len(chosen),
                    float(np.mean([one.query.right_frames for one in chosen])),
                    float(np.mean([one.query.false_frames for one in chosen])),
                    _share([one.query.contour.problem is not None for one in chosen]),
                ))  # fmt: skip
    columns = ("set", "queries", "n", "sung frames within 50 cents", "silent frames voiced",
               "taken for no hum")  # fmt: skip
    return Table("Contours", columns, tuple(rows))


def cost_table(symbolic: Symbolic) -> Table:
    """CPU seconds a query and what indexes take."""
    rows: list[tuple[Cell, ...]] = []
    for name in symbolic.answers:
        for label, answers in systems(symbolic, name).items():
            totals = [one.total_cpu_s for one in answers]
            rows.append((
                name,
                label,
                float(np.mean([one.query.cpu_s for one in answers])),
                float(np.mean([one.cpu_s for one in answers])),
                float(np.percentile(totals, 50)),
                float(np.percentile(totals, 95)),
            ))  # fmt: skip
    return Table(
        "CPU seconds a query",
        ("set", "system", "listening", "search", "both, median", "both, 95th percentile"),
        tuple(rows),
    )


def plots(symbolic: Symbolic, recorded: Recorded | None) -> tuple[Plot, ...]:
    """Top-1 by noise and by ratio, and the curve of the decision."""
    drawn = [
        Plot(
            "Right tune first by noise",
            "signal to noise, dB",
            "share",
            tuple(
                Series(f"{name}, {label}", *_by_noise(answers))
                for name in symbolic.answers
                for label, answers in systems(symbolic, name).items()
            ),
            "lines",
            y_range=(0, 1),
        ),
        Plot(
            "Right among shown, and absent tunes refused, by coverage",
            "share of hums that are answered",
            "share",
            decision_curves(symbolic.answers, symbolic.absent),
            "lines",
            y_range=(0, 1.02),
        ),
    ]
    if recorded is not None:
        drawn.append(
            Plot(
                "Recordings by ratio of melody and band",
                "melody above band, dB",
                "share",
                tuple(
                    Series(f"{label}, top-{count}", tuple(found), _tops(found.values(), count))
                    for label, found in (
                        ("ours", recorded.answers),
                        ("skyline", recorded.skyline),
                    )
                    for count in (1, 5)
                ),
                "lines",
                y_range=(0, 1),
            )
        )
    return tuple(drawn)


def _tops(found: Iterable[tuple[Answer, ...]], count: int) -> tuple[float, ...]:
    return tuple(top(answers, count) for answers in found)


def _by_noise(answers: Sequence[Answer]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    levels = sorted({one.query.snr_db for one in answers})
    shares = [top([one for one in answers if one.query.snr_db == at], 1) for at in levels]
    return tuple(levels), tuple(shares)


def _parts(answers: Sequence[Answer]) -> list[tuple[str, list[Answer]]]:
    kinds = sorted({one.query.kind for one in answers})
    levels = sorted({one.query.snr_db for one in answers})
    return [
        ("all", list(answers)),
        *((str(kind), [one for one in answers if one.query.kind is kind]) for kind in kinds),
        *((f"{at:g} dB", [one for one in answers if one.query.snr_db == at]) for at in levels),
    ]


def _figures(answers: Sequence[Answer]) -> tuple[Cell, ...]:
    return (
        len(answers),
        mrr(answers),
        _between(answers, reciprocal),
        top(answers, 1),
        _between(answers, first),
        top(answers, 5),
        top(answers, 10),
    )


def _between(answers: Sequence[Answer], value: Callable[[Answer], float]) -> str:
    low, high = interval(answers, value)
    return f"{low:.3f} to {high:.3f}"


def _share(values: Sequence[bool]) -> float:
    return float(np.mean(values)) if len(values) else 0.0
