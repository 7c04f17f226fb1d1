"""Judge candidates for one request in one situation: every term of the score."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from knowledge.analysis.sound import Vector
from knowledge.models import TrackId
from knowledge.recommend.activities import Activity
from knowledge.recommend.conditions import CHANGED, change
from knowledge.recommend.frame import Frame
from knowledge.recommend.listening import Listening
from knowledge.recommend.models import Situation
from knowledge.recommend.moments import Moment, usual_now
from knowledge.recommend.skip_risk import SkipRisk
from knowledge.recommend.sources import Fitted, Sources
from knowledge.recommend.suiting import suits
from knowledge.recommend.surroundings import fitting_weather
from knowledge.recommend.terms import Term, term, unsaid
from knowledge.recommend.weights import SEEDED
from knowledge.sound.sounding import Alike
from knowledge.sources.neighbours.nearness import Nearby
from knowledge.taste.profile import Taste
from knowledge.wish import MusicWish

_SESSION = 5
"""So many of the last tracks are the session that candidates are compared with."""
_FADES_H = 24.0
"""After so many hours a track is half as tiring."""
_TIRED_DAYS = 7.0
_CHANGES = frozenset(word for pair in CHANGED.values() for word in pair)
_OFFERED = 0.8
"""How tiring what was offered in this conversation is."""
Words = Callable[[int], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Request:
    """Everything that terms are made from."""

    wish: MusicWish
    situation: Situation
    frame: Frame
    listening: Listening
    fitted: Fitted
    taste: Taste
    fits: Mapping[TrackId, tuple[float, tuple[str, ...]]] | None
    liked: frozenset[TrackId]
    activity: Activity | None
    heard_for: tuple[TrackId, ...] = ()
    """What was heard during this activity before."""

    @property
    def seeds(self) -> tuple[TrackId, ...]:
        """What the music shall be like: as asked for, or as it is now."""
        return self.wish.like or self.situation.queue[-_SESSION:]


def judge(request: Request, sources: Sources, risk: SkipRisk) -> tuple[Term, ...]:
    """All terms that apply."""
    terms = [*_asked(request), *_sourced(request, sources), *_personal(request, risk)]
    return tuple(each for each in terms if len(each.values) == len(request.frame))


def _asked(request: Request) -> list[Term]:
    wish, frame = request.wish, request.frame
    terms: list[Term] = []
    if request.fits is not None:
        fits, ids = request.fits, frame.ids.tolist()
        values = np.asarray([fits[each][0] if each in fits else 0.0 for each in ids])

        def because(place: int) -> tuple[str, ...]:
            return fits[ids[place]][1] if ids[place] in fits else ()

        terms.append(term("wish", values, because))
    for name, amount in wish.but.items():
        found = change(frame, wish.like, name, amount)
        if found is not None:
            words = CHANGED[name][int(amount >= 0)]
            terms.append(term("change", found[1], _always(words)))
    if wish.tempo_bpm is not None or wish.cadence:
        span = wish.tempo_bpm or (float(wish.cadence or 0), float(wish.cadence or 0))
        bpm = frame.tempo_bpm

        def in_words(place: int) -> tuple[str, ...]:
            return () if np.isnan(bpm[place]) else (f"about {bpm[place]:.0f} BPM",)

        terms.append(term("tempo", frame.in_tempo(span), in_words))
    if request.activity is not None:
        terms.append(_for_activity(request, request.activity))
    weather = fitting_weather(frame, wish.weather or request.situation.weather)
    if weather is not None:
        terms.append(term("weather", weather[0], _always(weather[1])))
    return terms


def _for_activity(request: Request, activity: Activity) -> Term:
    suited = suits(request.frame, activity, request.heard_for)
    own = suited.own_share > 0.5
    ids, fits = request.frame.ids.tolist(), request.fits or {}

    def because(place: int) -> tuple[str, ...]:
        if own:
            return (f"like what you play for {activity.name}",)
        said = fits[ids[place]][1] if ids[place] in fits else ()
        # The wish may have said it: nobody needs to hear it twice.
        return () if any(activity.name in words for words in said) else (f"suits {activity.name}",)

    return term("activity", suited.fit, because)


def _sourced(request: Request, sources: Sources) -> list[Term]:
    frame, situation, shelf = request.frame, request.situation, request.frame.shelf
    terms: list[Term] = []
    listening = request.listening.own()
    recent = sources.recent(listening, situation.at.timestamp())
    if recent:
        counts = _heard_counts(listening)
        terms.append(term("recent", _spread(frame, recent), _played(frame, counts, situation.at)))
    session = situation.queue
    if session and not request.wish.like:
        last = shelf.row(session[-1])
        title = "" if last is None else f"“{shelf.titles[last]}”"
        rules = sources.rules(request.fitted, session)
        if rules:
            words = f"you played it after {title} before" if title else "it came next before"
            terms.append(term("rules", _spread(frame, rules), _always(words)))
        artists = sources.artists(request.fitted, session)
        if artists:
            terms.append(term("artists", _spread(frame, artists), _after_artist(frame, last)))
    terms += _alike(request, sources, recent)
    near = sources.outside(request.seeds, shelf)
    if near:
        values = _spread(frame, {track_id: one.score for track_id, one in near.items()})
        terms.append(term("outside", values, _listeners_elsewhere(frame, near)))
    people = sources.people(request.fitted, request.listening)
    if people:
        words = "others with a like taste play it"
        terms.append(term("people", _spread(frame, people), _always(words)))
    return terms


def _alike(request: Request, sources: Sources, recent: Mapping[TrackId, float]) -> list[Term]:
    frame, shelf, wish = request.frame, request.frame.shelf, request.wish
    seeds = request.seeds
    favourites = not seeds and request.fits is None
    if favourites:
        seeds = sources.favourites(recent)
    alike = sources.content(seeds, wish.but)
    if not alike:
        return []
    row = shelf.row(seeds[0] if wish.like else seeds[-1])
    title = "" if row is None else f"“{shelf.titles[row]}”"
    what = "what you come back to" if favourites else title or "what is playing"
    ids = frame.ids.tolist()

    def because(place: int) -> tuple[str, ...]:
        found: Alike | None = alike.get(ids[place])
        # What is changed is a reason of its own.
        other = [] if found is None else [each for each in found.reasons if each not in _CHANGES]
        how = ", ".join(other[:2])
        return (f"like {what}" + (f": {how}" if how else ""),)

    values = _spread(frame, {key: found.score for key, found in alike.items()})
    return [term("content", values, because, weight=SEEDED if wish.like else None)]


def _personal(request: Request, risk: SkipRisk) -> list[Term]:
    frame, situation, shelf = request.frame, request.situation, request.frame.shelf
    ids = frame.ids.tolist()
    taste = request.taste

    def by_taste(place: int) -> tuple[str, ...]:
        said = taste.why.get(ids[place])
        return (said or taste.learned_words(shelf, int(frame.rows[place])),)

    terms = [term("taste", taste.weigh(frame), by_taste)]
    if request.liked:
        liked = np.isin(frame.ids, list(request.liked)).astype(np.float32)
        terms.append(term("liked", liked, _always("you like it")))
    listening = request.listening.own()
    wish = request.wish
    if wish.time_of_day or not (wish.activity or wish.moods or wish.axes or wish.like):
        moment = Moment.named(wish.time_of_day, situation.at)
        usual = usual_now(frame, listening, moment, situation.at.tzinfo)
        # Half is what any track gets: only what is more usual than that speaks for it.
        words = f"usual for you {moment.words}" if len(listening) else f"goes well {moment.words}"
        terms.append(term("time", np.clip(2 * usual - 1, 0, 1), _always(words)))
    terms.append(term("fatigue", _fatigue(frame, listening, situation), unsaid))
    terms.append(term("skips", risk.above_usual(frame, listening, situation.at), unsaid))
    return terms


def _fatigue(frame: Frame, listening: Listening, situation: Situation) -> Vector:
    """How tired one is of each candidate, 0 to 1: just heard, or offered a moment ago."""
    now = situation.at.timestamp()
    lately = listening.where((listening.at > now - _TIRED_DAYS * 86_400) & (listening.at <= now))
    tired: dict[TrackId, float] = {}
    for track_id, at in zip(lately.tracks.tolist(), lately.at.tolist(), strict=True):
        tired[track_id] = max(tired.get(track_id, 0.0), 0.5 ** ((now - at) / 3600 / _FADES_H))
    for track_id in situation.offered:
        tired[track_id] = max(tired.get(track_id, 0.0), _OFFERED)
    for track_id in situation.queue:
        tired[track_id] = 1.0
    return _spread(frame, tired)


def _spread(frame: Frame, scores: Mapping[TrackId, float]) -> Vector:
    """Scores by id as a column of the frame, 0 for the others."""
    column = np.zeros(len(frame), np.float32)
    if scores and len(frame):
        ids = frame.ids
        wanted = np.fromiter(scores.keys(), np.int64)
        values = np.fromiter(scores.values(), np.float64)
        place = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
        there = ids[place] == wanted
        column[place[there]] = values[there]
    return column


def _always(*words: str) -> Words:
    def said(place: int) -> tuple[str, ...]:
        del place
        return words

    return said


def _heard_counts(listening: Listening) -> dict[TrackId, tuple[int, float]]:
    """How often each track was heard, and when last."""
    good = listening.where(listening.heard & ~listening.skipped)
    ids, last_first, counts = np.unique(good.tracks[::-1], return_index=True, return_counts=True)
    times = good.at[::-1][last_first]
    return dict(zip(ids.tolist(), zip(counts.tolist(), times.tolist(), strict=True), strict=True))


def _played(frame: Frame, counts: Mapping[TrackId, tuple[int, float]], at: datetime) -> Words:
    ids = frame.ids.tolist()

    def said(place: int) -> tuple[str, ...]:
        if ids[place] not in counts:
            return ()
        count, last = counts[ids[place]]
        days = int((at.timestamp() - last) // 86_400)
        when = "today" if days < 1 else "yesterday" if days == 1 else f"{days} days ago"
        often = f" {count} times, the last time" if count > 1 else ""
        return (f"you played it{often} {when}",)

    return said


def _listeners_elsewhere(frame: Frame, near: Mapping[TrackId, Nearby]) -> Words:
    ids = frame.ids.tolist()

    def said(place: int) -> tuple[str, ...]:
        found = near.get(ids[place])
        return () if found is None else (found.because,)

    return said


def _after_artist(frame: Frame, last: int | None) -> Words:
    shelf = frame.shelf

    def said(place: int) -> tuple[str, ...]:
        artist = shelf.artists[int(frame.rows[place])]
        if last is None:
            return (f"you play {artist} next",)
        if shelf.artists[last] == artist:
            return (f"you stay with {artist}",)
        return (f"you play {artist} after {shelf.artists[last]}",)

    return said
