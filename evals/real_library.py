"""Requests for things in a real library, judged by what the player then really plays.

The folder holds the music of freely licensed Debian packages, unpacked; see `README.md` here.
"""

import asyncio
import json
import os
import resource
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import EvaluationImpossible
from evals.evaluation import Cell, EvalReport, Progress, Table
from knowledge.folding import fold
from knowledge.indexer import Indexer
from knowledge.models import LibrarySummary, Track
from knowledge.progress import IndexProgress
from knowledge.scan import ScanReport
from server.conversations import LocalConversation, TurnRecord
from server.opening import open_services
from server.services import Services
from server.settings import Settings, load_settings
from tools.players.player import PlaybackStatus

MUSIC_VARIABLE = "REFRAIN_EVAL_MUSIC"
_CASES = Path(__file__).parent / "cases" / "real_library.jsonl"
_FEWEST_FILES = 300
_CALM = 0.5

Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Cost:
    """What hearing the library took, fingerprints included."""

    cpu_s: float
    memory_mb: float
    """Of the larger worker, at its peak."""
    bytes_before: int
    bytes_after: int


@dataclass(frozen=True, slots=True)
class _Seen:
    """How things stand after one request."""

    record: TurnRecord
    playing: Track | None
    queue: tuple[Track, ...]
    energy: Mapping[int, float]
    """Energy rank of the analysed tracks, 0 (calmest) to 1."""

    @property
    def ended_as(self) -> set[str]:
        return {call.result["kind"] for call in self.record.tool_calls if call.result}


class RealLibraryEvaluation:
    """Indexes a folder of real recordings, then asks for things in it."""

    name = "real_library"
    summary = "A real library: every file indexed or refused with a reason, and requests answered."

    def run(self, *, quick: bool, progress: Progress) -> EvalReport:
        """Index, ask, and look at the player.

        `quick` leaves out the analysis of the sound, and the requests that need it.
        """
        music = _music_folder()
        with tempfile.TemporaryDirectory(prefix="refrain-eval-") as folder:
            settings = load_settings(
                Path(folder),
                {"player": {"kind": "silent"}, "library": {"roots": [music], "watch": False}},
            )
            return asyncio.run(_evaluate(settings, music, quick=quick, progress=progress))


def _music_folder() -> Path:
    named = os.environ.get(MUSIC_VARIABLE)
    if not named or not Path(named).is_dir():
        raise EvaluationImpossible(
            f"Set {MUSIC_VARIABLE} to a folder with the music of the Debian packages that "
            "evals/README.md lists."
        )
    return Path(named).absolute()


async def _evaluate(
    settings: Settings, music: Path, *, quick: bool, progress: Progress
) -> EvalReport:
    async with open_services(settings, serving=False) as services:
        scan, cost = await asyncio.to_thread(_index, services, music, progress, analyse=not quick)
        if scan.found < _FEWEST_FILES:
            raise EvaluationImpossible(
                f"{music} holds {scan.found} music files; {_FEWEST_FILES} or more are needed."
            )
        energy = dict(services.catalog.calm_to_driving())
        cases = [case for case in _read_cases() if energy or case["expect"] != "calm"]
        rows: list[tuple[Cell, ...]] = []
        progress.start("asking", len(cases))
        for case in cases:
            seen = await _ask(services, str(case["say"]), energy)
            wrong = _judge(case, seen)
            rows.append((str(case["say"]), wrong or "right", seen.record.reply))
            progress.advance()
        return _report(services, scan, cost, rows)


def _index(
    services: Services, music: Path, progress: Progress, *, analyse: bool
) -> tuple[ScanReport, _Cost | None]:
    indexer = Indexer(
        services.database,
        services.settings.covers,
        [music],
        workers=2,
        models=services.settings.model_folders,
    )
    scan = indexer.scan(_follow(progress, "reading tags"))
    if not analyse:
        return scan, None
    before, bytes_before = _cpu_s(), _bytes_kept(services.settings)
    indexer.analyse(_follow(progress, "analysing"))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return scan, _Cost(
        cpu_s=_cpu_s() - before,
        memory_mb=used.ru_maxrss / 1024,
        bytes_before=bytes_before,
        bytes_after=_bytes_kept(services.settings),
    )


