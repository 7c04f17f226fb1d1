"""How well made lists flow: ours beside a random and a greedy order of the same candidates.

The library is generated: energy drives loudness, acousticness and danceability as it does in real
music, tempo and key are spread as in popular music, and songs begin and end a little differently.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.analysis.sound import AXES, Axis, Vector
from knowledge.models import Track
from knowledge.recommend.arcs import target
from knowledge.recommend.sequencing import sequence
from knowledge.recommend.suiting import in_step
from knowledge.recommend.transitions import Passages, flow_cost
from knowledge.sounding import AXIS_COLUMN, SoundTable
from knowledge.wish import Arc

LIBRARY = 10_000
CANDIDATES = 200
LONG = 60
CADENCE = 165.0
_RUN_S = 2_700.0
_ARCS: tuple[Arc, ...] = ("flat", "ramp", "hill", "wind_down")


@dataclass(frozen=True, slots=True)
class Flow:
    """One seed's numbers. Costs are means over the transitions of a list, 0 to 1."""

    random: float
    greedy: float
    ours: float
    """Ordered for flow alone, as the two before."""
    fitting: float
    """Ordered for how well each track fits the wish as well, as the product does."""
    fit: float
    """Mean fit of that list, 0 to 1; by chance it is a half."""
    seconds: float
    """CPU seconds for 60 tracks out of 10,000."""
    length_error_s: float
    """The largest of all runs, against the wished length."""
    in_tempo: float
    """Share of the tracks of a run that one can run to, 0 to 1."""
    arc: float
    """Correlation of energy with the wished arc, the least of all arcs."""


def measure_flow(seed: int, *, library: int = LIBRARY, arcs: Sequence[Arc] = _ARCS) -> Flow:
    """Make lists in a generated library.

    Args:
        seed: of the library and of its candidates.
        library: how many tracks it has.
        arcs: the courses of energy that are asked for, in runs of 45 minutes.
    """
    rng = np.random.default_rng(seed)
    table, tracks = generated_sound(library, rng)
    fits = {track.id: float(fit) for track, fit in zip(tracks, rng.random(library), strict=True)}
    some = [tracks[i] for i in rng.permutation(library)[:CANDIDATES]]
    count = min(12, len(some))
    ours = sequence(some, table, count=count)
    fitting = sequence(some, table, fits=fits, count=count)
    started = time.process_time()
    sequence(tracks, table, fits=fits, count=min(LONG, library))
    seconds = time.process_time() - started
    steady = in_step(table.tempo_bpm, CADENCE)
    runnable = [track for track, fine in zip(tracks, steady, strict=True) if fine]
    runs = [sequence(runnable, table, fits=fits, duration_s=_RUN_S, arc=arc) for arc in arcs]
    played = [track for run in runs for track in run.tracks]
    return Flow(
        random=float(
            np.mean([flow_cost(_ids(_drawn(some, count, rng)), table) for _ in range(20)])
        ),
        greedy=flow_cost(_ids(greedy(some, table, count)), table),
        ours=ours.flow,
        fitting=fitting.flow,
        fit=float(np.mean([fits[track.id] for track in fitting.tracks])),
        seconds=seconds,
        length_error_s=max(abs(run.duration_s - _RUN_S) for run in runs),
        in_tempo=float(np.mean([steady[track.id - 1] for track in played])),
        arc=min(_follows(run.tracks, table, arc) for run, arc in zip(runs, arcs, strict=True)),
    )


def greedy(tracks: Sequence[Track], table: SoundTable, count: int) -> list[Track]:
    """Always the track that follows the last one best."""
    passages = Passages.of([track.id for track in tracks], table)
    order, free = [0], np.ones(len(tracks), bool)
    free[0] = False
    while len(order) < count:
        cost = np.where(free, passages.after(order[-1]), np.inf)
        order.append(int(np.argmin(cost)))
        free[order[-1]] = False
    return [tracks[place] for place in order]


