"""Which tune is this? Asked with a hum, answered with tunes of the library, or "hum again"."""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.errors import NotHeard
from knowledge.melody.models import Contour, HumAnswer, HumOutcome, Samples
from knowledge.models import TrackId
from knowledge.recognition.gate import Gate

if TYPE_CHECKING:
    from knowledge.lyrics.index import LyricsIndex
    from knowledge.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class MelodyStatus:
    """How much of the library can be hummed."""

    indexed: int = 0
    """Recordings whose melody is known."""
    waiting: int = 0
    """Recordings that are still to be listened to."""
    failed: int = 0
    """Recordings in which no melody could be looked for."""
    written: int = 0
    """Tunes that were read from MIDI, MusicXML and ABC files."""


class Listener(Protocol):
    """Follows the pitch of one voice."""

    def listen(self, samples: Samples, rate_hz: int) -> Contour:
        """Return what was hummed; never raises for what was heard."""
        ...


class HummingService:
    """Names tunes that are hummed. Synchronous; safe to share between threads.

    On an event loop, call it in a thread.
    """

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        models: Sequence[Path] = (),
        *,
        searcher: "Searcher | None" = None,
        lyrics: "LyricsIndex | None" = None,
        listener: Listener | None = None,
    ) -> None:
        """Prepare to name tunes; nothing is loaded before the first hum.

        Args:
            database: the library.
            catalog: reads it.
            models: folders in which the files of models are looked for.
            searcher: finds titles in what was sung; without it words count less.
            lyrics: finds lines in what was sung.
            listener: hears in place of the usual one.
        """
        self._database = database
        self._catalog = catalog
        self._models = tuple(models)
        self._searcher = searcher
        self._lyrics = lyrics
        self._listener = listener
        self._opening = threading.Lock()
        self._gate = Gate()

    def answer(
        self,
        samples: Samples,
        rate_hz: int,
        *,
        transcript: str = "",
        session_id: str = "",
        count: int = 10,
    ) -> HumAnswer:
        """Say which tune was hummed, whistled or sung.

        Args:
            samples: mono, shape (n,), full scale 1.
            rate_hz: of the samples.
            transcript: the words that were sung, when somebody understood them.
            session_id: the conversation that asked.
            count: hits at most.

        Raises:
            RecognitionBusy: too many ask at once.
        """
        del transcript, session_id, count
        with self._gate.enter():
            contour = self.listen(samples, rate_hz)
        return HumAnswer(HumOutcome.AGAIN, contour)

    def pick(self, hum_id: int, track_id: TrackId) -> None:
        """Learn which track a hum was.

        Raises:
            NotHeard: no such hum.
            NotInLibrary: no such track.
        """
        self._catalog.track(track_id)
        raise NotHeard(f"There is no hum {hum_id}.")

    def listen(self, samples: Samples, rate_hz: int) -> Contour:
        """Return what was hummed, without looking for it."""
        return self._ear().listen(samples, rate_hz)

    def warm(self) -> None:
        """Load what the first hum needs."""
        self._ear()

    def status(self) -> MelodyStatus:
        """Return how much of the library can be hummed."""
        return MelodyStatus()

    def _ear(self) -> Listener:
        with self._opening:
            if self._listener is None:
                # The models of the ear take a moment to load, and few ever hum.
                from knowledge.melody.listening import HumListener  # noqa: PLC0415

                self._listener = HumListener(self._models)
            return self._listener
