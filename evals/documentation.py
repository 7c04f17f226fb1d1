"""What each metric means, read from the tables of `evals/README.md`.

The README is the only place that says it: the terminal table takes the direction from here, and a
test fails when an evaluation reports a metric that has no row.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

README = Path(__file__).parent / "README.md"
_SECTION = re.compile(r"^## `(?P<name>[a-z0-9_]+)`\s*$")
_ROW = re.compile(
    r"^\|\s*`(?P<pattern>[^`]+)`\s*\|\s*(?P<unit>[^|]*)\|\s*(?P<better>[^|]*)\|(?P<meaning>.*)\|\s*$"
)
_PLACEHOLDER = re.compile(r"[A-Z][A-Z0-9_]*")


class Better(StrEnum):
    """Which way a metric should go."""

    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True, slots=True)
class MetricRow:
    """One row of a metric table."""

    evaluation: str
    pattern: str
    """The name; words in capitals stand for any family, set or the like."""
    unit: str
    better: Better | None
    meaning: str

    def describes(self, metric: str) -> bool:
        """Say whether `metric` is what this row is about."""
        parts = _PLACEHOLDER.split(self.pattern)
        return re.fullmatch("[a-z0-9_]+".join(map(re.escape, parts)), metric) is not None


def metric_rows(readme: str) -> tuple[MetricRow, ...]:
    """Read every metric row of a README text, each under its "## `evaluation`" heading."""
    rows: list[MetricRow] = []
    evaluation = ""
    for line in readme.splitlines():
        if heading := _SECTION.match(line):
            evaluation = heading["name"]
        elif evaluation and (row := _ROW.match(line)):
            rows.append(
                MetricRow(
                    evaluation,
                    row["pattern"],
                    row["unit"].strip(),
                    _direction(row["better"]),
                    row["meaning"].strip(),
                )
            )
    return tuple(rows)


def describe(evaluation: str, metric: str) -> MetricRow | None:
    """Find the row about `metric`, or None when nobody documented it."""
    for row in _documented():
        if row.evaluation == evaluation and row.describes(metric):
            return row
    return None


@lru_cache(maxsize=1)
def _documented() -> tuple[MetricRow, ...]:
    return metric_rows(README.read_text("utf-8"))


def _direction(cell: str) -> Better | None:
    word = cell.strip().lower()
    return Better(word) if word in {"higher", "lower"} else None
