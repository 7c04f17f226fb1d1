"""What is known of a recording beyond its name: its words, its year, its label, and who says so.

Nothing is made up: each thing comes with its source, and what nobody says is not there.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import NotInLibrary
from knowledge.lyrics.fetched import FetchedLyrics
from knowledge.lyrics.index import LyricsIndex
from knowledge.lyrics.models import Lyrics
from knowledge.models import Track, TrackId
from knowledge.sources.completions import Completions
from knowledge.sources.tags import read_tags

FILE = "file"
"""The user's own file or its tags, as the source of something."""
_LYRICS_SOURCES = {"lrclib": "LRCLIB"}
_NAMES = {
    "musicbrainz": "MusicBrainz",
    "discogs": "Discogs",
    "acoustid": "AcoustID",
    "lastfm": "Last.fm",
    "listenbrainz": "ListenBrainz",
}
_RELEASED = ("released", "year")
"""Fields in which a service says when; the first says more."""

AskAbout = Callable[[TrackId], Awaitable[object]]
"""Asks a service that is asked only when somebody wants to know."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One thing that is known, and who says so."""

    value: str
    source: str
    """`FILE` or the name of a service."""


class TrackFacts:
    """Tells what is known. Synchronous but for `ask`; safe to share between threads."""

    def __init__(
        self,
        lyrics: LyricsIndex,
        fetched: FetchedLyrics,
        completions: Completions,
        *,
        path_of: Callable[[TrackId], Path] | None = None,
        ask: AskAbout | None = None,
    ) -> None:
        """Tell what these know.

        Args:
            lyrics: the words in use.
            fetched: what services gave of words.
            completions: what services say of recordings.
            path_of: where the file of a track is, for tags that the library does not keep.
            ask: asks about a label; None where no service that knows is switched on.
        """
        self._lyrics = lyrics
        self._fetched = fetched
        self._completions = completions
        self._path_of = path_of
        self._ask = ask

    @property
    def can_ask(self) -> bool:
        """Whether more may be known after `ask`."""
        return self._ask is not None

    async def ask(self, track_id: TrackId) -> None:
        """Ask the services that know of labels.

        Raises:
            SourceUnreachable, SourceRefused, NotInLibrary: there was no usable answer.
        """
        if self._ask is not None:
            await self._ask(track_id)

    def words(self, track_id: TrackId, *, timed: bool = False) -> tuple[Lyrics, str] | None:
        """The words and where they are from; with `timed` rather those that say when."""
        found = self._lyrics.of(track_id)
        if timed and not (found is not None and found.synced):
            fetched = self._fetched.of(track_id)
            usable = fetched is not None and fetched.state == "found"
            if usable and fetched is not None and fetched.lyrics and fetched.lyrics.synced:
                found = fetched.lyrics
        if found is None:
            return None
        return found, _LYRICS_SOURCES.get(found.source, FILE)

    def instrumental(self, track_id: TrackId) -> str:
        """The service that says that nobody sings; "" when none does."""
        found = self._fetched.of(track_id)
        if found is None or found.state != "instrumental":
            return ""
        return _LYRICS_SOURCES.get(found.source, found.source)

    def released(self, track: Track) -> tuple[Stated, ...]:
        """When it came out: what the file says first, then services that say something else."""
        said = [one for one in self._completions.of(track.id) if one.state == "offered"]
        known = [Stated(str(track.year), FILE)] if track.year else []
        if any(one.in_use and one.field == "year" for one in said):
            known = []  # the year that is shown is a service's
        for one in sorted(said, key=lambda one: (-one.certainty, one.source)):
            fields = [each.field for each in said if each.source == one.source]
            best = next((field for field in _RELEASED if field in fields), "")
            if one.field == best and all(one.value[:4] != each.value[:4] for each in known):
                known.append(Stated(one.value, _NAMES.get(one.source, one.source)))
        return tuple(known)

    def label(self, track_id: TrackId) -> Stated | None:
        """The label of its release."""
        own = self._own_label(track_id)
        if own:
            return Stated(own, FILE)
        for one in self._completions.of(track_id):
            if one.field == "label" and one.state == "offered" and one.value:
                return Stated(one.value, _NAMES.get(one.source, one.source))
        return None

    def _own_label(self, track_id: TrackId) -> str:
        if self._path_of is None:
            return ""
        try:
            path = self._path_of(track_id)
        except NotInLibrary:
            return ""
        return (read_tags(path, {}).first("label") or "").strip()[:200]
