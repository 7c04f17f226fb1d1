"""From matches to hits: versions grouped, ties broken, items read from the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from sqlalchemy import Connection, bindparam, text

from knowledge.models import Album, Artist, Track
from knowledge.people.current import current_person
from knowledge.search.grouping import Group, group_versions
from knowledge.search.lookup import Pool
from knowledge.search.matching import Match
from knowledge.search.models import SearchHit, SearchQuery
from knowledge.search.words import tokens

MOST_HITS = 200
_KIND_ORDER = {"artist": 0, "track": 1, "album": 2}
"""Of things that are called the same: "play america" rather means the band than the song."""

_FAMILIAR = text(
    "SELECT t.id, coalesce((SELECT 2 * r.liked - 1 FROM ratings r "
    "WHERE r.track_id = t.id AND r.person_id = :person), 0), "
    "(SELECT count(*) FROM play_events e WHERE e.track_id = t.id AND e.kind = 'play' "
    "AND e.person_id = :person) "
    "FROM tracks t WHERE t.id IN :ids"
).bindparams(bindparam("ids", expanding=True))


class ItemSource(Protocol):
    """Where the items of hits come from; ids that are gone are left out."""

    def tracks(self, ids: Sequence[int]) -> tuple[Track, ...]: ...
    def albums(self, ids: Sequence[int]) -> tuple[Album, ...]: ...
    def artists(self, ids: Sequence[int]) -> tuple[Artist, ...]: ...


class HitMaker:
    """Makes the hits of one query."""

    def __init__(
        self,
        connection: Connection,
        items: ItemSource,
        query: SearchQuery,
        mood_fit: Mapping[int, float],
    ) -> None:
        self._connection = connection
        self._items = items
        self._query = query
        self._mood_fit = mood_fit

    def make(self, pool: Pool, *, at_least: float) -> tuple[SearchHit, ...]:
        """Turn the matches of `pool` with at least this score into hits, best first."""
        matches = [
            match
            for match in pool.matches.values()
            if match.kind in self._query.kinds and match.score >= at_least
        ]
        said = (*tokens(self._query.title or ""), *tokens(self._query.text))
        groups = group_versions((m for m in matches if m.kind == "track"), pool.rows, said)
        others = [match for match in matches if match.kind != "track"]
        limit = max(0, min(self._query.limit, MOST_HITS))
        return self._read(self._ranked(groups, others), limit)

    def _ranked(self, groups: Sequence[Group], others: Iterable[Match]) -> list[Group]:
        every = [*groups, *(Group(match, ()) for match in others)]
        every.sort(key=lambda group: -group.lead.score)
        # Only near the top does it matter how familiar something is.
        top = [group.lead.id for group in every[:MOST_HITS] if group.lead.kind == "track"]
        familiar = self._familiarity(top)

        def order(place_and_group: tuple[int, Group]) -> tuple[float, float, int, float, int]:
            place, group = place_and_group
            match = group.lead
            is_track = match.kind == "track"
            return (
                -round(match.score, 2),
                -self._mood_fit.get(match.id, 0.0) if is_track else 0.0,
                _KIND_ORDER[match.kind],
                -familiar.get(match.id, 0.0) if is_track else 0.0,
                place,
            )

        return [group for _, group in sorted(enumerate(every), key=order)]

    def _familiarity(self, ids: Sequence[int]) -> dict[int, float]:
        """Liked before unknown before disliked, then by how often it was played."""
        if not ids:
            return {}
        rows = self._connection.execute(_FAMILIAR, {"ids": list(ids), "person": current_person()})
        return {row[0]: 1000.0 * row[1] + min(row[2], 999) for row in rows}

    def _read(self, ranked: Sequence[Group], limit: int) -> tuple[SearchHit, ...]:
        """Read items until `limit` hits are made; albums of other years and ghosts fall out."""
        wanted = ranked[: limit + 10]
        ids: dict[str, list[int]] = {"track": [], "album": [], "artist": []}
        for group in wanted:
            ids[group.lead.kind].append(group.lead.id)
            ids["track"].extend(group.others)
        tracks = {t.id: t for t in self._items.tracks(ids["track"])} if ids["track"] else {}
        albums = {a.id: a for a in self._items.albums(ids["album"])} if ids["album"] else {}
        artists = {a.id: a for a in self._items.artists(ids["artist"])} if ids["artist"] else {}
        hits = []
        for group in wanted:
            item: Track | Album | Artist | None
            if group.lead.kind == "track":
                item = tracks.get(group.lead.id)
            elif group.lead.kind == "album":
                item = albums.get(group.lead.id)
                if item is not None and not self._is_of_the_years(item):
                    item = None
            else:
                item = artists.get(group.lead.id)
            if item is not None:
                versions = tuple(tracks[other] for other in group.others if other in tracks)
                hits.append(_hit(item, group.lead, versions))
        return tuple(hits[:limit])

    def _is_of_the_years(self, album: Album) -> bool:
        first, last = self._query.year_from, self._query.year_to
        if first is None and last is None:
            return True
        year = album.year
        return year is not None and (first or year) <= year <= (last or year)


def _hit(item: Track | Album | Artist, match: Match, versions: tuple[Track, ...]) -> SearchHit:
    return SearchHit(item, round(min(match.score, 1.0), 4), match.exact, match.why, versions)
