"""A hum's answer as a terminal shows it: a small picture of the line, and honest words."""

import math

import numpy as np

from knowledge.melody.models import Contour, HumAnswer, HumKind, HumOutcome
from server.commands.recognition import clock
from tools.humming import hum_name, why_again

_BARS = "▁▂▃▄▅▆▇█"
_COLUMNS = 48
_KINDS = {HumKind.VOICE: "hummed or sung", HumKind.WHISTLE: "whistled"}
_LEAST_RANGE_ST = 5.0
"""A line of less is not drawn as if it went up and down."""


def sparkline(contour: Contour, columns: int = _COLUMNS) -> str:
    """The pitch over time in one line of text; blanks where nothing is sung."""
    pitch = np.asarray(contour.pitch, np.float64)
    voiced = pitch[np.isfinite(pitch)]
    if not voiced.size:
        return ""
    middle = (voiced.min() + voiced.max()) / 2
    height = max(float(np.ptp(voiced)), _LEAST_RANGE_ST)
    drawn = []
    for part in np.array_split(pitch, min(columns, len(pitch))):
        inside = part[np.isfinite(part)]
        if inside.size * 2 < part.size:
            drawn.append(" ")
            continue
        place = (float(np.median(inside)) - middle) / height + 0.5
        drawn.append(_BARS[min(len(_BARS) - 1, max(0, math.floor(place * len(_BARS))))])
    return "".join(drawn).rstrip()


def as_text(name: str, answer: HumAnswer) -> str:
    """The answer in a few lines: what it sounds like, or what to do; and what was heard."""
    lines = [f"{name}: {_said(answer)}"]
    offered = answer.hits[: answer.offered]
    if answer.outcome is HumOutcome.AMBIGUOUS and offered:
        lines += [
            f"  {number}. {hum_name(hit)}  {hit.probability:.0%}"
            for number, hit in enumerate(offered, 1)
        ]
    heard = answer.contour
    if line := sparkline(heard):
        notes = f"{len(heard.notes)} note{'' if len(heard.notes) == 1 else 's'}"
        lines.append(f"  {line}")
        lines.append(f"  {_KINDS[heard.kind]}, {notes} in {heard.duration_s:.1f} s")
    return "\n".join(lines)


def _said(answer: HumAnswer) -> str:
    offered = answer.hits[: answer.offered]
    if answer.outcome is HumOutcome.FOUND and offered:
        hit = offered[0]
        where = f", from {clock(hit.start_s)} on" if hit.start_s >= 1 else ""
        return f"sounds like {hum_name(hit)}{where} ({hit.probability:.0%})"
    if answer.outcome is HumOutcome.AMBIGUOUS and offered:
        return "did you mean"
    reason, step = why_again(answer)
    return f"not named: {reason}. {step}"
