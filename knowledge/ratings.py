"""What one thinks of a track: liked, disliked, or nothing said. Everybody thinks for themselves."""

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from knowledge.database import Database
from knowledge.errors import NotInLibrary
from knowledge.models import PlayEventKind, TrackId
from knowledge.people.belonging import mine
from knowledge.schema import play_events, ratings, tracks


class Ratings:
    """Reads and writes ratings. Synchronous; each call is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def set(
        self,
        track_id: TrackId,
        liked: bool | None,
        *,
        at: datetime | None = None,
        session_id: str = "",
    ) -> None:
        """Like (True), dislike (False), or take the rating back (None).

        A change of mind also becomes a LIKE or DISLIKE line in the history, in the same
        transaction: callers need not record it again.

        Raises:
            NotInLibrary: no such track.
        """
        when = (at or datetime.now(UTC)).timestamp()
        with self._database.write() as connection:
            known = select(tracks.c.id).where(tracks.c.id == track_id)
            if connection.execute(known).first() is None:
                raise NotInLibrary("That track is not in the library.")
            this = mine(ratings) & (ratings.c.track_id == track_id)
            before = connection.execute(select(ratings.c.liked).where(this)).scalar()
            if before == liked:
                return
            if liked is None:
                connection.execute(delete(ratings).where(this))
                return
            rated = upsert(ratings).values(track_id=track_id, liked=liked, at=when)
            connection.execute(
                rated.on_conflict_do_update(
                    index_elements=["person_id", "track_id"], set_={"liked": liked, "at": when}
                )
            )
            kind = PlayEventKind.LIKE if liked else PlayEventKind.DISLIKE
            connection.execute(
                insert(play_events).values(
                    at=when, kind=kind.value, track_id=track_id, session_id=session_id
                )
            )

    def get(self, track_id: TrackId) -> bool | None:
        with self._database.read() as connection:
            return connection.execute(
                select(ratings.c.liked).where(mine(ratings), ratings.c.track_id == track_id)
            ).scalar()

    def of(self, track_ids: Sequence[TrackId]) -> dict[TrackId, bool]:
        """The ratings of these tracks, for those that have one. At most 5,000 at a time."""
        wanted = ratings.c.track_id.in_(track_ids[:5_000])
        with self._database.read() as connection:
            rows = connection.execute(
                select(ratings.c.track_id, ratings.c.liked).where(mine(ratings), wanted)
            )
            return {row.track_id: row.liked for row in rows}

    def liked_ids(self) -> tuple[TrackId, ...]:
        """All liked tracks, the newest like first."""
        return self._ids(liked=True)

    def disliked_ids(self) -> tuple[TrackId, ...]:
        """All disliked tracks, the newest first."""
        return self._ids(liked=False)

    def _ids(self, *, liked: bool) -> tuple[TrackId, ...]:
        newest_first = (ratings.c.at.desc(), ratings.c.track_id)
        statement = select(ratings.c.track_id).where(mine(ratings), ratings.c.liked == liked)
        with self._database.read() as connection:
            return tuple(connection.execute(statement.order_by(*newest_first)).scalars())
