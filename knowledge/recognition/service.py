"""Which recording is this? Asked with a clip, answered with a track, a name, or "unknown"."""

import threading
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.errors import NamingFailed
from knowledge.fingerprint.models import Recognised, Samples
from knowledge.models import Track, TrackId
from knowledge.recognition.clip_file import ClipDecoder
from knowledge.recognition.corrections import Corrections
from knowledge.recognition.duplicates import find_duplicates
from knowledge.recognition.gate import Gate
from knowledge.recognition.heard import HeardLog
from knowledge.recognition.models import (
    ClipAnswer,
    DuplicateGroup,
    HeardId,
    HeardSource,
    Hearing,
    Pack,
)
from knowledge.recognition.packs import Packs
from knowledge.recognition.parts import Parts, RecognitionOptions, make_parts
from knowledge.recognition.searched import SearchedIndex
from knowledge.recognition.tunes import Tunes

if TYPE_CHECKING:
    from knowledge.recognition.online import OnlineName, OnlineNaming

__all__ = ["RecognitionOptions", "RecognitionService", "VersionFinder"]


class VersionFinder(Protocol):
    """Finds other performances of the same song."""

    def version_of(self, samples: Samples) -> str | None:
        """Return the recording that a clip sounds like a version of, by audio hash."""
        ...


