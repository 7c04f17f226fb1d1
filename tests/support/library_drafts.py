"""Tracks for tests of the library, without any audio behind them."""

from typing import Any

from knowledge.catalog_writer import FileStamp, TrackDraft


def draft(title: str, artist: str = "Nina Simone", *, audio: str = "", **more: Any) -> TrackDraft:
    """Make a draft whose audio is named by `audio`, or by its title when that is empty."""
    audio_hash = (audio or title).encode().hex().ljust(64, "0")[:64]
    artists = more.pop("artists", (artist,))
    return TrackDraft(audio_hash=audio_hash, title=title, artists=artists, **more)


def stamp(path: str, *, size: int = 1000, mtime_ns: int = 1) -> FileStamp:
    return FileStamp(path, size, mtime_ns)
