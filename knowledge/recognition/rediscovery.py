"""Look for unknown tunes in what the library or a pack has now: "Tuesday's tune was ..."."""

import threading
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.sqlite import insert

from knowledge.database import Database
from knowledge.fingerprint.models import Certainty, ClipMatch
from knowledge.recognition.answering import Answerer
from knowledge.recognition.clips import Clip, ClipStore
from knowledge.recognition.engine import Search
from knowledge.recognition.searched import SearchedIndex
from knowledge.recognition.tunes import give_name
from knowledge.schema import clips, pack_recordings, settings, tunes

_LOOKED = "tunes_looked_for"


class Rediscovery:
    """Names unknown tunes, everybody's, by what was imported after they were heard."""

    def __init__(
        self,
        database: Database,
        store: ClipStore,
        answerer: Answerer,
        library: SearchedIndex,
        packs: SearchedIndex,
    ) -> None:
        self._database = database
        self._store = store
        self._answerer = answerer
        self._library = library
        self._packs = packs

    def look(self, stop: threading.Event | None = None) -> int:
        """Compare all unnamed tunes with the indexes, unless nothing changed since the last time.

        Args:
            stop: when set, the rest is left to the next time.

        Returns:
            How many tunes got a name.
        """
        state = self._state()
        if self._looked_at() == state:
            return 0
        with self._database.read() as connection:
            unnamed = set(
                connection.execute(
                    select(tunes.c.id).where(tunes.c.title == "", tunes.c.recording == "")
                ).scalars()
            )
        named = 0
        rejections = self._store.rejections(everybody=True)
        for clip in self._store.of_tunes(everybody=True):
            if stop is not None and stop.is_set():
                return named
            if clip.tune_id in unnamed and self._name(clip, rejections):
                unnamed.discard(clip.tune_id)
                named += 1
        self._remember(state)
        return named

    def _name(self, clip: Clip, rejections: dict[str, frozenset[int]]) -> bool:
        best = self._certain(self._answerer.library, clip, rejections)
        if best is not None:
            track = self._answerer.tracks((best.recording,)).get(best.recording)
            if track is not None:
                return self._write(clip, best, track.title, track.artist)
        best = self._certain(self._answerer.packs, clip, rejections)
        if best is None:
            return False
        with self._database.read() as connection:
            row = connection.execute(
                select(pack_recordings).where(pack_recordings.c.key == best.recording)
            ).first()
        return row is not None and self._write(clip, best, row.title, row.artist)

    def _certain(
        self, search: Search, clip: Clip, rejections: dict[str, frozenset[int]]
    ) -> ClipMatch | None:
        best = search.recognise_kept(clip.fingerprint).best
        if best is None or best.certainty is not Certainty.CERTAIN:
            return None
        return None if clip.id in rejections.get(best.recording, ()) else best

    def _write(self, clip: Clip, best: ClipMatch, title: str, artist: str) -> bool:
        if clip.tune_id is None:
            return False
        with self._database.write() as connection:
            there = select(tunes.c.id).where(tunes.c.id == clip.tune_id)
            if connection.execute(there).first() is None:
                return False  # forgotten by its owner meanwhile
            give_name(
                connection, clip.tune_id, title=title, artist=artist, recording=best.recording
            )
            connection.execute(
                update(clips).where(clips.c.id == clip.id).values(offset_s=best.offset_s)
            )
        return True

    def _state(self) -> list[int]:
        with self._database.read() as connection:
            newest = connection.execute(select(func.coalesce(func.max(clips.c.id), 0))).scalar_one()
        return [self._library.generation, self._packs.generation, int(newest)]

    def _looked_at(self) -> Any:
        with self._database.read() as connection:
            query = select(settings.c.value).where(settings.c.key == _LOOKED)
            return connection.execute(query).scalar()

    def _remember(self, state: list[int]) -> None:
        statement = insert(settings).values(key=_LOOKED, value=state)
        with self._database.write() as connection:
            connection.execute(
                statement.on_conflict_do_update(
                    index_elements=["key"], set_={"value": statement.excluded.value}
                )
            )
