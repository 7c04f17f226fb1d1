"""Ask services about the artists and recordings of the library, the most played ones first."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from knowledge.database import Database
from knowledge.errors import SourceRefused, SourceUnreachable
from knowledge.models import PlayEventKind
from knowledge.schema import artists, play_events, track_artists, tracks
from knowledge.schema_sources import completions
from knowledge.sources.lastfm import LastFm
from knowledge.sources.listenbrainz import ListenBrainzSimilar
from knowledge.sources.neighbours.models import Neighbour, NeighbourSource
from knowledge.sources.neighbours.store import Kind, NeighbourStore, artist_key, recording_key
from knowledge.sources.same_song import main_artist

_AGAIN_S = 90 * 86_400.0
_ARTISTS = 5_000
_RECORDINGS = 300


@dataclass(frozen=True, slots=True)
class _About:
    kind: Kind
    of: str
    artist: str
    title: str
    artist_mbid: str
    mbid: str


class NeighbourAsking:
    """Asks one question after the other. Synchronous; used by one thread."""

    def __init__(
        self,
        database: Database,
        store: NeighbourStore,
        *,
        lastfm: LastFm | None = None,
        listenbrainz: ListenBrainzSimilar | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Prepare.

        Args:
            database: the library.
            store: keeps what is found.
            lastfm: None without a key.
            listenbrainz: knows only what MusicBrainz has named; None when it is not asked.
            clock: seconds since the epoch.
        """
        self._database = database
        self._store = store
        self._lastfm = lastfm
        self._listenbrainz = listenbrainz
        self._clock = clock

    def run(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Ask about everything that was not asked lately; return how often something was asked.

        A service that is away or refuses is left for the next time; the other one goes on.

        Raises:
            SourceUnreachable, SourceRefused: what went wrong with a service, at the end.
        """
        asked, failed = 0, list[SourceUnreachable | SourceRefused]()
        for source, ask in self._services():
            try:
                for about in self._open(source):
                    if stopped():
                        return asked
                    found = ask(about)
                    if found is not None:
                        self._store.keep(about.kind, about.of, source, found)
                        asked += 1
            except (SourceUnreachable, SourceRefused) as error:
                failed.append(error)
        if failed:
            raise failed[0]
        return asked

    def _services(
        self,
    ) -> Iterator[tuple[NeighbourSource, Callable[[_About], Sequence[Neighbour] | None]]]:
        if self._lastfm is not None:
            yield "lastfm", self._ask_lastfm
        if self._listenbrainz is not None:
            yield "listenbrainz", self._ask_listenbrainz

    def _ask_lastfm(self, about: _About) -> Sequence[Neighbour] | None:
        if self._lastfm is None:
            return None
        if about.kind == "artist":
            return self._lastfm.similar_artists(about.artist)
        return self._lastfm.similar_tracks(about.artist, about.title)

    def _ask_listenbrainz(self, about: _About) -> Sequence[Neighbour] | None:
        if self._listenbrainz is None:
            return None
        if about.kind == "artist":
            mbid = about.artist_mbid
            return self._listenbrainz.artists(mbid) if mbid else None
        return self._listenbrainz.recordings(about.mbid) if about.mbid else None

    def _open(self, source: NeighbourSource) -> Iterator[_About]:
        since = self._clock() - _AGAIN_S
        for kind, every in (("artist", self._artists()), ("recording", self._recordings())):
            done = self._store.asked(kind, source, since=since)  # type: ignore[arg-type]
            yield from (one for one in every if one.of not in done)

    def _artists(self) -> tuple[_About, ...]:
        """The artists of the library, the most played first; each by one recording of theirs."""
        found: dict[str, _About] = {}
        for row in self._played(None):
            name = row.artist
            known = found.get(key := artist_key(name))
            if known is None and len(found) < _ARTISTS:
                found[key] = _About("artist", key, name, "", row.artist_mbid or "", "")
            elif known is not None and row.artist_mbid and not known.artist_mbid:
                found[key] = _About("artist", key, name, "", row.artist_mbid, "")
        return tuple(one for one in found.values() if main_artist(one.artist) != "various artists")

    def _recordings(self) -> tuple[_About, ...]:
        """What is played most."""
        return tuple(
            _About(
                "recording",
                recording_key(row.artist, row.title),
                row.artist,
                row.title,
                "",
                row.mbid or "",
            )
            for row in self._played(_RECORDINGS)
            if row.plays
        )

    def _played(self, most: int | None) -> Sequence[Any]:
        def said(field: str) -> Any:
            return (
                select(completions.c.value)
                .where(
                    completions.c.audio_hash == tracks.c.audio_hash,
                    completions.c.source == "musicbrainz",
                    completions.c.field == field,
                    completions.c.state == "offered",
                )
                .scalar_subquery()
                .label(field)
            )

        plays = (
            select(play_events.c.track_id, func.count().label("plays"))
            .where(play_events.c.kind == PlayEventKind.PLAY.value)
            .group_by(play_events.c.track_id)
            .subquery()
        )
        count = func.coalesce(plays.c.plays, 0)
        wanted = (
            select(
                tracks.c.title,
                artists.c.name.label("artist"),
                count.label("plays"),
                said("artist_mbid"),
                said("mbid"),
            )
            .outerjoin(plays, plays.c.track_id == tracks.c.id)
            .join(track_artists, track_artists.c.track_id == tracks.c.id)
            .join(artists, artists.c.id == track_artists.c.artist_id)
            .where(tracks.c.missing_since.is_(None), track_artists.c.position == 0)
            .order_by(count.desc(), tracks.c.id)
            .limit(most)
        )
        with self._database.read() as connection:
            return connection.execute(wanted).all()
