"""Hums looked for in melodies from files, for trying the search on collections of tunes."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from knowledge.melody.listening import HumListener
from knowledge.melody.matching import MelodyIndex
from knowledge.melody.models import HumAnswer, HumHit, HumOutcome, Samples
from server.commands.tune_files import read_tunes


def answer_from(
    paths: Sequence[Path], models: Sequence[Path], count: int
) -> Callable[[Samples, int], tuple[HumAnswer, tuple[dict[str, Any], ...]]]:
    """What names tunes of these files.

    Args:
        paths: see `read_tunes`.
        models: folders of model files.
        count: hits at most.

    Raises:
        BadSettings: a file cannot be used.
    """
    rows = read_tunes(paths)
    print(f"Searching {len(rows):,} tunes.", file=sys.stderr)
    index = MelodyIndex.build(row.melody for row in rows.values())
    listener = HumListener(models)

    def answer(samples: Samples, rate_hz: int) -> tuple[HumAnswer, tuple[dict[str, Any], ...]]:
        contour = listener.listen(samples, rate_hz)
        found = index.search(contour, count=count)
        told = contour.problem is None  # candidates are ranked all the same, and not claimed
        hits = tuple(
            HumHit(
                rows[hit.key].title,
                rows[hit.key].artist,
                hit.probability,
                hit.start_s,
                hit.end_s,
                transposition=hit.transposition,
                tempo=hit.tempo,
            )
            for hit in found.hits
        )
        return HumAnswer(
            found.outcome if told else HumOutcome.AGAIN,
            contour,
            hits,
            found.offered if told else 0,
            len(index),
        ), tuple({"key": hit.key} for hit in found.hits)

    return answer
