"""The parts of recognition that need compiled code, made when they are first needed."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from knowledge.database import Database
from knowledge.queue import TrackLookup
from knowledge.recognition.clips import ClipLimits, ClipStore
from knowledge.recognition.heard import HeardLog
from knowledge.recognition.indexes import index_folder, pack_folder
from knowledge.recognition.searched import SearchedIndex

if TYPE_CHECKING:
    from knowledge.recognition.answering import Answerer
    from knowledge.recognition.memory import Memory
    from knowledge.recognition.rediscovery import Rediscovery
    from knowledge.versions.finder import SongVersions

_TAKEN_WHOLE_S = 30.0
"""The engine hears no more than this at once."""


@dataclass(frozen=True, slots=True)
class RecognitionOptions:
    """What recognition keeps, and how much work one question may be."""

    keep_unknown: bool = True
    """Keep fingerprints of what could not be named."""
    keep_unknown_audio: bool = False
    """Keep its sound as well."""
    max_clip_s: float = 30.0
    """A longer clip is not taken whole: parts of it are analysed."""
    acoustid_key: str = field(default="", repr=False)
    """AcoustID's application key; empty keeps everything on this machine."""
    limits: ClipLimits = field(default_factory=ClipLimits)
    """How much is kept of what has no name."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a service consists of once it is open."""

    answerer: "Answerer"
    memory: "Memory"
    rediscovery: "Rediscovery"
    store: ClipStore
    library: SearchedIndex
    packs: SearchedIndex
    versions: "SongVersions"

    def close(self) -> None:
        """Let go of the indexes."""
        self.library.close()
        self.packs.close()


def make_parts(
    database: Database,
    catalog: TrackLookup,
    data: Path,
    log: HeardLog,
    options: RecognitionOptions,
) -> Parts:
    """Open everything; takes a second where compiled code is loaded for the first time."""
    from knowledge.recognition.answering import Answerer  # noqa: PLC0415  imports compiled code
    from knowledge.recognition.engine import Engine  # noqa: PLC0415  as above
    from knowledge.recognition.memory import Memory  # noqa: PLC0415  as above
    from knowledge.recognition.rediscovery import Rediscovery  # noqa: PLC0415  as above
    from knowledge.versions.finder import SongVersions  # noqa: PLC0415  as above

    audio = data / "unknown-audio"
    store = ClipStore(database, audio, options.limits)
    library, packs = SearchedIndex(index_folder(data)), SearchedIndex(pack_folder(data))
    engine = Engine()
    longest_s = min(options.max_clip_s, _TAKEN_WHOLE_S)
    answerer = Answerer(database, catalog, engine, store, library, packs, longest_s=longest_s)
    memory = Memory(
        database,
        log,
        store,
        audio,
        fingerprint=engine.fingerprint,
        keep_unknown=options.keep_unknown,
        keep_audio=options.keep_unknown_audio,
    )
    rediscovery = Rediscovery(database, store, answerer, library, packs)
    versions = SongVersions(library)
    return Parts(answerer, memory, rediscovery, store, library, packs, versions)
