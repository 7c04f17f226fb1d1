"""Everything that is kept of one person, as a ZIP that is made while it is sent.

What anybody can read: a README, JSON lines for each kind of thing, times as ISO 8601, tracks with
their names. Passwords, tokens and their hashes are left out, since whoever has the archive would
have the access as well.
"""

import base64
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Row, Table, select, tuple_

from knowledge.database import Database
from knowledge.melody.rows import unpack_lines
from knowledge.people.current import HOUSEHOLD, PersonId
from knowledge.people.ownership import belonging, queues, rows_of
from knowledge.schema import metadata, tracks
from knowledge.schema_people import people

_AT_ONCE = 500
"""Rows in one look at the database: what is exported is never in memory at once."""
_PIECE = 64 * 1024
_SECRET = re.compile(r"(_hash|_code|password|secret|token|sealed|challenge)", re.IGNORECASE)
_TIME = re.compile(r"(^|_)at$")
_AUDIO = "unknown-audio"
_WHAT = {
    "play_events": "what was played, skipped and liked, and when",
    "ratings": "what you like and dislike now",
    "taste_rules": "what you said about your taste, in your words",
    "person_settings": "what you allowed, and small facts",
    "heard": "what was recognised around you, when and where",
    "tunes": "tunes that had no name when they were heard",
    "clips": "fingerprints of clips that you let be recognised (base64)",
    "clip_rejections": "what a clip was not, as you said",
    "hums": "what you hummed, as notes (onset_s, duration_s, pitch, confidence)",
    "sessions": "your conversations",
    "playlists": "your playlists",
    "playlist_items": "the tracks in them",
    "smart_playlists": "the rules of those that fill themselves",
    "timers": "sleep timers and alarms that are set",
    "timer_news": "what became of them",
    "offers": "what was recommended to you, and why",
    "imports": "listening histories that you took in",
    "imported_listens": "the listens in them",
    "scrobbles": "plays that other services were told of, or are still to be told of",
    "audit": "what you did that was written down for safety",
    "logins": "where you are logged in",
    "app_passwords": "names of your app passwords; the passwords are not in here",
    "oauth_grants": "programs that you let in",
}


class PersonArchive:
    """Reads all that belongs to a person. Synchronous; each look at the database is short."""

    def __init__(self, database: Database, data: Path, *, version: str = "") -> None:
        """Prepare to read.

        Args:
            database: the library.
            data: folder of the installation, with the files beside it.
            version: of the program, for the manifest.
        """
        self._database = database
        self._data = data
        self._version = version

    def pieces(self, person: PersonId) -> Iterator[bytes]:
        """The ZIP file, piece by piece."""
        out = _Out()
        listed: list[dict[str, Any]] = []
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            yield from _written(archive, out, "README.txt", iter([_readme().encode()]))
            for name, what, values in self._parts(person):
                count = [0]
                yield from _written(archive, out, name, _lines(values, count))
                listed.append({"file": name, "what": what, "entries": count[0]})
            for sound in self._sounds(person):
                name = f"sounds/{sound.name}"
                yield from _written(archive, out, name, _content(sound))
                listed.append({"file": name, "what": "a clip that you had kept", "entries": 1})
            manifest = {
                "format": "refrain-person/1",
                "program": f"Refrain {self._version}".strip(),
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "person": self._name(person),
                "household": person == HOUSEHOLD,
                "files": listed,
            }
            text = json.dumps(manifest, ensure_ascii=False, indent=2)
            yield from _written(archive, out, "manifest.json", iter([text.encode()]))
        yield out.take()

    def _parts(self, person: PersonId) -> Iterator[tuple[str, str, Iterator[dict[str, Any]]]]:
        yield "person.jsonl", "who you are here", self._rows(people, person)
        for table in belonging(metadata):
            what = _WHAT.get(table.name, table.name.replace("_", " "))
            yield f"{table.name}.jsonl", what, self._rows(table, person)
        yield "queue.jsonl", "what stands in the queue because you wanted it", self._queued(person)
        accounts = self._accounts(person)
        yield "accounts.jsonl", "your accounts at other services, without their keys", accounts
        streams = self._monitors(person)
        yield "streams.jsonl", "radio streams that are listened to for you", streams

    def _rows(self, table: Table, person: PersonId) -> Iterator[dict[str, Any]]:
        keys = list(table.primary_key.columns)
        mine = select(table).where(rows_of(table, person)).order_by(*keys).limit(_AT_ONCE)
        after: tuple[Any, ...] | None = None
        while True:
            page = mine if after is None else mine.where(tuple_(*keys) > tuple_(*after))
            with self._database.read() as connection:
                rows = connection.execute(page).all()
            named = self._named([row.track_id for row in rows] if "track_id" in table.c else ())
            for row in rows:
                yield _told(table, row, named)
            if len(rows) < _AT_ONCE:
                return
            after = tuple(rows[-1]._mapping[key.name] for key in keys)  # noqa: SLF001

    def _named(self, ids: Sequence[int | None]) -> Mapping[int, dict[str, str]]:
        wanted = {each for each in ids if each is not None}
        if not wanted:
            return {}
        query = select(tracks.c.id, tracks.c.title, tracks.c.artist).where(tracks.c.id.in_(wanted))
        with self._database.read() as connection:
            found = connection.execute(query).all()
        return {row.id: {"title": row.title, "artist": row.artist} for row in found}

    def _queued(self, person: PersonId) -> Iterator[dict[str, Any]]:
        for table in queues(metadata):
            newest = select(table).order_by(table.c.revision.desc())
            with self._database.read() as connection:
                rows = connection.execute(newest).all()
            seen: set[str] = set()
            for row in rows:
                for item_id, track_id, *whose in row.items:
                    if (whose[0] if whose else HOUSEHOLD) == person and item_id not in seen:
                        seen.add(item_id)
                        yield {"track": self._named([track_id]).get(track_id, {"id": track_id})}

    def _monitors(self, person: PersonId) -> Iterator[dict[str, Any]]:
        for one in streams_in(self._data):
            if one.get("person", HOUSEHOLD) == person:
                yield {"name": one.get("name", ""), "url": one.get("url", "")}

    def _accounts(self, person: PersonId) -> Iterator[dict[str, Any]]:
        for file in keys_of(self._data, person):
            try:
                key = json.loads(file.read_text("utf-8"))
            except (OSError, ValueError):
                key = {}
            user = key.get("user", "") if isinstance(key, dict) else ""
            yield {"service": file.name.partition("-")[0], "user": str(user)}

    def _sounds(self, person: PersonId) -> list[Path]:
        clips = metadata.tables["clips"]
        kept = select(clips.c.audio).where(rows_of(clips, person), clips.c.audio != "")
        with self._database.read() as connection:
            names = connection.execute(kept).scalars().all()
        files = [self._data / _AUDIO / Path(name).name for name in names]
        return [file for file in files if file.is_file()]

    def _name(self, person: PersonId) -> str:
        with self._database.read() as connection:
            query = select(people.c.name).where(people.c.id == person)
            return str(connection.execute(query).scalar() or "")


