"""`refrain eval humming`: hums, whistles and "la" of known and unknown tunes."""

from collections.abc import Mapping, Sequence

import numpy as np

from evals.evaluation import EvalReport, Progress
from evals.humming import recorded as recordings
from evals.humming import symbolic as written
from evals.humming.development import development_folder
from evals.humming.real_songs import ask_about_real_songs
from evals.humming.recorded import DISTRACTORS, RATIOS_DB, Recorded
from evals.humming.rejecting import Reaction, react, refused_by_group
from evals.humming.scoring import Answer, first, interval, kept, mrr, reciprocal, top
from evals.humming.strangers import absent_engines
from evals.humming.symbolic import Amount, Symbolic
from evals.humming.tables import (
    contour_table,
    cost_table,
    decision_table,
    mistaken_table,
    naming_tables,
    plots,
    recorded_table,
    rejection_table,
)
from knowledge.errors import MusicModelUnusable
from knowledge.melody.listening import HumListener

FULL = Amount(development=60, per_tune=6, tunes=21, small=5001, large=50_000)
QUICK = Amount(development=2, per_tune=3, tunes=3, small=500, large=0)
_SONGS, _HUMS_A_SONG, _STRANGERS = 30, 4, 24


class HummingEvaluation:
    """Sings what is in the library and what is not, and counts what is said."""

    name = "humming"
    summary = "Which tune is hummed? Written tunes, recordings, and what is no tune of the library."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Measure; `quick` takes a few queries and one song."""
        amount = QUICK if quick else FULL
        listener = HumListener()
        symbolic = written.measure(listener, amount, progress)
        recorded, notes = _recorded(listener, quick=quick, progress=progress)
        real = () if quick else ask_about_real_songs(listener, _HUMS_A_SONG, DISTRACTORS, progress)
        reactions = react(listener, 2 if quick else _STRANGERS, amount.small, progress)
        notes = [*_notes(symbolic, amount), *notes]
        return report(symbolic, recorded, reactions, notes, real)


def _recorded(
    listener: HumListener, *, quick: bool, progress: Progress
) -> tuple[Recorded | None, list[str]]:
    count, each = (1, 2) if quick else (_SONGS, _HUMS_A_SONG)
    ratios = (0.0,) if quick else RATIOS_DB
    try:
        return recordings.measure(listener, count, each, ratios, progress), []
    except MusicModelUnusable as error:
        return None, [f"Recordings were left out: {error}"]


def report(
    symbolic: Symbolic,
    recorded: Recorded | None,
    reactions: tuple[Reaction, ...],
    notes: Sequence[str],
    real: Sequence[Answer] = (),
) -> EvalReport:
    """Make numbers, tables and pictures of all answers."""
    groups = refused_by_group(reactions, symbolic.absent)
    tables = (
        *naming_tables(symbolic),
        decision_table(symbolic),
        rejection_table(groups),
        mistaken_table(reactions),
        *((recorded_table(recorded),) if recorded else ()),
        contour_table(symbolic),
        cost_table(symbolic),
    )
    return EvalReport(
        metrics={
            **_naming(symbolic),
            **_costs(symbolic, recorded),
            **(_audio(recorded) if recorded else {}),
            **_real(real),
            **_decisions(symbolic, groups),
            **_contours(symbolic),
        },
        tables=tables,
        plots=plots(symbolic, recorded),
        notes=tuple(notes),
    )


def _naming(symbolic: Symbolic) -> dict[str, float]:
    sets = list(symbolic.answers.values())
    metrics = {
        "mrr": _mean([mrr(answers) for answers in sets]),
        "top1": _mean([top(answers, 1) for answers in sets]),
        "top10": _mean([top(answers, 10) for answers in sets]),
    }
    for name, answers in symbolic.answers.items():
        metrics |= _ranks(name, answers)
        low, high = interval(answers, reciprocal)
        metrics |= {f"mrr.{name}.low": low, f"mrr.{name}.high": high}
        low, high = interval(answers, first)
        metrics |= {f"top1.{name}.low": low, f"top1.{name}.high": high}
        for kind in sorted({one.query.kind for one in answers}):
            metrics |= _ranks(f"{name}.{kind}", [a for a in answers if a.query.kind is kind])
        for level in sorted({one.query.snr_db for one in answers}):
            some = [one for one in answers if one.query.snr_db == level]
            metrics[f"top1.{name}.{level:.0f}db"] = top(some, 1)
    for label, by_set in symbolic.baselines.items():
        for name, answers in by_set.items():
            prefix = f"baseline.{label}.{name}"
            metrics[f"{prefix}.mrr"] = mrr(answers)
            metrics[f"{prefix}.top1"] = top(answers, 1)
            metrics[f"{prefix}.top10"] = top(answers, 10)
            metrics[f"{prefix}.cpu_s"] = _mean([one.total_cpu_s for one in answers])
    for name, answers in symbolic.large.items():
        metrics[f"mrr.{name}.50k"] = mrr(answers)
        metrics[f"top1.{name}.50k"] = top(answers, 1)
    return metrics


def _ranks(name: str, answers: Sequence[Answer]) -> dict[str, float]:
    return {
        f"mrr.{name}": mrr(answers),
        f"top1.{name}": top(answers, 1),
        f"top10.{name}": top(answers, 10),
    }


def _costs(symbolic: Symbolic, recorded: Recorded | None) -> dict[str, float]:
    small, large = _together(symbolic.answers), _together(symbolic.large)
    metrics = {
        "cpu_s.5k": _mean([one.total_cpu_s for one in small]),
        "cpu_s.listening": _mean([one.query.cpu_s for one in small]),
    }
    if large:
        metrics["cpu_s.50k"] = _mean([one.total_cpu_s for one in large])
    biggest = max(symbolic.built, key=lambda one: one.melodies)
    metrics |= {
        "index.melodies": biggest.melodies,
        "index.build_s": biggest.cpu_s,
        "index.memory_mb": biggest.memory_mb,
    }
    if recorded and recorded.cpu_s_per_min:
        metrics["audio.cpu_s_per_min"] = recorded.cpu_s_per_min
    return metrics


def _audio(recorded: Recorded) -> dict[str, float]:
    metrics: dict[str, float] = {}
    for ratio in recorded.answers:
        sign = "minus" if ratio < 0 else "plus" if ratio > 0 else ""
        at = f"{sign}{abs(ratio):.0f}db"
        ours, skyline = recorded.answers[ratio], recorded.skyline[ratio]
        low, high = interval(ours, first)
        metrics |= {
            f"audio.top1.{at}": top(ours, 1),
            f"audio.top1.{at}.low": low,
            f"audio.top1.{at}.high": high,
            f"audio.top5.{at}": top(ours, 5),
            f"audio.mrr.{at}": mrr(ours),
            f"audio.skyline.top1.{at}": top(skyline, 1),
            f"audio.skyline.top5.{at}": top(skyline, 5),
        }
    metrics["audio.true.top1"] = top(recorded.true_lines, 1)
    metrics["audio.queries"] = len(recorded.true_lines)
    return metrics


def _real(answers: Sequence[Answer]) -> dict[str, float]:
    if not answers:
        return {}
    return {
        "audio.real.top1": top(answers, 1),
        "audio.real.top5": top(answers, 5),
        "audio.real.queries": len(answers),
    }


def _decisions(symbolic: Symbolic, groups: Mapping[str, tuple[int, float]]) -> dict[str, float]:
    present = _together(symbolic.answers)
    return {
        "rejection": _mean([share for _, share in groups.values()]),
        "rejection.worst": min(share for _, share in groups.values()),
        **{f"rejection.{name}": share for name, (_, share) in groups.items()},
        "kept": kept(present),
        **{f"kept.{name}": kept(answers) for name, answers in symbolic.answers.items()},
        "answered.right": _mean([one.is_right for one in present]),
        "answered.shown_wrong": _mean([one.is_shown_wrong for one in present]),
    }


def _contours(symbolic: Symbolic) -> dict[str, float]:
    metrics: dict[str, float] = {}
    for name, answers in symbolic.answers.items():
        queries = [one.query for one in answers]
        metrics[f"contour.{name}.false"] = _mean([one.false_frames for one in queries])
        metrics[f"contour.{name}.refused"] = _mean(
            [one.contour.problem is not None for one in queries]
        )
        for kind in sorted({one.kind for one in queries}):
            some = [one.right_frames for one in queries if one.kind is kind]
            metrics[f"contour.{name}.{kind}"] = _mean(some)
    return metrics


def _together(sets: Mapping[str, tuple[Answer, ...]]) -> list[Answer]:
    return [one for answers in sets.values() for one in answers]


def _notes(symbolic: Symbolic, amount: Amount) -> list[str]:
    sizes = ", ".join(f"{name} {len(found)}" for name, found in symbolic.answers.items())
    notes = [
        (
            f"Queries: {sizes}. `mrr`, `top1` and `top10` are the mean over the sets. Intervals "
            "are of a bootstrap that draws tunes, not hums. Everything here is sung by programs; "
            "people are harder."
        ),
        (
            "Own hums are of the test half of the demo tunes, among made-up tunes, "
            f"{symbolic.own_melodies} melodies in all; recordings among {DISTRACTORS} made-up ones."
        ),
    ]
    if amount is QUICK:
        notes.append("A quick run indexes 500 melodies and asks few queries.")
    if development_folder() is None:
        notes.append("The development data is not on this machine: only our own hums were asked.")
    missing = [] if amount is QUICK else absent_engines()
    if missing:
        notes.append(f"Voices that are not installed, so nobody spoke with: {', '.join(missing)}.")
    return notes


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else 0.0
