"""Learn from what a user says an event really was.

The clip of a wrong answer is remembered beside the recording that it is not; the clip of a right
name becomes one more way to know that recording. Both are clips of a tune, and bounded like those.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.sqlite import insert

from knowledge.database import Database
from knowledge.errors import NotHeard, NotInLibrary
from knowledge.fingerprint.models import Certainty
from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.people.belonging import mine
from knowledge.recognition.models import HeardId, TuneId
from knowledge.recognition.tunes import give_name, new_tune
from knowledge.schema import clip_rejections, clips, heard, tracks, tunes


class Corrections:
    """Takes corrections. Each is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def correct(self, heard_id: HeardId, track_id: TrackId | None) -> None:
        """Learn what an event of the log really was.

        Args:
            heard_id: the event.
            track_id: what it was; None when it only was not what had been said.

        Raises:
            NotHeard: no such event.
            NotInLibrary: no such track.
        """
        with self._database.write() as connection:
            event = connection.execute(
                select(heard).where(mine(heard), heard.c.id == heard_id)
            ).first()
            if event is None:
                raise NotHeard("There is no such event in the log of what was heard.")
            clip_ids = list(
                connection.execute(select(clips.c.id).where(clips.c.heard_id == heard_id)).scalars()
            )
            said = rejected_name(event.recording, event.tune_id)
            if track_id is None:
                self._was_wrong(connection, heard_id, clip_ids, said, event.at)
            else:
                self._was(connection, heard_id, clip_ids, said, track_id)

    def _was_wrong(
        self,
        connection: Connection,
        heard_id: HeardId,
        clip_ids: list[int],
        said: str,
        at: float,
    ) -> None:
        _reject(connection, clip_ids, said)
        tune_id = _own_tune(connection, clip_ids, at)
        connection.execute(
            update(heard)
            .where(heard.c.id == heard_id)
            .values(
                title="",
                artist="",
                folded="",
                recording="",
                track_id=None,
                tune_id=tune_id,
                offset_s=None,
                certainty=Certainty.UNKNOWN.value,
                probability=0.0,
                named_later=False,
            )
        )

    def _was(
        self,
        connection: Connection,
        heard_id: HeardId,
        clip_ids: list[int],
        said: str,
        track_id: TrackId,
    ) -> None:
        track = connection.execute(select(tracks).where(tracks.c.id == track_id)).first()
        if track is None:
            raise NotInLibrary(f"There is no track number {track_id} in the library.")
        event = connection.execute(select(heard).where(heard.c.id == heard_id)).one()
        recording = str(track.audio_hash)
        connection.execute(
            delete(clip_rejections).where(
                clip_rejections.c.clip_id.in_(clip_ids), clip_rejections.c.recording == recording
            )
        )
        tune_id: TuneId | None = event.tune_id
        if said != recording:
            _reject(connection, clip_ids, said)
            nameless = tune_id is not None and not event.title
            if not nameless:  # what was said belongs to other clips too: these go their own way
                tune_id = _own_tune(connection, clip_ids, event.at)
            if tune_id is not None:
                give_name(
                    connection,
                    tune_id,
                    title=track.title,
                    artist=track.artist,
                    recording=recording,
                )
        connection.execute(
            update(heard)
            .where(heard.c.id == heard_id)
            .values(
                title=track.title,
                artist=track.artist,
                folded=fold(f"{track.title} {track.artist}"),
                recording=recording,
                track_id=track_id,
                tune_id=tune_id,
                offset_s=event.offset_s if said == recording else None,
                certainty=Certainty.CERTAIN.value,
                probability=1.0,
                named_later=True,
            )
        )


def rejected_name(recording: str, tune_id: TuneId | None) -> str:
    """Return under which name it is remembered that a clip is not that."""
    if recording:
        return recording
    return "" if tune_id is None else f"tune/{tune_id}"


def _reject(connection: Connection, clip_ids: Iterable[int], said: str) -> None:
    rows = [{"clip_id": clip_id, "recording": said} for clip_id in clip_ids]
    if said and rows:
        connection.execute(insert(clip_rejections).on_conflict_do_nothing(), rows)


def _own_tune(connection: Connection, clip_ids: list[int], at: float) -> TuneId | None:
    """Give clips a tune of their own, so that they stay and are compared with what is heard."""
    if not clip_ids:
        return None
    before = set(
        connection.execute(
            select(clips.c.tune_id).where(clips.c.id.in_(clip_ids), clips.c.tune_id.is_not(None))
        ).scalars()
    )
    tune_id = new_tune(connection, at)
    connection.execute(
        update(clips).where(clips.c.id.in_(clip_ids)).values(tune_id=tune_id, offset_s=None)
    )
    left = select(clips.c.tune_id).where(clips.c.tune_id.is_not(None))
    connection.execute(
        delete(tunes).where(tunes.c.id.in_(before), tunes.c.title == "", tunes.c.id.not_in(left))
    )
    return tune_id
