"""Playlists that fill themselves anew by a rule: a wish, and how often.

Such a playlist is an ordinary one beside its rule. Filling it is one transaction: whoever reads it
meanwhile, and whoever is killed meanwhile, finds the old list or the new one.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from sqlalchemy import delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from knowledge.database import Database
from knowledge.errors import NotInLibrary, WishRejected
from knowledge.models import Playlist, PlaylistId, TrackId
from knowledge.people.current import PersonId, acting_as
from knowledge.playlists import Playlists
from knowledge.recommend.models import Recommended, Situation
from knowledge.recommend.wish_json import wish_from_json, wish_to_json
from knowledge.schema import playlist_items, playlists, smart_playlists, tracks
from knowledge.wish import MusicWish

DAILY_S = 86_400.0
SHORTEST_S, LONGEST_S = 300.0, 366 * 86_400.0
_USUAL_COUNT = 25


class ListMaker(Protocol):
    """Whoever turns a wish into a list; the recommender does."""

    def playlist(self, wish: MusicWish, situation: Situation) -> Recommended: ...


@dataclass(frozen=True, slots=True)
class SmartPlaylist:
    playlist: Playlist
    wish: MusicWish
    every_s: float
    """Its content is renewed after so many seconds, 0: only when asked to."""
    refreshed_at: datetime | None

    def is_due(self, now: datetime) -> bool:
        if self.refreshed_at is None:
            return True
        return self.every_s > 0 and (now - self.refreshed_at).total_seconds() >= self.every_s


@dataclass(frozen=True, slots=True)
class Refreshed:
    smart: SmartPlaylist
    relaxed: tuple[str, ...] = ()
    """Parts of the wish that could not be met, in words."""
    changed: bool = True
    """False: nothing fitted, and the list stays as it was."""


class SmartPlaylists:
    """Reads, writes and fills smart playlists. Synchronous, safe to share between threads."""

    def __init__(
        self,
        database: Database,
        names: Playlists,
        maker: ListMaker,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone(),
    ) -> None:
        """Set it up.

        Args:
            database: where playlists and rules are.
            names: the playlists.
            maker: turns wishes into lists.
            clock: the present local time, with its zone.
        """
        self._database, self._playlists, self._maker = database, names, maker
        self._clock = clock

    def create(self, name: str, wish: MusicWish, *, every_s: float = DAILY_S) -> Refreshed:
        """Make a playlist with a rule, and fill it.

        Raises:
            PlaylistRejected: the name is empty, too long or taken.
            WishRejected: the wish cannot be kept, or the interval makes no sense.
        """
        rule = self._rule(wish, every_s)
        made = self._playlists.create(name)
        with self._database.write() as connection:
            connection.execute(
                insert(smart_playlists).values(
                    playlist_id=made.id, rule=rule, every_s=every_s, refreshed_at=None
                )
            )
        return self.refresh(made.id)

    def change(
        self,
        playlist_id: PlaylistId,
        wish: MusicWish,
        *,
        every_s: float = DAILY_S,
    ) -> Refreshed:
        """Give a playlist a rule, or another one, and fill it.

        Raises:
            NotInLibrary: no such playlist.
            WishRejected: the wish cannot be kept, or the interval makes no sense.
        """
        rule = self._rule(wish, every_s)
        self._playlists.require_changeable(playlist_id)
        added = upsert(smart_playlists).values(
            playlist_id=playlist_id, rule=rule, every_s=every_s, refreshed_at=None
        )
        with self._database.write() as connection:
            connection.execute(
                added.on_conflict_do_update(
                    index_elements=["playlist_id"], set_={"rule": rule, "every_s": every_s}
                )
            )
        return self.refresh(playlist_id)

    def get(self, playlist_id: PlaylistId) -> SmartPlaylist | None:
        """The rule of a playlist; None when it is an ordinary one.

        Raises:
            NotInLibrary: no such playlist.
            WishRejected: the rule is damaged.
        """
        playlist = self._playlists.get(playlist_id)
        mine = smart_playlists.c.playlist_id == playlist_id
        with self._database.read() as connection:
            row = connection.execute(select(smart_playlists).where(mine)).first()
        return None if row is None else _smart(playlist, row)

    def all(self) -> tuple[SmartPlaylist, ...]:
        """Every one, by name; those whose rule is damaged are left out."""
        with self._database.read() as connection:
            rows = {row.playlist_id: row for row in connection.execute(select(smart_playlists))}
        found = []
        for playlist in self._playlists.all():
            if playlist.id in rows:
                try:
                    found.append(_smart(playlist, rows[playlist.id]))
                except WishRejected:
                    continue
        return tuple(found)

    def make_ordinary(self, playlist_id: PlaylistId) -> None:
        """Take the rule away; what is in the list stays in it.

        Raises:
            NotInLibrary: no such playlist.
            PlaylistRejected: it is somebody else's.
        """
        self._playlists.require_changeable(playlist_id)
        with self._database.write() as connection:
            connection.execute(
                delete(smart_playlists).where(smart_playlists.c.playlist_id == playlist_id)
            )

    def opened(self, playlist_id: PlaylistId) -> Refreshed | None:
        """Fill it when it is due, because somebody looks at it; None when it is not.

        Raises:
            NotInLibrary: no such playlist.
        """
        try:
            smart = self.get(playlist_id)
        except WishRejected:  # the list can be looked at all the same
            return None
        return self.refresh(playlist_id) if smart and smart.is_due(self._clock()) else None

    def refresh_due(self) -> int:
        """Fill all that are due, everybody's; returns how many. Called now and then."""
        now = self._clock()
        owners = select(playlists.c.person_id).join(
            smart_playlists, smart_playlists.c.playlist_id == playlists.c.id
        )
        with self._database.read() as connection:
            people = set(connection.execute(owners).scalars())
        return sum(self._refresh_due_of(PersonId(person), now) for person in people)

    def _refresh_due_of(self, person: PersonId, now: datetime) -> int:
        with acting_as(person):
            due = [one for one in self.all() if one.playlist.own and one.is_due(now)]
            for smart in due:
                try:
                    self.refresh(smart.playlist.id)
                except NotInLibrary:
                    continue  # somebody deleted it a moment ago
        return len(due)

    def refresh(self, playlist_id: PlaylistId) -> Refreshed:
        """Fill it now, for whom it belongs to. When nothing fits, the list stays as it was.

        Raises:
            NotInLibrary: no such playlist, or it has no rule.
        """
        smart = self.get(playlist_id)
        if smart is None:
            raise NotInLibrary("That playlist has no rule to be filled by.")
        now = self._clock()
        wish = smart.wish
        if wish.count is None and wish.duration_s is None:
            wish = replace(wish, count=_USUAL_COUNT)
        with acting_as(self._owner(playlist_id)):
            made = self._maker.playlist(wish, Situation(at=now))
        ids = [item.track.id for item in made.items]
        self._fill(playlist_id, ids, now)
        kept = self.get(playlist_id)
        if kept is None:
            raise NotInLibrary("That playlist has no rule to be filled by.")
        return Refreshed(kept, made.relaxed, changed=bool(ids))

    def _owner(self, playlist_id: PlaylistId) -> PersonId:
        wanted = select(playlists.c.person_id).where(playlists.c.id == playlist_id)
        with self._database.read() as connection:
            return PersonId(connection.execute(wanted).scalar_one())

    def _fill(self, playlist_id: PlaylistId, ids: list[TrackId], now: datetime) -> None:
        with self._database.write() as connection:
            there = select(playlists.c.id).where(playlists.c.id == playlist_id)
            if connection.execute(there).first() is None:
                raise NotInLibrary("There is no such playlist.")
            mine = smart_playlists.c.playlist_id == playlist_id
            connection.execute(
                update(smart_playlists).where(mine).values(refreshed_at=now.timestamp())
            )
            if not ids:
                return
            known = set(
                connection.execute(select(tracks.c.id).where(tracks.c.id.in_(ids))).scalars()
            )
            connection.execute(
                delete(playlist_items).where(playlist_items.c.playlist_id == playlist_id)
            )
            connection.execute(
                insert(playlist_items),
                [
                    {"playlist_id": playlist_id, "track_id": track_id, "position": float(place)}
                    for place, track_id in enumerate(ids)
                    if track_id in known
                ],
            )

    @staticmethod
    def _rule(wish: MusicWish, every_s: float) -> dict[str, Any]:
        if every_s and not SHORTEST_S <= every_s <= LONGEST_S:
            raise WishRejected("A playlist can be renewed every five minutes to once a year.")
        rule = {"wish": wish_to_json(wish)}
        wish_from_json(rule["wish"])  # what cannot be read again is not kept
        return rule


def _smart(playlist: Playlist, row: Any) -> SmartPlaylist:
    if not isinstance(row.rule, dict):
        raise WishRejected("The rule of that playlist is damaged.")
    at = row.refreshed_at
    return SmartPlaylist(
        playlist,
        wish_from_json(row.rule.get("wish")),
        row.every_s,
        None if at is None else datetime.fromtimestamp(at, UTC),
    )
