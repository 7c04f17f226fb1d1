"""How well music is found for requests as people say them, beside words alone and vectors alone."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.evaluation import EvalReport, Plot, Progress, Series, Table
from evals.retrieval.answering import Answers, Asked, answer, ready, told, understood
from evals.retrieval.cases import LANGUAGES, Request, made_requests, read_requests
from evals.retrieval.catalogue import Catalogue, make_catalogue
from evals.retrieval.covers import covers_report
from evals.retrieval.demo import demo_catalogue
from evals.retrieval.lyrics import lyrics_report
from evals.retrieval.scoring import Score
from evals.retrieval.systems import MadeLibrary, make_library
from evals.retrieval.vector_search import compare_vectors
from evals.timing import percentile

DEV_SEED, TEST_SEED = 41, 97
"""Of the catalogues, the errors of analysis, the names in requests, and the made requests."""
_TRACKS, _QUICK_TRACKS = 20_000, 1_000
_QUICK_EACH = 2
"""Of the hand-written requests every so many-th is asked in a quick run."""
_MADE, _QUICK_MADE = 120, 10
_MOST_SHOWN = 40


@dataclass(slots=True)
class _Part:
    """What all systems answered on one part of the requests."""

    finder: Answers
    told: Answers
    words: Answers
    build_s: float = 0.0
    tracks: int = 0


class RetrievalEvaluation:
    """Asks a generated library of which the truth is known, and the demo library."""

    name = "retrieval"
    summary = "Music for requests in any language: nDCG, broken conditions, CPU time, baselines."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Make the libraries, ask, score."""
        tracks, made = (_QUICK_TRACKS, _QUICK_MADE) if quick else (_TRACKS, _MADE)
        each = _QUICK_EACH if quick else 1
        with tempfile.TemporaryDirectory(prefix="refrain-eval-") as scratch:
            folder = Path(scratch)
            dev, test = (
                _part(
                    folder / name,
                    make_catalogue(tracks, seed=seed),
                    (*read_requests(name)[::each], *made_requests(made, seed=seed)),
                    seed,
                    progress,
                )
                for name, seed in (("dev", DEV_SEED), ("test", TEST_SEED))
            )
            asked = read_requests("demo")[::each]
            demo = _part(folder / "demo", demo_catalogue(), asked, TEST_SEED, progress)
            vectors = compare_vectors(folder / "small", quick=quick, progress=progress)
        covers = covers_report(quick=quick, progress=progress)
        lyrics = lyrics_report(quick=quick, progress=progress)
        metrics = {
            **_headline(dev, test, demo),
            **_languages(dev, test),
            **{f"kind.{kind}.ndcg10": _mean(scores) for kind, scores in _kinds(test).items()},
            **_costs(dev, test),
            **vectors.metrics,
            **covers.metrics,
            **lyrics.metrics,
        }
        return EvalReport(
            metrics=metrics,
            tables=(
                _kind_table(test),
                _language_table(dev, test),
                _failed(dev),
                *vectors.tables,
                *covers.tables,
                *lyrics.tables,
            ),
            plots=(_plot(test), *covers.plots, *lyrics.plots),
            notes=(*vectors.notes, *covers.notes, *lyrics.notes),
        )


def _part(
    folder: Path,
    catalogue: Catalogue,
    requests: Sequence[Request],
    seed: int,
    progress: Progress,
) -> _Part:
    progress.start(f"make a library of {len(catalogue)} tracks", 1)
    library = make_library(folder, catalogue, seed=seed)
    progress.advance()
    try:
        asked = ready(library, requests, seed=seed, progress=progress)
        return _asked(library, asked, progress)
    finally:
        library.close()


def _asked(library: MadeLibrary, asked: Sequence[Asked], progress: Progress) -> _Part:
    return _Part(
        answer(library, asked, understood(library), progress=progress, name="the finder"),
        answer(library, asked, told(library), progress=progress, name="it with wishes told"),
        answer(library, asked, library.by_words, progress=progress, name="words alone"),
        library.build_s,
        len(library.catalogue),
    )


def _mean(scores: Sequence[Score]) -> float:
    return sum(one.ndcg10 for one in scores) / len(scores) if scores else 0.0


def _right(scores: Sequence[Score]) -> float:
    return sum(one.first_is_right for one in scores) / len(scores) if scores else 0.0


