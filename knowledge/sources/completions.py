"""What services say about recordings, kept beside what the user's tags say.

Nothing here ever changes what a tag says. Where no tag says a year and no file has a cover, what a
service says is shown and searched instead, marked as such; a new scan of the file puts its own tags
first again. Each thing that a service says can be refused, and is then never used again.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, func, or_, select, update

from knowledge.catalog_rows import refresh_albums
from knowledge.database import Database
from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.revision import LIBRARY_REVISION, bump
from knowledge.schema import tracks
from knowledge.schema_sources import completions
from knowledge.sources.recordings import Recording, recording_of

CompletionState = Literal["offered", "refused"]
FILLS = {"year": "year", "cover": "cover_id"}
"""The fields that may stand in for what the user's files lack, and their columns."""
_LIKELY = 0.7
"""From this certainty on a completion stands in."""
_STEP = 200


@dataclass(frozen=True, slots=True)
class Completion:
    """One thing that a service says of a recording."""

    source: str
    field: str
    value: str
    certainty: float
    state: CompletionState
    own: str
    """What the user's tags say of it; empty when they say nothing."""
    in_use: bool
    """Whether it is shown in place of what the tags lack."""

    @property
    def agrees(self) -> bool:
        """Whether the tags say the same."""
        return bool(self.own) and fold(self.own) == fold(self.value)


class Completions:
    """Keeps them. Safe to share between threads."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def keep(
        self, audio_hash: str, source: str, values: Mapping[str, str], *, certainty: float
    ) -> None:
        """Keep what a service says, by field, in place of what it said before.

        What the user refused stays refused, unless the service now says something else.
        """
        now = self._clock()
        with self._database.write() as connection:
            before = {
                row.field: row
                for row in connection.execute(
                    select(completions).where(
                        completions.c.audio_hash == audio_hash, completions.c.source == source
                    )
                )
            }
            for field, value in values.items():
                known = before.get(field)
                refused = known is not None and known.state == "refused" and known.value == value
                row = {
                    "value": value,
                    "certainty": certainty,
                    "state": "refused" if refused else "offered",
                    "at": now,
                }
                key = {"audio_hash": audio_hash, "source": source, "field": field}
                if known is None:
                    connection.execute(completions.insert().values(**key, **row))
                else:
                    connection.execute(update(completions).where(_is(key)).values(**row))
            self._fill(connection, [audio_hash])

    def of(self, track_id: TrackId) -> tuple[Completion, ...]:
        """Everything that services say of a track."""
        with self._database.read() as connection:
            recording = recording_of(connection, track_id)
            if recording is None:
                return ()
            rows = connection.execute(
                select(completions)
                .where(completions.c.audio_hash == recording.audio_hash)
                .order_by(completions.c.source, completions.c.field)
            ).all()
        return tuple(_completion(row, recording) for row in rows)

    def values(self, audio_hash: str, source: str) -> dict[str, str]:
        """What one service says of a recording, by field, without what was refused."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(completions.c.field, completions.c.value).where(
                    completions.c.audio_hash == audio_hash,
                    completions.c.source == source,
                    completions.c.state == "offered",
                )
            )
            return {row.field: row.value for row in rows}

    def refuse(self, track_id: TrackId, source: str, field: str, *, refused: bool = True) -> bool:
        """Never use one of them again, or use it after all; False: there is no such thing."""
        with self._database.write() as connection:
            recording = recording_of(connection, track_id)
            if recording is None:
                return False
            key = {"audio_hash": recording.audio_hash, "source": source, "field": field}
            changed = connection.execute(
                update(completions)
                .where(_is(key))
                .values(state="refused" if refused else "offered", at=self._clock())
            )
            if not changed.rowcount:
                return False
            if refused:
                _empty(connection, recording, source, field)
            self._fill(connection, [recording.audio_hash])
            bump(connection, LIBRARY_REVISION)
        return True

    def count(self, source: str) -> int:
        """Of how many recordings a service says something."""
        with self._database.read() as connection:
            found = connection.execute(
                select(func.count(completions.c.audio_hash.distinct())).where(
                    completions.c.source == source
                )
            )
            return int(found.scalar_one())

    def fill(self) -> int:
        """Let completions stand in where tags say nothing; return for how many tracks."""
        filled = 0
        while True:
            with self._database.write() as connection:
                step = self._fill(connection, None)
            filled += step
            if step < _STEP:
                return filled

    def _fill(self, connection: Connection, audio_hashes: Sequence[str] | None) -> int:
        lacks = or_(
            *[
                (completions.c.field == field) & tracks.c[column].is_(None)
                for field, column in FILLS.items()
            ]
        )
        wanted = (
            select(tracks.c.id, tracks.c.album_id, tracks.c.guessed, completions)
            .join(completions, completions.c.audio_hash == tracks.c.audio_hash)
            .where(
                lacks,
                completions.c.state == "offered",
                completions.c.certainty >= _LIKELY,
                completions.c.value != "",
            )
            .order_by(tracks.c.id, completions.c.field, completions.c.certainty.desc())
            .limit(_STEP)
        )
        if audio_hashes is not None:
            wanted = wanted.where(tracks.c.audio_hash.in_(audio_hashes))
        filled: dict[TrackId, dict[str, Any]] = {}
        albums: set[int] = set()
        for row in connection.execute(wanted):
            column, value = FILLS[row.field], _typed(row.field, row.value)
            values = filled.setdefault(row.id, {"guessed": list(row.guessed)})
            if value is not None and column not in values:
                values[column] = value
                values["guessed"] = sorted({*values["guessed"], mark(row.source, row.field)})
                albums |= {row.album_id} if row.album_id else set()
        filled = {track_id: values for track_id, values in filled.items() if len(values) > 1}
        for track_id, values in filled.items():
            connection.execute(update(tracks).where(tracks.c.id == track_id).values(**values))
        if filled:
            refresh_albums(connection, albums)
            bump(connection, LIBRARY_REVISION)
        return len(filled)


