"""`python -m evals.wish_failures --dev`: which requests are misread, and how.

Only of the development half; the test half is looked at as numbers.
"""

import argparse
from collections.abc import Sequence

from evals.wish_cases import LANGUAGES, read_cases, wrong_fields
from knowledge.wishes import parse_wish


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the failures."""
    parser = argparse.ArgumentParser(prog="python -m evals.wish_failures")
    parser.add_argument("--dev", action="store_true", required=True, help="the only part to see")
    parser.add_argument("--lang", nargs="*", default=LANGUAGES, help="only these languages")
    chosen = parser.parse_args(arguments)
    for code in chosen.lang:
        cases = [case for case in read_cases(code) if case.part == "dev"]
        right = 0
        for case in cases:
            wish = parse_wish(case.said, names=case.library)
            wrong = wrong_fields(case, wish)
            right += not wrong
            for name, (meant, got) in wrong.items():
                print(f"{case.id} {case.said}\n  {name}: meant {meant}, understood {got}")
        print(f"{code}: {right} of {len(cases)}")


if __name__ == "__main__":
    main()
