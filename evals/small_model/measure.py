"""The small model of our own beside the cascade: the same held-back rows, the same scoring."""

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agent.understanding.training.data import FILES, Row, read_rows, split
from evals.chosen_model import local_model_named
from evals.errors import EvaluationImpossible
from evals.evaluation import Cell, EvalReport, Plot, Progress, Series, Table, each
from evals.small_model import adapter
from evals.small_model.gguf import read_gguf
from evals.small_model.material import gather
from evals.timing import percentile
from evals.understanding import indirect
from evals.understanding.folders import DATA_VARIABLE, INDIRECT_CASES, data_folder
from evals.understanding.measure import read_set
from evals.understanding.ours import Ours
from evals.understanding.scoring import Reader, SetScores

ADAPTER_VARIABLE = "REFRAIN_EVAL_SMALL_MODEL"
"""The adapter that `python -m evals.small_model.train` wrote."""
BASE = "smollm2-135m"
_WANTED_REJECTION = 0.982
"""Of each set's development rows, as the cascade's threshold is placed."""
_QUICK_EVERY = 40
_INDIRECT_EVERY = 4
_TIMED_EVERY = 50
Sets = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class _Timed:
    """What llama.cpp answered, and at what cost."""

    is_music: bool
    same: bool
    cpu_ms: float


class SmallModelEvaluation:
    """Recall, rejection, slots and CPU time of both, on rows that neither has seen."""

    name = "small_model"
    summary = "The small language model of our own beside the cascade, on the same rows"

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Read every held-back row with both, and some with llama.cpp.

        Raises:
            EvaluationImpossible: the adapter, the base model, torch or the rows are not here.
        """
        data, path = data_folder(), os.environ.get(ADAPTER_VARIABLE, "")
        if data is None or not Path(path).is_file():
            raise EvaluationImpossible(
                f"Name the trained adapter in {ADAPTER_VARIABLE} (python -m "
                f"evals.small_model.train makes it), and the data in {DATA_VARIABLE}."
            )
        weights = local_model_named(BASE).weights
        if weights is None:
            raise EvaluationImpossible(f"{BASE} is not here: refrain models add llm")
        reading, runtime = _open(weights, Path(path))
        every = _QUICK_EVERY if quick else 1
        sets = {name: split(data / "language", name)[1][::every] for name in FILES}
        roundabout = {name: rows[:: _INDIRECT_EVERY * every] for name, rows in _spoken(data)}
        progress.start("placing the threshold", 1)
        threshold = place(reading, gather(data).development, every)
        progress.advance()
        prepared = _prepared(reading, {**sets, **roundabout}, threshold, progress)
        own = Ours()
        scores = {
            who: {
                **{name: read_set(name, rows, rows, reader) for name, rows in sets.items()},
                **{name: _read(rows, reader) for name, rows in roundabout.items()},
            }
            for who, reader in (("model", prepared), ("cascade", own))
        }
        timed = [
            _time(row, runtime, prepared)
            for rows in sets.values()
            for row in each(progress, "in llama.cpp", rows[::_TIMED_EVERY])
        ]
        return _report(scores, timed, threshold, own.times.metrics("cascade.cpu_ms"))


def _open(weights: Path, path: Path) -> tuple[Any, Any]:
    try:
        # torch and llama.cpp are optional, and take seconds to load.
        import torch  # noqa: PLC0415

        from evals.small_model.network import Network  # noqa: PLC0415
        from evals.small_model.reader import Reading, Runtime  # noqa: PLC0415
        from evals.small_model.vocabulary import Vocabulary  # noqa: PLC0415

        torch.set_num_threads(1)
        model = read_gguf(weights)
        vocabulary, network = Vocabulary(model), Network(model)
        network.learn_again(adapter.read(path))
        return Reading(network, vocabulary), Runtime(weights, path, vocabulary)
    except ImportError as error:
        raise EvaluationImpossible(f"The small model needs {error.name}.") from error


def place(reading: Any, development: Mapping[str, Sequence[Row]], every: int = 1) -> float:
    """The least chance of music at which every set's development rows are rejected enough."""
    needed = []
    for rows in development.values():
        others = [row.text for row in rows if not row.is_music][::every]
        chances = np.sort(reading.music(others))
        needed.append(float(chances[min(len(chances) - 1, int(_WANTED_REJECTION * len(chances)))]))
    return max(needed) + 1e-6


def _spoken(data: Path) -> list[tuple[str, list[Row]]]:
    opening, later = indirect.conversations(data)
    own = [row for row in read_rows(INDIRECT_CASES) if row.is_music]
    return [("cpcd", opening), ("cpcd_later", later), ("reddit", indirect.posts(data)),
            ("own_indirect", own)]  # fmt: skip


def _prepared(reading: Any, sets: Sets, threshold: float, progress: Progress) -> Any:
    from evals.small_model.reader import Prepared, prepare  # noqa: PLC0415  it loads torch

    answers: dict[str, Any] = {}
    for name, rows in each(progress, "reading", list(sets.items())):
        del name
        answers |= prepare(reading, [row.text for row in rows], threshold).answers
    return Prepared(answers)


def _read(rows: Sequence[Row], reader: Reader) -> SetScores:
    scores = SetScores()
    for row in rows:
        scores.count(row, reader.read(row.text))
    return scores


def _time(row: Row, runtime: Any, prepared: Reader) -> _Timed:
    started = time.process_time()
    call = runtime.call(row.text)
    cpu_ms = (time.process_time() - started) * 1000
    from evals.small_model.reader import answer_of  # noqa: PLC0415  it loads torch

    return _Timed(row.is_music, answer_of(call).label == prepared.read(row.text).label, cpu_ms)


def _report(
    scores: Mapping[str, Mapping[str, SetScores]],
    timed: Sequence[_Timed],
    threshold: float,
    cascade: Mapping[str, float],
) -> EvalReport:
    metrics: dict[str, float] = {"threshold": threshold, "timed": float(len(timed)), **cascade}
    rows: list[tuple[Cell, ...]] = []
    for who, sets in scores.items():
        for name, score in sets.items():
            metrics[f"{who}.{name}.recall"] = score.recall
            if score.others:
                metrics[f"{who}.{name}.rejection"] = score.rejection
            if score.slots.right:
                metrics[f"{who}.{name}.slot_f1"] = score.slots.f1
            if score.play_slots.right:
                metrics[f"{who}.{name}.play_slot_f1"] = score.play_slots.f1
            rows.append((who, name, score.music, round(score.recall, 4), score.others,
                         round(score.rejection, 4), round(score.slots.f1, 4)))  # fmt: skip
    for what, music in (("music", True), ("others", False)):
        costs = [one.cpu_ms for one in timed if one.is_music is music]
        metrics[f"model.cpu_ms.{what}.p50"] = percentile(costs, 50)
        metrics[f"model.cpu_ms.{what}.p95"] = percentile(costs, 95)
    metrics["model.same"] = sum(one.same for one in timed) / max(1, len(timed))
    return EvalReport(
        metrics,
        (Table("Rows", ("system", "set", "music", "recall", "others", "rejection", "slot F1"),
               tuple(rows)),),
        (Plot("Recall", "set", "share",
              tuple(Series(who, tuple(sets), tuple(s.recall for s in sets.values()))
                    for who, sets in scores.items()), y_range=(0.0, 1.0)),),
    )  # fmt: skip
