"""Does a long recording get the right timeline? A DJ's evening and a film, made of real music."""

import hashlib
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.evaluation import Cell, EvalReport, Plot, Progress, Series, Table, each
from evals.mix import Mix, plan_film, plan_mix, truth_of, write_mix
from evals.mix_score import MixScore, Truth, score_timeline
from evals.recognition.corpus import load_corpus
from evals.recognition.folders import cache_folder, music_folder
from evals.recognition.noises import SoundBank, load_bank
from evals.recognition.resampling import ENGINE_RATE_HZ, to_signal
from evals.recognition.tracks import Track, TrackCache
from evals.timing import percentile
from knowledge.fingerprint.fingerprinter import Fingerprinter
from knowledge.fingerprint.index import FingerprintIndex
from knowledge.fingerprint.recogniser import Recogniser
from knowledge.fingerprint.timeline import (
    TimelineChange,
    TimelineEntry,
    TimelineEvent,
    timeline_of,
)

_SEED = 71
"""The stream recogniser was developed on other recordings, mixed with other seeds."""
_MIX_S, _QUICK_MIX_S = 7_200.0, 900.0
_FILM_S = 3_600.0


@dataclass(frozen=True, slots=True)
class Heard:
    """What the recogniser made of one long recording, and what that cost.

    Attributes:
        mix: what was played.
        entries: what was told.
        score: the one against the other.
        cpu_s: CPU seconds, decoding included.
        delays_s: from when each recording could be heard until it was named.
    """

    mix: Mix
    entries: tuple[TimelineEntry, ...]
    score: MixScore
    cpu_s: float
    delays_s: tuple[float, ...]


