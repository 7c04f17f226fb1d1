"""`refrain eval recognition`: our engine and its peers on the same real music and spoiled clips."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.evaluation import EvalReport, Progress
from evals.recognition.answers import Questions, Result, ask, ask_peers
from evals.recognition.clips import LENGTHS_S, Amount, ClipStore
from evals.recognition.conditions import groups
from evals.recognition.corpus import SplitName, load_corpus
from evals.recognition.folders import cache_folder, music_folder
from evals.recognition.peers import PEERS
from evals.recognition.scoring import Scores, calibration_error, judge, reliability, share
from evals.recognition.systems import OwnEngine
from evals.recognition.tables import (
    Judged,
    condition_table,
    cpu_ms,
    group_table,
    mistake_table,
    own_decision_table,
    plots,
    reliability_plot,
    reliability_table,
    system_table,
)

_MAIN_LENGTH_S = 5


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured."""

    split: SplitName
    amount: Amount
    lengths_s: tuple[int, ...]


FULL = Plan("test", Amount(known=25, unknown=9), LENGTHS_S)
QUICK = Plan("dev", Amount(known=3, unknown=3), (3, 5))


class RecognitionEvaluation:
    """Indexes recordings, spoils clips of them and of others, and counts who names what."""

    name = "recognition"
    summary = "Which recording is this? Spoiled clips of known and unknown music, beside peers."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Measure our engine, and the peers that are installed.

        `quick` takes few clips of the development recordings instead of the test.
        """
        plan = QUICK if quick else FULL
        music, cache = music_folder(), cache_folder()
        corpus = load_corpus(music, cache, progress)
        store = ClipStore(corpus, music, cache)
        questions = Questions(corpus.splits[plan.split], plan.amount, plan.lengths_s)
        store.prepare(plan.split, plan.amount, progress, lengths_s=plan.lengths_s)
        with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
            engine = OwnEngine(Path(folder))
            own = ask(engine, corpus, store, questions, progress)
            engine.close()
        peers, absent = ask_peers(PEERS, corpus, store, questions, cache / "answers", progress)
        return report(own, peers, plan, absent, corpus.splits[plan.split].relatives)


def report(
    own: Result,
    peers: Sequence[Result],
    plan: Plan,
    absent: Sequence[str],
    relatives: frozenset[str] = frozenset(),
) -> EvalReport:
    """Judge all answers but those to clips of `relatives`."""
    everything = judge(own.answered)
    own, *peers = (_without(result, relatives) for result in (own, *peers))
    lengths = plan.lengths_s
    judged: list[Judged] = [(result, judge(result.answered)) for result in (own, *peers)]
    scores = judged[0][1]
    stated = reliability(own.answered)
    return EvalReport(
        metrics={
            **_own_metrics(own, scores, plan),
            "fpr.with_relatives": everything.native_false_positives(),
            **_peer_metrics(judged, plan),
        },
        tables=(
            group_table(judged, lengths),
            condition_table(judged, lengths),
            system_table(judged, lengths),
            own_decision_table(scores, lengths),
            reliability_table(stated),
            mistake_table(everything),
        ),
        plots=(*plots(judged, lengths, _MAIN_LENGTH_S), reliability_plot(stated)),
        notes=(*_notes(own, peers, scores, plan, absent), _left_out(relatives)),
    )


def _left_out(relatives: frozenset[str]) -> str:
    return (
        f"{len(relatives)} recordings that are not indexed share a passage with one that is. They "
        "were found without the engine, and are left out of everything but `fpr.with_relatives` "
        f"and the table of wrong names: {', '.join(sorted(relatives)) or 'none'}."
    )


def _without(result: Result, relatives: frozenset[str]) -> Result:
    answered = tuple(
        one
        for one in result.answered
        if one.facts.truth is not None or one.facts.source not in relatives
    )
    return replace(result, answered=answered)


def _own_metrics(own: Result, scores: Scores, plan: Plan) -> dict[str, float]:
    metrics: dict[str, float] = {}
    for length in plan.lengths_s:
        metrics[f"recall.{length}s"] = scores.recall_at_length(length)
    for group in groups():
        metrics[f"recall.{_MAIN_LENGTH_S}s.{group}"] = scores.recall_at_length(
            _MAIN_LENGTH_S, group
        )
    for length in plan.lengths_s:
        metrics[f"native.recall.{length}s"] = scores.native_recall(
            lambda one, length=length: one.facts.length_s == length  # type: ignore[misc]
        )
    errors = scores.offset_errors_s()
    return metrics | {
        "native.wrong": scores.native_wrong(),
        "fpr": scores.native_false_positives(),
        "fpr.unknown_clips": len(scores.unknown()),
        "fpr.at_threshold": scores.false_positives_at_thresholds(),
        "offset.within_200ms": share(error <= 0.2 for error in errors),
        "offset.within_500ms": share(error <= 0.5 for error in errors),
        "calibration.error": calibration_error(reliability(own.answered)),
        "cpu_ms.p50": cpu_ms(own.answered),
        "cpu_ms.p95": cpu_ms(own.answered, percent=95),
        **_costs("", own),
    }


def _peer_metrics(judged: Sequence[Judged], plan: Plan) -> dict[str, float]:
    metrics: dict[str, float] = {}
    for result, scores in judged[1:]:
        peer = f"peer.{result.name}."
        for length in plan.lengths_s:
            metrics[f"{peer}recall.{length}s"] = scores.recall_at_length(length)
        metrics[f"{peer}fpr"] = scores.native_false_positives()
        metrics[f"{peer}cpu_ms.p50"] = cpu_ms(result.answered)
        metrics |= _costs(peer, result)
    if len(judged) > 1:
        metrics["groups_behind"] = sum(
            judged[0][1].recall_at_length(_MAIN_LENGTH_S, group)
            < max(scores.recall_at_length(_MAIN_LENGTH_S, group) for _, scores in judged[1:])
            for group in groups()
        )
    return metrics


def _costs(prefix: str, result: Result) -> dict[str, float]:
    return {
        f"{prefix}index_kb_per_min": result.index_bytes / 1000 / result.minutes,
        f"{prefix}build_x_realtime": result.minutes * 60 / max(1e-9, result.build_cpu_s),
    }


def _notes(
    own: Result, peers: Sequence[Result], scores: Scores, plan: Plan, absent: Sequence[str]
) -> list[str]:
    each = len(scores.known()) // len(plan.lengths_s)
    size = (
        f"{own.minutes:.0f} minutes of music indexed; {len(scores.known())} clips of it ({each} of "
        f"each length) and {len(scores.unknown())} of recordings that are not indexed. With 95 % "
        "confidence a share is right to 3.5 points for 800 clips, 10 for 100, 20 for 25."
    )
    method = (
        "Recall: the right recording comes first, with a score that one in a hundred unknown "
        "clips of the same length exceeds. Half of the unknown recordings choose the threshold, "
        "the other half tells what passes it; then the other way round, and the mean is shown."
    )
    costs = "Build speed and CPU times leave out decoding and resampling, for everyone."
    notes = [size, method, costs]
    if plan.split == "dev":
        notes.append("These are the recordings that the engine was tuned on. The full run is not.")
    if kept := [result.name for result in peers if result.kept]:
        notes.append(
            f"Answers of {', '.join(kept)} are from an earlier run with the same recordings and "
            "clips; REFRAIN_EVAL_RECOGNITION_REDO=1 asks them again."
        )
    if absent:
        notes.append(f"Not installed, so not measured: {', '.join(absent)}.")
    return notes
