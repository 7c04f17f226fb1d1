"""Draw the plots of a report, where matplotlib is installed."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evals.evaluation import Plot

_WIDTH_IN = 8.0
_HEIGHT_IN = 4.5
_BARS = 0.8
"""Width of all bars of one group together, of the distance between groups."""


def draw(plots: Sequence[tuple[Plot, Path]]) -> bool:
    """Draw each plot into its file as a PNG. False when matplotlib is not installed."""
    if find_spec("matplotlib") is None:
        return False
    # Half a second and an optional group: only a run that has something to draw pays for it.
    from matplotlib.figure import Figure  # noqa: PLC0415

    for plot, path in plots:
        figure = Figure(figsize=(_WIDTH_IN, _HEIGHT_IN), layout="constrained")
        axes = figure.subplots()
        if plot.kind == "bars":
            _bars(axes, plot)
        else:
            for series in plot.series:
                style = "o" if plot.kind == "points" else "-"
                axes.plot(series.x, series.y, style, label=series.label)
        axes.set(title=plot.title, xlabel=plot.x_label, ylabel=plot.y_label)
        axes.grid(visible=True, axis="y", alpha=0.3)
        if len(plot.series) > 1:
            axes.legend()
        figure.savefig(path, dpi=120)
    return True


def _bars(axes: Any, plot: Plot) -> None:
    names = [str(name) for name in plot.series[0].x] if plot.series else []
    width = _BARS / max(1, len(plot.series))
    for position, series in enumerate(plot.series):
        heights = dict(zip(map(str, series.x), series.y, strict=True))
        left = [place - _BARS / 2 + width * (position + 0.5) for place in range(len(names))]
        axes.bar(left, [heights.get(name, 0.0) for name in names], width, label=series.label)
    axes.set_xticks(range(len(names)), names, rotation=30, ha="right")
