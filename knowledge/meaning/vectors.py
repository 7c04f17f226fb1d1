"""The vectors of all tracks: kept in step with their documents, and asked what is nearest."""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

from knowledge.errors import MeaningUnusable
from knowledge.meaning.chroma_store import (
    ChromaServer,
    ChromaStore,
    Opened,
    discard,
    is_damage,
    open_folder,
    open_server,
)
from knowledge.meaning.documents import Document
from knowledge.meaning.embedder import Embedder, Vectors
from knowledge.models import TrackId

_STEP = 32
"""Documents that are read and stored at once: so much work a kill costs, and no more."""
_MOST_NAMED = 8_000
"""Tracks that a question may be limited to by naming them; above, more is asked and sorted out."""
_MOST_SAME = 4_000
"""Texts of one run whose vectors are held, in case another track says the same."""
_MOST_ASKED = 16
"""Questions at once; one more finds nothing rather than waiting."""


@dataclass(frozen=True, slots=True)
class VectorsStatus:
    """How far it is."""

    ready: bool
    """Whether `nearest` finds something; what is not read yet is missing from it."""
    stored: int
    """Tracks with a vector."""
    waiting: int
    """Documents that are to be read in the run that goes on."""
    message: str = ""
    """What is wrong, or what had to be made anew; "" when all is well."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What one run did."""

    read: int
    removed: int
    unchanged: int


class TrackVectors:
    """Vectors in a folder, or on a Chroma server. Safe to share between threads.

    Opened by the first `update`, which belongs into a background thread; until then `nearest`
    finds nothing.
    """

    def __init__(
        self, folder: Path, embedder: Embedder, *, server: ChromaServer | None = None
    ) -> None:
        """Prepare; nothing is opened or loaded.

        Args:
            folder: for the vectors; a cache that may be deleted.
            embedder: turns words into vectors.
            server: keeps the vectors in place of the folder.
        """
        self._folder = folder
        self._embedder = embedder
        self._server = server
        self._store: ChromaStore | None = None
        self._writing = threading.Lock()
        self._asking = threading.BoundedSemaphore(_MOST_ASKED)
        self._stored = 0
        self._waiting = 0
        self._message = ""
        self._closed = False

    def status(self) -> VectorsStatus:
        """How far it is; at once."""
        ready = self._store is not None and self._stored > 0
        return VectorsStatus(ready, self._stored, self._waiting, self._message)

    def update(
        self,
        documents: Mapping[TrackId, Document],
        *,
        stop: threading.Event | None = None,
        progress: Callable[[], None] | None = None,
    ) -> Updated:
        """Bring the vectors in step with `documents`, which are all there are.

        Only documents whose text changed are read. What was read is kept every few dozen
        documents, so a run that is stopped or killed goes on where it was.

        Args:
            documents: of every track of the library.
            stop: when set, the run ends soon.
            progress: called now and then.

        Raises:
            MeaningUnusable: the model or the vectors cannot be used; what was kept stays.
        """
        with self._writing:
            try:
                return self._update(documents, stop or threading.Event(), progress)
            except MeaningUnusable as error:
                self._message = str(error)
                raise
            except BaseException as error:
                if not is_damage(error):
                    raise
                self._drop_broken()
                self._message = "The vectors of the tracks broke and are made anew next time."
                raise MeaningUnusable(f"{self._message} ({error})") from error
            finally:
                self._waiting = 0

    def open(self) -> None:
        """Open what was kept, so that `nearest` finds it; `update` does that too.

        Raises:
            MeaningUnusable: the model or the vectors cannot be used.
        """
        with self._writing:
            if self._closed:
                return
            try:
                self._stored = len(self._opened())
            except MeaningUnusable as error:
                self._message = str(error)
                raise

    def nearest(
        self, text: str, k: int, among: Collection[TrackId] | None = None
    ) -> list[tuple[TrackId, float]]:
        """Tracks whose documents are nearest to `text`, with their cosine, nearest first.

        Cosines of E5 lie between about .7 and .9: only their order says something.

        Args:
            text: in any language.
            k: how many at most.
            among: only these tracks.

        Returns:
            Fewer than `k`, or none, while the vectors are not ready, or when they cannot be used:
            search then goes on without them.
        """
        store = self._store
        if store is None or k < 1 or not text.strip() or not self._asking.acquire(blocking=False):
            return []
        try:
            vector = self._embedder.queries([text])[0]
            if among is None or len(among) <= _MOST_NAMED:
                named = None if among is None else [str(one) for one in among]
                found = store.nearest(vector, k, named)
                return [(int(one), score) for one, score in found]
            wanted = frozenset(among)
            share = len(wanted) / max(self._stored, 1)
            while True:
                asked = min(self._stored, int(k / share * 1.5) + 50)
                found = store.nearest(vector, asked)
                kept = [(int(one), score) for one, score in found if int(one) in wanted]
                if len(kept) >= k or asked >= self._stored:
                    return kept[:k]
                share /= 3
        except BaseException as error:
            if not isinstance(error, MeaningUnusable) and not is_damage(error):
                raise
            # A broken cache must not break the search.
            self._message = f"Search by meaning does not work: {error}"
            return []
        finally:
            self._asking.release()

    def close(self) -> None:
        """Close the vectors and give back the model; waits for the step that is being written."""
        self._closed = True
        with self._writing:
            if self._store is not None:
                self._store.close()
                self._store = None
            self._embedder.close()

    def _update(
        self,
        documents: Mapping[TrackId, Document],
        stop: threading.Event,
        progress: Callable[[], None] | None,
    ) -> Updated:
        store = self._opened()
        known = store.hashes()
        self._stored = len(known)
        gone = [one for one in known if not one.isdigit() or int(one) not in documents]
        store.drop(gone)
        self._stored -= len(gone)
        changed = [
            one for one, document in documents.items() if known.get(str(one)) != document.hash
        ]
        self._waiting = len(changed)
        read = 0
        stream = iter(changed)
        same: dict[str, Vectors] = {}
        while not (stop.is_set() or self._closed) and (step := list(islice(stream, _STEP))):
            vectors = self._read([documents[one].text for one in step], same)
            ids = [str(one) for one in step]
            store.put(ids, vectors, [documents[one].hash for one in step])
            self._stored += sum(one not in known for one in ids)
            self._waiting -= len(step)
            read += len(step)
            if progress is not None:
                progress()
        if self._waiting == 0:
            self._message = ""
        return Updated(read, len(gone), len(documents) - len(changed))

    def _read(self, texts: Sequence[str], same: dict[str, Vectors]) -> Vectors:
        """Read texts, each but once: of many tracks nothing but the same genre is known."""
        new = [text for text in dict.fromkeys(texts) if text not in same]
        if new:
            if len(same) > _MOST_SAME:
                same.clear()
                new = list(dict.fromkeys(texts))
            same.update(zip(new, self._embedder.passages(new), strict=True))
        return np.stack([same[text] for text in texts])

    def _drop_broken(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store, self._stored = None, 0
        if self._server is None:
            discard(self._folder)

    def _opened(self) -> ChromaStore:
        if self._store is not None:
            return self._store
        name, dimension = self._embedder.name, self._embedder.dimension
        opened: Opened = (
            open_folder(self._folder, name, dimension)
            if self._server is None
            else open_server(self._server, name, dimension)
        )
        self._message = opened.message
        self._store = opened.store
        return opened.store