def keys_of(data: Path, person: PersonId) -> list[Path]:
    """The files with the keys of somebody's accounts elsewhere."""
    folder = data / "keys"
    return sorted(folder.glob(f"*-{int(person)}.json")) if folder.is_dir() else []


def streams_in(data: Path) -> list[dict[str, Any]]:
    """The radio streams that are noted in the folder of the installation."""
    try:
        found = json.loads((data / "monitors.json").read_text("utf-8"))
    except (OSError, ValueError):
        return []
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _told(table: Table, row: Row[Any], named: Mapping[int, dict[str, str]]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for key, value in row._mapping.items():  # noqa: SLF001
        if _SECRET.search(key):
            continue
        if isinstance(value, bytes):
            told[key] = _notes(value) if table.name == "hums" else base64.b64encode(value).decode()
        elif _TIME.search(key) and isinstance(value, int | float):
            told[key] = _iso(value)
        else:
            told[key] = value
    if told.get("track_id") in named:
        told["track"] = named[told["track_id"]]
    return told


def _iso(seconds: float) -> str | float:
    try:
        return datetime.fromtimestamp(seconds, UTC).isoformat()
    except (OverflowError, ValueError, OSError):
        return seconds


def _notes(lines: bytes) -> list[list[list[float]]]:
    return [
        [[round(float(value), 3) for value in note] for note in line.notes]
        for line in unpack_lines(lines)
    ]


def _lines(values: Iterator[dict[str, Any]], count: list[int]) -> Iterator[bytes]:
    for value in values:
        count[0] += 1
        yield json.dumps(value, ensure_ascii=False, default=str).encode() + b"\n"


def _content(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened:
            while piece := opened.read(_PIECE):
                yield piece
    except OSError:
        return  # it was forgotten a moment ago


def _written(
    archive: zipfile.ZipFile, out: "_Out", name: str, content: Iterator[bytes]
) -> Iterator[bytes]:
    info = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    with archive.open(info, "w") as entry:
        for piece in content:
            entry.write(piece)
            if out.held >= _PIECE:
                yield out.take()


class _Out(io.RawIOBase):
    """What a ZIP file is written to: gathers pieces until somebody takes them."""

    def __init__(self) -> None:
        super().__init__()
        self._held = bytearray()
        self._gone = 0

    @property
    def held(self) -> int:
        """Bytes that wait to be taken."""
        return len(self._held)

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        piece = bytes(data)
        self._held += piece
        return len(piece)

    def tell(self) -> int:
        return self._gone + len(self._held)

    def take(self) -> bytes:
        """Everything that was written since the last time."""
        piece = bytes(self._held)
        self._gone += len(piece)
        self._held.clear()
        return piece


def _readme() -> str:
    kinds = "\n".join(f"  {name}.jsonl: {what}" for name, what in _WHAT.items())
    return (
        "Everything that Refrain keeps of one person.\n\n"
        "manifest.json says who that is, when this was made, and how many entries each file has.\n"
        "Every other file has one JSON object a line (JSON lines, UTF-8). Times are ISO 8601 in\n"
        "UTC. Passwords and tokens are left out: nobody can log in with what is in here.\n\n"
        f"{kinds}\n"
        "  queue.jsonl: what stands in the queue because you wanted it\n"
        "  accounts.jsonl: your accounts at other services, without their keys\n"
        "  streams.jsonl: radio streams that are listened to for you\n"
        "  sounds/: clips without a name whose sound you had kept\n"
    )
