"""Tracks and rows for tests about queues, history and players."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from knowledge.database import Database
from knowledge.folding import fold
from knowledge.models import Track
from knowledge.schema import tracks as tracks_table


def track(track_id: int, title: str = "", *, duration_s: float = 200.0) -> Track:
    return Track(
        id=track_id,
        title=title or f"Track {track_id}",
        artists=(f"Artist {track_id}",),
        duration_s=duration_s,
    )


def tracks(count: int) -> tuple[Track, ...]:
    """Tracks 1 to `count`."""
    return tuple(track(number) for number in range(1, count + 1))


class FewTracks:
    """A catalogue of these tracks and no others; `forget` makes one missing."""

    def __init__(self, known: Sequence[Track] = ()) -> None:
        self._known = {each.id: each for each in known}

    def tracks(self, ids: Sequence[int]) -> tuple[Track, ...]:
        return tuple(self._known[each] for each in ids if each in self._known)

    def forget(self, track_id: int) -> None:
        del self._known[track_id]


def store_tracks(database: Database, known: Sequence[Track]) -> FewTracks:
    """Put the tracks into the library, so that other tables may name them."""
    with database.write() as connection:
        for each in known:
            connection.execute(
                insert(tracks_table).values(
                    id=each.id,
                    audio_hash=f"{each.id:064x}",
                    title=each.title,
                    folded=fold(each.title),
                    artist=each.artist,
                    artist_folded=fold(each.artist),
                    duration_s=each.duration_s,
                    added_at=0.0,
                )
            )
    return FewTracks(known)


class Clock:
    """A clock and a stopwatch that stand still until told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
        self.seconds = 0.0

    def __call__(self) -> datetime:
        return self.now

    def stopwatch(self) -> float:
        return self.seconds

    def pass_time(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        self.seconds += seconds
