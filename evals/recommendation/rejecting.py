"""Will a shown track be rejected? CPCD's dislikes stand in for skips."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from evals.evaluation import Plot, Progress, Series, Table
from evals.recommendation.dialogues import FEATURES, Dialogue, DialogueRows, read_dialogues
from evals.recommendation.findings import Findings
from evals.recommendation.scoring import auc, average_precision, calibration_error
from knowledge.recommend.learning.plays import Numbers
from knowledge.recommend.learning.skipping import OnlineBias, SkipModel

_FOLDS, _SEEDS, _DRAWS = 5, 5, 500


def measure_rejecting(folder: Path, *, quick: bool, progress: Progress) -> Findings:
    """Five folds by dialogue; every model beside the rater's own rate so far."""
    if not (folder / "dev.train.v0.jsonl.gz").is_file():
        return Findings(notes=("CPCD is not here: rejections were not measured.",))
    dialogues = read_dialogues(folder)
    dialogues = dialogues[:60] if quick else dialogues
    order = np.random.default_rng(0).permutation(len(dialogues))
    progress.start("rejections", _FOLDS)
    rejected: list[Numbers] = []
    chances: dict[str, list[Numbers]] = {"base": [], "model": [], "online": []}
    group: list[Numbers] = []
    learned = True
    for fold in np.array_split(order, _FOLDS):
        training = [dialogues[i] for i in np.setdiff1d(order, fold)]
        rows = DialogueRows(training)
        features, labels, _ = _table(rows, training)
        model = SkipModel(seeds=1 if quick else _SEEDS).fit(features, labels)
        learned = learned and model.is_learned
        asked, truth, sizes = _table(rows, [dialogues[i] for i in fold])
        risk = model.risk(asked)
        rejected.append(truth)
        chances["base"].append(asked[:, 0])
        chances["model"].append(risk)
        chances["online"].append(_online(asked, risk, truth, sizes))
        group.append(np.repeat(fold, sizes))
        progress.advance()
    return _findings(
        np.concatenate(rejected),
        {name: np.concatenate(parts) for name, parts in chances.items()},
        np.concatenate(group),
        learned=learned,
    )


def _table(rows: DialogueRows, dialogues: Sequence[Dialogue]) -> tuple[Numbers, Numbers, list[int]]:
    """Features, outcomes, and how many rows each dialogue has."""
    features: list[tuple[float, ...]] = []
    rejected: list[bool] = []
    sizes = []
    for dialogue in dialogues:
        some, outcomes = rows.of(dialogue)
        features += some
        rejected += outcomes
        sizes.append(len(some))
    return np.array(features, np.float64), np.array(rejected, np.float64), sizes


def _online(features: Numbers, risk: Numbers, rejected: Numbers, sizes: Sequence[int]) -> Numbers:
    """The same with a bias for the dialogue, learned turn by turn."""
    turn = features[:, FEATURES.index("turn")]
    adjusted = np.empty(len(risk))
    start = 0
    for size in sizes:
        bias = OnlineBias(rate=0.1)
        rows = np.arange(start, start + size)
        for number in np.unique(turn[rows]):
            now = rows[turn[rows] == number]
            adjusted[now] = [bias.adjusted(float(risk[row])) for row in now]
            for row in now:
                bias.see(float(risk[row]), bool(rejected[row]))
        start += size
    return adjusted


def _findings(
    rejected: Numbers, chances: Mapping[str, Numbers], group: Numbers, *, learned: bool
) -> Findings:
    low, high = _gain(rejected, chances["model"], chances["base"], group)
    metrics = {
        "cpcd.auc": auc(rejected, chances["model"]),
        "cpcd.auc.gain_low": low,
        "cpcd.auc.gain_high": high,
        "cpcd.average_precision": average_precision(rejected, chances["model"]),
        "cpcd.calibration_error": calibration_error(rejected, chances["model"]),
        "cpcd.online.auc": auc(rejected, chances["online"]),
        "cpcd.baseline.rate.auc": auc(rejected, chances["base"]),
        "cpcd.baseline.rate.average_precision": average_precision(rejected, chances["base"]),
    }
    named = {"base": "the rater's rate so far", "model": "model", "online": "model, online bias"}
    rows = tuple(
        (
            named[name],
            auc(rejected, chance),
            average_precision(rejected, chance),
            calibration_error(rejected, chance),
        )
        for name, chance in chances.items()
    )
    order = np.array_split(np.argsort(chances["model"], kind="stable"), 10)
    promised = tuple(float(chances["model"][part].mean()) for part in order)
    real = tuple(float(rejected[part].mean()) for part in order)
    notes = () if learned else ("CPCD: LightGBM is not installed, the rate stands alone.",)
    return Findings(
        metrics,
        (
            Table(
                "CPCD: rejections foretold",
                ("model", "AUC", "average precision", "calibration error"),
                rows,
            ),
        ),
        (
            Plot(
                "CPCD: promised and real share of rejections",
                "promised",
                "real",
                (Series("model", promised, real), Series("perfect", (0.0, 0.7), (0.0, 0.7))),
                kind="lines",
            ),
        ),
        notes,
    )


def _gain(rejected: Numbers, ours: Numbers, base: Numbers, group: Numbers) -> tuple[float, float]:
    """The middle 95 % of the gain in AUC, dialogues resampled."""
    rng = np.random.default_rng(0)
    rows = {int(g): np.flatnonzero(group == g) for g in np.unique(group)}
    keys = list(rows)
    gains = []
    for _ in range(_DRAWS):
        drawn = np.concatenate([rows[keys[i]] for i in rng.integers(0, len(keys), len(keys))])
        gains.append(auc(rejected[drawn], ours[drawn]) - auc(rejected[drawn], base[drawn]))
    low, high = np.percentile(gains, [2.5, 97.5])
    return float(low), float(high)