def _cpu_s() -> float:
    """CPU seconds of this process and of the workers that have ended."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


def _bytes_kept(settings: Settings) -> int:
    """Size of the database and its indexes; what is still in the log of the database counts."""
    return sum(file.stat().st_size for file in settings.data.rglob("*") if file.is_file())


def _follow(progress: Progress, step: str) -> Callable[[IndexProgress], None]:
    done = 0
    started = False

    def listen(now: IndexProgress) -> None:
        nonlocal done, started
        if not started and now.total:
            progress.start(step, now.total)
            started = True
        if now.done > done:
            progress.advance(now.done - done)
            done = now.done

    return listen


async def _ask(services: Services, text: str, energy: Mapping[int, float]) -> _Seen:
    playback = services.playback
    await playback.clear()
    conversation = LocalConversation(services.turns, f"eval-{abs(hash(text))}")
    record = await conversation.say(text)
    playing = None
    if playback.state.status is PlaybackStatus.PLAYING and playback.queue.current is not None:
        playing = playback.queue.current.track
    queue = tuple(item.track for item in playback.queue.items)
    return _Seen(record, playing, queue, energy)


def _judge(case: Case, seen: _Seen) -> str:
    """Say what is wrong, or "" when the request was answered as a person would want it."""
    if seen.record.error is not None:
        return seen.record.error
    match case["expect"]:
        case "nothing":
            wrong = "played something" if seen.playing else "did not say that there is nothing"
            return "" if seen.playing is None and "nothing_found" in seen.ended_as else wrong
        case "question":
            asked = "ambiguous" in seen.ended_as and seen.playing is None
            named = all(artist in seen.record.reply for artist in case["artist"])
            return "" if asked and named else "did not ask which one"
    if seen.playing is None:
        return "nothing plays"
    return _wrong_music(case, seen, seen.playing)


def _wrong_music(case: Case, seen: _Seen, playing: Track) -> str:
    queue: Sequence[Track] = seen.queue
    match case["expect"]:
        case "track":
            right = playing.title in case["title"] and case["artist"] in {None, playing.artist}
        case "artist":
            right = all(case["artist"] in track.artists for track in queue)
        case "album":
            right = all(track.album == case["album"] for track in queue) and len(queue) > 1
        case "genre":
            wanted = fold(case["genre"])
            right = all(wanted in map(fold, track.genres) for track in queue)
        case "calm":
            right = all(seen.energy.get(track.id, 1.0) < _CALM for track in queue)
        case other:
            return f"unknown expectation {other}"
    return "" if right else f"plays {playing.title} by {playing.artist}"


def _report(
    services: Services, scan: ScanReport, cost: _Cost | None, rows: Sequence[tuple[Cell, ...]]
) -> EvalReport:
    refused = services.catalog.refused_files()
    right = sum(row[1] == "right" for row in rows)
    summary = services.catalog.summary()
    return EvalReport(
        metrics={
            "real_library.files": scan.found,
            "real_library.tracks": summary.tracks,
            "real_library.hours": round(summary.duration_s / 3600, 2),
            "real_library.refused": len(refused),
            "real_library.refused_without_reason": sum(not file.reason for file in refused),
            "real_library.requests": len(rows),
            "real_library.right": right / len(rows),
            **({} if cost is None else _cost_metrics(cost, summary)),
        },
        tables=(
            Table("Requests", ("request", "verdict", "reply"), tuple(rows)),
            Table(
                "Refused files",
                ("file", "reason"),
                tuple((file.path.name, file.reason) for file in refused),
            ),
        ),
    )


def _read_cases() -> list[Case]:
    return [json.loads(line) for line in _CASES.read_text("utf-8").splitlines()]


def _cost_metrics(cost: _Cost, library: LibrarySummary) -> dict[str, float]:
    minutes = max(library.duration_s / 60, 1e-9)
    return {
        "real_library.analysis.cpu_s_per_min": cost.cpu_s / minutes,
        "real_library.analysis.x_realtime": 2 * library.duration_s / max(cost.cpu_s, 1e-9),
        "real_library.analysis.bytes_per_track": (cost.bytes_after - cost.bytes_before)
        / max(library.tracks, 1),
        "real_library.analysis.memory_mb": cost.memory_mb,
    }
