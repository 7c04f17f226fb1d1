"""What the report shows: every recogniser by condition and length, and what it costs."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

import numpy as np

from evals.evaluation import Cell, Plot, Series, Table
from evals.recognition.answers import Answered, Result
from evals.recognition.conditions import Condition, conditions, groups
from evals.recognition.scoring import Choose, Reliability, Scores, half_width
from evals.timing import percentile

_MOST_ROWS = 60

Judged: TypeAlias = tuple[Result, Scores]
Measure: TypeAlias = Callable[[Choose], float]


def group_table(judged: Sequence[Judged], lengths_s: Sequence[int]) -> Table:
    """Recall at one false positive in a hundred by group; the best of each length is bold."""
    named: list[tuple[str, Choose | None]] = [
        (group, _is_group(group)) for group in groups() if judged[0][1].known(_is_group(group))
    ]
    rows = tuple(
        (
            name,
            len(judged[0][1].known(choose)) // len(lengths_s),
            *_cells(judged, lengths_s, choose),
        )
        for name, choose in [*named, ("all conditions", None)]
    )
    return Table(
        f"Recall % by group, clips of {_listed(lengths_s)} s",
        ("group", "clips", *_names(judged)),
        rows,
    )


def condition_table(judged: Sequence[Judged], lengths_s: Sequence[int]) -> Table:
    """The same by condition."""
    rows = tuple(
        (condition.name, *_cells(judged, lengths_s, _is_condition(condition)))
        for condition in conditions()
        if judged[0][1].known(_is_condition(condition))
    )
    return Table(
        f"Recall % by condition, clips of {_listed(lengths_s)} s",
        ("condition", *_names(judged)),
        rows,
    )


def system_table(judged: Sequence[Judged], lengths_s: Sequence[int]) -> Table:
    """Costs, thresholds, and what each recogniser claims of its own accord."""
    rows: list[tuple[Cell, ...]] = []
    for result, scores in judged:
        errors = scores.offset_errors_s()
        rows.append(
            (
                result.name,
                round(cpu_ms(result.answered), 1),
                round(result.minutes * 60 / result.build_cpu_s),
                round(result.index_bytes / result.minutes),
                _percentages(scores.ranked_right, lengths_s),
                _percentages(scores.native_recall, lengths_s),
                round(100 * scores.native_wrong(), 1),
                round(100 * scores.native_false_positives(), 2),
                round(100 * scores.false_positives_at_thresholds(), 2),
                _listed(_thresholds(scores, lengths_s)),
                f"{_within(errors, 0.2):.0f} / {_within(errors, 0.5):.0f}",
            )
        )
    return Table(
        "Recognisers",
        (
            "recogniser",
            "CPU ms, 5 s clip",
            "builds at x real time",
            "index bytes/min",
            "right comes first %",
            "claims rightly %",
            "claims wrongly %",
            "claims an unknown clip %",
            "unknown above threshold %",
            "thresholds",
            "offset within 0.2 / 0.5 s %",
        ),
        tuple(rows),
    )


def own_decision_table(scores: Scores, lengths_s: Sequence[int]) -> Table:
    """What the shipped decision names, by clip length."""
    rows: list[tuple[Cell, ...]] = []
    for length in lengths_s:
        choose = _is_length(length)
        known, unknown = len(scores.known(choose)), len(scores.unknown(choose))
        recall, false = scores.native_recall(choose), scores.native_false_positives(choose)
        rows.append(
            (
                f"{length} s",
                known,
                _with_width(recall, known),
                round(100 * scores.native_wrong(choose), 2),
                unknown,
                _with_width(false, unknown, 2),
            )
        )
    return Table(
        "The shipped decision",
        ("clips", "known", "named rightly %", "named wrongly %", "unknown", "named %"),
        tuple(rows),
    )


def reliability_table(rows: Sequence[Reliability]) -> Table:
    """Stated probability beside how often it was right."""
    return Table(
        "Stated probability, all clips",
        ("probability", "clips", "stated, mean", "right"),
        tuple(
            (f"{row.low:g} to {row.high:g}", row.clips, round(row.stated, 3), round(row.right, 3))
            for row in rows
        ),
    )


def mistake_table(scores: Scores) -> Table:
    """Clips for which the shipped decision named a wrong recording, the surest first."""
    wrong = [one for one in scores.answered if one.answer.claimed and not one.right]
    wrong.sort(key=lambda one: -one.answer.score)
    return Table(
        f"Clips that were named wrongly: {len(wrong)}",
        ("clip", "of", "at s", "named", "probability"),
        tuple(
            (
                _description(one),
                one.facts.source,
                round(one.facts.offset_s, 1),
                str(one.answer.recording),
                round(one.answer.probability or 0.0, 3),
            )
            for one in wrong[:_MOST_ROWS]
        ),
    )


def plots(judged: Sequence[Judged], lengths_s: Sequence[int], length_s: int) -> tuple[Plot, ...]:
    """Draw recall against noise and clip length, by group, and stated probabilities."""
    return (
        Plot(
            f"Recall against noise, {length_s} s clips",
            "signal to noise, dB (white, pink and babble together)",
            "recall at one false positive in a hundred",
            tuple(_noise_series(result, scores, length_s) for result, scores in judged),
            "lines",
            y_range=(0, 1.02),
        ),
        Plot(
            "Recall by clip length, all conditions",
            "length of the clip, s",
            "recall at one false positive in a hundred",
            tuple(
                Series(
                    result.name,
                    tuple(float(length) for length in lengths_s),
                    tuple(scores.recall_at_length(length) for length in lengths_s),
                )
                for result, scores in judged
            ),
            "lines",
            y_range=(0, 1.02),
        ),
        _group_plot(judged, length_s),
    )


def reliability_plot(rows: Sequence[Reliability]) -> Plot:
    """Stated against real probability; on the diagonal they are the same."""
    return Plot(
        "Stated and real probability",
        "stated probability",
        "share that was right",
        (
            Series("refrain", tuple(row.stated for row in rows), tuple(row.right for row in rows)),
            Series("perfect", (0.0, 1.0), (0.0, 1.0)),
        ),
        "lines",
        y_range=(0, 1.02),
    )


def cpu_ms(answered: Iterable[Answered], length_s: int = 5, percent: float = 50) -> float:
    """Percentile of the CPU time of a clip of one length, milliseconds."""
    return percentile([one.cpu_ms for one in answered if one.facts.length_s == length_s], percent)


def _group_plot(judged: Sequence[Judged], length_s: int) -> Plot:
    present = tuple(group for group in groups() if judged[0][1].known(_is_group(group)))
    own = tuple(judged[0][1].recall_at_length(length_s, group) for group in present)
    series = [Series(judged[0][0].name, present, own)]
    if len(judged) > 1:
        best = tuple(
            max(scores.recall_at_length(length_s, group) for _, scores in judged[1:])
            for group in present
        )
        series.append(Series("best peer of the group", present, best))
    return Plot(
        f"Recall by group, {length_s} s clips",
        "what happened to the clip",
        "recall at one false positive in a hundred",
        tuple(series),
        y_range=(0, 1.02),
    )


def _noise_series(result: Result, scores: Scores, length_s: int) -> Series:
    noisy: dict[float, list[Condition]] = {}
    for condition in conditions():
        if condition.snr_db is not None and condition.group.startswith("noise"):
            noisy.setdefault(condition.snr_db, []).append(condition)
    levels = sorted(noisy)
    recalls = [
        scores.recall(_of_length_and_conditions(length_s, {one.name for one in noisy[level]}))
        for level in levels
    ]
    return Series(result.name, tuple(levels), tuple(recalls))


def _cells(
    judged: Sequence[Judged], lengths_s: Sequence[int], choose: Choose | None
) -> tuple[Cell, ...]:
    """Recalls of each recogniser by length, in one cell; ours is bold where none is better."""
    values = [
        [round(100 * scores.recall(_both(_is_length(length), choose))) for length in lengths_s]
        for _, scores in judged
    ]
    best = [max(column) for column in zip(*values, strict=True)]
    return tuple(
        " / ".join(
            f"**{value}**" if value == top else str(value)
            for value, top in zip(row, best, strict=True)
        )
        for row in values
    )


def _percentages(measure: Measure, lengths_s: Sequence[int]) -> str:
    return _listed([round(100 * measure(_is_length(length))) for length in lengths_s])


def _thresholds(scores: Scores, lengths_s: Sequence[int]) -> list[str]:
    means = [
        float(np.mean([fold.thresholds[length] for fold in scores.folds])) for length in lengths_s
    ]
    return [f"{mean:.3g}" if np.isfinite(mean) else "none" for mean in means]


def _with_width(value: float, count: int, digits: int = 1) -> str:
    width = half_width(value, max(1, count))
    return f"{100 * value:.{digits}f} ± {100 * width:.{digits}f}"


def _description(one: Answered) -> str:
    kind = "unknown" if one.facts.truth is None else "known"
    return f"{one.facts.condition}, {one.facts.length_s} s, {kind}"


def _within(errors_s: Sequence[float], limit_s: float) -> float:
    return 100 * float(np.mean([error <= limit_s for error in errors_s])) if errors_s else 0.0


def _listed(values: Iterable[object]) -> str:
    return " / ".join(map(str, values))


def _names(judged: Sequence[Judged]) -> tuple[str, ...]:
    return tuple(result.name for result, _ in judged)


def _is_length(length_s: int) -> Choose:
    return lambda one: one.facts.length_s == length_s


def _is_group(group: str) -> Choose:
    return lambda one: one.facts.group == group


def _is_condition(condition: Condition) -> Choose:
    return lambda one: one.facts.condition == condition.name


def _of_length_and_conditions(length_s: int, names: set[str]) -> Choose:
    return lambda one: one.facts.length_s == length_s and one.facts.condition in names


def _both(one: Choose, other: Choose | None) -> Choose:
    return one if other is None else lambda clip: one(clip) and other(clip)
