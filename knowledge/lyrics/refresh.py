"""Notices lyrics files that came, changed or left while the music beside them stayed as it was.

The scanner reads lyrics with the music file, and does not open a file that did not change. This
pass looks only at names and times of the files beside, so it is quick also for a large library.
"""

import os
import stat
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import select

from knowledge.database import Database
from knowledge.lyrics.beside import EXTENSIONS, beside
from knowledge.lyrics.fetched import OWN
from knowledge.lyrics.models import Lyrics
from knowledge.lyrics.rows import write_lyrics
from knowledge.models import TrackId
from knowledge.revision import LIBRARY_REVISION, bump
from knowledge.schema import files, lyrics, tracks

_STEP = 100
"""Tracks whose lyrics are written in one transaction."""
_MOST_LISTED = 20_000
"""Entries of a folder that are looked at."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A track with its file, and what is kept of its lyrics."""

    track_id: TrackId
    path: str
    source: str
    """"tag", "file", or "" when there are none."""
    synced: bool
    read_at: float


class LyricsRefresh:
    """Brings the lyrics of one library in step with the files beside the music."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def run(self, stop: threading.Event | None = None) -> int:
        """Look at every folder with music; return how many lyrics changed.

        Args:
            stop: when set, the run ends soon; the rest is looked at next time.
        """
        changed = 0
        found = self._changes(stop or threading.Event())
        while step := dict(islice(found, _STEP)):
            with self._database.write() as connection:
                write_lyrics(connection, step, now=self._clock())
                bump(connection, LIBRARY_REVISION)
            changed += len(step)
        return changed

    def _changes(self, stop: threading.Event) -> Iterator[tuple[TrackId, Lyrics | None]]:
        for folder, held in self._by_folder().items():
            if stop.is_set():
                return
            times = _lyrics_files(folder)
            if times is None:
                continue  # a disk that is not there says nothing about what is on it
            for one in held:
                stem = os.path.splitext(os.path.basename(one.path))[0]  # noqa: PTH119, PTH122  many
                written_at = times.get(stem)
                if written_at is None and one.source != "file":
                    continue
                if written_at is not None and written_at <= one.read_at and one.source:
                    continue
                read = beside(Path(one.path))
                if read is None and one.source != "file":
                    continue
                if read is not None and one.source == "tag" and (one.synced or not read.synced):
                    continue
                yield one.track_id, read

    def _by_folder(self) -> dict[str, list[_Kept]]:
        query = (
            select(
                files.c.track_id, files.c.path, lyrics.c.source, lyrics.c.synced, lyrics.c.read_at
            )
            .join(tracks, tracks.c.id == files.c.track_id)
            .join(lyrics, lyrics.c.track_id == files.c.track_id, isouter=True)
            .where(files.c.status == "ok", tracks.c.missing_since.is_(None))
            .order_by(files.c.id)
        )
        seen: set[TrackId] = set()
        folders: dict[str, list[_Kept]] = defaultdict(list)
        with self._database.read() as connection:
            for row in connection.execute(query):
                if row.track_id in seen:
                    continue  # of several files the one known longest speaks, as for the tags
                seen.add(row.track_id)
                own = row.source if row.source in OWN else ""  # what was fetched gives way
                one = _Kept(row.track_id, row.path, own, bool(row.synced), row.read_at or 0.0)
                folders[os.path.dirname(row.path)].append(one)  # noqa: PTH120  many
        return folders


def _lyrics_files(folder: str) -> dict[str, float] | None:
    """Stem to the last change of each lyrics file of a folder, in seconds since the epoch."""
    times: dict[str, float] = {}
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, _MOST_LISTED):
                stem, extension = os.path.splitext(entry.name)  # noqa: PTH122  many
                if extension.lower() in EXTENSIONS and not entry.is_symlink():
                    status = entry.stat(follow_symlinks=False)
                    if stat.S_ISREG(status.st_mode):
                        times[stem] = max(times.get(stem, 0.0), status.st_mtime)
    except OSError:
        return None
    return times
