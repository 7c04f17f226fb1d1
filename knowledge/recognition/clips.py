"""Fingerprints of clips that were heard: of tunes without a name, and of the last answers.

An answer's clip is kept for a while so that the answer can be corrected. What is kept is bounded:
the oldest unnamed clips go first.
"""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select

from knowledge.database import Database
from knowledge.errors import PackRejected
from knowledge.fingerprint.models import Fingerprint
from knowledge.people.belonging import mine
from knowledge.recognition.models import HeardId, TuneId
from knowledge.recognition.prints import from_bytes, to_bytes
from knowledge.schema import clip_rejections, clips, tunes

ANSWERS = 200
"""So many answers can still be corrected."""
CLIPS_PER_TUNE = 6
_NAMED_TUNES = 2_000
"""So many tunes that got a name are still known by their clips."""


@dataclass(frozen=True, slots=True)
class ClipLimits:
    """How much is kept of what has no name."""

    tunes: int = 500
    days: float = 365.0


@dataclass(frozen=True, slots=True)
class Clip:
    """One kept clip."""

    id: int
    tune_id: TuneId | None
    at: float
    clip_s: float
    offset_s: float | None
    fingerprint: Fingerprint


class ClipStore:
    """Reads and writes clips. Each call is one transaction."""

    def __init__(self, database: Database, audio: Path, limits: ClipLimits | None = None) -> None:
        """Prepare to keep clips.

        Args:
            database: the library.
            audio: folder of the sound of clips, for those whose sound the user has kept.
            limits: how much is kept.
        """
        self._database = database
        self._audio = audio
        self._limits = limits or ClipLimits()

    @property
    def stamp(self) -> tuple[int, int, int]:
        """Changes whenever a clip of a tune of this person comes or goes."""
        newest, total = func.max(clips.c.id), func.sum(clips.c.id)
        query = select(func.count(), func.coalesce(newest, 0), func.coalesce(total, 0)).where(
            mine(clips), clips.c.tune_id.is_not(None)
        )
        with self._database.read() as connection:
            values = connection.execute(query).one()
        return int(values[0]), int(values[1]), int(values[2])

    def of_tunes(self, *, everybody: bool = False) -> tuple[Clip, ...]:
        """Return the clips of a person's tunes, or of everybody's.

        One that cannot be read any more is left out.
        """
        wanted = select(clips).where(clips.c.tune_id.is_not(None)).order_by(clips.c.id)
        with self._database.read() as connection:
            rows = connection.execute(wanted if everybody else wanted.where(mine(clips))).all()
        return tuple(clip for row in rows if (clip := _clip(row)) is not None)

    def add(
        self,
        fingerprint: Fingerprint,
        *,
        heard_id: HeardId,
        tune_id: TuneId | None,
        at: float,
        clip_s: float,
        offset_s: float | None = None,
        audio: str = "",
    ) -> int:
        """Keep a clip and return its id; what becomes too much is dropped."""
        with self._database.write() as connection:
            added = connection.execute(
                insert(clips).values(
                    heard_id=heard_id,
                    tune_id=tune_id,
                    at=at,
                    clip_s=clip_s,
                    offset_s=offset_s,
                    fingerprint=to_bytes(fingerprint),
                    audio=audio,
                )
            )
            self._prune(connection, at)
            return int(added.inserted_primary_key[0])  # type: ignore[index]

    def rejections(self, *, everybody: bool = False) -> dict[str, frozenset[int]]:
        """Return for each recording the clips that it was wrongly named for, as a person said."""
        wanted = select(clip_rejections.c.recording, clip_rejections.c.clip_id)
        if not everybody:
            wanted = wanted.join(clips, clips.c.id == clip_rejections.c.clip_id).where(mine(clips))
        with self._database.read() as connection:
            rows = connection.execute(wanted).all()
        found: dict[str, set[int]] = {}
        for recording, clip_id in rows:
            found.setdefault(recording, set()).add(clip_id)
        return {recording: frozenset(ids) for recording, ids in found.items()}

    def sweep_audio(self) -> None:
        """Delete sound whose clip is gone."""
        if not self._audio.is_dir():
            return
        with self._database.read() as connection:
            named = set(
                connection.execute(select(clips.c.audio).where(clips.c.audio != "")).scalars()
            )
        for file in self._audio.iterdir():
            if file.name not in named:
                file.unlink(missing_ok=True)

    def _prune(self, connection: Connection, now: float) -> None:
        own = mine(clips) & clips.c.tune_id.is_(None)
        loose = select(clips.c.id).where(own).order_by(clips.c.id.desc())
        connection.execute(delete(clips).where(own, clips.c.id.not_in(loose.limit(ANSWERS))))
        unnamed = mine(tunes) & (tunes.c.title == "") & (tunes.c.recording == "")
        named = mine(tunes) & ((tunes.c.title != "") | (tunes.c.recording != ""))
        newest = select(tunes.c.id).where(unnamed)
        newest = newest.order_by(tunes.c.last_at.desc(), tunes.c.id.desc())
        too_old = tunes.c.last_at < now - self._limits.days * 86_400
        connection.execute(
            delete(tunes).where(
                unnamed, too_old | tunes.c.id.not_in(newest.limit(self._limits.tunes))
            )
        )
        latest = select(tunes.c.id).where(named).order_by(tunes.c.last_at.desc())
        connection.execute(
            delete(tunes).where(named, tunes.c.id.not_in(latest.limit(_NAMED_TUNES)))
        )


def _clip(row: object) -> Clip | None:
    values = row._mapping  # type: ignore[attr-defined]  # noqa: SLF001
    try:
        fingerprint = from_bytes(values["fingerprint"])
    except PackRejected:
        return None  # of an older version: it cannot be compared any more
    return Clip(
        id=values["id"],
        tune_id=values["tune_id"],
        at=values["at"],
        clip_s=values["clip_s"],
        offset_s=values["offset_s"],
        fingerprint=fingerprint,
    )
