"""Tunes that were heard and that the library does not have: found again, named, forgotten."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Select, case, delete, func, insert, select, update

from knowledge.database import Database
from knowledge.errors import NotHeard, NotInLibrary
from knowledge.models import Track, TrackId
from knowledge.people.belonging import mine
from knowledge.queue import TrackLookup
from knowledge.recognition.heard import name_events
from knowledge.recognition.models import Tune, TuneId
from knowledge.schema import clips, heard, tracks, tunes

_MOST = 1_000
_LONGEST_NAME = 200


class Tunes:
    """Reads and names the unknown tunes of a person. Each call is one transaction."""

    def __init__(self, database: Database, catalog: TrackLookup) -> None:
        self._database = database
        self._catalog = catalog

    def all(self, *, named: bool | None = None, limit: int = 100) -> tuple[Tune, ...]:
        """Return tunes, the last heard first.

        Args:
            named: only those that have a name, or only those that have none.
            limit: how many.
        """
        query = select(tunes).where(mine(tunes)).order_by(tunes.c.last_at.desc(), tunes.c.id.desc())
        if named is not None:
            has_name = (tunes.c.title != "") | (tunes.c.recording != "")
            query = query.where(has_name if named else ~has_name)
        return self._read(query.limit(min(max(limit, 0), _MOST)))

    def get(self, tune_id: TuneId) -> Tune:
        """Return one tune.

        Raises:
            NotHeard: there is none of that id.
        """
        found = self._read(select(tunes).where(mine(tunes), tunes.c.id == tune_id))
        if not found:
            raise NotHeard("There is no such unknown tune.")
        return found[0]

    def name(
        self, tune_id: TuneId, *, title: str = "", artist: str = "", track_id: TrackId | None = None
    ) -> Tune:
        """Say what a tune is: a track of the library, or a title in words.

        All events of the log that were this tune get the name, and it is known from now on.

        Raises:
            NotHeard: there is no such tune.
            NotInLibrary: there is no such track.
        """
        recording = ""
        if track_id is not None:
            track, recording = self._track(track_id)
            title, artist = track.title, track.artist
        self.get(tune_id)
        with self._database.write() as connection:
            give_name(connection, tune_id, title=title, artist=artist, recording=recording)
        return self.get(tune_id)

    def delete(self, tune_id: TuneId) -> None:
        """Forget a tune and its clips; the log keeps that something was heard.

        Raises:
            NotHeard: there is none of that id.
        """
        with self._database.write() as connection:
            this = mine(tunes) & (tunes.c.id == tune_id)
            if not connection.execute(delete(tunes).where(this)).rowcount:
                raise NotHeard("There is no such unknown tune.")

    def delete_all(self) -> int:
        """Forget all tunes that have no name, and return how many those were."""
        unnamed = (tunes.c.title == "") & (tunes.c.recording == "")
        with self._database.write() as connection:
            return connection.execute(delete(tunes).where(mine(tunes), unnamed)).rowcount

    def _track(self, track_id: TrackId) -> tuple[Track, str]:
        found = self._catalog.tracks((track_id,))
        if not found:
            raise NotInLibrary(f"There is no track number {track_id} in the library.")
        with self._database.read() as connection:
            query = select(tracks.c.audio_hash).where(tracks.c.id == track_id)
            return found[0], str(connection.execute(query).scalar_one())

    def _read(self, query: Select[Any]) -> tuple[Tune, ...]:
        with self._database.read() as connection:
            rows = connection.execute(query).all()
            ids = [row.id for row in rows]
            kept = _counts(connection, ids)
            places: dict[int, dict[str, None]] = {}
            events: dict[int, int] = {}
            seen = select(heard.c.tune_id, heard.c.place).where(heard.c.tune_id.in_(ids))
            for tune_id, place in connection.execute(seen.order_by(heard.c.at)):
                events[tune_id] = events.get(tune_id, 0) + 1
                if place:
                    places.setdefault(tune_id, {})[place] = None
            hashes = {row.recording for row in rows if row.recording}
            found = connection.execute(
                select(tracks.c.audio_hash, tracks.c.id).where(tracks.c.audio_hash.in_(hashes))
            ).all()
        track_ids = {row.audio_hash: row.id for row in found}
        there = {track.id: track for track in self._catalog.tracks(list(track_ids.values()))}
        return tuple(
            Tune(
                id=row.id,
                title=row.title,
                artist=row.artist,
                track=there.get(track_ids.get(row.recording, -1)),
                clips=kept.get(row.id, (0, False))[0],
                heard=events.get(row.id, 0),
                first_at=datetime.fromtimestamp(row.first_at, UTC),
                last_at=datetime.fromtimestamp(row.last_at, UTC),
                places=tuple(places.get(row.id, {})),
                has_audio=kept.get(row.id, (0, False))[1],
            )
            for row in rows
        )


def new_tune(
    connection: Connection, at: float, *, title: str = "", artist: str = "", recording: str = ""
) -> TuneId:
    """Add a tune within a transaction and return its id."""
    added = connection.execute(
        insert(tunes).values(
            title=_short(title),
            artist=_short(artist),
            recording=recording,
            first_at=at,
            last_at=at,
        )
    )
    return int(added.inserted_primary_key[0])  # type: ignore[index]


def give_name(
    connection: Connection, tune_id: TuneId, *, title: str, artist: str, recording: str = ""
) -> None:
    """Name a tune and its events within a transaction.

    Raises:
        NotHeard: there is no such tune.
    """
    changed = connection.execute(
        update(tunes)
        .where(tunes.c.id == tune_id)
        .values(title=_short(title), artist=_short(artist), recording=recording)
    ).rowcount
    if not changed:
        raise NotHeard("There is no such unknown tune.")
    name_events(connection, tune_id, title=title, artist=artist, recording=recording)


def heard_again(connection: Connection, tune_id: TuneId, at: float) -> int:
    """Note within a transaction that a tune was heard; return how many events it was before."""
    connection.execute(
        update(tunes)
        .where(tunes.c.id == tune_id)
        .values(
            first_at=case((tunes.c.first_at < at, tunes.c.first_at), else_=at),
            last_at=case((tunes.c.last_at > at, tunes.c.last_at), else_=at),
        )
    )
    query = select(func.count()).select_from(heard).where(heard.c.tune_id == tune_id)
    return int(connection.execute(query).scalar_one())


def _counts(connection: Connection, ids: Sequence[int]) -> dict[int, tuple[int, bool]]:
    query = (
        select(clips.c.tune_id, func.count(), func.max(clips.c.audio))
        .where(clips.c.tune_id.in_(ids))
        .group_by(clips.c.tune_id)
    )
    return {row[0]: (int(row[1]), bool(row[2])) for row in connection.execute(query)}


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_NAME]