def generated_sound(n: int, rng: np.random.Generator) -> tuple[SoundTable, list[Track]]:
    """Recordings with sounds that hang together as those of real music do; ids 1 to n."""
    energy = rng.beta(2.4, 1.8, n)
    values = rng.normal(0.5, 0.18, (n, len(AXES)))
    values[:, AXIS_COLUMN[Axis.ENERGY]] = energy
    for axis, slope in (
        (Axis.LOUDNESS, 0.8), (Axis.ACOUSTICNESS, -0.75), (Axis.DANCEABILITY, 0.25),
        (Axis.BRIGHTNESS, 0.5), (Axis.VALENCE, 0.3),
    ):  # fmt: skip
        values[:, AXIS_COLUMN[axis]] = (
            0.5 + slope * (energy - energy.mean()) + rng.normal(0, 0.15, n)
        )
    axes: Vector = np.clip(values, 0, 1).astype(np.float32)
    tempo = np.clip(rng.lognormal(np.log(118), 0.24, n), 50, 220).astype(np.float32)
    keys = rng.choice(24, n, p=_keys())
    table = SoundTable(
        revision=1,
        ids=np.arange(1, n + 1),
        values=axes,
        confidence=np.full_like(axes, 0.8),
        percentiles=(np.argsort(np.argsort(axes, axis=0), axis=0) / n).astype(np.float32),
        tempo_bpm=tempo,
        tempo_confidence=np.full(n, 0.8, np.float32),
        other_tempo_bpm=np.full(n, np.nan, np.float32),
        key=keys.astype(np.int64),
        tag_names=(),
        tags=np.zeros((n, 0), np.float32),
        tag_values=np.zeros((n, 0), np.float32),
        embedding=np.zeros((n, 0), np.float32),
        first=_moved(axes, rng),
        last=_moved(axes, rng),
    )
    lengths = np.clip(rng.normal(225, 50, n), 90, 480)
    artists = rng.integers(0, max(1, n // 12), n)
    tracks = [
        Track(i + 1, f"Song {i + 1}", (f"Artist {artists[i]}",), duration_s=float(lengths[i]))
        for i in range(n)
    ]
    return table, tracks


def _keys() -> Vector:
    """How common keys are: major keys with few accidentals most."""
    fifths = np.array([min(key * 7 % 12, 12 - key * 7 % 12) for key in range(12)])
    major, minor = 0.65 * 0.8**fifths, 0.35 * 0.8 ** np.roll(fifths, 9)
    return np.asarray(np.concatenate([major, minor]) / np.concatenate([major, minor]).sum())


def _moved(values: Vector, rng: np.random.Generator) -> Vector:
    """Intros and endings: like the whole, and mostly calmer."""
    moved = values + rng.normal(0, 0.08, values.shape)
    moved[:, AXIS_COLUMN[Axis.ENERGY]] -= rng.exponential(0.08, len(values))
    return np.clip(moved, 0, 1).astype(np.float32)


def _drawn(tracks: Sequence[Track], count: int, rng: np.random.Generator) -> list[Track]:
    return [tracks[place] for place in rng.permutation(len(tracks))[:count]]


def _follows(tracks: Sequence[Track], table: SoundTable, arc: Arc) -> float:
    """Correlation of energies with their arc; 1 for a flat one, which has nothing to follow."""
    if arc in {"", "flat"} or len(tracks) < 3:
        return 1.0
    energy = [float(table.values[track.id - 1, AXIS_COLUMN[Axis.ENERGY]]) for track in tracks]
    lengths = np.array([track.duration_s for track in tracks])
    middle = (np.cumsum(lengths) - lengths / 2) / lengths.sum()
    return float(np.corrcoef(energy, target(arc, middle.astype(np.float32)))[0, 1])


def _ids(tracks: Sequence[Track]) -> list[int]:
    return [track.id for track in tracks]
