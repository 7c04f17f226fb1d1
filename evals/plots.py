"""Draw the plots of a report, where matplotlib is installed."""

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from evals.evaluation import Plot, Series

_WIDTH_IN = 8.0
_HEIGHT_IN = 4.5
_MARKER = 4.5
_LEGEND_COLUMNS = 5
_MOST_MARKED = 24
"""A line of more points is drawn without a mark at each."""
_BARS = 0.8
"""Width of all bars of one group together, of the distance between groups."""

_SPAN_COLOURS = ("tab:blue", "tab:orange")


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
        elif plot.kind == "spans":
            _spans(axes, plot)
        else:
            for series in plot.series:
                style = "o" if plot.kind == "points" else _line_style(series)
                axes.plot(series.x, series.y, style, label=series.label, markersize=_MARKER)
        axes.set(title=plot.title, xlabel=plot.x_label, ylabel=plot.y_label)
        if "x" in plot.logarithmic:
            axes.set_xscale("log")
        if "y" in plot.logarithmic:
            axes.set_yscale("log")
        if plot.y_range is not None:
            axes.set_ylim(*plot.y_range)
        axes.grid(visible=True, axis="y", alpha=0.3)
        axes.set_axisbelow(True)
        axes.spines[["top", "right"]].set_visible(False)
        if len(plot.series) > 1 and plot.kind != "spans":
            figure.legend(loc="outside lower center", ncols=_LEGEND_COLUMNS, frameon=False)
        figure.savefig(path, dpi=120)
    return True


def _line_style(series: Series) -> str:
    return "o-" if len(series.y) <= _MOST_MARKED else "-"


def _bars(axes: Any, plot: Plot) -> None:
    names = [str(name) for name in plot.series[0].x] if plot.series else []
    width = _BARS / max(1, len(plot.series))
    for position, series in enumerate(plot.series):
        heights = dict(zip(map(str, series.x), series.y, strict=True))
        left = [place - _BARS / 2 + width * (position + 0.5) for place in range(len(names))]
        axes.bar(left, [heights.get(name, 0.0) for name in names], width, label=series.label)
    axes.set_xticks(range(len(names)), names, rotation=30, ha="right")


def _spans(axes: Any, plot: Plot) -> None:
    """One row for each series; neighbours have two colours, so that one sees where they meet."""
    for row, series in enumerate(plot.series):
        colours = [_SPAN_COLOURS[place % len(_SPAN_COLOURS)] for place in range(len(series.y))]
        spans = list(zip(series.x, series.y, strict=True))
        axes.broken_barh(spans, (row - _BARS / 2, _BARS), facecolors=colours)
    axes.set_yticks(range(len(plot.series)), [series.label for series in plot.series])
    axes.invert_yaxis()