class TimelineEvaluation:
    """Mixes music that is in the index and music that is not, and asks what played when."""

    name = "timeline"
    summary = "Long recordings: what played from when to when, in a DJ mix of two hours and a film."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Mix, listen, compare."""
        music, cache = music_folder(), cache_folder()
        split = load_corpus(music, cache, progress).splits["test"]
        tracks, bank = TrackCache(cache), load_bank(music, cache)
        mix = plan_mix(split.indexed, split.unknown, _QUICK_MIX_S if quick else _MIX_S, _SEED)
        plans = {"mix": mix}
        if not quick:
            plans["film"] = plan_film(split.indexed, split.unknown, _FILM_S, _SEED)
        with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
            recogniser = indexed(split.indexed, tracks, Path(folder), progress)
            heard = {
                name: listen(
                    plan, mix_file(plan, cache, tracks, bank, progress), recogniser, progress
                )
                for name, plan in plans.items()
            }
        return report(heard)


def indexed(
    known: Sequence[Track], tracks: TrackCache, folder: Path, progress: Progress
) -> Recogniser:
    """Fingerprint recordings into an index and make a recogniser for it."""
    fingerprinter = Fingerprinter()
    index = FingerprintIndex.open(folder / "index")
    index.add(
        {
            track.key: fingerprinter.fingerprint(to_signal(tracks.pcm(track, ENGINE_RATE_HZ)))
            for track in each(progress, "fingerprinting", known)
        }
    )
    recogniser = Recogniser(index)
    recogniser.warm()
    return recogniser


def mix_file(
    mix: Mix, cache: Path, tracks: TrackCache, bank: SoundBank, progress: Progress
) -> Path:
    """Render a mix, unless the same is in the cache."""
    digest = hashlib.sha256(repr(mix).encode()).hexdigest()[:16]
    path = cache / "mixes" / f"{digest}.mp3"
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file():
        write_mix(mix, path, tracks, bank, _SEED, progress)
    return path


def listen(mix: Mix, path: Path, recogniser: Recogniser, progress: Progress) -> Heard:
    """Make the timeline of a rendered mix."""
    progress.start("listening", round(mix.seconds))
    news: list[TimelineEvent] = []
    done = 0

    def follow(heard_s: float) -> None:
        nonlocal done
        progress.advance(int(heard_s) - done)
        done = int(heard_s)

    began_s = time.process_time()
    entries = timeline_of(path, recogniser, follow, on_event=news.append)
    cpu_s = time.process_time() - began_s
    truth = truth_of(mix)
    named = {
        event.entry.recording: event.heard_s
        for event in reversed(news)
        if event.change is TimelineChange.STARTED
    }
    return Heard(
        mix=mix,
        entries=entries,
        score=score_timeline(truth, entries),
        cpu_s=cpu_s,
        delays_s=tuple(
            named[one.recording] - one.heard_from_s for one in truth if one.recording in named
        ),
    )


def report(heard: dict[str, Heard]) -> EvalReport:
    """Put the numbers, tables and pictures together."""
    metrics: dict[str, float] = {}
    for name, one in heard.items():
        prefix = "timeline" if name == "mix" else f"timeline.{name}"
        metrics |= {
            f"{prefix}.precision": one.score.precision,
            f"{prefix}.recall": one.score.recall,
            f"{prefix}.boundaries_3s": one.score.boundaries,
            f"{prefix}.found": one.score.found,
            f"{prefix}.wrong_entries": one.score.wrong_entries,
            f"{prefix}.extra_entries": one.score.extra_entries,
            f"{prefix}.delay_s.p50": percentile(one.delays_s, 50),
            f"{prefix}.x_realtime": one.mix.seconds / max(one.cpu_s, 1e-9),
        }
    return EvalReport(
        metrics=metrics,
        tables=tuple(_table(name, one) for name, one in heard.items()),
        plots=tuple(_plot(name, one) for name, one in heard.items()),
    )


def _table(name: str, heard: Heard) -> Table:
    """One row for each recording that played, and one for each that was wrongly named."""
    truth = truth_of(heard.mix)
    rows: list[tuple[Cell, ...]] = []
    for one in truth:
        its = [entry for entry in heard.entries if _is_about(entry, one)]
        first, last = (its[0], its[-1]) if its else (None, None)
        rows.append(
            (
                round(one.start_s, 1),
                round(one.end_s, 1),
                one.recording,
                round(first.start_s - one.start_s, 1) if first else "not named",
                round(last.end_s - one.end_s, 1) if last else "",
                round(first.speed, 3) if first else "",
                str(first.certainty) if first else "",
            )
        )
    rows += [
        (round(entry.start_s, 1), round(entry.end_s, 1), str(entry.recording), "wrong", "", "", "")
        for entry in heard.entries
        if entry.recording and not any(_is_about(entry, one) for one in truth)
    ]
    columns = ("from s", "to s", "recording", "start off by s", "end off by s", "speed", "claimed")
    return Table(f"What played in the {name}", columns, tuple(sorted(rows, key=lambda row: row[0])))


def _is_about(entry: TimelineEntry, one: Truth) -> bool:
    overlap_s = min(entry.end_s, one.heard_until_s) - max(entry.start_s, one.heard_from_s)
    return entry.recording == one.recording and overlap_s > 0


def _plot(name: str, heard: Heard) -> Plot:
    truth = truth_of(heard.mix)
    named = [entry for entry in heard.entries if entry.recording]
    right = [entry for entry in named if any(_is_about(entry, one) for one in truth)]
    wrong = [entry for entry in named if entry not in right]
    rows = {
        "played": [(one.start_s, one.end_s) for one in truth],
        "named": [(entry.start_s, entry.end_s) for entry in right],
        "named wrongly": [(entry.start_s, entry.end_s) for entry in wrong],
        "talk over it": list(heard.mix.talks),
    }
    series = tuple(
        Series(
            label,
            tuple(start / 60 for start, _ in spans),
            tuple((end - start) / 60 for start, end in spans),
        )
        for label, spans in rows.items()
    )
    return Plot(f"Timeline of the {name}", "minutes", "", series, kind="spans")
