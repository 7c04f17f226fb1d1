"""Playlists: named lists of tracks in an order of their own."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from knowledge.database import Database
from knowledge.errors import NotInLibrary, PlaylistRejected
from knowledge.folding import fold, without_article
from knowledge.models import Playlist, PlaylistId, Track, TrackId
from knowledge.people.belonging import mine
from knowledge.people.current import HOUSEHOLD, current_person
from knowledge.queue import TrackLookup
from knowledge.schema import playlist_items, playlists
from knowledge.schema import tracks as tracks_table

MAX_ITEMS = 10_000
MAX_NAME = 200
_CLOSE = 84.0
"""Similarity, 0 to 100, from which a misspelled name still means the playlist."""


@dataclass(frozen=True, slots=True)
class PlaylistItem:
    """One place in a playlist; the same track may stand in it twice."""

    id: int
    track: Track


class Playlists:
    """Reads and writes playlists. Synchronous; each call is one transaction.

    Everybody sees their own and those that are shared; the household's always are. Only the
    household's and one's own can be changed. Names are unique by `fold` among those that one sees:
    "Café" and "cafe" are the same name. Deleting a playlist deletes neither tracks nor history.
    """

    def __init__(
        self,
        database: Database,
        catalog: TrackLookup,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._clock = clock

    def all(self) -> tuple[Playlist, ...]:
        """Every playlist that this person sees, by name."""
        with self._database.read() as connection:
            rows = connection.execute(
                _playlists().order_by(playlists.c.folded, playlists.c.person_id.desc())
            ).all()
        return tuple(_playlist(row) for row in rows)

    def get(self, playlist_id: PlaylistId) -> Playlist:
        """One playlist.

        Raises:
            NotInLibrary: no such playlist.
        """
        with self._database.read() as connection:
            return _existing(connection, playlist_id)

    def named(self, name: str) -> Playlist | None:
        """The playlist meant by `name`: spelled in any way, or misspelled a little; or None.

        None too when a misspelled name is as close to another playlist.
        """
        everything = self.all()
        folded = fold(name)
        for spelling in (lambda each: each, without_article, _without_playlist):
            same = [each for each in everything if spelling(fold(each.name)) == spelling(folded)]
            own = [each for each in same if each.own]
            if len(same) == 1 or len(own) == 1:
                return own[0] if own else same[0]
        close = self._close(folded, everything, limit=2)
        if not close or close[0][1] < _CLOSE:
            return None
        if len(close) > 1 and close[1][1] == close[0][1]:
            return None
        return close[0][0]

    def nearest(self, name: str, limit: int = 3) -> tuple[Playlist, ...]:
        """The playlists whose names are most like `name`, best first, to offer as a choice."""
        return tuple(each for each, _ in self._close(fold(name), self.all(), limit=limit))

    def create(self, name: str, track_ids: Sequence[TrackId] = ()) -> Playlist:
        """Make a playlist.

        Raises:
            PlaylistRejected: the name is empty, too long or taken, or the list is too long.
            NotInLibrary: a track does not exist.
        """
        name = _checked(name)
        with self._database.write() as connection:
            _expect_free(connection, name)
            made = connection.execute(
                insert(playlists).values(
                    name=name,
                    folded=fold(name),
                    created_at=self._clock().timestamp(),
                    shared=current_person() == HOUSEHOLD,
                )
            )
            playlist_id = int(made.inserted_primary_key[0])  # type: ignore[index]
            _append(connection, playlist_id, track_ids)
            return _existing(connection, playlist_id)

    def add(self, playlist_id: PlaylistId, track_ids: Sequence[TrackId]) -> Playlist:
        """Put tracks at the end. A track that is in the list already is added again.

        Raises:
            NotInLibrary: no such playlist, or no such track.
            PlaylistRejected: the list would become too long.
        """
        with self._database.write() as connection:
            _changeable(connection, playlist_id)
            _append(connection, playlist_id, track_ids)
            return _existing(connection, playlist_id)

    def remove(self, playlist_id: PlaylistId, track_ids: Collection[TrackId]) -> Playlist:
        """Take out every place of these tracks; those that are not in it do not matter."""
        wanted = playlist_items.c.track_id.in_(list(track_ids))
        return self._remove(playlist_id, wanted)

    def remove_items(self, playlist_id: PlaylistId, item_ids: Collection[int]) -> Playlist:
        """Take out single places, as `items` names them."""
        return self._remove(playlist_id, playlist_items.c.id.in_(list(item_ids)))

    def rename(self, playlist_id: PlaylistId, name: str) -> Playlist:
        """Give a playlist another name.

        Raises:
            NotInLibrary: no such playlist.
            PlaylistRejected: the name is empty, too long or taken by another one.
        """
        name = _checked(name)
        with self._database.write() as connection:
            _changeable(connection, playlist_id)
            _expect_free(connection, name, but=playlist_id)
            connection.execute(
                update(playlists)
                .where(playlists.c.id == playlist_id)
                .values(name=name, folded=fold(name))
            )
            return _existing(connection, playlist_id)

    def delete(self, playlist_id: PlaylistId) -> None:
        """Delete the list, not what is in it.

        Raises:
            NotInLibrary: no such playlist.
        """
        with self._database.write() as connection:
            _changeable(connection, playlist_id)
            connection.execute(delete(playlists).where(playlists.c.id == playlist_id))

    def share(self, playlist_id: PlaylistId, *, shared: bool) -> Playlist:
        """Let everybody at home see one's own playlist, or nobody else any more.

        Raises:
            NotInLibrary: no such playlist.
            PlaylistRejected: it is somebody else's, or the household's, which all see.
        """
        with self._database.write() as connection:
            owner = connection.execute(
                select(playlists.c.person_id).where(visible(), playlists.c.id == playlist_id)
            ).scalar()
            if owner is None:
                raise NotInLibrary("There is no such playlist.")
            if owner != current_person() or owner == HOUSEHOLD:
                raise PlaylistRejected(
                    "Only one's own playlists can be shared, or kept to oneself."
                )
            connection.execute(
                update(playlists).where(playlists.c.id == playlist_id).values(shared=shared)
            )
            return _existing(connection, playlist_id)

    def move(self, playlist_id: PlaylistId, item_id: int, to: int) -> None:
        """Move one place to index `to` (clamped).

        Raises:
            NotInLibrary: no such playlist, or no such item in it.
        """
        with self._database.write() as connection:
            _changeable(connection, playlist_id)
            order = [row.id for row in _items(connection, playlist_id)]
            if item_id not in order:
                raise NotInLibrary("That item is not in the playlist.")
            order.remove(item_id)
            order.insert(min(max(to, 0), len(order)), item_id)
            connection.execute(
                update(playlist_items)
                .where(playlist_items.c.id == bindparam("place"))
                .values(position=bindparam("at")),
                [{"place": each, "at": float(at)} for at, each in enumerate(order)],
            )

    def require_changeable(self, playlist_id: PlaylistId) -> Playlist:
        """The playlist, if this person may change it.

        Raises:
            NotInLibrary: no such playlist.
            PlaylistRejected: it is somebody else's.
        """
        with self._database.read() as connection:
            return _changeable(connection, playlist_id)

    def items(self, playlist_id: PlaylistId) -> tuple[PlaylistItem, ...]:
        """The places in order; tracks whose files are missing are left out, but stay in it.

        Raises:
            NotInLibrary: no such playlist.
        """
        with self._database.read() as connection:
            _existing(connection, playlist_id)
            rows = _items(connection, playlist_id)
        ids = list(dict.fromkeys(row.track_id for row in rows))
        found = {track.id: track for track in self._catalog.tracks(ids)}
        return tuple(
            PlaylistItem(row.id, found[row.track_id]) for row in rows if row.track_id in found
        )

    def tracks(self, playlist_id: PlaylistId) -> tuple[Track, ...]:
        """The tracks in order; those whose files are missing are left out.

        Raises:
            NotInLibrary: no such playlist.
        """
        return tuple(item.track for item in self.items(playlist_id))

    def _remove(self, playlist_id: PlaylistId, wanted: Any) -> Playlist:
        with self._database.write() as connection:
            _changeable(connection, playlist_id)
            connection.execute(
                delete(playlist_items).where(playlist_items.c.playlist_id == playlist_id, wanted)
            )
            return _existing(connection, playlist_id)

    @staticmethod
    def _close(
        folded: str, everything: Sequence[Playlist], *, limit: int
    ) -> list[tuple[Playlist, float]]:
        names = [_without_playlist(fold(each.name)) for each in everything]
        found = process.extract(
            _without_playlist(folded), names, scorer=fuzz.ratio, limit=limit, score_cutoff=40
        )
        return [(everything[index], score) for _, score, index in found]


def _without_playlist(folded: str) -> str:
    """Make "my jazz playlist" "jazz"; a name that is only such words stays."""
    words = without_article(folded).removeprefix("my ").removesuffix(" playlist")
    return words.removeprefix("playlist ") or folded


def _playlists() -> Select[Any]:
    return (
        select(
            playlists.c.id,
            playlists.c.name,
            playlists.c.person_id,
            playlists.c.shared,
            func.count(tracks_table.c.id).label("track_count"),
            func.coalesce(func.sum(tracks_table.c.duration_s), 0.0).label("duration_s"),
        )
        .outerjoin(playlist_items, playlist_items.c.playlist_id == playlists.c.id)
        .outerjoin(
            tracks_table,
            (tracks_table.c.id == playlist_items.c.track_id)
            & tracks_table.c.missing_since.is_(None),
        )
        .where(visible())
        .group_by(playlists.c.id)
    )


def visible() -> ColumnElement[bool]:
    """A condition: playlists that the person for whom this runs may see."""
    return mine(playlists) | playlists.c.shared.is_(True)


def _playlist(row: Any) -> Playlist:
    return Playlist(
        row.id,
        row.name,
        row.track_count,
        row.duration_s,
        own=row.person_id == current_person(),
        shared=row.shared,
        changeable=row.person_id in {current_person(), HOUSEHOLD},
    )


def _existing(connection: Connection, playlist_id: PlaylistId) -> Playlist:
    row = connection.execute(_playlists().where(playlists.c.id == playlist_id)).first()
    if row is None:
        raise NotInLibrary("There is no such playlist.")
    return _playlist(row)


def _changeable(connection: Connection, playlist_id: PlaylistId) -> Playlist:
    """The playlist, if this person may change it."""
    found = _existing(connection, playlist_id)
    if not found.changeable:
        raise PlaylistRejected("That playlist is somebody else's: make one of your own like it.")
    return found


def _items(connection: Connection, playlist_id: PlaylistId) -> Sequence[Any]:
    return connection.execute(
        select(playlist_items)
        .where(playlist_items.c.playlist_id == playlist_id)
        .order_by(playlist_items.c.position, playlist_items.c.id)
    ).all()


def _append(connection: Connection, playlist_id: PlaylistId, track_ids: Sequence[TrackId]) -> None:
    if not track_ids:
        return
    mine = playlist_items.c.playlist_id == playlist_id
    count, last = connection.execute(
        select(func.count(), func.max(playlist_items.c.position)).where(mine)
    ).one()
    if count + len(track_ids) > MAX_ITEMS:
        raise PlaylistRejected(f"A playlist holds at most {MAX_ITEMS:,} tracks.")
    wanted = set(track_ids)
    known = select(func.count()).where(tracks_table.c.id.in_(wanted))
    if connection.execute(known).scalar_one() != len(wanted):
        raise NotInLibrary("One of those tracks is not in the library.")
    first = 0.0 if last is None else last + 1.0
    connection.execute(
        insert(playlist_items),
        [
            {"playlist_id": playlist_id, "track_id": track_id, "position": first + place}
            for place, track_id in enumerate(track_ids)
        ],
    )


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise PlaylistRejected("A playlist needs a name.")
    if len(name) > MAX_NAME:
        raise PlaylistRejected(f"The name of a playlist has at most {MAX_NAME} letters.")
    return name


def _expect_free(connection: Connection, name: str, *, but: PlaylistId | None = None) -> None:
    taken = connection.execute(
        select(playlists.c.id, playlists.c.name).where(visible(), playlists.c.folded == fold(name))
    ).first()
    if taken is not None and taken.id != but:
        raise PlaylistRejected(f'There is already a playlist named "{taken.name}".')
