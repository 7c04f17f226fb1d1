"""Does knowing the situation help? Ratings with time, weather and a wrist sensor (SiTunes)."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.evaluation import Plot, Progress, Series, Table
from evals.recommendation.findings import Findings
from evals.recommendation.models.context import PAIR_FEATURES, ContextModel, Likings, Moments
from evals.recommendation.scoring import auc
from knowledge.recommend.learning import boosting
from knowledge.recommend.learning.plays import Ids, Numbers

_AUDIO = (
    "popularity", "loudness", "danceability", "energy", "speechiness", "acousticness",
    "instrumentalness", "valence", "tempo", "F0final_sma_amean", "pcm_RMSenergy_sma_stddev",
    "pcm_fftMag_psySharpness_sma_amean", "pcm_zcr_sma_amean", "duration", "key",
)  # fmt: skip
_MOMENT = (
    "period", "weather", "pressure", "temperature", "humidity", "hour_sin", "hour_cos", "hour",
    "weekday", "pulse", "pulse_last", "pulse_varies", "pulse_rises", "pulse_low", "pulse_high",
    "motion", "motion_last", "motion_varies", "steps", "steps_last", "activity", "still",
    "walking", "lying", "running", "unknown_activity",
)  # fmt: skip
_COMPARED = (
    "period", "weather", "pressure", "temperature", "humidity", "pulse", "pulse_last", "motion",
    "motion_last", "steps", "still", "walking", "lying",
)  # fmt: skip
"""What makes two situations alike."""
_LIKED_FROM = 4
_REPEATS, _FOLDS, _INNER = 5, 5, 10
_EAST_S = 8 * 3_600
"""The study was held in China."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Ratings of one stage; row i of each array is one."""

    users: Ids
    items: Ids
    ratings: Numbers
    moment: Numbers
    """Shape (n, len(_MOMENT)); empty columns in stage 1."""

    @property
    def liked(self) -> Numbers:
        return np.asarray(self.ratings >= _LIKED_FROM, np.float64)


@dataclass(frozen=True, slots=True)
class Songs:
    """Audio features, as they are and standardised."""

    raw: Mapping[int, Numbers]
    scaled: Mapping[int, Numbers]
    genre: Mapping[int, int]


def measure_situations(folder: Path, *, quick: bool, progress: Progress) -> Findings:
    """Random folds of stage 2 with stage 1 as history, and stage 2 against stage 3."""
    if not (folder / "Stage2" / "interactions.csv").is_file():
        return Findings(notes=("SiTunes is not here: situations were not measured.",))
    if not boosting.is_available():
        return Findings(notes=("LightGBM is not installed: situations were not measured.",))
    stages, songs = [read_stage(folder, number) for number in (1, 2, 3)], read_songs(folder)
    seeds, repeats = (1, 1) if quick else (5, _REPEATS)
    progress.start("situations", repeats * _FOLDS + 1)
    kinds = {"rates": (True, False, False), "audio": (True, True, False), "all": (True, True, True)}
    scores: dict[str, list[float]] = {name: [] for name in kinds}
    for repeat in range(repeats):
        order = np.random.default_rng(repeat).permutation(len(stages[1].users))
        for fold in np.array_split(order, _FOLDS):
            train = np.setdiff1d(order, fold)
            rows = _rows(stages[0], stages[1], songs, train)
            asked = _asked(stages[0], stages[1], songs, train, stages[1], fold)
            for name, kind in kinds.items():
                model = ContextModel(seeds=seeds)
                model.fit(_chosen(rows, kind), stages[1].liked[train])
                chance = model.chance(_chosen(asked, kind))
                scores[name].append(auc(stages[1].liked[fold], chance))
            progress.advance()
    everything = np.arange(len(stages[1].users))
    rows = _rows(stages[0], stages[1], songs, everything)
    asked = _asked(
        stages[0], stages[1], songs, everything, stages[2], np.arange(len(stages[2].users))
    )
    later = {}
    for name, kind in kinds.items():
        model = ContextModel(seeds=seeds).fit(_chosen(rows, kind), stages[1].liked)
        later[name] = auc(stages[2].liked, model.chance(_chosen(asked, kind)))
    gains = model.gains((*PAIR_FEATURES, *_AUDIO, *_MOMENT, "own_alike", "all_alike"))
    progress.advance()
    return _findings(scores, later, gains)


