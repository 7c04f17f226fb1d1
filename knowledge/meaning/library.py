"""Search by meaning for one library: documents, embedder and vectors together."""

import threading

from knowledge.database import Database
from knowledge.meaning.gathering import Documents
from knowledge.meaning.vectors import TrackVectors, VectorsStatus
from knowledge.revision import ANALYSIS_REVISION, LIBRARY_REVISION, read
from knowledge.sound.sounding import Sounding


class MeaningOfLibrary:
    """Keeps the vectors in step with the library. `update` belongs into a background thread."""

    def __init__(
        self, database: Database, vectors: TrackVectors, sounding: Sounding | None = None
    ) -> None:
        """Prepare; nothing is read or loaded.

        Args:
            database: the library.
            vectors: of its tracks.
            sounding: what they sound like, once analysed.
        """
        self._database = database
        self.vectors = vectors
        self._documents = Documents(database, sounding)
        self._done: tuple[int, int] | None = None

    def open(self, _stop: threading.Event | None = None) -> None:
        """Let what was read before be found, before anything more is read.

        Raises:
            MeaningUnusable: the model or the vectors cannot be used.
        """
        self.vectors.open()

    def update(self, stop: threading.Event | None = None) -> None:
        """Read what changed since the last time.

        Raises:
            MeaningUnusable: the model or the vectors cannot be used.
        """
        with self._database.read() as connection:
            revision = read(connection, LIBRARY_REVISION), read(connection, ANALYSIS_REVISION)
        if revision == self._done:
            return
        stop = stop or threading.Event()
        self.vectors.update(self._documents.all(), stop=stop)
        if not stop.is_set():
            self._done = revision

    def status(self) -> VectorsStatus:
        return self.vectors.status()

    def close(self) -> None:
        self.vectors.close()
