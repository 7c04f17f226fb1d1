"""How well and how fast the search by words finds what was meant."""

import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from evals.evaluation import EvalReport, Plot, Progress, Series, Table, each
from evals.generated_library import MadeTrack, make_tracks
from evals.search_cases import SearchCase, famous_library, read_cases
from evals.search_queries import FAMILIES, MadeQuery, make_queries
from evals.timing import CpuTimes
from knowledge.catalog import Catalog
from knowledge.catalog_writer import CatalogWriter, TrackDraft
from knowledge.database import Database
from knowledge.search import Searcher, SearchQuery, SearchResult

_TRACKS, _QUICK_TRACKS = 100_000, 5_000
_QUERIES, _QUICK_QUERIES = 250, 25
_BATCH = 5_000
_MOST_SHOWN = 60


class SearchEvaluation:
    """Searches a generated library, and a small one of well-known names."""

    name = "search"
    summary = "Search by words: right answers by kind of query, and CPU time per search."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Generate, write, search, count."""
        with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
            cases, wrong_cases = _run_cases(Path(folder) / "famous", progress)
            measured = _Generated(Path(folder) / "generated", quick=quick, progress=progress)
        metrics = {**measured.metrics(), "search.cases.pass": 1 - len(wrong_cases) / len(cases)}
        return EvalReport(
            metrics=metrics,
            tables=(
                measured.table(),
                Table("Hand-written cases that fail", ("query", "what is wrong"), wrong_cases),
                Table(
                    "Some wrong answers",
                    ("family", "query", "made from", "first hit"),
                    tuple(measured.wrong[:_MOST_SHOWN]),
                ),
            ),
            plots=(measured.plot(),),
        )


def _run_cases(
    folder: Path, progress: Progress
) -> tuple[tuple[SearchCase, ...], tuple[tuple[str, str], ...]]:
    database = Database.at(folder / "library.db")
    CatalogWriter(database).add(famous_library())
    searcher = Searcher(database, Catalog(database, folder / "covers"))
    cases = read_cases()
    wrong = []
    for case in each(progress, "hand-written cases", cases):
        wrong += [(case.said, text) for text in case.failures(searcher.search(case.query))[:1]]
    database.close()
    return cases, tuple(wrong)


class _Generated:
    """Results on the generated library."""

    def __init__(self, folder: Path, *, quick: bool, progress: Progress) -> None:
        self._times = CpuTimes()
        self._by_family: dict[str, CpuTimes] = defaultdict(CpuTimes)
        self._hits: dict[str, list[int | None]] = defaultdict(list)
        self.wrong: list[tuple[str, str, str, str]] = []
        self._tracks = list(make_tracks(_QUICK_TRACKS if quick else _TRACKS))
        database = Database.at(folder / "library.db")
        _write(database, self._tracks, progress)
        searcher = Searcher(database, Catalog(database, folder / "covers"))
        start = time.process_time()
        searcher.warm()
        self._build_s = time.process_time() - start
        queries = list(make_queries(self._tracks, _QUICK_QUERIES if quick else _QUERIES))
        for query in each(progress, "searching", queries):
            self._ask(searcher, query)
        database.close()

    def _ask(self, searcher: Searcher, query: MadeQuery) -> None:
        with self._times.measure():
            result = searcher.search(SearchQuery(text=query.text))
        self._by_family[query.family].samples_ms.append(self._times.samples_ms[-1])
        place = _place(query, result)
        self._hits[query.family].append(place)
        if place != 0:
            first = result.hits[0].item if result.hits else None
            shown = getattr(first, "title", None) or getattr(first, "name", "nothing")
            by = getattr(first, "artist", "")
            source = f"{query.source.draft.title} / {query.source.artist}"
            self.wrong.append((query.family, query.text, source, f"{shown} / {by}".rstrip(" /")))

    def metrics(self) -> dict[str, float]:
        """Shares and times by name."""
        metrics: dict[str, float] = {}
        for family in FAMILIES:
            places = self._hits[family]
            metrics[f"search.{family}.hit1"] = _share(places, 1)
            metrics[f"search.{family}.hit3"] = _share(places, 3)
        return {
            **metrics,
            **self._times.metrics("search.cpu_ms"),
            "search.build_s": self._build_s,
            "search.catalogue.tracks": len(self._tracks),
        }

    def table(self) -> Table:
        """One row for each family."""
        rows = [
            (
                family,
                len(self._hits[family]),
                _share(self._hits[family], 1),
                _share(self._hits[family], 3),
                self._by_family[family].metrics("ms")["ms.p50"],
                self._by_family[family].metrics("ms")["ms.p95"],
            )
            for family in FAMILIES
        ]
        columns = ("family", "queries", "first is right", "in first three", "ms p50", "ms p95")
        return Table("Families", columns, tuple(rows))

    def plot(self) -> Plot:
        """The shares as bars."""
        series = tuple(
            Series(label, FAMILIES, tuple(_share(self._hits[f], count) for f in FAMILIES))
            for label, count in (("first hit", 1), ("first three", 3))
        )
        return Plot("Right answers by kind of query", "", "share of queries", series)


def _write(database: Database, tracks: Sequence[MadeTrack], progress: Progress) -> None:
    writer = CatalogWriter(database)
    progress.start("writing the library", len(tracks))
    for start in range(0, len(tracks), _BATCH):
        drafts: list[TrackDraft] = [track.draft for track in tracks[start : start + _BATCH]]
        writer.add(drafts)
        progress.advance(len(drafts))


def _place(query: MadeQuery, result: SearchResult) -> int | None:
    for place, hit in enumerate(result.hits):
        if query.is_right(hit.item):
            return place
    return None


def _share(places: Sequence[int | None], first: int) -> float:
    right = sum(1 for place in places if place is not None and place < first)
    return right / len(places) if places else 0.0
