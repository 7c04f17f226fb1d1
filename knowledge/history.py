"""The timed log of what was played, skipped, liked and heard.

Lines are only ever added; the one thing that changes later is how long a track sounded, which
nobody knows when it begins.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, case, func, insert, or_, select, update

from knowledge.database import Database
from knowledge.folding import fold
from knowledge.models import PlayEvent, PlayEventKind, Track, TrackId
from knowledge.people.belonging import mine
from knowledge.people.current import HOUSEHOLD, PersonId, current_person
from knowledge.queue import TrackLookup
from knowledge.schema import albums as albums_table
from knowledge.schema import artists as artists_table
from knowledge.schema import play_events, track_artists, tracks
from knowledge.schema_people import people

PLAYED = frozenset({PlayEventKind.PLAY})
"""What "played" means when nobody says otherwise: it began to sound."""

_MOST = 1_000
"""No answer holds more events than this."""

_LONGEST_S = 86_400.0
"""No track is taken to sound for longer than a day."""


class History:
    """Reads and writes the log. Synchronous; each call is one transaction.

    Everybody has a log of their own: what is read is that of the person for whom it is read.
    All times go in and come out with a time zone; they are kept in UTC.
    """

    def __init__(self, database: Database, catalog: TrackLookup) -> None:
        self._database = database
        self._catalog = catalog

    def record(
        self,
        kind: PlayEventKind,
        track_id: TrackId,
        *,
        at: datetime,
        played_s: float = 0.0,
        player: str = "",
        session_id: str = "",
        person: PersonId | None = None,
    ) -> int:
        """Add a line and return its id. The track must exist, though it may be missing.

        Args:
            kind: what happened.
            track_id: to which track.
            at: when.
            played_s: for how long it sounded.
            player: where.
            session_id: the conversation that it came from.
            person: whose line it is, where that is not for whom this code runs.
        """
        whose = current_person() if person is None else person
        with self._database.write() as connection:
            if whose != HOUSEHOLD:  # who wanted it may be gone while it still sounds
                known = connection.execute(select(people.c.id).where(people.c.id == whose))
                whose = HOUSEHOLD if known.first() is None else whose
            added = connection.execute(
                insert(play_events).values(
                    at=_seconds(at),
                    kind=kind.value,
                    track_id=track_id,
                    played_s=played_s,
                    player=player,
                    session_id=session_id,
                    person_id=whose,
                )
            )
            return int(added.inserted_primary_key[0])  # type: ignore[index]

    def update_played(self, event_id: int, played_s: float) -> None:
        """Say how long the track of this line has sounded by now, in seconds."""
        with self._database.write() as connection:
            connection.execute(
                update(play_events).where(play_events.c.id == event_id).values(played_s=played_s)
            )

    def between(
        self,
        start: datetime,
        end: datetime,
        kinds: Collection[PlayEventKind] | None = None,
        *,
        limit: int = _MOST,
    ) -> tuple[PlayEvent, ...]:
        """What happened from `start` up to but not at `end`, oldest first; PLAY events by default.

        A track that began before `start` but still sounded then counts too. With more than
        `limit` events the newest ones are given.
        """
        since, until = _seconds(start), _seconds(end)
        rows = self._rows(
            play_events.c.at < until,
            play_events.c.at >= since - _LONGEST_S,  # lets the index on the time end the search
            or_(play_events.c.at >= since, play_events.c.at + play_events.c.played_s > since),
            kinds=kinds,
            limit=limit,
        )
        return self._events(reversed(rows))

    def last(self, n: int, kinds: Collection[PlayEventKind] | None = None) -> tuple[PlayEvent, ...]:
        """The `n` newest events, newest first; PLAY events by default."""
        return self._events(self._rows(kinds=kinds, limit=n))

    def played(
        self,
        about: str = "",
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        limit: int = 20,
    ) -> tuple[PlayEvent, ...]:
        """What was played: when, and of what; newest first.

        `about` is part of a title, an artist or an album, spelled in any way (`fold`); empty
        means anything.
        """
        wanted: list[ColumnElement[bool]] = []
        if about.strip():
            wanted.append(play_events.c.track_id.in_(self._ids_about(about)))
        if start is not None:
            wanted.append(play_events.c.at >= _seconds(start))
        if end is not None:
            wanted.append(play_events.c.at < _seconds(end))
        return self._events(self._rows(*wanted, kinds=PLAYED, limit=limit))

    def play_counts(self) -> dict[TrackId, int]:
        """How often each track was played and not skipped, for all that ever were."""
        counted = func.sum(
            case(
                (play_events.c.kind == PlayEventKind.PLAY.value, 1),
                (play_events.c.kind == PlayEventKind.SKIP.value, -1),
                else_=0,
            )
        )
        with self._database.read() as connection:
            rows = connection.execute(
                select(play_events.c.track_id, counted)
                .where(mine(play_events))
                .group_by(play_events.c.track_id)
            ).all()
        return {track_id: int(count) for track_id, count in rows if count > 0}

    def last_played(self, track_id: TrackId) -> datetime | None:
        """When this track began to sound last, in UTC."""
        with self._database.read() as connection:
            at = connection.execute(
                select(func.max(play_events.c.at)).where(
                    mine(play_events),
                    play_events.c.track_id == track_id,
                    play_events.c.kind == PlayEventKind.PLAY.value,
                )
            ).scalar()
        return None if at is None else datetime.fromtimestamp(at, UTC)

    def _rows(
        self, *wanted: ColumnElement[bool], kinds: Collection[PlayEventKind] | None, limit: int
    ) -> Sequence[Any]:
        statement = (
            select(play_events)
            .where(
                mine(play_events),
                play_events.c.kind.in_([kind.value for kind in kinds or PLAYED]),
                *wanted,
            )
            .order_by(play_events.c.at.desc(), play_events.c.id.desc())
            .limit(min(max(limit, 0), _MOST))
        )
        with self._database.read() as connection:
            return connection.execute(statement).all()

    def _events(self, rows: Iterable[Any]) -> tuple[PlayEvent, ...]:
        kept = list(rows)
        tracks_of = self._tracks(list(dict.fromkeys(row.track_id for row in kept)))
        return tuple(
            PlayEvent(
                id=row.id,
                at=datetime.fromtimestamp(row.at, UTC),
                kind=PlayEventKind(row.kind),
                track=tracks_of[row.track_id],
                played_s=row.played_s,
                player=row.player,
                session_id=row.session_id,
            )
            for row in kept
        )

    def _tracks(self, ids: Sequence[TrackId]) -> dict[TrackId, Track]:
        """The tracks by id; what left the library since is still known by name."""
        found = {track.id: track for track in self._catalog.tracks(ids)}
        gone = [each for each in ids if each not in found]
        if gone:
            with self._database.read() as connection:
                rows = connection.execute(select(tracks).where(tracks.c.id.in_(gone))).all()
            for row in rows:
                found[row.id] = Track(
                    id=row.id,
                    title=row.title,
                    artists=(row.artist,),
                    year=row.year,
                    duration_s=row.duration_s,
                    codec=row.codec,
                )
        return found

    def _ids_about(self, about: str) -> Any:
        words = fold(about)
        by_artist = (
            select(track_artists.c.track_id)
            .join(artists_table, artists_table.c.id == track_artists.c.artist_id)
            .where(artists_table.c.folded.contains(words, autoescape=True))
        )
        by_album = (
            select(tracks.c.id)
            .join(albums_table, albums_table.c.id == tracks.c.album_id)
            .where(albums_table.c.folded.contains(words, autoescape=True))
        )
        by_title = select(tracks.c.id).where(tracks.c.folded.contains(words, autoescape=True))
        return by_title.union(by_artist, by_album)


def _seconds(at: datetime) -> float:
    if at.tzinfo is None:
        raise ValueError("A time in the history needs a time zone.")
    return at.timestamp()
