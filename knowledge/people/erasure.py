"""Erase everything that is kept of one person, for good.

It is begun by a note in the database and ends by taking that note out: a kill in between loses
nothing, and the next start goes on. Every step may be done twice. What is deleted is overwritten:
SQLite leaves it in free pages, in the log beside the file, and in pages that other rows share, so
the file is written anew in the end.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, false, select, update
from sqlalchemy.exc import OperationalError

from knowledge.database import Database
from knowledge.errors import KnowledgeError
from knowledge.folding import fold
from knowledge.people.archive import keys_of, streams_in
from knowledge.people.current import HOUSEHOLD, PersonId
from knowledge.people.errors import ErasureUnfinished, NoSuchPerson
from knowledge.people.ownership import Rule, belonging, queues, rows_of, rule_of
from knowledge.revision import ERASURES, MELODY_REVISION, bump
from knowledge.schema import clips, metadata, sessions, settings
from knowledge.schema_people import people

_LOG = logging.getLogger(__name__)
_NOTE = "erasing."
_AUDIO = "unknown-audio"
_TRIES = 20
_BUSY_MS = 500
_BETWEEN_S = 0.25
"""Somebody who reads just now keeps the file from being written anew; they are soon done."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased."""

    person: PersonId
    rows: int


class Erasure:
    """Erases people. Synchronous; takes as long as writing the library file anew."""

    def __init__(
        self,
        database: Database,
        data: Path,
        *,
        tries: int = _TRIES,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare.

        Args:
            database: the library.
            data: folder of the installation, with the files beside it.
            tries: how often to try to write the file anew.
            sleep: waits while somebody else holds the file.
        """
        self._database = database
        self._data = data
        self._tries = tries
        self._sleep = sleep

    def begin(self, person: PersonId) -> None:
        """Note that somebody is to be erased: from now on it will be done, whatever happens.

        Raises:
            NoSuchPerson: nobody has this id.
        """
        with self._database.write() as connection:
            known = select(people.c.id).where(people.c.id == person)
            if connection.execute(known).first() is None:
                raise NoSuchPerson(f"There is nobody with the id {person}.")
            connection.execute(delete(settings).where(settings.c.key == _note(person)))
            connection.execute(settings.insert().values(key=_note(person), value=int(person)))

    def erase(self, person: PersonId) -> Erased:
        """Erase everything of a person. The household stays, empty; anybody else is gone.

        Raises:
            NoSuchPerson: nobody has this id.
            ErasureUnfinished: the file could not be overwritten yet; the next start goes on.
        """
        self.begin(person)
        return self._finish(person)

    def unfinished(self) -> tuple[PersonId, ...]:
        """Those whose erasure was begun and not ended."""
        noted = select(settings.c.value).where(settings.c.key.startswith(_NOTE, autoescape=True))
        with self._database.read() as connection:
            return tuple(PersonId(int(value)) for value in connection.execute(noted).scalars())

    def resume(self) -> tuple[Erased, ...]:
        """Go on with what was begun; what cannot be ended yet is left to the next time."""
        ended = []
        for person in self.unfinished():
            try:
                ended.append(self._finish(person))
            except KnowledgeError as error:
                _LOG.warning("%s", error)
        return tuple(ended)

    def _finish(self, person: PersonId) -> Erased:
        rows = self._erase_rows(person)
        self._erase_files(person)
        self._overwrite()
        with self._database.write() as connection:
            connection.execute(delete(settings).where(settings.c.key == _note(person)))
        return Erased(person, rows)

    def _erase_rows(self, person: PersonId) -> int:
        """All rows, in one transaction."""
        count = 0
        with self._database.write() as connection:
            name = connection.execute(select(people.c.name).where(people.c.id == person)).scalar()
            for table in reversed(belonging(metadata)):
                theirs = rows_of(table, person)
                if rule_of(table) is Rule.LOG:
                    told = table.c.what.contains(name, autoescape=True) if name else false()
                    nobody = {"who": "", "person_id": None, "address": "", "client": ""}
                    connection.execute(update(table).where(theirs | told).values(what=""))
                    connection.execute(update(table).where(theirs).values(nobody))
                    continue
                count += connection.execute(delete(table).where(theirs)).rowcount
            _leave_queue(connection, person)
            if name:
                _leave_conversations(connection, name)
            if person != HOUSEHOLD:
                connection.execute(delete(people).where(people.c.id == person))
            bump(connection, ERASURES)
            bump(connection, MELODY_REVISION)
        return count

    def _erase_files(self, person: PersonId) -> None:
        """Sound whose clip is gone, keys of accounts, and the streams that were listened to."""
        for key in (self._data / "keys").glob(f"*-{person}.json"):
            key.unlink(missing_ok=True)
        folder = self._data / _AUDIO
        if folder.is_dir():
            with self._database.read() as connection:
                kept = select(clips.c.audio).where(clips.c.audio != "")
                named = set(connection.execute(kept).scalars())
            for file in folder.iterdir():
                if file.name not in named:
                    file.unlink(missing_ok=True)
        for key in keys_of(self._data, person):
            key.unlink(missing_ok=True)
        noted = streams_in(self._data)
        left = [one for one in noted if one.get("person", HOUSEHOLD) != person]
        if len(left) != len(noted):
            path = self._data / "monitors.json"
            fresh = path.with_suffix(".new")
            fresh.touch(mode=0o600)
            fresh.write_text(json.dumps(left), "utf-8")
            fresh.replace(path)

    def _overwrite(self) -> None:
        """Let nothing of what was deleted stay in the file or in the log beside it."""
        if self._database.engine.dialect.name != "sqlite":
            return  # PostgreSQL writes its tables anew by itself, and has no file of ours
        for last in (False,) * (self._tries - 1) + (True,):
            try:
                self._write_anew()
            except (OperationalError, _StillRead) as error:
                if last:
                    raise ErasureUnfinished(
                        "Everything of that person is deleted, but somebody reads the library, so "
                        "that what is left in its file could not be overwritten yet."
                    ) from error
                self._sleep(_BETWEEN_S)
            else:
                return

    def _write_anew(self) -> None:
        with self._database.engine.connect() as connection:
            connection.detach()  # nobody else gets it with these settings
            _execute(connection, f"PRAGMA busy_timeout = {_BUSY_MS}")
            _execute(connection, "PRAGMA secure_delete = ON")
            _execute(connection, "VACUUM")
            busy, *_ = _execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
            if busy:
                raise _StillRead


class _StillRead(Exception):
    """Somebody reads what is to be overwritten."""


def _note(person: PersonId) -> str:
    return f"{_NOTE}{person}"


def _execute(connection: Connection, statement: str) -> tuple[Any, ...]:
    result = connection.exec_driver_sql(statement)
    return tuple(result.first() or ()) if result.returns_rows else ()


def _leave_queue(connection: Connection, person: PersonId) -> None:
    """What was queued plays on, for nobody in particular; what was before is not kept."""
    for table in queues(metadata):
        key = list(table.primary_key.columns)
        for row in connection.execute(select(table)).all():
            changed = [
                [item_id, track_id] if whose == [person] else [item_id, track_id, *whose]
                for item_id, track_id, *whose in row.items
            ]
            if changed != row.items:
                this = [column == row._mapping[column.name] for column in key]  # noqa: SLF001
                connection.execute(update(table).where(*this).values(items=changed))


def _leave_conversations(connection: Connection, name: str) -> None:
    """Take the thread of somebody out of conversations at devices that all use."""
    shared = select(sessions).where(sessions.c.person_id == HOUSEHOLD)
    for row in connection.execute(shared).all():
        state = dict(row.state) if isinstance(row.state, dict) else {}
        threads = state.get("threads") or {}
        spoke = fold(str(state.get("speaker", ""))) == fold(name)
        left = {one: thread for one, thread in threads.items() if fold(one) != fold(name)}
        if spoke or len(left) != len(threads):
            changed = {**state, "threads": left, "speaker": "" if spoke else state["speaker"]}
            connection.execute(
                update(sessions)
                .where(sessions.c.person_id == HOUSEHOLD, sessions.c.id == row.id)
                .values(state=changed)
            )
