"""`MusicFinder`: music for a wish, from structure, words, meaning, lyrics and covers together.

Each way of looking gives every track a number from 0 to 1; the score is their weighted mean over
the tracks that obey the facts of the wish (`wish_judge` says which those are, and what gives way).
Recordings of one song by one artist are one hit, led by the plain one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from knowledge.database import Database
from knowledge.models import Album, Artist, Track, TrackId
from knowledge.search.finding import (
    Covers,
    Finding,
    FoundTrack,
    Lines,
    Tracks,
    Vectors,
    Words,
)
from knowledge.search.library_columns import Column, Rows
from knowledge.search.library_view import LibraryView
from knowledge.search.models import SearchQuery
from knowledge.search.terms import Term, always, reasons
from knowledge.search.themes import is_theme
from knowledge.search.versions import Version, song_title
from knowledge.search.wish_judge import LEFT_OVER, Firm, Judged, WishJudge
from knowledge.sound.sounding import Sounding
from knowledge.wish import MusicWish

__all__ = ["MOST_FOUND", "Finding", "FoundTrack", "MusicFinder"]

MOST_FOUND = 200
_NAMED, _LYRICS, _COVER, _MEANING = 3.0, 4.0, 2.0, 1.0
"""Weights, chosen on the development requests of `refrain eval retrieval`."""
_NEAREST = 200
_LEAST_NAMED, _SURELY_NAMED = 0.5, 0.75
_MOST_EXAMPLES = 20
_MOST_LINES = 20
_UNUSUAL = {
    Version.ACOUSTIC: 0.02,
    Version.LIVE: 0.03,
    Version.REMIX: 0.03,
    Version.DEMO: 0.05,
    Version.INSTRUMENTAL: 0.05,
    Version.KARAOKE: 0.15,
}
"""What a recording loses against the plain one, unless it was asked for."""
_LOOKED_AT = 12
"""So many times as many rows as hits are wanted are looked at for versions of the same song."""


@dataclass(slots=True)
class _Looked:
    """What further ways of looking found."""

    firm: list[Firm] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    found: list[Column] = field(default_factory=list)
    """Terms without which a request of words alone has no answer."""


class MusicFinder:
    """Finds music for wishes. Synchronous, safe to share between threads.

    Only the library itself is needed. Whatever else is None, not ready or empty is passed over.
    """

    def __init__(
        self,
        searcher: Words,
        sounding: Sounding,
        vectors: Vectors | None,
        lyrics: Lines | None,
        covers: Covers | None,
        database: Database,
        *,
        catalog: Tracks,
        judge: WishJudge | None = None,
    ) -> None:
        """Prepare; nothing is read.

        Args:
            searcher: for names.
            sounding: what the library sounds like.
            vectors: for meaning; its model is loaded by the first request that it is asked for.
            lyrics: for words of songs.
            covers: for looks of covers.
            database: the library.
            catalog: reads the tracks of hits.
            judge: share one with others, so that the library is kept in memory once.
        """
        self._searcher, self._vectors = searcher, vectors
        self._lyrics, self._covers, self._catalog = lyrics, covers, catalog
        self._judge = judge or WishJudge(database, sounding)

    def warm(self) -> None:
        """Read the library and judge the moods now, so that the first wishes need not.

        About three CPU seconds for 20,000 analysed tracks; meant for a thread at start-up.
        """
        self._judge.warm()

    def find(self, wish: MusicWish, *, limit: int = 20) -> Finding:
        """Find what a wish asks for; nothing when it asks for nothing.

        Args:
            wish: parsed; `free` is searched as words and by meaning.
            limit: hits at most.
        """
        if wish.is_empty and not (wish.free or wish.text).strip():
            return Finding(wish=wish)
        view = self._judge.look()
        wish = self._with_examples(view, wish)
        looked = _Looked()
        self._sung(view, wish, looked)
        self._pictured(view, wish, looked)
        only_words = _is_only_words(wish)
        if only_words:
            self._called(view, wish, looked)
        self._meant(view, wish, looked)
        judged = self._judge.judge(wish, firm=looked.firm, terms=looked.terms, view=view)
        if only_words:
            _hold_to_what_was_found(judged)
        return self._finding(judged, wish, min(max(limit, 0), MOST_FOUND))

    def _with_examples(self, view: LibraryView, wish: MusicWish) -> MusicWish:
        """Look up the name in "like ... but calmer" that parsing did not find: a misspelt one."""
        if not wish.but or wish.like:
            return wish
        if wish.titles:  # a song that is calmer than itself cannot be meant
            keys = [song_title(title).key for title in wish.titles]
            named = [row for key in keys for row in view.library.titles.get(key, ())]
            examples = view.library.ids[named[:_MOST_EXAMPLES]].tolist()
            return replace(wish, like=tuple(examples), titles=(), artists=()) if named else wish
        if not wish.free:
            return wish
        hits = self._searcher.search(SearchQuery(text=wish.free, limit=1)).hits
        if not hits or hits[0].score < _SURELY_NAMED:
            return wish
        rows = _rows_of(view, hits[0].item)[:_MOST_EXAMPLES]
        return replace(wish, like=tuple(view.library.ids[rows].tolist()), free="")

    def _sung(self, view: LibraryView, wish: MusicWish, looked: _Looked) -> None:
        if not wish.lyrics or self._lyrics is None:
            return
        lines = self._lyrics.find(wish.lyrics, limit=_MOST_LINES)
        values = _values(view, [(one.track_id, one.score) for one in lines])
        sung = {one.track_id: one.line for one in lines}
        ids = view.library.ids

        def words(row: int) -> str:
            return f"it goes “{sung.get(int(ids[row]), wish.lyrics)}”"

        looked.terms.append(Term("lyrics", _LYRICS, values, words))
        looked.firm.append(Firm("the words of the song", values > 0))

    def _pictured(self, view: LibraryView, wish: MusicWish, looked: _Looked) -> None:
        if not wish.cover or self._covers is None:
            return
        values = np.zeros(len(view), np.float32)
        for cover_id, score in self._covers.find(wish.cover):
            rows = view.library.covers.get(cover_id)
            if rows is not None:
                values[rows] = np.maximum(values[rows], score)
        looked.terms.append(Term("cover", _COVER, values, always(f"its cover is {wish.cover}")))
        looked.firm.append(Firm("the cover", values > 0))

    def _called(self, view: LibraryView, wish: MusicWish, looked: _Looked) -> None:
        """Words alone may be a name."""
        result = self._searcher.search(SearchQuery(text=wish.free or wish.text, limit=50))
        values = np.zeros(len(view), np.float32)
        for hit in result.hits:
            if hit.score >= _LEAST_NAMED:
                rows = _rows_of(view, hit.item)
                values[rows] = np.maximum(values[rows], hit.score)
        looked.terms.append(Term("name", _NAMED, values, always("called so")))

    def _meant(self, view: LibraryView, wish: MusicWish, looked: _Looked) -> None:
        said = wish.free or (wish.text if _is_only_words(wish) else "")
        if self._vectors is None or not said.strip():
            return
        nearest = self._vectors.nearest(said, _NEAREST)
        weight = _MEANING if _is_only_words(wish) else LEFT_OVER
        if nearest:
            by_rank = [(one, 1 - place / _NEAREST) for place, (one, _) in enumerate(nearest)]
            near = _values(view, by_rank)
            looked.terms.append(Term("meaning", weight, near, always(f"near to “{said}”")))

    def _finding(self, judged: Judged, wish: MusicWish, limit: int) -> Finding:
        library = judged.view.library
        rows = np.flatnonzero(judged.allowed)
        scores = judged.scores - _drawbacks(judged, wish)
        order = np.lexsort((library.spread[rows], -np.round(scores[rows], 3)))
        rows = rows[order]
        groups: dict[int, list[int]] = {}
        for row in rows[: _LOOKED_AT * limit + _LOOKED_AT].tolist():
            work = int(library.works[row])
            if work in groups:
                groups[work].append(row)
            elif len(groups) < limit:
                groups[work] = [row]
        leads = [members[0] for members in groups.values()]
        tracks = {
            track.id: track
            for track in self._catalog.tracks([int(library.ids[row]) for row in leads])
        }
        hits = []
        for members in groups.values():
            track = tracks.get(int(library.ids[members[0]]))
            if track is not None:
                others = tuple(int(library.ids[row]) for row in members[1:])
                score = round(float(judged.scores[members[0]]), 4)
                why = reasons(judged.terms, members[0])
                hits.append(FoundTrack(track, score, why, others))
        return Finding(tuple(hits), wish, judged.relaxed, len(rows))


def _is_only_words(wish: MusicWish) -> bool:
    """Whether nothing is known of a wish but words that may be anything."""
    themes = any(is_theme(word) for word in wish.free.casefold().split())
    return wish.is_empty and not themes


def _hold_to_what_was_found(judged: Judged) -> None:
    """Words alone: a track that none of the ways of looking found is no answer."""
    found = np.zeros(len(judged.view), np.bool_)
    for term in judged.terms:
        found |= np.nan_to_num(term.values) > 0
    judged.allowed = judged.allowed & found


def _values(view: LibraryView, scored: Sequence[tuple[TrackId, float]]) -> Column:
    """A column of what was found, 0 elsewhere."""
    values = np.zeros(len(view), np.float32)
    by_id = dict(scored)
    rows = view.library.rows(by_id)
    values[rows] = [by_id[int(one)] for one in view.library.ids[rows]]
    return values


def _rows_of(view: LibraryView, item: Track | Album | Artist) -> Rows:
    if isinstance(item, Track):
        return view.library.rows((item.id,))
    if isinstance(item, Artist):
        return view.library.of_artist(item.name)
    return view.library.of_album(item.title, item.artist)


def _drawbacks(judged: Judged, wish: MusicWish) -> Column:
    """What recordings other than the plain ones lose; nothing when such a one was asked for."""
    lost = np.zeros(len(judged.view), np.float32)
    asked = wish.free.casefold().split()
    for version, loss in _UNUSUAL.items():
        if version.name.casefold() not in asked:
            lost[judged.view.library.versions == version] = loss
    return lost
