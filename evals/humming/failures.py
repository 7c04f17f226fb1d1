"""Every hum that was not named, for those who work on the engine.

`python -m evals.humming.failures --dev` asks about the development half of the demo tunes and the
development clips, among 5,000 melodies. There is no such look at the test half.
"""

import argparse
import sys
from collections.abc import Sequence

from evals.humming.asking import ask, hear_development, hear_own
from evals.humming.demo_tunes import own_queries, tune_keys
from evals.humming.development import (
    development_folder,
    development_melodies,
    development_queries,
)
from evals.humming.scoring import Answer, kept, mrr, refused, top
from evals.humming.symbolic import own_melodies
from evals.progress import SilentProgress
from knowledge.melody.listening import HumListener
from knowledge.melody.matching import MelodyIndex


def main(arguments: Sequence[str] | None = None) -> int:
    """Run and print."""
    options = _options().parse_args(arguments)
    if not options.dev:
        print("Only the development half is for looking at: add --dev.", file=sys.stderr)
        return 2
    listener, silent = HumListener(), SilentProgress()
    for name in options.sets.split(","):
        if name == "own":
            count = options.per_tune * len(tune_keys("dev"))
            queries = hear_own(own_queries("dev", options.per_tune), count, listener, silent)
            index = MelodyIndex.build(own_melodies(options.melodies))
        else:
            folder = development_folder()
            if folder is None:
                print("The development data is not here.")
                continue
            queries = hear_development(development_queries(folder), listener, silent)
            index = MelodyIndex.build(development_melodies(folder))
        index.search(queries[0].contour)
        answers = ask(index, queries, silent, "")
        absent = index.updated((), {key for query in queries for key in query.accept})
        _print(name, answers, ask(absent, queries, silent, ""))
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dev", action="store_true", help="the half for development")
    parser.add_argument("--sets", default="own,clips", help="own, clips or both")
    parser.add_argument("--per-tune", type=int, default=6)
    parser.add_argument("--melodies", type=int, default=5001)
    return parser


def _print(name: str, answers: Sequence[Answer], absent: Sequence[Answer]) -> None:
    print(f"\n{name}: queries whose tune does not come first")
    for one in sorted(answers, key=lambda one: one.rank or 999):
        if one.rank != 1:
            print(_line(one))
    print(f"{name}: right first, but neither shown nor offered")
    for one in answers:
        if one.rank == 1 and not one.is_right:
            print(_line(one))
    print(f"{name}: shown or offered although the tune is not there")
    for one in absent:
        if one.outcome != "again":
            print(_line(one))
    kinds = sorted({one.query.kind for one in answers})
    for kind in (*kinds, None):
        some = [one for one in answers if kind in {None, one.query.kind}]
        gone = [one for one in absent if kind in {None, one.query.kind}]
        print(
            f"{name:5} {kind or 'all':8} n={len(some):3}  MRR {mrr(some):.3f}  top-1 "
            f"{top(some, 1):.3f}  top-10 {top(some, 10):.3f}  kept {kept(some):.3f}  absent "
            f"refused {refused(gone):.3f}  right frames "
            f"{sum(one.query.right_frames for one in some) / len(some):.3f}  CPU "
            f"{sum(one.query.cpu_s for one in some) / len(some):.3f} + "
            f"{sum(one.cpu_s for one in some) / len(some):.3f} s"
        )


def _line(one: Answer) -> str:
    query = one.query
    return (
        f"  {query.name:28} {query.kind:8} {query.snr_db:4.0f} dB  rank {one.rank:3}  "
        f"{one.outcome:10} p={one.probability:.2f}  first {one.first:24} "
        f"problem {query.contour.problem or '-':9} notes {len(query.contour.notes):3} "
        f"right frames {query.right_frames:.2f}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
