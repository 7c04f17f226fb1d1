"""Lists that flow: transitions, exact length and CPU time on a generated library."""

import time
from collections.abc import Sequence

import numpy as np

from evals.evaluation import Plot, Progress, Series, Table, each
from evals.recommendation.findings import Findings
from knowledge.analysis.sound import AXES, Axis
from knowledge.models import Track
from knowledge.recommend.sequencing import TOLERANCE_S, Sequenced, sequence
from knowledge.recommend.transitions import Passages, flow_cost
from knowledge.sound.sounding import AXIS_COLUMN, SoundTable
from knowledge.wish import Arc

_LIBRARY, _CANDIDATES, _LONG_LIST = 10_000, 200, 60
_ARCS: tuple[Arc, ...] = ("", "flat", "ramp", "hill", "wind_down")
_MINUTES = (20, 45, 75)
_SEED = 20_261


def measure_flow(*, quick: bool, progress: Progress) -> Findings:
    """Sequence the same candidates at random, greedily, and as Refrain does."""
    size = 600 if quick else _LIBRARY
    tracks, table = make_library(size)
    rng = np.random.default_rng(_SEED)
    trials = 3 if quick else 20
    costs: dict[str, list[float]] = {"at random": [], "greedy": [], "Refrain": []}
    apart: list[float] = []
    told = 0
    for trial in each(progress, "lists that flow", range(trials)):
        chosen = [tracks[i] for i in rng.choice(size, min(_CANDIDATES, size), replace=False)]
        minutes, arc = _MINUTES[trial % len(_MINUTES)], _ARCS[trial % len(_ARCS)]
        made = sequence(chosen, table, duration_s=minutes * 60.0, arc=arc)
        ids = [track.id for track in made.tracks]
        costs["Refrain"].append(made.flow)
        shuffled = [track.id for track in chosen]
        costs["at random"].append(flow_cost(shuffled[: len(ids)], table))
        costs["greedy"].append(flow_cost(_greedy(shuffled, len(ids), table), table))
        apart.append(abs(made.duration_s - minutes * 60.0))
        told += bool(made.relaxed)
    long_list, seconds = _timed(tracks, table)
    metrics = {
        "playlist.flow": float(np.mean(costs["Refrain"])),
        "playlist.baseline.random.flow": float(np.mean(costs["at random"])),
        "playlist.baseline.greedy.flow": float(np.mean(costs["greedy"])),
        "playlist.length_error_s": float(np.mean(apart)),
        "playlist.length_met": float(np.mean(np.array(apart) <= TOLERANCE_S)),
        "playlist.relaxed": told / trials,
        "playlist.seconds": seconds,
        "playlist.long.flow": long_list.flow,
        "playlist.long.artists_apart": float(_apart(long_list.tracks)),
    }
    rows = tuple((name, float(np.mean(v)), float(np.max(v))) for name, v in costs.items())
    bars = Series("mean", tuple(costs), tuple(float(np.mean(v)) for v in costs.values()))
    return Findings(
        metrics,
        (Table("Lists that flow", ("order", "mean cost of a transition", "worst list"), rows),),
        (Plot("Lists that flow", "", "mean cost of a transition", (bars,)),),
        (f"{_LONG_LIST} of {size} tracks took {seconds:.2f} s of CPU time.",),
    )


def make_library(size: int) -> tuple[list[Track], SoundTable]:
    """Tracks with sounds as a mixed library has them: styles differ, songs of one are alike."""
    rng = np.random.default_rng(7)
    styles = rng.random((12, 4))
    style = rng.integers(0, len(styles), size)
    energy, valence, loud, bright = np.clip(styles[style] + rng.normal(0, 0.12, (size, 4)), 0, 1).T
    values = np.full((size, len(AXES)), np.nan, np.float32)
    columns = (
        (Axis.ENERGY, energy),
        (Axis.VALENCE, valence),
        (Axis.LOUDNESS, np.clip(0.7 * energy + 0.3 * loud, 0, 1)),
        (Axis.BRIGHTNESS, bright),
    )
    for axis, column in columns:
        values[:, AXIS_COLUMN[axis]] = column
    percentiles = np.full_like(values, np.nan)
    for axis, _ in columns:
        order = values[:, AXIS_COLUMN[axis]].argsort().argsort()
        percentiles[:, AXIS_COLUMN[axis]] = order / max(size - 1, 1)
    tempo = np.exp(rng.normal(np.log(85 + 60 * styles[style, 0]), 0.12)).astype(np.float32)
    lengths = np.clip(rng.normal(225, 55, size), 90, 600)
    artists = rng.zipf(1.6, size) % max(size // 12, 20)
    tracks = [
        Track(id=i + 1, title=f"Song {i + 1}", artists=(f"Artist {artists[i]}",), duration_s=length)
        for i, length in enumerate(lengths.tolist())
    ]
    known = np.where(np.isnan(values), 0, 1).astype(np.float32)
    shifted = np.clip(values + rng.normal(0, 0.05, values.shape), 0, 1).astype(np.float32)
    table = SoundTable(
        revision=1,
        ids=np.arange(1, size + 1, dtype=np.int64),
        values=values,
        confidence=known,
        percentiles=percentiles,
        tempo_bpm=tempo,
        tempo_confidence=np.ones(size, np.float32),
        other_tempo_bpm=np.full(size, np.nan, np.float32),
        key=rng.integers(0, 24, size),
        tag_names=(),
        tags=np.empty((size, 0), np.float32),
        tag_values=np.empty((size, 0), np.float32),
        embedding=np.empty((size, 0), np.float32),
        first=shifted,
        last=values,
    )
    return tracks, table


def _greedy(ids: Sequence[int], count: int, table: SoundTable) -> list[int]:
    """From the first on, always the smoothest next one."""
    passages = Passages.of(list(ids), table)
    order, free = [0], np.ones(len(ids), bool)
    free[0] = False
    while len(order) < count:
        cost = np.where(free, passages.after(order[-1]), np.inf)
        order.append(int(np.argmin(cost)))
        free[order[-1]] = False
    return [ids[place] for place in order]


def _timed(tracks: Sequence[Track], table: SoundTable) -> tuple[Sequenced, float]:
    """A long list out of the whole library, and the CPU seconds it took."""
    start = time.process_time()
    made = sequence(tracks, table, count=_LONG_LIST, arc="hill")
    return made, time.process_time() - start


def _apart(tracks: Sequence[Track]) -> int:
    """The fewest other tracks between two of one artist; the length where none repeats."""
    places: dict[str, int] = {}
    least = len(tracks)
    for place, track in enumerate(tracks):
        if track.artist in places:
            least = min(least, place - places[track.artist] - 1)
        places[track.artist] = place
    return least
