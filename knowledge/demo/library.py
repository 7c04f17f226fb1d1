"""Makes the demo library: a folder of tagged recordings, and the truth about them beside it."""

import hashlib
import json
import multiprocessing
import os
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from knowledge.demo.albums import ALBUMS
from knowledge.demo.discography import Album, Placed, placed

Progress = Callable[[int, int, str], None]
"""Called with recordings done, recordings in all, and the title just finished."""

_WORKERS = 2
_STATE = ".refrain-demo"
"""Folder of the notes about finished recordings; the indexer passes over hidden folders."""
_MANIFEST = "complete.json"
TRUTH = "truth.json"
_STALE_S = 3600.0
"""A partial file this old belongs to no living run."""


@dataclass(frozen=True, slots=True)
class DemoTrack:
    """One recording of the demo library and what is truly in it."""

    file: Path
    title: str
    artists: tuple[str, ...]
    album: str
    style: str
    tempo_bpm: float
    key: str
    """Tonic and "major" or "minor"."""
    mood: tuple[str, ...]
    energy: float
    """0 (still) to 1 (driving), as intended."""
    instruments: tuple[str, ...]
    duration_s: float
    melody: tuple[tuple[float, float, int], ...]
    """Start and length in seconds and MIDI pitch of every note of the leading voice."""


@dataclass(frozen=True, slots=True)
class DemoLibrary:
    """A finished demo library."""

    folder: Path
    tracks: tuple[DemoTrack, ...]
    made: int
    """How many recordings had to be rendered by this call; 0 when all were there."""

    @property
    def truth(self) -> Path:
        """The file with the truth about every recording."""
        return self.folder / TRUTH


def make_demo_library(
    folder: Path, progress: Progress | None = None, *, albums: tuple[Album, ...] = ALBUMS
) -> DemoLibrary:
    """Render what is missing of the demo library in `folder`.

    Renders in up to two processes, the same samples on every run. A recording that is complete
    and of this version is kept; a file under its final name is always whole. The folder may hold
    other files; they are left alone.

    Args:
        folder: made if it does not exist.
        progress: told about every finished recording, in the calling thread.
        albums: what to record.

    Raises:
        OSError: the folder cannot be written.
    """
    version = edition()
    tracks = list(placed(albums))
    state = folder / _STATE
    state.mkdir(parents=True, exist_ok=True)
    truths = {
        str(track.file): truth
        for track in tracks
        if (truth := _finished(folder, state, track, version)) is not None
    }
    missing = [track for track in tracks if str(track.file) not in truths]
    manifest = state / _MANIFEST
    if missing or not _is_whole(manifest, version, truths) or not (folder / TRUTH).is_file():
        manifest.unlink(missing_ok=True)
        _sweep(folder, tracks)
        done = len(truths)
        for track, truth in _record_all(folder, state, missing, version):
            truths[str(track.file)] = truth
            done += 1
            if progress is not None:
                progress(done, len(tracks), track.recording.title)
        _write_json(folder / TRUTH, {
            "version": version,
            "tracks": [truths[str(track.file)] for track in tracks],
        })  # fmt: skip
        _write_json(manifest, {"version": version, "files": sorted(truths)})
    return DemoLibrary(
        folder, tuple(_track(folder, truths[str(track.file)]) for track in tracks), len(missing)
    )


def edition() -> str:
    """The version of the library: it changes when the code or the tunes that make it change."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted([*here.glob("*.py"), *here.glob("tunes/*.abc")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _record_all(
    folder: Path, state: Path, tracks: list[Placed], version: str
) -> Iterable[tuple[Placed, Mapping[str, object]]]:
    if not tracks:
        return
    # Spawned, not forked: the caller may be a thread of a server with locks held elsewhere.
    context = multiprocessing.get_context("spawn")
    workers = min(_WORKERS, len(tracks))
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        waiting = {
            pool.submit(record, folder, state, track, version): track
            for track in sorted(tracks, key=lambda track: str(track.album.folder))
        }
        try:
            for future in as_completed(waiting):
                yield waiting[future], future.result()
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def record(folder: Path, state: Path, track: Placed, version: str) -> Mapping[str, object]:
    """Render, encode and note one recording; returns the truth about it."""
    # Only a worker needs the synthesiser: a program that finds the library complete starts faster.
    from knowledge.demo.covers import cover_of  # noqa: PLC0415
    from knowledge.demo.encode import tags_of, write_audio  # noqa: PLC0415
    from knowledge.demo.notation import all_tunes  # noqa: PLC0415
    from knowledge.demo.recording import duration_s, perform, truth_of  # noqa: PLC0415

    path = folder / track.file
    path.parent.mkdir(parents=True, exist_ok=True)
    cover = cover_of(track.album)
    if track.recording.suffix == "wav":
        _write_bytes(path.parent / "cover.jpg", cover)
    performance = perform(track.recording)
    composer = all_tunes()[track.recording.tune].composer
    write_audio(path, performance.sound, tags_of(track, composer), cover)
    truth = truth_of(track, performance.score, duration_s(performance.sound))
    note = {"version": version, "size": path.stat().st_size, "truth": truth}
    _write_json(_note_path(state, track), note)
    return truth


def _finished(
    folder: Path, state: Path, track: Placed, version: str
) -> Mapping[str, object] | None:
    """The truth about a recording that lies complete in the folder, else None."""
    note = _read_json(_note_path(state, track))
    path = folder / track.file
    if note.get("version") != version or not path.is_file():
        return None
    if path.stat().st_size != note.get("size"):
        return None
    if track.recording.suffix == "wav" and not (path.parent / "cover.jpg").is_file():
        return None
    truth = note.get("truth")
    return truth if isinstance(truth, dict) else None


def _sweep(folder: Path, tracks: Iterable[Placed]) -> None:
    """Remove what a killed run left half written; a run beside this one keeps its files."""
    for place in {folder, folder / _STATE, *((folder / track.file).parent for track in tracks)}:
        for partial in place.glob(".*.part"):
            if time.time() - partial.stat().st_mtime > _STALE_S:
                partial.unlink(missing_ok=True)


def _is_whole(manifest: Path, version: str, truths: Mapping[str, object]) -> bool:
    noted = _read_json(manifest)
    return noted.get("version") == version and noted.get("files") == sorted(truths)


def _note_path(state: Path, track: Placed) -> Path:
    return state / f"{hashlib.sha256(str(track.file).encode()).hexdigest()[:24]}.json"


def _read_json(path: Path) -> dict[str, object]:
    """The object in a file; empty when it is missing, cut off or something else."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_json(path: Path, value: object) -> None:
    _write_bytes(path, json.dumps(value, ensure_ascii=False).encode())


def _write_bytes(path: Path, content: bytes) -> None:
    partial = path.with_name(f".{path.name}.{os.getpid()}.part")
    partial.write_bytes(content)
    partial.replace(path)


def _track(folder: Path, truth: Mapping[str, object]) -> DemoTrack:
    melody = truth["melody"]
    return DemoTrack(
        file=folder / str(truth["file"]),
        title=str(truth["title"]),
        artists=_words(truth["artists"]),
        album=str(truth["album"]),
        style=str(truth["style"]),
        tempo_bpm=_number(truth["tempo_bpm"]),
        key=str(truth["key"]),
        mood=_words(truth["mood"]),
        energy=_number(truth["energy"]),
        instruments=_words(truth["instruments"]),
        duration_s=_number(truth["duration_s"]),
        melody=tuple(
            (float(start), float(length), int(pitch))
            for start, length, pitch in (melody if isinstance(melody, list) else ())
        ),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(word) for word in value) if isinstance(value, list) else ()


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
