"""`python -m evals.retrieval.failures --dev`: what goes wrong, request by request.

Only for the development requests; those of the test are looked at as numbers.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from evals.progress import SilentProgress
from evals.retrieval.answering import Answers, Asked, answer, ready, told, understood
from evals.retrieval.cases import of_languages, read_requests
from evals.retrieval.catalogue import make_catalogue
from evals.retrieval.measure import DEV_SEED
from evals.retrieval.scoring import Score
from evals.retrieval.systems import MadeLibrary, make_library
from knowledge.wish import MusicWish

_SHOWN = 3


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the failures."""
    parser = argparse.ArgumentParser(prog="python -m evals.retrieval.failures")
    parser.add_argument("--dev", action="store_true", required=True, help="the only part to see")
    parser.add_argument("--lang", nargs="*", default=[], help="only these languages")
    parser.add_argument("--tracks", type=int, default=20_000)
    parser.add_argument("--told", action="store_true", help="with wishes as they are truly meant")
    parser.add_argument("--keep", type=Path, help="a folder for the library, used again next time")
    parser.add_argument("--below", type=float, default=0.6, help="also where nDCG@10 is less")
    chosen = parser.parse_args(arguments)
    requests = read_requests("dev")
    if chosen.lang:
        requests = of_languages(requests, chosen.lang)
    with tempfile.TemporaryDirectory(prefix="refrain-eval-") as scratch:
        folder = chosen.keep or Path(scratch)
        library = make_library(folder, make_catalogue(chosen.tracks, seed=DEV_SEED), seed=DEV_SEED)
        progress = SilentProgress()
        asked = ready(library, requests, seed=DEV_SEED, progress=progress)
        system = told(library) if chosen.told else understood(library)
        answers = answer(library, asked, system, progress=progress, name="the finder")
        _print(library, asked, answers, below=chosen.below, parsed=not chosen.told)
        library.close()


def _print(
    library: MadeLibrary, asked: Sequence[Asked], answers: Answers, *, below: float, parsed: bool
) -> None:
    by_language: dict[str, list[Score]] = {}
    for one, scored in zip(asked, answers.scores, strict=True):
        by_language.setdefault(scored.request.language, []).append(scored)
        if scored.first_is_right and not scored.violations and scored.ndcg10 >= below:
            continue
        print(f"\n{scored.request.id}: {scored.request.said}")
        print(f"  nDCG@10 {scored.ndcg10:.2f}, breaks {', '.join(scored.violations) or 'nothing'}")
        print(f"  meant:      {_wish(scored.request.wish)}")
        if parsed:
            print(f"  understood: {_wish(library.parsed(scored.request))}")
        for row in scored.hits[:_SHOWN]:
            shown = library.catalogue.shown[row].draft
            print(
                f"    grade {one.grades[row]}: {shown.title} / {shown.artists[0]} "
                f"({', '.join(shown.genres)}; {shown.year})"
            )
    print()
    for language, scores in sorted(by_language.items()):
        right = sum(one.first_is_right for one in scores) / len(scores)
        mean = sum(one.ndcg10 for one in scores) / len(scores)
        broken = sum(len(one.violations) for one in scores)
        print(f"{language}: P@1 {right:.2f}, nDCG@10 {mean:.3f}, broken {broken}, n {len(scores)}")
    print(answers.times.metrics("cpu_ms"))


def _wish(wish: MusicWish) -> str:
    """Only what is set."""
    plain = MusicWish()
    told_apart = {"text", "said", "said_in", "like"}
    return ", ".join(
        f"{each.name}={getattr(wish, each.name)!r}"
        for each in fields(wish)
        if each.name not in told_apart and getattr(wish, each.name) != getattr(plain, each.name)
    )


if __name__ == "__main__":
    main()
