"""Exports as the services write them, small."""

import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

SPOTIFY_ACCOUNT: Sequence[Mapping[str, Any]] = (
    {"endTime": "2023-05-01 20:04", "artistName": "Nina Simone", "trackName": "Sinnerman",
     "msPlayed": 240_000},
    {"endTime": "2023-05-01 20:05", "artistName": "Queen", "trackName": "Bohemian Rhapsody",
     "msPlayed": 12_000},
)  # fmt: skip


def extended(title: str | None, artist: str | None, ts: str, **more: Any) -> dict[str, Any]:
    """One line of Spotify's extended streaming history."""
    return {
        "ts": ts,
        "username": "somebody",
        "platform": "linux",
        "ms_played": 200_000,
        "conn_country": "SE",
        "ip_addr_decrypted": "192.0.2.7",
        "master_metadata_track_name": title,
        "master_metadata_album_artist_name": artist,
        "master_metadata_album_album_name": "An Album",
        "reason_start": "clickrow",
        "reason_end": "trackdone",
        "skipped": False,
        **more,
    }


def listenbrainz(title: str, artist: str, at: int, album: str = "") -> dict[str, Any]:
    """One line of a ListenBrainz export."""
    facts = {"track_name": title, "artist_name": artist, "release_name": album}
    return {"listened_at": at, "track_metadata": {**facts, "additional_info": {"tags": ["x"]}}}


def zipped(path: Path, files: Mapping[str, str | bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def lines(entries: Sequence[Mapping[str, Any]]) -> str:
    return "\n".join(json.dumps(entry) for entry in entries)
