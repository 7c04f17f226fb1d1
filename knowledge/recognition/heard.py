"""The log of what was heard around us, by whichever device, as opposed to what we played.

A song that goes on is one event that grows. Titles are kept as text, so an event outlives its
track, and what was unknown at first may get its name later.
"""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from knowledge.database import Database
from knowledge.errors import NotHeard
from knowledge.fingerprint.models import Certainty
from knowledge.folding import fold
from knowledge.models import Track
from knowledge.people.belonging import mine
from knowledge.queue import TrackLookup
from knowledge.recognition.models import Heard, HeardEvent, HeardId, HeardSource, Hearing, TuneId
from knowledge.schema import clips, heard, tracks, tunes

_GAP_S = 60.0
"""Heard again after no more than this, it is still the same event."""
_MOST = 1_000
"""No answer holds more events than this."""
_LONGEST_TEXT = 200
_LONGEST_S = 86_400.0
"""No event is taken to last longer than a day."""


class HeardLog:
    """Reads and writes the log. Synchronous; each call is one transaction.

    Everybody has a log of their own: what is read is that of the person for whom it is read.
    All times go in and come out with a time zone; they are kept in UTC.
    """

    def __init__(
        self, database: Database, catalog: TrackLookup, *, clock: Callable[[], float] = time.time
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._clock = clock

    def record(self, what: Heard, hearing: Hearing) -> HeardId:
        """Add an event, or let the last one go on when it is the same song at the same device."""
        start = self._start_of(what, hearing)
        end = start + what.clip_s
        with self._database.write() as connection:
            going_on = self._going_on(connection, what, hearing, start)
            if going_on is not None:
                connection.execute(_extension(going_on, what, start, end))
                return int(going_on.id)
            added = connection.execute(insert(heard).values(_row(what, hearing, start, end)))
            return int(added.inserted_primary_key[0])  # type: ignore[index]

    def get(self, heard_id: HeardId) -> HeardEvent:
        """Return one event.

        Raises:
            NotHeard: there is none of that id.
        """
        found = self._events(self._rows(heard.c.id == heard_id, limit=1))
        if not found:
            raise NotHeard("There is no such event in the log of what was heard.")
        return found[0]

    def between(
        self, start: datetime, end: datetime, *, limit: int = _MOST
    ) -> tuple[HeardEvent, ...]:
        """What was heard from `start` up to but not at `end`, oldest first.

        What began earlier but went on counts too. With more than `limit` the newest are given.
        """
        return tuple(reversed(self.search(start=start, end=end, limit=limit)))

    def last(self, n: int) -> tuple[HeardEvent, ...]:
        """The `n` newest events, newest first."""
        return self._events(self._rows(limit=n))

    def search(
        self,
        about: str = "",
        *,
        start: datetime | None = None,
        end: datetime | None = None,
        place: str = "",
        known: bool | None = None,
        limit: int = 100,
    ) -> tuple[HeardEvent, ...]:
        """What was heard, newest first.

        Args:
            about: words that the title, artist or album holds, spelled in any way.
            start: what was still heard then or later.
            end: what began before.
            place: part of the place or the device, spelled in any way.
            known: only what has a name, or only what has none.
            limit: how many events.
        """
        wanted: list[ColumnElement[bool]] = [
            heard.c.folded.contains(word, autoescape=True) for word in fold(about).split()
        ]
        if start is not None:
            since = _seconds(start)
            # The first condition lets the index on the time end the search.
            wanted += [heard.c.at >= since - _LONGEST_S, heard.c.ended_at >= since]
        if end is not None:
            wanted.append(heard.c.at < _seconds(end))
        if where := fold(place):
            wanted.append(heard.c.place_folded.contains(where, autoescape=True))
        if known is not None:
            wanted.append(heard.c.title != "" if known else heard.c.title == "")
        return self._events(self._rows(*wanted, limit=limit))

    def delete(self, heard_id: HeardId) -> None:
        """Forget one event, with the fingerprints of its clips.

        Raises:
            NotHeard: there is none of that id.
        """
        with self._database.write() as connection:
            gone = connection.execute(
                delete(heard).where(mine(heard), heard.c.id == heard_id)
            ).rowcount
            if not gone:
                raise NotHeard("There is no such event in the log of what was heard.")
            _drop_empty_tunes(connection)

    def delete_all(self) -> int:
        """Forget everything that was heard, and return how many events that were."""
        with self._database.write() as connection:
            count = connection.execute(delete(heard).where(mine(heard))).rowcount
            _drop_empty_tunes(connection)
            return count

    def _start_of(self, what: Heard, hearing: Hearing) -> float:
        return self._clock() - what.clip_s if hearing.at is None else _seconds(hearing.at)

    def _going_on(
        self, connection: Connection, what: Heard, hearing: Hearing, start: float
    ) -> Any | None:
        """The newest event of this device, when it is the same song and not over yet."""
        if not what.recording and what.tune_id is None:
            return None
        row = connection.execute(
            select(heard)
            .where(
                mine(heard),
                heard.c.device == _short(hearing.device),
                heard.c.place == _short(hearing.place),
                heard.c.at <= start + _GAP_S,
                heard.c.at >= start - _LONGEST_S,
            )
            .order_by(heard.c.at.desc(), heard.c.id.desc())
            .limit(1)
        ).first()
        if row is None or not row.ended_at - _LONGEST_S <= start <= row.ended_at + _GAP_S:
            return None
        same = row.recording == what.recording if what.recording else row.tune_id == what.tune_id
        return row if same else None

    def _rows(self, *wanted: ColumnElement[bool], limit: int) -> Sequence[Any]:
        statement = (
            select(heard)
            .where(mine(heard), *wanted)
            .order_by(heard.c.at.desc(), heard.c.id.desc())
            .limit(min(max(limit, 0), _MOST))
        )
        with self._database.read() as connection:
            return connection.execute(statement).all()

    def _events(self, rows: Sequence[Any]) -> tuple[HeardEvent, ...]:
        ids = [row.track_id for row in rows if row.track_id is not None]
        there = {track.id: track for track in self._catalog.tracks(list(dict.fromkeys(ids)))}
        return tuple(_event(row, there.get(row.track_id)) for row in rows)


def name_events(
    connection: Connection, tune_id: TuneId, *, title: str, artist: str, recording: str = ""
) -> int:
    """Give all events of an unknown tune the name that it got; return how many there were."""
    track_id = select(tracks.c.id).where(tracks.c.audio_hash == recording).scalar_subquery()
    return connection.execute(
        update(heard)
        .where(heard.c.tune_id == tune_id)
        .values(
            title=_short(title),
            artist=_short(artist),
            folded=fold(f"{title} {artist}"),
            recording=recording,
            track_id=track_id if recording else None,
            named_later=bool(title),
        )
    ).rowcount


def _row(what: Heard, hearing: Hearing, start: float, end: float) -> dict[str, object]:
    return {
        "at": start,
        "ended_at": end,
        "track_id": what.track_id,
        "title": _short(what.title),
        "artist": _short(what.artist),
        "folded": fold(f"{what.title} {what.artist} {what.album}"),
        "recording": what.recording,
        "source": hearing.source.value,
        "place": _short(hearing.place),
        "place_folded": fold(f"{hearing.place} {hearing.device}"),
        "device": _short(hearing.device),
        "certainty": what.certainty.value,
        "probability": what.probability,
        "offset_s": what.offset_s,
        "clip_s": what.clip_s,
        "session_id": hearing.session_id,
        "tune_id": what.tune_id,
        "named_later": False,
    }


def _extension(row: Any, what: Heard, start: float, end: float) -> Any:
    values: dict[str, object] = {"at": min(row.at, start), "ended_at": max(row.ended_at, end)}
    if what.probability > row.probability:
        values |= {"probability": what.probability, "certainty": what.certainty.value}
    if row.offset_s is None or start < row.at:
        values["offset_s"] = what.offset_s
    return update(heard).where(heard.c.id == row.id).values(values)


def _event(row: Any, track: Track | None) -> HeardEvent:
    return HeardEvent(
        id=row.id,
        at=datetime.fromtimestamp(row.at, UTC),
        ended_at=datetime.fromtimestamp(row.ended_at, UTC),
        track=track,
        title=row.title,
        artist=row.artist,
        source=HeardSource(row.source),
        place=row.place,
        device=row.device,
        certainty=Certainty(row.certainty),
        probability=row.probability,
        offset_s=row.offset_s,
        clip_s=row.clip_s,
        session_id=row.session_id,
        tune_id=row.tune_id,
        named_later=row.named_later,
    )


def _drop_empty_tunes(connection: Connection) -> None:
    """Unnamed tunes live by their clips."""
    kept = select(clips.c.tune_id).where(clips.c.tune_id.is_not(None))
    connection.execute(delete(tunes).where(tunes.c.title == "", tunes.c.id.not_in(kept)))


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST_TEXT]


def _seconds(at: datetime) -> float:
    if at.tzinfo is None:
        raise ValueError("A time in the log needs a time zone.")
    return at.timestamp()
