"""Which recording is this? Asked with a clip, answered with a track, a name, or "unknown"."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.fingerprint.models import Samples
from knowledge.models import TrackId
from knowledge.recognition.models import (
    ClipAnswer,
    DuplicateGroup,
    HeardId,
    HeardSource,
    Pack,
)


@dataclass(frozen=True, slots=True)
class RecognitionOptions:
    """What recognition keeps, and how much work one question may be."""

    keep_unknown: bool = True
    """Keep fingerprints of what could not be named."""
    keep_unknown_audio: bool = False
    """Keep its sound as well."""
    max_clip_s: float = 30.0
    """How much of a clip is analysed."""


class RecognitionService:
    """Names clips, and remembers what was heard. Synchronous; safe to share between threads.

    On an event loop, call it with `asyncio.to_thread`.
    """

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        data: Path,
        options: RecognitionOptions | None = None,
    ) -> None:
        """Prepare to recognise; nothing is opened before the first question.

        Args:
            database: the library.
            catalog: reads it.
            data: folder of the installation; the indexes are in `indexes` in it.
            options: what to keep.
        """
        raise NotImplementedError

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
        raise NotImplementedError

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

        Raises:
            UnreadableAudio: not audio, larger than `max_bytes`, or decoding took too long.
            RecognitionBusy: too many ask at once.
        """
        raise NotImplementedError

    def correct(self, heard_id: HeardId, track_id: TrackId | None) -> None:
        """Learn what an event of the log really was: a track, or (None) not what was said.

        Raises:
            NotHeard: no such event.
            NotInLibrary: no such track.
        """
        raise NotImplementedError

    def export_pack(self, path: Path, track_ids: Collection[TrackId], *, name: str) -> int:
        """Write fingerprints and names of tracks, no sound, and return how many there were."""
        raise NotImplementedError

    def import_pack(self, path: Path) -> Pack:
        """Take in a pack, so that its recordings can be named.

        Raises:
            PackRejected: damaged, too large, or of a newer version.
        """
        raise NotImplementedError

    def packs(self) -> tuple[Pack, ...]:
        raise NotImplementedError

    def remove_pack(self, pack_id: str) -> None:
        raise NotImplementedError

    def duplicates(
        self, progress: Callable[[int, int], None] | None = None
    ) -> tuple[DuplicateGroup, ...]:
        """Find recordings that the library holds several times; no file is decoded.

        Args:
            progress: told how many tracks of how many were looked at.
        """
        raise NotImplementedError

    def warm(self) -> None:
        """Open the index and make the search ready, so that the first question is fast."""
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
