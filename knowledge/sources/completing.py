"""Look up recordings in MusicBrainz and covers in its archive, one at a time, in the background."""

from collections.abc import Callable
from pathlib import Path

from knowledge.covers import CoverStore
from knowledge.database import Database
from knowledge.errors import NamingFailed, SourceUnreachable, UnreadableAudio
from knowledge.jobs import Job, JobStore
from knowledge.recognition.online import OnlineName
from knowledge.sources.completions import Completions
from knowledge.sources.identification import Identified, identify
from knowledge.sources.musicbrainz_search import MusicBrainzSearch
from knowledge.sources.recordings import Recording, recording_of

MUSICBRAINZ = "musicbrainz"
COVERART = "coverart"
MUSICBRAINZ_LOOKUP = "musicbrainz/1"
COVERART_LOOKUP = "coverart/1"
_GENRES = 5

NameBySound = Callable[[Path], OnlineName | None]
"""Names a file by its sound, with AcoustID."""
FetchPicture = Callable[[str], bytes | None]
"""Gives the picture at an address, None when there is none; raises `SourceUnreachable`."""


class MusicBrainzCompleting:
    """Finds out which recording each of the library is. Synchronous."""

    def __init__(
        self,
        database: Database,
        search: MusicBrainzSearch,
        completions: Completions,
        *,
        by_sound: NameBySound | None = None,
    ) -> None:
        """Prepare.

        Args:
            database: the library.
            search: finds recordings by their names.
            completions: where to keep what was found.
            by_sound: asked about files whose names say too little; None without a key.
        """
        self._database = database
        self._search = search
        self._completions = completions
        self._by_sound = by_sound
        self._covers = JobStore(database, COVERART_LOOKUP)

    def ask(self, job: Job) -> None:
        """Look up one recording.

        Raises:
            SourceUnreachable, SourceRefused: as `MusicBrainzSearch.recordings`.
        """
        with self._database.read() as connection:
            recording = recording_of(connection, job.audio_hash)
        if recording is None:
            return
        found = self._by_names(recording) if recording.is_named else None
        if found is not None:
            values = _values(found)
            self._completions.keep(job.audio_hash, MUSICBRAINZ, values, certainty=found.certainty)
            if "release_mbid" in values:
                self._covers.repeat(COVERART_LOOKUP, [job.audio_hash])
        elif self._by_sound is not None:
            self._ask_by_sound(job, self._by_sound)

    def _by_names(self, recording: Recording) -> Identified | None:
        return identify(recording, self._search.recordings(recording))

    def _ask_by_sound(self, job: Job, by_sound: NameBySound) -> None:
        try:
            named = by_sound(job.path)
        except UnreadableAudio:
            return
        except NamingFailed as error:
            raise SourceUnreachable(str(error)) from error
        if named is None:
            return
        values = {
            "mbid": named.mbid,
            "title": named.title,
            "artist": ", ".join(named.artists),
            "album": named.album,
            "year": str(named.year or ""),
        }
        kept = {field: value for field, value in values.items() if value}
        self._completions.keep(job.audio_hash, "acoustid", kept, certainty=named.score)


class CoverArtCompleting:
    """Fetches a cover for recordings that have none, once it is known which release they are of."""

    def __init__(
        self,
        database: Database,
        completions: Completions,
        covers: CoverStore,
        fetch: FetchPicture,
        *,
        base_url: str,
    ) -> None:
        """Prepare.

        Args:
            database: the library.
            completions: says which release a recording is of, and keeps the cover.
            covers: where pictures are kept.
            fetch: opens an address.
            base_url: of the Cover Art Archive.
        """
        self._database = database
        self._completions = completions
        self._covers = covers
        self._fetch = fetch
        self._base_url = base_url.rstrip("/")

    def ask(self, job: Job) -> None:
        """Look for the cover of one recording.

        Raises:
            SourceUnreachable, SourceRefused: there was no answer.
        """
        with self._database.read() as connection:
            recording = recording_of(connection, job.audio_hash)
        if recording is None or recording.cover_id is not None:
            return
        release = self._completions.values(job.audio_hash, MUSICBRAINZ).get("release_mbid")
        if not release:
            return
        picture = self._fetch(f"{self._base_url}/release/{release}/front-500")
        cover_id = None if picture is None else self._covers.save(picture)
        if cover_id is not None:
            self._completions.keep(job.audio_hash, COVERART, {"cover": cover_id}, certainty=0.8)


def _values(found: Identified) -> dict[str, str]:
    recording, release = found.recording, found.release
    values = {
        "mbid": recording.mbid,
        "artist_mbid": recording.artist_mbid,
        "title": recording.title,
        "artist": recording.artist,
        "year": str(found.year or ""),
        "genres": ", ".join(recording.tags[:_GENRES]),
    }
    if release is not None:
        values |= {
            "release_mbid": release.mbid,
            "album": release.title,
            "album_artist": release.artist,
            "country": release.country,
            "track_no": str(release.track_no or ""),
            "released": release.date,
        }
    return {field: value for field, value in values.items() if value}
