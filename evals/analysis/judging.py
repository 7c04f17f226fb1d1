"""Judges what was heard in pieces of known tempo and key, and shows it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from evals.analysis.listening import hear
from evals.analysis.material import Piece
from evals.analysis.peers import Librosa, PeerHeard
from evals.analysis.scoring import Key, beats_f, key_score, tempo_right
from evals.evaluation import Cell, Plot, Series, Table
from knowledge.analysis.sound import Axis, KeyHeard, TempoHeard
from knowledge.demo.sound import Audio
from knowledge.demo.tune import Key as NamedKey

_CONFIDENT = 0.7
_BINS_OCTAVES = 0.1
_RELATIONS = {1.0: "right", 0.5: "fifth", 0.3: "relative", 0.2: "parallel", 0.0: "other"}


@dataclass(frozen=True, slots=True)
class Judged:
    """A piece, what we heard in it, and what librosa did."""

    piece: Piece
    tempo: TempoHeard | None
    key: KeyHeard | None
    beats: float
    """F measure."""
    energy: float
    peer: PeerHeard | None
    peer_beats: float

    @property
    def bpm(self) -> float | None:
        """The tempo that we heard."""
        return self.tempo.bpm if self.tempo else None

    @property
    def tempo_is_right(self) -> bool:
        """Whether it is within 4 %."""
        return tempo_right(self.bpm, self.piece.tempo_bpm)

    @property
    def key_score(self) -> float:
        """MIREX score of our key."""
        return key_score(_pair(self.key), self.piece.key) if self.piece.key else 0.0


def judge(piece: Piece, peer: Librosa | None) -> Judged:
    """Hear a piece, and let librosa hear it."""
    samples = piece.sound()
    sound = hear(samples)
    said = peer.hear(samples) if peer else None
    energy = sound.whole.axes.get(Axis.ENERGY)
    return Judged(
        replace(piece, sound=_forgotten),  # a minute of samples is 20 MB
        sound.whole.tempo,
        sound.whole.key,
        beats_f(sound.beats_s.tolist(), piece.beats_s),
        energy.value if energy else 0.0,
        said,
        beats_f(said.beats_s, piece.beats_s) if said else 0.0,
    )


def _forgotten() -> Audio:
    raise RuntimeError("The samples of a judged piece are not kept.")


def metrics_of(judged: Sequence[Judged]) -> dict[str, float]:
    """Return all shares and scores."""
    found = {
        "tempo.accuracy": _mean([each.tempo_is_right for each in judged]),
        "tempo.accuracy2": _mean(
            [tempo_right(each.bpm, each.piece.tempo_bpm, octaves=True) for each in judged]
        ),
        "tempo.first_two": _mean([_among_two(each) for each in judged]),
    }
    keyed = [each for each in judged if each.piece.key]
    beaten = [each for each in judged if each.piece.beats_s]
    found["key.mirex"] = _mean([each.key_score for each in keyed])
    found["key.exact"] = _mean([each.key_score == 1 for each in keyed])
    found["beats.f"] = _mean([each.beats for each in beaten])
    for kind in sorted({each.piece.kind for each in judged}):
        some = [each for each in judged if each.piece.kind == kind]
        found[f"tempo.{kind}.accuracy"] = _mean([each.tempo_is_right for each in some])
        if some[0].piece.key:
            found[f"key.{kind}.mirex"] = _mean([each.key_score for each in some])
    sure = [each for each in judged if each.tempo and each.tempo.confidence >= _CONFIDENT]
    sure_key = [each for each in keyed if each.key and each.key.confidence >= _CONFIDENT]
    found["tempo.confident"] = len(sure) / len(judged)
    found["key.confident"] = len(sure_key) / max(len(keyed), 1)
    if sure:
        found["tempo.confident.accuracy"] = _mean([each.tempo_is_right for each in sure])
    if sure_key:
        found["key.confident.mirex"] = _mean([each.key_score for each in sure_key])
    return found | _peer_metrics(judged)


def _peer_metrics(judged: Sequence[Judged]) -> dict[str, float]:
    heard = [(each, each.peer) for each in judged if each.peer]
    if not heard:
        return {}
    truth = [(peer.bpm, each.piece.tempo_bpm) for each, peer in heard]
    found = {
        "tempo.accuracy.librosa": _mean([tempo_right(*pair) for pair in truth]),
        "tempo.accuracy2.librosa": _mean([tempo_right(*pair, octaves=True) for pair in truth]),
        "key.mirex.librosa": _mean(
            [key_score(peer.key, each.piece.key) for each, peer in heard if each.piece.key]
        ),
        "beats.f.librosa": _mean([each.peer_beats for each, _ in heard if each.piece.beats_s]),
    }
    for kind in sorted({each.piece.kind for each, _ in heard}):
        some = [(each, peer) for each, peer in heard if each.piece.kind == kind]
        found[f"tempo.{kind}.accuracy.librosa"] = _mean(
            [tempo_right(peer.bpm, each.piece.tempo_bpm) for each, peer in some]
        )
        keys = [key_score(peer.key, each.piece.key) for each, peer in some if each.piece.key]
        if keys:
            found[f"key.{kind}.mirex.librosa"] = _mean(keys)
    return found


def tables_of(judged: Sequence[Judged]) -> tuple[Table, ...]:
    """Every piece, and which wrong keys were found."""
    relations = Counter(_RELATIONS[each.key_score] for each in judged if each.piece.key)
    theirs = Counter(
        _RELATIONS[key_score(each.peer.key, each.piece.key)]
        for each in judged
        if each.piece.key and each.peer
    )
    columns = (
        "piece", "style", "true BPM", "BPM", "sure", "librosa", "true key", "key", "sure ", "score",
    )  # fmt: skip
    return (
        Table(
            "How found keys are related to the true ones",
            ("relation", "ours", "librosa"),
            tuple((name, relations[name], theirs[name]) for name in _RELATIONS.values()),
        ),
        Table("Every piece", columns, tuple(_row(each) for each in judged)),
    )


def _row(each: Judged) -> tuple[Cell, ...]:
    return (
        each.piece.name,
        each.piece.style,
        round(each.piece.tempo_bpm, 1),
        each.bpm or "none",
        each.tempo.confidence if each.tempo else 0.0,
        round(each.peer.bpm, 1) if each.peer else "",
        _name(each.piece.key),
        _name(_pair(each.key)),
        each.key.confidence if each.key else 0.0,
        each.key_score,
    )


def plots_of(judged: Sequence[Judged]) -> tuple[Plot, ...]:
    """Tempo errors, wrong keys, and the order by energy."""
    plots = [_tempo_plot(judged), _key_plot(judged)]
    known = [(each.piece.energy, each.energy) for each in judged if each.piece.energy is not None]
    if known:
        true, heard = zip(*known, strict=True)
        series = Series("recordings", tuple(true), tuple(heard))
        plots.append(Plot("Energy", "intended", "heard", (series,), kind="points"))
    return tuple(plots)


def _tempo_plot(judged: Sequence[Judged]) -> Plot:
    edges = np.arange(-1.65, 1.66, _BINS_OCTAVES)
    ours = [each.bpm / each.piece.tempo_bpm for each in judged if each.bpm]
    theirs = [each.peer.bpm / each.piece.tempo_bpm for each in judged if each.peer]
    middles = tuple(float(round(edge + _BINS_OCTAVES / 2, 2)) for edge in edges[:-1])
    series = []
    for label, ratios in (("ours", ours), ("librosa", [ratio for ratio in theirs if ratio > 0])):
        if ratios:
            counts, _ = np.histogram(np.log2(ratios), edges)
            series.append(Series(label, middles, tuple(float(count) for count in counts)))
    return Plot("Tempo errors", "octaves above the truth", "pieces", tuple(series), kind="lines")


def _key_plot(judged: Sequence[Judged]) -> Plot:
    """Semitones from the true tonic to the found one, by whether the mode is right."""
    names = tuple(str(step) for step in range(12))
    counts = {True: [0.0] * 12, False: [0.0] * 12}
    for each in judged:
        found, true = _pair(each.key), each.piece.key
        if found and true:
            counts[found[1] == true[1]][(found[0] - true[0]) % 12] += 1
    labels = {True: "right mode", False: "other mode"}
    series = tuple(Series(labels[right], names, tuple(counts[right])) for right in (True, False))
    return Plot("Found keys", "semitones above the true tonic", "pieces", series)


def _among_two(each: Judged) -> bool:
    other = each.tempo.other_bpm if each.tempo else None
    return each.tempo_is_right or tempo_right(other, each.piece.tempo_bpm)


def _pair(key: KeyHeard | None) -> Key | None:
    return (key.tonic, key.minor) if key else None


def _name(key: Key | None) -> str:
    return NamedKey(key[0], "minor" if key[1] else "major").name if key else "none"


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else 0.0
