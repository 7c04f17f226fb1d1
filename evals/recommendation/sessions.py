"""The next track of a session (30Music), and which source of candidates serves whom."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from evals.evaluation import Plot, Progress, Series, Table
from evals.recommendation.findings import Findings, Rows
from evals.recommendation.listening import (
    Prediction,
    Windows,
    cut,
    joined,
    places,
    predictions,
    read_windows,
)
from evals.recommendation.models import ranking
from evals.recommendation.models.next_track import NEXT_FEATURES, fixed_score
from evals.recommendation.models.ranking import CandidateRanker
from evals.recommendation.scoring import NOT_FOUND, Places, interval
from knowledge.recommend.learning.bandit import Outcome, SourceBandit
from knowledge.recommend.learning.plays import Numbers, Plays

_TEST_DAYS, _VALIDATION_DAYS = 1.5, 1.0
_SETTINGS = ((100, 7), (150, 7), (150, 15), (250, 15))
_BLENDS: Mapping[str, Mapping[str, float]] = {
    "rules and artists": {"rules": 2.0, "transitions": 1.0, "same_artist": 0.05},
    "and sessions": {"rules": 2.0, "transitions": 1.0, "sessions": 0.5, "same_artist": 0.05},
    "with memory": {
        "rules": 1.0,
        "rules_memory": 1.0,
        "transitions": 1.0,
        "sessions": 0.5,
        "own_artist": 0.05,
    },
}
_SINGLE = ("repeat", "artist_share", "transitions", "sessions", "rules", "rules_memory")
_SOURCES = ("rules", "transitions", "artist_share", "sessions", "repeat", "popular")
_BANDIT_SEEDS = 5


def measure_sessions(folder: Path, *, quick: bool, progress: Progress) -> Findings:
    """Choose on the last day of the fourth window; test on the end of the last one."""
    if not (folder / "window_4.tsv.gz").is_file():
        return Findings(notes=("30Music is not here: sessions were not measured.",))
    progress.start("listening sessions", 6)
    windows = read_windows(folder)
    most = 40 if quick else None
    lessons = [_lesson(windows, number, most) for number in ((2,) if quick else (1, 2))]
    progress.advance()
    early, late = cut(windows.plays[3], _VALIDATION_DAYS)
    train = joined((*windows.plays[:3], early))
    validation = list(predictions(train, late, windows.artist_of, most=most))
    progress.advance()
    settings = _SETTINGS[:1] if quick else _SETTINGS
    tried = _tried(validation, [one for lesson in lessons for one in lesson], settings)
    progress.advance()

    early, late = cut(windows.plays[4], _TEST_DAYS)
    train = joined((*windows.plays[:4], early))
    test = list(predictions(train, late, windows.artist_of, most=most))
    progress.advance()
    if not quick:
        lessons.append(_lesson(windows, 3, most))
    found = {name: places(test, [_column(one, name) for one in test]) for name in _SINGLE}
    found["popularity"] = _popular(train, test)
    blend = max(_BLENDS, key=lambda name: tried[name])
    found["fixed weights"] = places(
        test, [fixed_score(one.features.astype(np.float64), _BLENDS[blend]) for one in test]
    )
    if ranking.is_available():
        rounds, leaves = max(settings, key=lambda s: tried[_name(s)])
        ranker = _fitted([one for lesson in lessons for one in lesson], rounds, leaves)
        found["learned ranking"] = places(
            test, [ranker.score(one.features.astype(np.float64)) for one in test]
        )
    progress.advance()
    rewards = _replayed([*(one for lesson in lessons for one in lesson), *test])
    progress.advance()
    return _findings(test, found, tried, rewards)


def _lesson(windows: Windows, number: int, most: int | None) -> list[Prediction]:
    """What the ranking learns from: the end of a window, with sources that knew only before."""
    early, late = cut(windows.plays[number], _TEST_DAYS)
    train = joined((*windows.plays[:number], early))
    return list(predictions(train, late, windows.artist_of, most=most))


def _tried(
    validation: Sequence[Prediction],
    lessons: Sequence[Prediction],
    settings: Sequence[tuple[int, int]],
) -> dict[str, float]:
    """HR@10 on validation by the name of the setting."""
    tried = {}
    for name, weights in _BLENDS.items():
        scores = [fixed_score(one.features.astype(np.float64), weights) for one in validation]
        tried[name] = float(places(validation, scores).hits(10).mean())
    for rounds, leaves in settings if ranking.is_available() else ():
        ranker = _fitted(lessons, rounds, leaves)
        scores = [ranker.score(one.features.astype(np.float64)) for one in validation]
        tried[_name((rounds, leaves))] = float(places(validation, scores).hits(10).mean())
    return tried


def _name(setting: tuple[int, int]) -> str:
    return f"ranking, {setting[0]} trees of {setting[1]} leaves"


def _fitted(lessons: Sequence[Prediction], rounds: int, leaves: int) -> CandidateRanker:
    useful = [one for one in lessons if one.place >= 0]
    features = np.concatenate([one.features for one in useful]).astype(np.float64)
    chosen = np.concatenate([(one.ids == one.came).astype(np.float64) for one in useful])
    lists = np.array([len(one.ids) for one in useful])
    return CandidateRanker(rounds=rounds, leaves=leaves).fit(features, chosen, lists)


def _popular(train: Plays, test: Sequence[Prediction]) -> Places:
    """The most played tracks of all, whoever listens."""
    items, counts = np.unique(train.items, return_counts=True)
    order = items[np.argsort(-counts, kind="stable")]
    place = {item: number for number, item in enumerate(order[:1_000].tolist())}
    return Places(np.array([place.get(one.came, NOT_FOUND) for one in test]))


def _column(one: Prediction, name: str) -> Numbers:
    scores: Numbers = one.features.astype(np.float64)[:, NEXT_FEATURES.index(name)]
    if name == "artist_share":  # of the artist that just played
        scores = scores * one.features[:, NEXT_FEATURES.index("same_artist")]
    return np.asarray(np.where(scores != 0, scores, -1e9) if name != "repeat" else scores)


def _replayed(test: Sequence[Prediction]) -> dict[str, float]:
    """Replay in the order of time: a source is rewarded when its first ten hold the next track."""
    hits = {name: places(test, [_column(one, name) for one in test]).hits(10) for name in _SOURCES}
    rewards = {f"only {name}": float(values.mean()) for name, values in hits.items()}
    rewards["at random"] = float(np.mean([values.mean() for values in hits.values()]))
    rewards["always the right one"] = float(np.max(list(hits.values()), axis=0).mean())
    for name, strength in (("for all", 1e9), ("for each person", 20.0)):
        runs = []
        for seed in range(_BANDIT_SEEDS):
            bandit = SourceBandit(strength=strength, draws=1, rng=np.random.default_rng(seed))
            won = 0.0
            for number, one in enumerate(test):
                source = bandit.choose(str(one.user), _SOURCES).source
                kept = bool(hits[source][number])
                won += kept
                bandit.learn((Outcome(str(one.user), source, kept),))
            runs.append(won / max(len(test), 1))
        rewards[f"Thompson sampling {name}"] = float(np.mean(runs))
    return rewards


def _findings(
    test: Sequence[Prediction],
    found: Mapping[str, Places],
    tried: Mapping[str, float],
    rewards: Mapping[str, float],
) -> Findings:
    ours = found.get("learned ranking", found["fixed weights"])
    low, high = interval(ours.hits(10))
    known = np.array([one.is_known for one in test])
    metrics = {
        "30music.hr10": float(ours.hits(10).mean()),
        "30music.hr10.low": low,
        "30music.hr10.high": high,
        "30music.hr10.gain_low": interval(ours.hits(10) - found["rules_memory"].hits(10))[0],
        "30music.ndcg10": float(ours.ndcg10.mean()),
        "30music.known.hr10": float(ours.hits(10)[known].mean()) if known.any() else 0.0,
        "30music.fixed.hr10": float(found["fixed weights"].hits(10).mean()),
        "bandit.reward": rewards["Thompson sampling for each person"],
        "bandit.global.reward": rewards["Thompson sampling for all"],
        "bandit.best_source.reward": max(
            value for name, value in rewards.items() if name.startswith("only")
        ),
    }
    for name, key in (
        ("popularity", "popular"),
        ("rules_memory", "rules"),
        ("sessions", "sessions"),
    ):
        metrics[f"30music.baseline.{key}.hr10"] = float(found[name].hits(10).mean())
    rows: Rows = tuple(
        (name, *(float(x.mean()) for x in (p.hits(10), p.hits(20), p.ndcg10, p.mrr20)))
        for name, p in found.items()
    )
    names = tuple(found)
    return Findings(
        metrics,
        (
            Table("30Music: next track", ("model", "HR@10", "HR@20", "NDCG@10", "MRR@20"), rows),
            Table("30Music: validation", ("what", "HR@10"), tuple(tried.items())),
            Table("Choosing sources, replayed", ("policy", "reward"), tuple(rewards.items())),
        ),
        (
            Plot(
                "30Music: next track",
                "",
                "HR@10",
                (Series("HR@10", names, tuple(float(found[n].hits(10).mean()) for n in names)),),
            ),
        ),
    )