class RecognitionService:
    """Names clips, and remembers what was heard. Synchronous; safe to share between threads.

    On an event loop, call it in a thread.
    """

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        data: Path,
        options: RecognitionOptions | None = None,
        *,
        versions: VersionFinder | None = None,
    ) -> None:
        """Prepare to recognise; nothing is opened before the first question.

        Args:
            database: the library.
            catalog: reads it.
            data: folder of the installation; the indexes are in `indexes` in it.
            options: what to keep.
            versions: asked about what could not be named, in place of the usual finder.
        """
        self._database = database
        self._catalog = catalog
        self._data = data
        self._options = options or RecognitionOptions()
        self._versions = versions
        self._gate = Gate()
        self._decoder = ClipDecoder()
        self._opening = threading.Lock()
        self._parts: Parts | None = None
        self._online: OnlineNaming | None = None
        self._corrections = Corrections(database)
        self._packs = Packs(database, catalog, data)
        self.heard = HeardLog(database, catalog)
        self.unknowns = Tunes(database, catalog)

    def recognise(
        self,
        samples: Samples,
        *,
        source: HeardSource,
        session_id: str = "",
        device: str = "",
        place: str = "",
        at: datetime | None = None,
        log: bool = True,
        picture: bool = False,
    ) -> ClipAnswer:
        """Name the recording that a clip comes from.

        Args:
            samples: mono at 11,025 Hz, shape (n,); of a long clip, parts of it are analysed.
            source: where the clip comes from.
            session_id: the conversation that asked.
            device: what heard it, such as "phone".
            place: where that was, such as "kitchen".
            at: when the clip began, with a time zone; None means that it ended just now.
            log: write it into the log of what was heard, and keep it when it is unknown.
            picture: also return what of the clip fitted, for the eyes.

        Raises:
            RecognitionBusy: too many ask at once.
        """
        hearing = Hearing(source, session_id, device, place, at)
        with self._gate.enter():
            return self._answer(samples, hearing, log=log, picture=picture)

    def recognise_file(
        self,
        path: Path,
        *,
        source: HeardSource = HeardSource.FILE,
        session_id: str = "",
        device: str = "",
        place: str = "",
        at: datetime | None = None,
        log: bool = True,
        picture: bool = False,
        max_bytes: int | None = None,
        timeout_s: float = 30.0,
    ) -> ClipAnswer:
        """Name the recording in a file of any format; it is decoded in a process of its own.

        Of a long file, parts of the first three minutes are analysed.

        Args:
            path: the file.
            source: where it comes from.
            session_id: the conversation that asked.
            device: what sent it.
            place: where that is.
            at: when it began to sound, with a time zone; None means that it ended just now.
            log: write it into the log of what was heard, and keep it when it is unknown.
            picture: also return what of the clip fitted, for the eyes.
            max_bytes: a larger file is refused unread.
            timeout_s: how long decoding may take.

        Raises:
            UnreadableAudio: not audio, larger than `max_bytes`, or decoding took too long.
            RecognitionBusy: too many ask at once.
        """
        hearing = Hearing(source, session_id, device, place, at)
        with self._gate.enter():
            samples = self._decoder.decode(path, max_bytes=max_bytes, timeout_s=timeout_s)
            return self._answer(samples, hearing, log=log, picture=picture)

    def decode(
        self,
        path: Path,
        *,
        most_s: float,
        rate_hz: int,
        max_bytes: int | None = None,
        timeout_s: float = 30.0,
    ) -> Samples:
        """Return the beginning of a file of any format, mono at `rate_hz`, shape (n,).

        Raises:
            UnreadableAudio: not audio, larger than `max_bytes`, or decoding took too long.
            RecognitionBusy: too many ask at once.
        """
        with self._gate.enter():
            return self._decoder.decode(
                path, most_s=most_s, rate_hz=rate_hz, max_bytes=max_bytes, timeout_s=timeout_s
            )

    def search(self, samples: Samples, *, limit: int = 5, picture: bool = False) -> Recognised:
        """Search the library alone, without names or a log: what follows a stream asks so.

        Raises:
            RecognitionBusy: too many ask at once.
        """
        with self._gate.enter():
            found = self._opened().answerer.library.recognise
            return found(samples, limit=limit, picture=picture)

    @property
    def index(self) -> SearchedIndex:
        """What `search` searches: streams are followed in it without searching again."""
        return self._opened().library

    def tracks(self, recordings: Iterable[str]) -> dict[str, Track]:
        """Return the tracks that the library has now of these recordings, by their keys."""
        return self._opened().answerer.tracks(recordings)

    def correct(self, heard_id: HeardId, track_id: TrackId | None) -> None:
        """Learn what an event of the log really was: a track, or (None) not what was said.

        Raises:
            NotHeard: no such event.
            NotInLibrary: no such track.
        """
        self._corrections.correct(heard_id, track_id)

    def look_again(self, stop: threading.Event | None = None) -> int:
        """Look for unknown tunes in what was imported since; return how many got a name."""
        return self._opened().rediscovery.look(stop)

    def name_online(self, path: Path) -> "OnlineName | None":
        """Ask AcoustID and MusicBrainz what a whole file is; None when they do not know it.

        Only a fingerprint and a length leave this machine. Takes seconds.

        Raises:
            UnreadableAudio: the file cannot be decoded.
            NamingFailed: there is no key, `fpcalc` is not installed, or nobody answered.
        """
        if not self._options.acoustid_key:
            raise NamingFailed("For this recognition.acoustid_key must be set.")
        from knowledge.recognition.online import OnlineNaming  # noqa: PLC0415  few ever need it

        with self._opening:
            if self._online is None:
                self._online = OnlineNaming(self._options.acoustid_key)
            online = self._online
        return online.name(path)

    def export_pack(self, path: Path, track_ids: Collection[TrackId], *, name: str) -> int:
        """Write fingerprints and names of tracks, no sound, and return how many there were.

        Raises:
            PackRejected: none of them has a fingerprint, or the file cannot be written.
        """
        return self._packs.export(path, track_ids, name=name)

    def import_pack(self, path: Path) -> Pack:
        """Take in a pack, so that its recordings can be named, and look for unknown tunes in it.

        Raises:
            PackRejected: damaged, too large, or of another version.
        """
        pack = self._packs.import_(path)
        self.look_again()
        return pack

    def packs(self) -> tuple[Pack, ...]:
        """Return the packs that were taken in, newest first."""
        return self._packs.all()

    def remove_pack(self, pack_id: str) -> None:
        """Remove a pack; its recordings are not recognised any more.

        Raises:
            PackRejected: there is no such pack.
        """
        self._packs.remove(pack_id)

    def duplicates(
        self, progress: Callable[[int, int], None] | None = None
    ) -> tuple[DuplicateGroup, ...]:
        """Find recordings that the library holds several times; no file is decoded.

        Args:
            progress: told how many tracks of how many were looked at.
        """
        segments = self._opened().library.segments()
        return find_duplicates(self._database, self._catalog, segments, progress)

    def warm(self) -> None:
        """Open the index and make the search ready, so that the first question is fast."""
        parts = self._opened()
        parts.answerer.library.warm()
        parts.versions.warm()
        parts.store.sweep_audio()
        self._packs.mend()
        self.look_again()

    def close(self) -> None:
        """Let go of files and processes."""
        self._decoder.close()
        with self._opening:
            if self._parts is not None:
                self._parts.close()
            self._parts = None
            if self._online is not None:
                self._online.close()
            self._online = None

    def _answer(
        self, samples: Samples, hearing: Hearing, *, log: bool, picture: bool
    ) -> ClipAnswer:
        parts = self._opened()
        found = parts.answerer.answer(samples, picture=picture)
        heard_id, tune_id, before = None, found.tune_id, 0
        if log and not found.recognised.reason:
            heard_id, tune_id, before = parts.memory.keep(found, samples, hearing)
        named = found.title if found.track is None and found.title else None
        version = None
        if found.track is None and named is None and not found.recognised.reason:
            version = self._version_of(samples, self._versions or parts.versions)
        return ClipAnswer(
            recognised=found.recognised,
            track=found.track,
            certainty=found.certainty,
            probability=found.probability,
            offset_s=found.offset_s,
            heard_id=heard_id,
            alternatives=found.alternatives,
            named=named,
            artist=found.artist if named else "",
            version_of=version,
            tune_id=tune_id,
            heard_before=before,
        )

    def _version_of(self, samples: Samples, versions: VersionFinder) -> Track | None:
        recording = versions.version_of(samples)
        return None if recording is None else self.tracks((recording,)).get(recording)

    def _opened(self) -> Parts:
        with self._opening:
            if self._parts is None:
                self._parts = make_parts(
                    self._database, self._catalog, self._data, self.heard, self._options
                )
            return self._parts