def _broken(scores: Sequence[Score]) -> int:
    return sum(len(one.violations) for one in scores)


def _hidden(scores: Sequence[Score]) -> float:
    hits = sum(len(one.hits) for one in scores)
    return sum(one.hidden_violations for one in scores) / hits if hits else 0.0


def _headline(dev: _Part, test: _Part, demo: _Part) -> dict[str, float]:
    return {
        "ndcg10": _mean(test.finder.scores),
        "ndcg10.bm25": _mean(test.words.scores),
        "ndcg10.told": _mean(test.told.scores),
        "violations": _broken(test.finder.scores),
        "violations.told": _broken(test.told.scores),
        "violations.hidden": _hidden(test.finder.scores),
        "dev.ndcg10": _mean(dev.finder.scores),
        "dev.ndcg10.bm25": _mean(dev.words.scores),
        "dev.ndcg10.told": _mean(dev.told.scores),
        "dev.violations": _broken(dev.finder.scores),
        "demo.ndcg10": _mean(demo.finder.scores),
        "demo.ndcg10.bm25": _mean(demo.words.scores),
        "demo.violations": _broken(demo.finder.scores),
    }


def _languages(dev: _Part, test: _Part) -> dict[str, float]:
    metrics = {}
    for prefix, part in (("p1", dev), ("test.p1", test)):
        for language in LANGUAGES:
            metrics[f"{prefix}.{language}"] = _right(part.finder.of(_in(language)))
    return metrics


def _in(language: str) -> Callable[..., bool]:
    return lambda request: request.language == language and request.kind != "made"


def _kinds(part: _Part) -> dict[str, list[Score]]:
    kinds: dict[str, list[Score]] = {}
    for one in part.finder.scores:
        kinds.setdefault(one.request.kind, []).append(one)
    return dict(sorted(kinds.items()))


def _costs(dev: _Part, test: _Part) -> dict[str, float]:
    samples = [*dev.finder.times.samples_ms, *test.finder.times.samples_ms]
    return {
        "cpu_ms.p50": percentile(samples, 50),
        "cpu_ms.p95": percentile(samples, 95),
        "build_s": test.build_s,
        "catalogue.tracks": test.tracks,
        "requests": len(test.finder.scores),
        "dev.requests": len(dev.finder.scores),
    }


def _kind_table(part: _Part) -> Table:
    rows = []
    for kind, scores in _kinds(part).items():
        of_kind = [one for one in part.words.scores if one.request.kind == kind]
        with_wish = [one for one in part.told.scores if one.request.kind == kind]
        rows.append(
            (
                kind, len(scores), _right(scores), _mean(scores), _mean(with_wish), _mean(of_kind),
                _broken(scores), _hidden(scores),
            )
        )  # fmt: skip
    columns = (
        "kind", "requests", "first is right", "nDCG@10", "wish told", "words alone", "broken",
        "hidden",
    )  # fmt: skip
    return Table("Kinds of request (test)", columns, tuple(rows))


def _language_table(dev: _Part, test: _Part) -> Table:
    rows = []
    for language in LANGUAGES:
        here, there = (part.finder.of(_in(language)) for part in (dev, test))
        rows.append(
            (
                language, len(here), _right(here), _mean(here), len(there), _right(there),
                _mean(there),
            )
        )  # fmt: skip
    columns = (
        "language",
        "dev",
        "first is right",
        "nDCG@10",
        "test",
        "first is right ",
        "nDCG@10 ",
    )
    return Table("Languages", columns, tuple(rows))


def _failed(dev: _Part) -> Table:
    rows = tuple(
        (one.request.id, one.request.said, one.ndcg10, ", ".join(one.violations))
        for one in dev.finder.scores
        if not one.first_is_right or one.violations
    )
    columns = ("request", "said", "nDCG@10", "broken")
    return Table("Development requests that fail", columns, rows[:_MOST_SHOWN])


def _plot(test: _Part) -> Plot:
    kinds = tuple(_kinds(test))
    series = []
    for label, answers in (
        ("finder", test.finder), ("wish told", test.told), ("words alone", test.words),
    ):  # fmt: skip
        by_kind = [[o for o in answers.scores if o.request.kind == kind] for kind in kinds]
        series.append(Series(label, kinds, tuple(_mean(scores) for scores in by_kind)))
    return Plot("nDCG@10 by kind of request", "", "nDCG@10", tuple(series), y_range=(0.0, 1.0))
