"""The numbers of last time, kept in git, and how today's differ from them."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.documentation import Better

BASELINES = Path(__file__).parent / "baselines"
_NOTICEABLE = 0.005


@dataclass(frozen=True, slots=True)
class Change:
    """One metric beside its baseline."""

    metric: str
    value: float
    baseline: float | None
    """None when the metric is new."""
    better: Better | None
    """Which way is good, as `evals/README.md` says; None when neither way is."""

    @property
    def difference(self) -> float | None:
        return None if self.baseline is None else self.value - self.baseline

    @property
    def verdict(self) -> str:
        """One of "new", "same", "better", "worse", or "changed" when no direction is better."""
        if self.baseline is None or self.difference is None:
            return "new"
        if abs(self.difference) <= _NOTICEABLE * max(abs(self.baseline), abs(self.value)):
            return "same"
        if self.better is None:
            return "changed"
        return "better" if (self.difference > 0) == (self.better is Better.HIGHER) else "worse"


def baseline_path(name: str, *, quick: bool, folder: Path = BASELINES) -> Path:
    """Quick runs measure less and are compared with quick runs only."""
    return folder / (f"{name}.quick.json" if quick else f"{name}.json")


def read_metrics(path: Path) -> dict[str, float]:
    """Read the flat object in `path`; empty when there is none."""
    if not path.exists():
        return {}
    return {str(key): float(value) for key, value in json.loads(path.read_text("utf-8")).items()}


def write_metrics(path: Path, metrics: Mapping[str, float]) -> None:
    """One flat JSON object, keys sorted, numbers rounded to six digits after the point."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rounded = {key: round(float(metrics[key]), 6) for key in sorted(metrics)}
    path.write_text(json.dumps(rounded, indent=2) + "\n", "utf-8")


def compare(
    metrics: Mapping[str, float],
    baseline: Mapping[str, float],
    directions: Mapping[str, Better | None],
) -> tuple[Change, ...]:
    """Each metric of `metrics`, in its order, beside its baseline."""
    return tuple(
        Change(name, float(value), baseline.get(name), directions.get(name))
        for name, value in metrics.items()
    )
