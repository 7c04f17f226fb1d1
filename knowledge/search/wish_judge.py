"""Judges the library by a wish: which tracks obey its facts, and how well each meets the rest.

Facts never give way. Other conditions do when nothing would be left, in this order: the sound
(stretches such as "not too loud"), the words of a song, the cover, the likeness, themes. Moods,
activities and instruments only weigh: tracks that meet them better come first.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import Connection

from knowledge.analysis.sound import Axis
from knowledge.database import Database
from knowledge.folding import fold
from knowledge.models import TrackId
from knowledge.search.facts import Facts, facts_of
from knowledge.search.instrument_evidence import heard
from knowledge.search.library_columns import Column, LibraryColumnsReader, Mask
from knowledge.search.library_view import LibraryView, LibraryViewer
from knowledge.search.mood_evidence import mood_fit
from knowledge.search.terms import Term, always, total
from knowledge.search.text_scores import bm25
from knowledge.search.themes import is_theme, of_theme
from knowledge.sound.moods import known_moods
from knowledge.sound.sounding import Sounding
from knowledge.wish import MusicWish, Span

_MOOD, _ACTIVITY, _INSTRUMENT, _SOUND, _LIKE, _THEME, _WORDS, _HINT = (
    3.0, 3.0, 2.0, 1.5, 4.0, 2.0, 1.5, 0.7,
)  # fmt: skip
"""Weights, chosen on the development requests of `refrain eval retrieval`."""
LEFT_OVER = 0.3
"""Weight of words without a known meaning beside others that have one: they decide between equals,
for most of them are only how somebody talks."""
_MOST_ALIKE = 1_000
_INSIDE = 0.7
"""Agreement anywhere inside a stretch; 1 at its best place."""
_AXIS_WORDS = {
    Axis.ENERGY: ("calm", "energetic"),
    Axis.VALENCE: ("rather dark", "rather cheerful"),
    Axis.DANCEABILITY: ("not danceable", "danceable"),
    Axis.ACOUSTICNESS: ("electronic", "acoustic"),
    Axis.INSTRUMENTALNESS: ("with voices", "instrumental"),
    Axis.VOCALS: ("few voices", "voices in front"),
    Axis.BRIGHTNESS: ("dull in sound", "bright in sound"),
    Axis.LOUDNESS: ("not loud", "loud"),
    Axis.DYNAMICS: ("steady", "changing"),
}
_TIMES = {"morning": "morning", "evening": "dinner", "night": "calm"}
_WEATHER = {"rain": "calm", "sun": "happy", "storm": "dark", "snow": "calm", "fog": "dreamy"}
_MIDDLE = 0.5


@dataclass(frozen=True, slots=True)
class Firm:
    """A condition that holds unless nothing would be left."""

    words: str
    """What it is, to be told when it gives way."""
    obeys: Mask
    unknown: Mask | None = None


@dataclass(slots=True)
class Judged:
    """The library judged by one wish."""

    view: LibraryView
    allowed: Mask
    terms: tuple[Term, ...]
    scores: Column
    """0 to 1, shape (n,); of tracks that are not allowed it means nothing."""
    relaxed: tuple[str, ...] = ()


@dataclass(slots=True)
class _Parts:
    facts: Facts
    firm: list[Firm] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


class WishJudge:
    """Safe to share between threads; what it reads is kept until the library changes."""

    def __init__(self, database: Database, sounding: Sounding) -> None:
        self._database, self._sounding = database, sounding
        self._viewer = LibraryViewer(LibraryColumnsReader(database), sounding)

    def look(self) -> LibraryView:
        """The library as it is now; reads it when it is the first time."""
        return self._viewer.look()

    def warm(self) -> None:
        """Read the library and judge every mood now; the sound of the library keeps these."""
        view = self._viewer.look()
        if len(view.sound.ids):
            for mood in known_moods():
                mood_fit(view, self._sounding, mood)

    def judge(
        self,
        wish: MusicWish,
        *,
        firm: Iterable[Firm] = (),
        terms: Iterable[Term] = (),
        give_way: bool = True,
        view: LibraryView | None = None,
    ) -> Judged:
        """Judge every track.

        Args:
            wish: what is wished for.
            firm: further conditions, in the order in which they give way.
            terms: further things that speak for tracks.
            give_way: whether stretches of sound give way when nothing would be left.
            view: what `firm` and `terms` were made of.
        """
        view = view or self._viewer.look()
        with self._database.read() as connection:
            parts = _Parts(facts_of(connection, view, self._sounding, wish))
            self._sound(view, wish, parts, give_way=give_way)
            parts.firm += firm
            self._weighed(view, wish, parts)
            self._words(connection, view, wish, parts)
        every = (*parts.terms, *terms, *parts.facts.terms)
        allowed, relaxed = _narrowed(parts)
        return Judged(view, allowed, every, total(every, len(view)), relaxed)

    @staticmethod
    def _sound(view: LibraryView, wish: MusicWish, parts: _Parts, *, give_way: bool) -> None:
        obeys = np.ones(len(view), np.bool_)
        unknown = np.zeros(len(view), np.bool_)
        for axis, span in wish.axes.items():
            place = view.percentiles(axis)
            with np.errstate(invalid="ignore"):
                obeys &= (place >= min(span)) & (place <= max(span))
            unknown |= np.isnan(place)
            words = _AXIS_WORDS[axis][int(sum(span) / 2 > _MIDDLE)]
            parts.terms.append(Term("sound", _SOUND, _in_stretch(place, span), always(words)))
        if wish.axes and give_way:
            parts.firm.append(Firm("the sound", obeys, unknown))
        elif wish.axes:
            parts.facts.hold(obeys, unknown)

    def _weighed(self, view: LibraryView, wish: MusicWish, parts: _Parts) -> None:
        for mood in wish.moods:
            fit = mood_fit(view, self._sounding, mood)
            parts.terms.append(Term("mood", _MOOD, fit, always(mood)))
        if wish.activity:
            fit = mood_fit(view, self._sounding, wish.activity)
            parts.terms.append(Term("activity", _ACTIVITY, fit, always(f"for {wish.activity}")))
        for name in wish.instruments:
            parts.terms.append(Term("instrument", _INSTRUMENT, heard(view, name), always(name)))
        if not (wish.moods or wish.activity or wish.like):
            for said, known in ((wish.time_of_day, _TIMES), (wish.weather, _WEATHER)):
                if said in known:
                    fit = mood_fit(view, self._sounding, known[said])
                    parts.terms.append(Term("time", _HINT, fit, always(f"for {said}")))
        if wish.like:
            self._alike(view, wish, parts)

    def _alike(self, view: LibraryView, wish: MusicWish, parts: _Parts) -> None:
        found = self._sounding.alike(wish.like, but=wish.but, count=_MOST_ALIKE)
        likeness = np.full(len(view), np.nan, np.float32)
        why: dict[TrackId, str] = {}
        rows = view.library.rows(one.track_id for one in found)
        kept = set(view.library.ids[rows].tolist())
        present = [one for one in found if one.track_id in kept]
        likeness[rows] = [one.score for one in present]
        for one in present:
            why[one.track_id] = ", ".join(one.reasons[:2]) or "it sounds alike"

        def words(row: int) -> str:
            return why.get(int(view.library.ids[row]), "")

        parts.terms.append(Term("alike", _LIKE, likeness, words))
        if present:
            parts.firm.append(Firm("the likeness", np.isfinite(likeness)))

    @staticmethod
    def _words(connection: Connection, view: LibraryView, wish: MusicWish, parts: _Parts) -> None:
        said = [word for word in fold(wish.free).split() if is_theme(word)]
        for theme in said:
            found = of_theme(connection, view, theme)
            parts.terms.append(Term("theme", _THEME, found.astype(np.float32), always(theme)))
            parts.firm.append(Firm("the words", found))
        rest = " ".join(word for word in fold(wish.free).split() if word not in said)
        if rest:
            scores = bm25(connection, view, rest)
            values = np.nan_to_num(scores).astype(np.float32)
            weight = _WORDS if wish.is_empty and not said else LEFT_OVER
            parts.terms.append(Term("words", weight, values, always(f"“{wish.free}”")))


def _narrowed(parts: _Parts) -> tuple[Mask, tuple[str, ...]]:
    """Hold to all firm conditions, or give the first of them up until something is left."""
    for given_up in range(len(parts.firm) + 1):
        held = Facts(parts.facts.allowed.copy())
        for one in parts.firm[given_up:]:
            held.hold(one.obeys, one.unknown)
        if held.allowed.any():
            words = dict.fromkeys(one.words for one in parts.firm[:given_up])
            return held.allowed, tuple(words)
    return parts.facts.allowed, ()


def _in_stretch(place: Column, span: Span) -> Column:
    low, high = min(span), max(span)
    width = max(high - low, 1e-6)
    best = 0.0 if low <= 0 else 1.0 if high >= 1 else (low + high) / 2
    with np.errstate(invalid="ignore"):
        inside = 1 - (1 - _INSIDE) * np.abs(place - best) / width
        outside = np.maximum(low - place, place - high)
        fading = _INSIDE * np.exp(-np.maximum(outside, 0) / 0.2)
    found: Column = np.where(outside > 0, fading, inside).astype(np.float32)
    return found
