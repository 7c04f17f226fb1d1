"""Which tune is this? Asked with a hum, answered with tunes of the library, or "hum again"."""

import math
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.melody.deciding import decide, judge
from knowledge.melody.hums import HumLog
from knowledge.melody.library import Build, MelodyLibrary, build_index
from knowledge.melody.models import (
    Contour,
    HumAnswer,
    HumOutcome,
    MelodyMatches,
    Samples,
)
from knowledge.melody.songs import Song, Songbook, SongName, song_of
from knowledge.melody.status import MelodyStatus, melody_status
from knowledge.melody.words import WordWitness, fuse
from knowledge.models import TrackId
from knowledge.recognition.gate import Gate

if TYPE_CHECKING:
    from knowledge.lyrics.index import LyricsIndex
    from knowledge.search.searcher import Searcher

__all__ = ["HummingService", "MelodyStatus"]

_SEARCHED = 30
"""Melodies that are looked at: versions of a song are several."""
_COUNTED_S = 5.0
"""So long it is believed how many recordings wait."""


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
        build: Build = build_index,
    ) -> None:
        """Prepare to name tunes; nothing is loaded before the first hum.

        Args:
            database: the library.
            catalog: reads it.
            models: folders in which the files of models are looked for.
            searcher: finds titles in what was sung; without it words count less.
            lyrics: finds lines in what was sung.
            listener: hears in place of the usual one.
            build: makes an index in place of the usual one.
        """
        self._database = database
        self._models = tuple(models)
        self._words = WordWitness(searcher, lyrics)
        self._library = MelodyLibrary(database, build=build)
        self._songbook = Songbook(database, catalog)
        self._log = HumLog(database, build)
        self._listener = listener
        self._opening = threading.Lock()
        self._counted = (-math.inf, 0)
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
        with self._gate.enter():
            contour = self.listen(samples, rate_hz)
            waiting = self._waiting()
            if contour.problem is not None:
                searched = len(self._library)
                return HumAnswer(HumOutcome.AGAIN, contour, searched=searched, waiting=waiting)
            index = self._library.index()
            matches = index.search(contour, count=max(_SEARCHED, count))
            answer = self._told(contour, matches, transcript, searched=len(index))
            hum_id = self._log.keep(contour, matches.hits, session_id=session_id)
        return replace(answer, hits=answer.hits[:count], waiting=waiting, hum_id=hum_id)

    def pick(self, hum_id: int, track_id: TrackId) -> None:
        """Learn which track a hum was: the next time it is found by this hum, too.

        Raises:
            NotHeard: no such hum, perhaps not any more.
            NotInLibrary: no such track.
        """
        self._log.pick(hum_id, self._songbook.recording(track_id))
        self._library.look_again()

    def listen(self, samples: Samples, rate_hz: int) -> Contour:
        """Return what was hummed, without looking for it."""
        return self._ear().listen(samples, rate_hz)

    def warm(self) -> None:
        """Load what hums need and take in all that changed in the library, beside the questions.

        Takes seconds at first, and after a large import.
        """
        self._ear()
        self._library.catch_up()

    def status(self) -> MelodyStatus:
        """Return how much of the library can be hummed."""
        return melody_status(self._database)

    def _waiting(self) -> int:
        """How many recordings have no melody yet; counted now and then."""
        now = time.monotonic()
        counted_at, waiting = self._counted
        if now - counted_at > _COUNTED_S:
            waiting = self.status().waiting
            self._counted = (now, waiting)
        return waiting

    def _told(
        self, contour: Contour, matches: MelodyMatches, transcript: str, *, searched: int
    ) -> HumAnswer:
        """What the melodies that fit are called, and what may be said of them."""
        hits = self._log.corrected(contour, matches.hits)
        songs = self._songbook.songs(hits)
        outcome, offered = matches.outcome, min(matches.offered, len(songs))
        if hits != matches.hits or len({song.name[0] for song in songs}) < len(hits):
            outcome, offered = judge(songs)
        if transcript.strip():
            songs, weighed = self._with_words(songs, transcript, searched)
            if weighed:
                outcome, offered = decide([song.probability for song in songs])
        return HumAnswer(
            outcome,
            contour,
            hits=tuple(song.told() for song in songs),
            offered=min(offered, len(songs)),
            searched=searched,
        )

    def _with_words(
        self, songs: list[Song], transcript: str, searched: int
    ) -> tuple[list[Song], bool]:
        """The songs by tune and words together, and whether the words said anything."""
        titles = {one.id: one.title for song in songs for one in song.tracks.values()}
        likely = self._words.likely(transcript, titles)
        if not likely:
            return songs, False
        by_name = {song.name: song for song in songs}
        words: dict[SongName, float] = {}
        for track in self._songbook.tracks(likely.keys()).values():
            song = by_name.setdefault(song_of(track), Song.of(track))
            song.tracks.setdefault(track.id, track)
            words[song.name] = words.get(song.name, 0.0) + likely[track.id]
        together = fuse(
            {song.name: song.probability for song in songs}, words, songs=max(searched, 1)
        )
        for name, probability in together.items():
            by_name[name].probability = probability
        return sorted(by_name.values(), key=lambda song: -song.probability), True

    def _ear(self) -> Listener:
        with self._opening:
            if self._listener is None:
                # The models of the ear take a moment to load, and few ever hum.
                from knowledge.melody.listening import HumListener  # noqa: PLC0415

                self._listener = HumListener(self._models)
            return self._listener
