"""The facts of a wish: conditions that every answer obeys, whatever else has to give way.

Years, names, genres, the language, a tempo said as a number, whether somebody sings, what is liked,
and everything that is ruled out. A track of which a fact is not known (no year in its tags, not
analysed yet) is left out as long as there is any of which it is known; where nothing is known about
any of them, they stay, and nothing is said about that fact.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import numpy as np
from sqlalchemy import Connection, select

from knowledge.folding import fold
from knowledge.people.belonging import mine
from knowledge.schema import ratings
from knowledge.search.genre_evidence import genre_words, of_genre, unknown_genre
from knowledge.search.instrument_evidence import CLEARLY, heard
from knowledge.search.language_evidence import sung_in
from knowledge.search.library_columns import Column, Mask
from knowledge.search.library_view import LibraryView
from knowledge.search.mood_evidence import FITS, mood_fit
from knowledge.search.spoken_languages import CODES, NAMES
from knowledge.search.tempo_evidence import in_tempo, tempo_words
from knowledge.search.terms import Term, always
from knowledge.search.themes import of_theme
from knowledge.search.versions import song_title
from knowledge.search.voice_evidence import INSTRUMENTAL, SUNG, sings
from knowledge.sound.sounding import Sounding
from knowledge.wish import MusicWish, Span

_GENRE, _LANGUAGE, _TEMPO, _VOICE, _NAME, _YEAR, _LIKED = 3.0, 1.0, 1.5, 1.5, 1.0, 0.3, 0.3
"""Weights of facts in the score: all answers obey them, some more surely than others."""
_AWAY = 1.0
"""Weight of being far from a mood or an instrument that is ruled out."""
_STEPS = (0.96, 1.04)


@dataclass(slots=True)
class Facts:
    """Which tracks obey."""

    allowed: Mask
    terms: list[Term] = field(default_factory=list)

    def hold(self, obeys: Mask, unknown: Mask | None = None) -> None:
        """Keep what obeys; keep what is unknown only when nothing at all is known to obey."""
        kept = self.allowed & obeys
        if unknown is not None and not kept.any() and bool(unknown[self.allowed].all()):
            kept = self.allowed & unknown
        self.allowed = kept


def facts_of(
    connection: Connection, view: LibraryView, sounding: Sounding, wish: MusicWish
) -> Facts:
    """Apply the facts of a wish to the library."""
    facts = Facts(np.ones(len(view), np.bool_))
    _names(view, wish, facts)
    _years(view, wish, facts)
    _genres(view, wish, facts)
    _language(view, wish, facts)
    _tempo(view, wish, facts)
    _voice(view, wish, facts)
    if wish.liked:
        rows = connection.execute(select(ratings.c.track_id).where(mine(ratings), ratings.c.liked))
        liked = view.library.mask(view.library.rows(row[0] for row in rows))
        facts.hold(liked)
        facts.terms.append(Term("liked", _LIKED, liked.astype(np.float32), always("you like it")))
    _ruled_out(connection, view, sounding, wish, facts)
    if wish.like:
        facts.hold(~view.library.mask(view.library.rows(wish.like)))
    return facts


def _names(view: LibraryView, wish: MusicWish, facts: Facts) -> None:
    library = view.library
    if wish.artists:
        by: Mask = np.zeros(len(view), np.bool_)
        for name in wish.artists:
            by[library.of_artist(name)] = True
        facts.hold(by)
        words = library.artist_names
        facts.terms.append(
            Term("artist", _NAME, by.astype(np.float32), lambda row: f"by {words[row]}")
        )
    for names, inverted, kind, said in (
        (wish.albums, library.albums, "album", "from the album"),
        (wish.titles, library.titles, "title", "called so"),
    ):
        if names:
            keys = {fold(name) for name in names} | {song_title(name).key for name in names}
            found = library.mask(np.concatenate([inverted.get(key, _NONE) for key in sorted(keys)]))
            facts.hold(found)
            facts.terms.append(Term(kind, _NAME, found.astype(np.float32), always(said)))


_NONE = np.zeros(0, np.int64)


def _years(view: LibraryView, wish: MusicWish, facts: Facts) -> None:
    if wish.years is None:
        return
    within = _within(view.library.years, wish.years)
    facts.hold(within, np.isnan(view.library.years))
    years = view.library.years

    def words(row: int) -> str:
        return "" if np.isnan(years[row]) else f"from {years[row]:.0f}"

    facts.terms.append(Term("year", _YEAR, within.astype(np.float32), words))


def _within(values: Column, span: Span) -> Mask:
    with np.errstate(invalid="ignore"):
        return np.asarray((values >= min(span)) & (values <= max(span)))


def _genres(view: LibraryView, wish: MusicWish, facts: Facts) -> None:
    if not wish.genres:
        return
    each = {name: of_genre(view, name) for name in wish.genres}
    sure = np.max(list(each.values()), axis=0)
    facts.hold(sure > 0, unknown_genre(view) > 0)
    # "Jazz or blues" is met by either, a little better by both.
    both = np.mean(list(each.values()), axis=0)

    def words(row: int) -> str:
        named = (genre_words(view, name, row) for name, found in each.items() if found[row] > 0)
        return ", ".join(dict.fromkeys(named))

    facts.terms.append(Term("genre", _GENRE, (0.85 * sure + 0.15 * both).astype(np.float32), words))


def _language(view: LibraryView, wish: MusicWish, facts: Facts) -> None:
    if not wish.language:
        return
    sure = sung_in(view, wish.language)
    facts.hold(sure > 0)
    facts.terms.append(
        Term(
            "language",
            _LANGUAGE,
            sure,
            always(f"sung in {NAMES.get(wish.language, wish.language)}"),
        )
    )


def _tempo(view: LibraryView, wish: MusicWish, facts: Facts) -> None:
    span, exact = wish.tempo_bpm, wish.tempo_exact
    if span is None and wish.cadence:
        span = (_STEPS[0] * wish.cadence, _STEPS[1] * wish.cadence)
    if span is None:
        return
    tempo = view.tempo()
    near = in_tempo(tempo, span, exact=exact)
    facts.hold(near > 0, np.isnan(tempo))
    facts.terms.append(Term("tempo", _TEMPO, near, lambda row: tempo_words(tempo, row)))


def _voice(view: LibraryView, wish: MusicWish, facts: Facts) -> None:
    if wish.vocal is None:
        return
    odds = sings(view)
    sign = 1.0 if wish.vocal else -1.0
    known = odds >= SUNG if wish.vocal else odds <= INSTRUMENTAL
    facts.hold(np.asarray(known), np.abs(odds) < SUNG)
    sure = 1 / (1 + np.exp(-sign * odds))
    words = "somebody sings" if wish.vocal else "no vocals"
    facts.terms.append(Term("voice", _VOICE, sure.astype(np.float32), always(words)))


def _ruled_out(
    connection: Connection,
    view: LibraryView,
    sounding: Sounding,
    wish: MusicWish,
    facts: Facts,
) -> None:
    library = view.library
    for name in wish.not_genres:
        facts.hold(of_genre(view, name) == 0)
    if wish.not_genres:
        facts.hold(unknown_genre(view) == 0, unknown_genre(view) > 0)
    for name in wish.not_artists:
        facts.hold(~library.mask(library.of_artist(name)))
    for mood in wish.not_moods:
        fit = mood_fit(view, sounding, mood)
        facts.hold(~np.asarray(np.nan_to_num(fit) >= FITS))
        # What is hardly of the mood comes before what is nearly of it.
        facts.terms.append(Term("mood", _AWAY, (1 - fit).astype(np.float32), always("")))
    for name in wish.not_instruments:
        likely = heard(view, name)
        facts.hold(~np.asarray(np.nan_to_num(likely) >= CLEARLY))
        facts.terms.append(Term("instrument", _AWAY, (1 - likely).astype(np.float32), always("")))
    for span, language, word in _parts(wish.not_words):
        if span is not None:
            facts.hold(~_within(library.years, span))
        elif language:
            facts.hold(sung_in(view, language) == 0)
        else:
            facts.hold(~of_theme(connection, view, word))


def _parts(not_words: Collection[str]) -> Iterator[tuple[Span | None, str, str]]:
    """Read what else is ruled out: years ("1980-1989"), languages ("french"), other words."""
    for word in not_words:
        first, dash, last = word.partition("-")
        if dash and first.isdecimal() and last.isdecimal() and len(first) == len(last) == 4:
            yield (float(first), float(last)), "", word
        else:
            yield None, CODES.get(word.casefold(), ""), word
