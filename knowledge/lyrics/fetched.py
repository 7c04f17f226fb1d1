"""Words of songs that a service gave: kept apart, and used where the user has none of their own.

What the scanner reads from tags and files always comes first. Wherever it finds nothing, what was
fetched takes the place, marked with where it comes from; the user can refuse it for good.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from knowledge.database import Database
from knowledge.lyrics.models import Lyrics, LyricsSource
from knowledge.lyrics.rows import remove_lyrics, write_lyrics
from knowledge.models import TrackId
from knowledge.revision import LIBRARY_REVISION, bump
from knowledge.schema import lyrics, tracks
from knowledge.schema_sources import fetched_lyrics

OWN: tuple[LyricsSource, ...] = ("tag", "file")
"""The user's own; nothing ever takes their place."""
_STEP = 200


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a service gave for a recording."""

    source: LyricsSource
    state: str
    """"found", "none", "instrumental" or "refused"."""
    lyrics: Lyrics | None


class FetchedLyrics:
    """Keeps them. Safe to share between threads."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def keep(
        self, audio_hash: str, source: LyricsSource, found: Lyrics | None, *, state: str = ""
    ) -> None:
        """Keep what a service gave; None: that it has nothing. A refusal stays.

        Args:
            audio_hash: the recording.
            source: the service.
            found: the words.
            state: in place of "found" or "none".
        """
        row = {
            "source": source,
            "state": state or ("none" if found is None else "found"),
            "text": "" if found is None else found.text,
            "synced": found is not None and found.synced,
            "language": "" if found is None else found.language,
            "at": self._clock(),
        }
        with self._database.write() as connection:
            before = connection.execute(
                select(fetched_lyrics.c.state).where(fetched_lyrics.c.audio_hash == audio_hash)
            ).scalar()
            if before == "refused":
                return
            if before is None:
                connection.execute(fetched_lyrics.insert().values(audio_hash=audio_hash, **row))
            else:
                connection.execute(
                    fetched_lyrics.update()
                    .where(fetched_lyrics.c.audio_hash == audio_hash)
                    .values(**row)
                )
            self._use(connection, [audio_hash])

    def of(self, track_id: TrackId) -> Fetched | None:
        """What a service gave for a track, whether it is used or not."""
        with self._database.read() as connection:
            row = connection.execute(
                select(fetched_lyrics)
                .join(tracks, tracks.c.audio_hash == fetched_lyrics.c.audio_hash)
                .where(tracks.c.id == track_id)
            ).first()
        if row is None:
            return None
        found = Lyrics(row.text, bool(row.synced), row.language, row.source) if row.text else None
        return Fetched(row.source, row.state, found)

    def refuse(self, track_id: TrackId, *, refused: bool = True) -> bool:
        """Do not use what was fetched for a track, or use it after all; False: there is nothing."""
        with self._database.write() as connection:
            audio_hash = connection.execute(
                select(tracks.c.audio_hash).where(tracks.c.id == track_id)
            ).scalar()
            changed = connection.execute(
                fetched_lyrics.update()
                .where(
                    fetched_lyrics.c.audio_hash == audio_hash,
                    fetched_lyrics.c.state == ("found" if refused else "refused"),
                )
                .values(state="refused" if refused else "found")
            )
            if not changed.rowcount:
                return False
            if refused:
                shown = connection.execute(
                    select(lyrics.c.source).where(lyrics.c.track_id == track_id)
                ).scalar()
                if shown is not None and shown not in OWN:
                    remove_lyrics(connection, [track_id])
            elif audio_hash is not None:
                self._use(connection, [str(audio_hash)])
            bump(connection, LIBRARY_REVISION)
        return True

    def use(self) -> int:
        """Put what was fetched where a track has no words; return for how many tracks that was."""
        used = 0
        while True:
            with self._database.write() as connection:
                step = self._use(connection, None)
            used += step
            if step < _STEP:
                return used

    def count(self) -> dict[str, int]:
        """How many recordings are in each state."""
        with self._database.read() as connection:
            states = connection.execute(select(fetched_lyrics.c.state)).scalars()
            counts: dict[str, int] = {}
            for state in states:
                counts[state] = counts.get(state, 0) + 1
        return counts

    def _use(self, connection: Connection, audio_hashes: list[str] | None) -> int:
        wanted = (
            select(tracks.c.id, fetched_lyrics)
            .join(fetched_lyrics, fetched_lyrics.c.audio_hash == tracks.c.audio_hash)
            .outerjoin(lyrics, lyrics.c.track_id == tracks.c.id)
            .where(fetched_lyrics.c.state == "found", fetched_lyrics.c.text != "")
            .limit(_STEP)
        )
        if audio_hashes is None:
            wanted = wanted.where(lyrics.c.track_id.is_(None))
        else:  # what was fetched just now may be better than what was fetched before
            own = lyrics.c.source.in_(OWN)
            wanted = wanted.where(tracks.c.audio_hash.in_(audio_hashes), own.isnot(True))
        found = {
            row.id: Lyrics(row.text, bool(row.synced), row.language, row.source)
            for row in connection.execute(wanted)
        }
        if found:
            write_lyrics(connection, found, now=self._clock())
            bump(connection, LIBRARY_REVISION)
        return len(found)
