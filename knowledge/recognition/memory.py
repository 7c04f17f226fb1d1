"""What is kept of a clip after it was answered: an event of the log, and its fingerprint."""

import os
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from knowledge.database import Database
from knowledge.fingerprint.models import RATE_HZ, Fingerprint, Samples
from knowledge.recognition.answering import Finding
from knowledge.recognition.clips import CLIPS_PER_TUNE, ClipStore
from knowledge.recognition.heard import HeardLog
from knowledge.recognition.models import Heard, HeardId, Hearing, TuneId
from knowledge.recognition.sound_file import write_flac
from knowledge.recognition.tunes import heard_again, new_tune
from knowledge.schema import clips

_CLIPS_PER_EVENT = 2
_LONGEST_S = 30.0
"""Of a longer clip only the beginning is kept."""


class Memory:
    """Writes down what was heard."""

    def __init__(
        self,
        database: Database,
        log: HeardLog,
        store: ClipStore,
        audio: Path,
        *,
        fingerprint: Callable[[Samples], Fingerprint],
        keep_unknown: bool,
        keep_audio: bool,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare to remember.

        Args:
            database: the library.
            log: takes the events.
            store: takes the fingerprints.
            audio: folder for the sound of unknown clips.
            fingerprint: makes a clip's fingerprint.
            keep_unknown: keep fingerprints of what could not be named.
            keep_audio: keep its sound too.
            clock: seconds since the epoch.
        """
        self._database = database
        self._log = log
        self._store = store
        self._audio = audio
        self._fingerprint = fingerprint
        self._keep_unknown = keep_unknown
        self._keep_audio = keep_audio
        self._clock = clock

    def keep(
        self, finding: Finding, samples: Samples, hearing: Hearing
    ) -> tuple[HeardId, TuneId | None, int]:
        """Write a clip into the log.

        Returns:
            The event, the tune that it is a clip of, and how often that was heard before.
        """
        clip_s = samples.size / RATE_HZ
        at = self._clock() - clip_s if hearing.at is None else hearing.at.timestamp()
        unknown = not finding.title and finding.track is None
        tune_id, before, is_new = finding.tune_id, 0, False
        if tune_id is not None or (unknown and self._keep_unknown):
            with self._database.write() as connection:
                if tune_id is None:
                    tune_id, is_new = new_tune(connection, at), True
                else:
                    before = heard_again(connection, tune_id, at)
        heard_id = self._log.record(
            Heard(
                certainty=finding.certainty,
                clip_s=clip_s,
                recording=finding.recording,
                track_id=finding.track.id if finding.track else None,
                title=finding.title,
                artist=finding.artist,
                album=finding.album,
                probability=finding.probability,
                offset_s=finding.offset_s,
                tune_id=tune_id,
            ),
            Hearing(
                hearing.source,
                hearing.session_id,
                hearing.device,
                hearing.place,
                datetime.fromtimestamp(at, UTC),
            ),
        )
        if not unknown:
            tune_of_clip = None
        elif self._keep_unknown:
            tune_of_clip = tune_id
        else:
            return heard_id, None, 0
        if is_new or self._has_room(heard_id, tune_of_clip):
            part = samples[: int(_LONGEST_S * RATE_HZ)]
            self._store.add(
                self._fingerprint(part),
                heard_id=heard_id,
                tune_id=tune_of_clip,
                at=at,
                clip_s=part.size / RATE_HZ,
                audio=self._sound(part) if unknown and self._keep_audio else "",
            )
        return heard_id, tune_id, before

    def _has_room(self, heard_id: HeardId, tune_id: TuneId | None) -> bool:
        mine = clips.c.heard_id == heard_id if tune_id is None else clips.c.tune_id == tune_id
        query = select(func.count()).select_from(clips).where(mine)
        with self._database.read() as connection:
            held = int(connection.execute(query).scalar_one())
        return held < (_CLIPS_PER_EVENT if tune_id is None else CLIPS_PER_TUNE)

    def _sound(self, samples: Samples) -> str:
        """Write the sound for its owner alone, and return the name of the file."""
        self._audio.mkdir(parents=True, exist_ok=True, mode=0o700)
        name = f"{secrets.token_hex(12)}.flac"
        with os.fdopen(
            os.open(self._audio / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb"
        ) as file:
            write_flac(file, samples)
        return name
