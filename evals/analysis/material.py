"""Music whose tempo, key and energy are known: constructed, from the demo library, and real."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.analysis.songs import Song, SplitName, render, songs
from knowledge.analysis.frames import RATE
from knowledge.audio.decoder import decode
from knowledge.demo import make_demo_library
from knowledge.demo.sound import Audio
from knowledge.demo.tune import FLAT_NAMES, SHARP_NAMES

MUSIC_VARIABLES = ("REFRAIN_EVAL_MUSIC", "REFRAIN_EVAL_RECOGNITION")
# Songs of the Debian package fretsonfire-songs-sectoid; the tempo is that of the notes.mid beside
# them, to which they are played. The songs of fretsonfire-songs-muldjord are for development.
_REAL_BPM = {
    "Escape from chaosland": 135.0,
    "Feelings": 95.0,
    "Metal madness": 150.0,
    "War of freedom": 140.0,
}
_LEAST_BYTES, _MOST_BYTES = 1_000_000, 8_000_000
_ENDINGS = {".ogg", ".opus", ".mp3", ".flac", ".m4a"}


@dataclass(frozen=True, slots=True)
class Piece:
    """A recording and what is true of it."""

    name: str
    kind: str
    """constructed, demo or real."""
    style: str
    tempo_bpm: float
    sound: Callable[[], Audio]
    """Stereo at RATE, shape (2, n)."""
    key: tuple[int, bool] | None = None
    """Pitch class of the tonic, and whether it is minor."""
    beats_s: tuple[float, ...] = ()
    energy: float | None = None
    """0 to 1, as intended."""


def constructed(split: SplitName, count: int, *, longest_s: float = 45.0) -> Iterator[Piece]:
    """Make new songs; see `evals.analysis.songs`."""
    for song in songs(split, count):
        yield _piece(song, longest_s)


def _piece(song: Song, longest_s: float) -> Piece:
    rendered = render(song, longest_s=longest_s)
    return Piece(
        song.name,
        "constructed",
        song.style,
        rendered.tempo_bpm,
        lambda: rendered.sound,
        (song.tonic, song.minor),
        rendered.beats_s,
    )


def demo(folder: Path) -> Iterator[Piece]:
    """Read the demo library, rendering it into `folder` when it is not there."""
    import json  # noqa: PLC0415

    library = make_demo_library(folder)
    beats = {
        str(folder / str(each["file"])): tuple(each["beats_s"])
        for each in json.loads(library.truth.read_text("utf-8"))["tracks"]
    }
    for track in library.tracks:
        yield Piece(
            track.title,
            "demo",
            track.style,
            track.tempo_bpm,
            lambda path=track.file: read(path),  # type: ignore[misc]
            key_named(track.key),
            beats[str(track.file)],
            track.energy,
        )


def real_songs() -> Iterator[Piece]:
    """Return real songs whose tempo is known, where they are installed."""
    folder = music_folder()
    if folder is None:
        return
    for song in sorted(folder.glob("fretsonfire-songs-sectoid/**/song.ogg")):
        if song.parent.name in _REAL_BPM:
            yield Piece(
                song.parent.name,
                "real",
                "rock",
                _REAL_BPM[song.parent.name],
                lambda song=song: _together(song),  # type: ignore[misc]
            )


def real_files(count: int) -> list[Path]:
    """Return real recordings of some minutes, spread over the folder; none where it is absent."""
    folder = music_folder()
    if folder is None:
        return []
    files = [
        path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in _ENDINGS and _LEAST_BYTES < path.stat().st_size < _MOST_BYTES
    ]
    step = max(1, len(files) // count)
    return files[step // 2 :: step][:count]


def music_folder() -> Path | None:
    """Return the folder of real music that the environment names."""
    named = (os.environ.get(variable) for variable in MUSIC_VARIABLES)
    return next((Path(name) for name in named if name and Path(name).is_dir()), None)


def key_named(name: str) -> tuple[int, bool]:
    """Return what "F# minor" means: (6, True)."""
    tonic, mode = name.split()
    names = SHARP_NAMES if tonic in SHARP_NAMES else FLAT_NAMES
    return names.index(tonic), mode == "minor"


def read(path: Path) -> Audio:
    """Decode all of a file, stereo at RATE."""
    return np.concatenate([block for block, _ in decode(path, sample_rate=RATE)], axis=1)


def _together(song: Path) -> Audio:
    """Mix a song with its guitar, which lies in another file."""
    both = [read(song), read(song.with_name("guitar.ogg"))]
    length = min(each.shape[1] for each in both)
    return np.asarray(sum(each[:, :length] for each in both), np.float32)
