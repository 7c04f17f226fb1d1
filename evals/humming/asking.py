"""Listens to queries with the product's ear, and asks an index or a baseline about them."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.evaluation import Progress, each
from evals.humming.baselines.ranking import Matcher
from evals.humming.demo_tunes import OwnQuery
from evals.humming.development import RATE_HZ as DEVELOPMENT_RATE_HZ
from evals.humming.development import DevelopmentQuery
from evals.humming.scoring import Answer, Query, rank_of
from evals.humming.singer import RATE_HZ as SINGER_RATE_HZ
from evals.humming.singer import TRUTH_HZ
from knowledge.melody.listening import HumListener
from knowledge.melody.matching import MelodyIndex
from knowledge.melody.models import FRAME_S, Contour, HumOutcome, MelodyMatches

COUNT = 100
"""Tunes asked for: ranks beyond count 0 in the mean of 1/rank."""
_CLOSE_ST = 0.5


@dataclass(frozen=True, slots=True)
class Accuracy:
    """How well a contour follows the pitch that was sung."""

    right_frames: float
    false_frames: float


def hear_development(
    queries: Sequence[DevelopmentQuery], listener: HumListener, progress: Progress
) -> tuple[Query, ...]:
    """Listen to clips of the development set."""
    heard = []
    for one in each(progress, "listening to development hums", queries):
        samples = one.samples()
        contour, cpu_s = _listened(listener, samples, DEVELOPMENT_RATE_HZ)
        accuracy = accuracy_of(contour, one.f0_hz, one.f0_start_s)
        heard.append(
            Query(
                name=one.name,
                group="dev",
                kind=one.kind,
                snr_db=one.snr_db,
                tune=one.target,
                accept=one.accept,
                contour=contour,
                cpu_s=cpu_s,
                right_frames=accuracy.right_frames,
                false_frames=accuracy.false_frames,
            )
        )
    return tuple(heard)


def hear_own(
    queries: Iterable[OwnQuery], count: int, listener: HumListener, progress: Progress
) -> tuple[Query, ...]:
    """Listen to hums of our own singer; `count` of them are expected."""
    heard = []
    progress.start("singing and listening", count)
    for one in queries:
        contour, cpu_s = _listened(listener, one.sung.samples, SINGER_RATE_HZ)
        accuracy = accuracy_of(contour, one.sung.f0_hz, 0.0)
        heard.append(
            Query(
                name=one.name,
                group="own",
                kind=one.sung.kind,
                snr_db=one.sung.snr_db,
                tune=one.target,
                accept=one.accept,
                contour=contour,
                cpu_s=cpu_s,
                right_frames=accuracy.right_frames,
                false_frames=accuracy.false_frames,
            )
        )
        progress.advance()
    return tuple(heard)


def ask(
    index: MelodyIndex, queries: Sequence[Query], progress: Progress, what: str
) -> tuple[Answer, ...]:
    """Look every query up as the product does: what is no tune is not looked for."""
    return tuple(_asked(index, query) for query in each(progress, what, queries))


def rank(matcher: Matcher, queries: Sequence[Query], progress: Progress) -> tuple[Answer, ...]:
    """Look every query up in a baseline, which decides nothing."""
    return tuple(_ranked(matcher, queries, progress))


def _ranked(matcher: Matcher, queries: Sequence[Query], progress: Progress) -> Iterator[Answer]:
    if queries:
        matcher.rank(queries[0].contour, 1)  # compiles
    for query in each(progress, f"asking {matcher.name}", queries):
        begin = time.process_time()
        keys = [one.key for one in matcher.rank(query.contour, COUNT)]
        cpu_s = time.process_time() - begin
        yield Answer(
            query=query,
            rank=rank_of(keys, query.accept),
            outcome=HumOutcome.FOUND if keys else HumOutcome.AGAIN,
            offered=min(1, len(keys)),
            probability=0.0,
            first=keys[0] if keys else "",
            cpu_s=cpu_s,
        )


def _asked(index: MelodyIndex, query: Query) -> Answer:
    begin = time.process_time()
    matches = search(index, query.contour)
    cpu_s = time.process_time() - begin
    hits = matches.hits
    return Answer(
        query=query,
        rank=rank_of([hit.key for hit in hits], query.accept),
        outcome=matches.outcome,
        offered=matches.offered,
        probability=hits[0].probability if hits else 0.0,
        first=hits[0].key if hits else "",
        cpu_s=cpu_s,
    )


def search(index: MelodyIndex, contour: Contour, count: int = COUNT) -> MelodyMatches:
    """Search as the product does."""
    if contour.problem is not None:
        return MelodyMatches(HumOutcome.AGAIN)
    return index.search(contour, count=count)


def accuracy_of(contour: Contour, f0_hz: NDArray[np.float32], start_s: float) -> Accuracy:
    """Compare a contour with the exact pitch, `TRUTH_HZ` values a second from `start_s` on."""
    times = np.arange(len(contour.pitch)) * FRAME_S
    places = np.round((times - start_s) * TRUTH_HZ).astype(np.int64)
    inside = (places >= 0) & (places < len(f0_hz))
    true_hz = np.where(inside, f0_hz[np.clip(places, 0, len(f0_hz) - 1)], 0.0)
    sung = true_hz > 0
    meant = 69 + 12 * np.log2(np.maximum(true_hz, 1.0) / 440)
    heard = np.isfinite(contour.pitch)
    right = heard & (np.abs(np.nan_to_num(contour.pitch) - meant) <= _CLOSE_ST)
    return Accuracy(
        float(right[sung].mean()) if sung.any() else 0.0,
        float(heard[~sung].mean()) if (~sung).any() else 0.0,
    )


def _listened(
    listener: HumListener, samples: NDArray[np.float32], rate_hz: int
) -> tuple[Contour, float]:
    begin = time.process_time()
    contour = listener.listen(samples, rate_hz)
    return contour, time.process_time() - begin