def read_stage(folder: Path, number: int) -> Stage:
    """Read the ratings of a stage, with the situation of each."""
    place = folder / f"Stage{number}"
    with (place / "interactions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    moment = np.empty((len(rows), 0))
    if (place / "env.json").is_file():
        around = json.loads((place / "env.json").read_text("utf-8"))
        wrist = np.load(place / "wrist.npy").astype(np.float64)
        moment = np.array(
            [
                _moment(around[row["inter_id"]], body, int(row["timestamp"]))
                for row, body in zip(rows, wrist, strict=True)
            ]
        )
    return Stage(
        np.array([int(row["user_id"]) for row in rows]),
        np.array([int(row["item_id"]) for row in rows]),
        np.array([float(row["rating"]) for row in rows]),
        moment,
    )


def read_songs(folder: Path) -> Songs:
    """Read the audio features of all songs."""
    with (folder / "music_metadata" / "music_info.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    ids = [int(row["item_id"]) for row in rows]
    raw = np.array([[float(row[name] or "nan") for name in _AUDIO] for row in rows])
    scaled = np.nan_to_num((raw - np.nanmean(raw, axis=0)) / np.nanstd(raw, axis=0))
    return Songs(
        dict(zip(ids, raw, strict=True)),
        dict(zip(ids, scaled, strict=True)),
        {int(row["item_id"]): int(row["general_genre_id"]) for row in rows},
    )


def _moment(around: Mapping[str, Sequence[float]], body: Numbers, at: int) -> list[float]:
    """What the moment is like; `body` has shape (30, 4): pulse, motion, steps, activity."""
    hour = ((at + _EAST_S) % 86_400) / 3_600
    pulse, motion, steps, activity = body.T
    return [
        float(np.asarray(around["time"])),
        *(float(value) for value in around["weather"]),
        float(np.sin(hour * np.pi / 12)),
        float(np.cos(hour * np.pi / 12)),
        hour,
        float(((at + _EAST_S) // 86_400 + 4) % 7),
        pulse.mean(), pulse[-5:].mean(), pulse.std(), pulse[-10:].mean() - pulse[:10].mean(),
        pulse.min(), pulse.max(),
        motion.mean(), motion[-5:].mean(), motion.std(),
        steps.sum(), steps[-5:].sum(),
        activity[-1],
        *(float((activity == kind).mean()) for kind in (0, 2, 4, 5, 3)),
    ]  # fmt: skip


def _likings(before: Stage, now: Stage, songs: Songs, train: Ids) -> Likings:
    return Likings(
        np.r_[before.users, now.users[train]],
        np.r_[before.items, now.items[train]],
        np.r_[before.ratings, now.ratings[train]],
        np.r_[before.liked, now.liked[train]],
        songs.scaled,
        songs.genre,
    )


def _rows(before: Stage, now: Stage, songs: Songs, train: Ids) -> Numbers:
    """Features of the training rows, each part of them described by the other parts.

    Leaving out only the row itself would give its rating away: a rate of twenty ratings tells by
    its last digit which one is missing.
    """
    rows = np.empty((len(train), len(PAIR_FEATURES) + len(_AUDIO) + len(_MOMENT) + 2))
    places = np.random.default_rng(0).permutation(len(train))
    for part in np.array_split(places, _INNER):
        others = np.setdiff1d(places, part)
        rows[part] = _asked(before, now, songs, train[others], now, train[part])
    return rows


def _asked(before: Stage, now: Stage, songs: Songs, train: Ids, other: Stage, rows: Ids) -> Numbers:
    known = _likings(before, now, songs, train)
    compared = [_MOMENT.index(name) for name in _COMPARED]
    moments = Moments(now.users[train], now.liked[train], now.moment[train][:, compared])
    return np.array(
        [
            [
                *known.pair(int(other.users[row]), int(other.items[row])),
                *songs.raw[int(other.items[row])],
                *other.moment[row],
                *moments.rates(int(other.users[row]), other.moment[row][compared]),
            ]
            for row in rows
        ]
    )


def _chosen(rows: Numbers, kind: tuple[bool, bool, bool]) -> Numbers:
    """The columns of rates (the first six), of audio, and of the moment."""
    pair, audio, moment = len(PAIR_FEATURES), len(_AUDIO), len(_MOMENT) + 2
    keep = np.zeros(pair + audio + moment, bool)
    keep[:6] = kind[0]
    keep[6 : pair + audio] = kind[1]
    keep[pair + audio :] = kind[2]
    return rows[:, keep]


def _findings(
    scores: Mapping[str, Sequence[float]], later: Mapping[str, float], gains: Mapping[str, float]
) -> Findings:
    mean = {name: float(np.mean(values)) for name, values in scores.items()}
    metrics = {
        "situnes.auc": mean["all"],
        "situnes.auc.deviation": float(np.std(scores["all"])),
        "situnes.later.auc": later["all"],
        "situnes.baseline.rates.auc": mean["rates"],
        "situnes.baseline.audio.auc": mean["audio"],
        "situnes.baseline.rates.later_auc": later["rates"],
        "situnes.baseline.audio.later_auc": later["audio"],
    }
    named = {"rates": "rates only", "audio": "and audio", "all": "and the situation"}
    rows = tuple(
        (named[name], mean[name], float(np.std(scores[name])), later[name]) for name in scores
    )
    words = tuple(named.values())
    return Findings(
        metrics,
        (
            Table("SiTunes: what is known", ("features", "AUC", "deviation", "later AUC"), rows),
            Table(
                "SiTunes: what the model leans on",
                ("feature", "share of gain"),
                tuple((name, share) for name, share in list(gains.items())[:15]),
            ),
        ),
        (
            Plot(
                "SiTunes: likes foretold",
                "",
                "AUC",
                (
                    Series("random folds", words, tuple(mean[name] for name in scores)),
                    Series("later stage", words, tuple(later[name] for name in scores)),
                ),
                y_range=(0.5, 0.9),
            ),
        ),
    )