def mark(source: str, field: str) -> str:
    """How `Track.guessed` says that a field comes from a service: "musicbrainz:year"."""
    return f"{source}:{field}"


def _empty(connection: Connection, recording: Recording, source: str, field: str) -> None:
    """Take a completion out of the track, if it is what stands there."""
    if mark(source, field) not in recording.guessed or field not in FILLS:
        return
    connection.execute(
        update(tracks)
        .where(tracks.c.id == recording.track_id)
        .values({FILLS[field]: None, "guessed": sorted(recording.guessed - {mark(source, field)})})
    )
    album_id = connection.execute(
        select(tracks.c.album_id).where(tracks.c.id == recording.track_id)
    ).scalar()
    if album_id is not None:
        refresh_albums(connection, {album_id})


def _completion(row: Row[Any], recording: Recording) -> Completion:
    in_use = mark(row.source, row.field) in recording.guessed
    return Completion(
        source=row.source,
        field=row.field,
        value=row.value,
        certainty=row.certainty,
        state=row.state,
        own="" if in_use else _own(recording, row.field),
        in_use=in_use,
    )


def _own(recording: Recording, field: str) -> str:
    own = {
        "title": recording.title,
        "artist": recording.artist,
        "album": recording.album,
        "album_artist": recording.album_artist,
        "year": str(recording.year or ""),
        "cover": recording.cover_id or "",
    }
    return "" if field in recording.guessed else own.get(field, "")


def _typed(field: str, value: str) -> int | str | None:
    if field == "year":
        return int(value) if value.isdecimal() and len(value) == 4 else None
    return value


def _is(key: Mapping[str, str]) -> Any:
    return (
        (completions.c.audio_hash == key["audio_hash"])
        & (completions.c.source == key["source"])
        & (completions.c.field == key["field"])
    )
