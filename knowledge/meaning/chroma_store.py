"""Vectors of tracks in Chroma: a folder of this installation, or a collection on a server.

The folder is a cache. It belongs to one process at a time, by a lock on a file; when it cannot be
opened it is moved out of the way and made anew, for everything in it can be computed again.
"""

import fcntl
import logging
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

import numpy as np

from knowledge.errors import MeaningUnusable
from knowledge.meaning.embedder import Vectors

_LOG = logging.getLogger(__name__)
_BATCH = 5_000
"""Chroma takes 5,461 rows at once."""
_READ = 10_000
_COSINE = {"hnsw": {"space": "cosine"}}
_STRIKES = 2
"""Openings in a row that never ended: after so many the folder is taken for broken."""
_FOLDER = re.compile(r"chroma-(\d{1,9})")


@dataclass(frozen=True, slots=True)
class ChromaServer:
    """A Chroma server in place of the folder."""

    url: str
    """Such as "http://127.0.0.1:8000"."""
    token: str = ""
    """Sent as a bearer token when it is not empty."""
    collection: str = "refrain"
    """Installations that share a server need different names."""


class ChromaStore:
    """One open collection: track id to vector, and to the hash of what was read."""

    def __init__(self, client: Any, collection: Any, lock: IO[str] | None) -> None:
        self._client = client
        self._collection = collection
        self._lock = lock

    def __len__(self) -> int:
        return int(self._collection.count())

    def hashes(self) -> dict[str, str]:
        """Id to hash of everything that is kept."""
        found: dict[str, str] = {}
        for start in range(0, len(self), _READ):
            page = self._collection.get(include=["metadatas"], limit=_READ, offset=start)
            for one, said in zip(page["ids"], page["metadatas"] or (), strict=True):
                found[str(one)] = str((said or {}).get("hash", ""))
        return found

    def put(self, ids: Sequence[str], vectors: Vectors, hashes: Sequence[str]) -> None:
        """Keep vectors, in place of those that the ids had."""
        for start, stop in _batches(len(ids)):
            self._collection.upsert(
                ids=list(ids[start:stop]),
                embeddings=np.ascontiguousarray(vectors[start:stop], np.float32),
                metadatas=[{"hash": one} for one in hashes[start:stop]],
            )

    def drop(self, ids: Sequence[str]) -> None:
        for start, stop in _batches(len(ids)):
            self._collection.delete(ids=list(ids[start:stop]))

    def nearest(
        self, vector: Vectors, count: int, among: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """Ids with their cosine to `vector`, nearest first."""
        count = min(count, len(self))
        if count < 1 or (among is not None and not among):
            return []
        found = self._collection.query(
            query_embeddings=[vector.astype(np.float32)],
            n_results=count,
            ids=None if among is None else list(among),
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        return [
            (str(one), 1.0 - float(distance))
            for one, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def close(self) -> None:
        # A client of a server would leave its connections to the garbage collector.
        session = getattr(getattr(self._client, "_server", None), "_session", None)
        with suppress(Exception):
            self._client.close()
        if session is not None:
            session.close()
        if self._lock is not None:
            self._lock.close()


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store, and what had to be done for it, in words for the user."""

    store: ChromaStore
    message: str = ""


def open_folder(folder: Path, name: str, dimension: int) -> Opened:
    """Open the vectors of the model `name` in `folder`, and drop those of other models.

    Raises:
        MeaningUnusable: another process has it open, Chroma is not installed, or the disk is full.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = (folder / "lock").open("w")
    try:
        _hold(lock)
        try:
            return Opened(_opened(folder, name, dimension, lock))
        except BaseException as error:
            if not is_damage(error):
                raise
            _LOG.warning("the vectors of the tracks cannot be read and are made anew: %s", error)
        try:
            discard(folder)
            opened = _opened(folder, name, dimension, lock)
        except BaseException as error:
            if not is_damage(error):
                raise
            raise MeaningUnusable(f"The vectors of tracks cannot be stored: {error}") from error
        return Opened(opened, "The vectors of the tracks could not be read and are made anew.")
    except BaseException:
        lock.close()
        raise


def discard(folder: Path) -> None:
    """Put new, empty vectors in place of broken ones; whoever holds them has closed them."""
    _generation(folder, fresh=True)


def is_damage(error: BaseException) -> bool:
    """Whether Chroma failed. A panic of its Rust part is no `Exception`."""
    if isinstance(error, MeaningUnusable):
        return False
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"


def open_server(server: ChromaServer, name: str, dimension: int) -> Opened:
    """Open a collection on a server; each model has its own.

    Raises:
        MeaningUnusable: the address makes no sense, or nobody answers there.
    """
    parts = urlsplit(server.url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise MeaningUnusable(f"{server.url} is no address of a Chroma server.")
    chromadb, settings = _chroma()
    headers = {"Authorization": f"Bearer {server.token}"} if server.token else None
    try:
        client = chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if parts.scheme == "https" else 8000),
            ssl=parts.scheme == "https",
            headers=headers,
            settings=settings,
        )
        collection = client.get_or_create_collection(
            f"{server.collection}-{_slug(name)}-{dimension}",
            embedding_function=None,
            configuration=_COSINE,
        )
    except Exception as error:
        raise MeaningUnusable(f"The Chroma server does not answer: {error}") from error
    return Opened(ChromaStore(client, collection, None))


def _opened(folder: Path, name: str, dimension: int, lock: IO[str]) -> ChromaStore:
    chromadb, settings = _chroma()
    strikes = folder / "opening"
    begun = _count(strikes) + 1
    if begun > _STRIKES:
        # Damage may end the process before it can be told: then this file tells.
        strikes.unlink()
        raise ValueError("opening it never ended")
    strikes.write_text(str(begun), "utf-8")
    client = chromadb.PersistentClient(str(_generation(folder)), settings=settings)
    try:
        wanted = f"tracks-{_slug(name)}-{dimension}"
        for other in client.list_collections():
            if other.name != wanted:
                client.delete_collection(other.name)
        collection = client.get_or_create_collection(
            wanted, embedding_function=None, configuration=_COSINE
        )
        store = ChromaStore(client, collection, lock)
        store.nearest(np.ones(dimension, np.float32), 1)  # reads the graph, which may be damaged
    except BaseException:
        with suppress(Exception):
            client.close()
        raise
    strikes.unlink()
    return store


def _hold(lock: IO[str]) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise MeaningUnusable("Another process has the vectors of the tracks open.") from error


def _generation(folder: Path, *, fresh: bool = False) -> Path:
    """The newest folder of vectors; with `fresh` a new one, and the others are deleted.

    Chroma remembers for the life of the process what it opened under a path.
    """
    found = sorted(
        int(match[1]) for one in folder.iterdir() if (match := _FOLDER.fullmatch(one.name))
    )
    newest = found[-1] if found else 0
    for old in found if fresh else found[:-1]:
        shutil.rmtree(folder / f"chroma-{old}", ignore_errors=True)
    chosen = folder / f"chroma-{newest + fresh}"
    chosen.mkdir(exist_ok=True)
    return chosen


def _chroma() -> tuple[Any, Any]:
    try:
        import chromadb  # noqa: PLC0415  takes a second
        from chromadb.config import Settings  # noqa: PLC0415  as above
    except ImportError as error:
        raise MeaningUnusable('Vectors need Chroma: pip install "refrain[meaning]".') from error
    return chromadb, Settings(anonymized_telemetry=False)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:80] or "model"


def _count(path: Path) -> int:
    try:
        return int(path.read_text("utf-8"))
    except (OSError, ValueError):
        return 0


def _batches(count: int) -> Iterator[tuple[int, int]]:
    return ((start, min(start + _BATCH, count)) for start in range(0, count, _BATCH))
