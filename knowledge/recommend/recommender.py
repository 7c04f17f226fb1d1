"""Choose music: for a wish, for a moment, after what is playing, into a list of exact length.

Every track that a request allows is judged by the same sum of terms; the best are spread over
artists, one version of each work, and one place at most is filled by exploring sources. What was
offered is logged with its reasons, which are the terms of its score.
"""

import math
import secrets
import threading
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from knowledge.catalog import Catalog
from knowledge.database import Database
from knowledge.models import Queue, Track, TrackId
from knowledge.people.current import PersonId
from knowledge.ratings import Ratings
from knowledge.recommend.activities import Activities, Activity
from knowledge.recommend.asking import Asker
from knowledge.recommend.exploring import Explorer
from knowledge.recommend.judgement import Judge, Judged
from knowledge.recommend.list_making import MOST, ListMaker
from knowledge.recommend.listening import ListeningLog
from knowledge.recommend.models import Question, Reason, Recommendation, Recommended, Situation
from knowledge.recommend.offers import Offer, OffersLog
from knowledge.recommend.selection import Candidate, spread
from knowledge.recommend.sequencing import Sequenced
from knowledge.recommend.shelf import ShelfReader
from knowledge.recommend.similar_artists import SimilarArtist, similar_artists
from knowledge.recommend.weights import SOURCES
from knowledge.sound.sounding import Sounding, WishFit
from knowledge.sources.neighbours.nearness import Nearness
from knowledge.taste.profile import TasteProfile
from knowledge.wish import MusicWish

_LOOKED_AT = 10
"""So many candidates for each place are looked at as whole tracks."""
_FEWEST = 120
_BEGINS_LATE_S = 5.0
_AHEAD = 5
_REMEMBERED = 30


class Recommender:
    """Everything that is chosen for somebody. Synchronous, safe to share between threads."""

    def __init__(
        self,
        database: Database,
        catalog: Catalog,
        ratings: Ratings,
        sounding: Sounding,
        fit: WishFit,
        taste: TasteProfile | None = None,
        *,
        activities: Activities | None = None,
        explore: bool = True,
        ask: bool = True,
        shelf: ShelfReader | None = None,
        listening: ListeningLog | None = None,
        nearness: Nearness | None = None,
        seed: int | None = None,
    ) -> None:
        """Read nothing yet.

        Args:
            database: where offers are logged and listening is read.
            catalog: the library.
            ratings: likes and dislikes.
            sounding: what the library sounds like.
            fit: says which tracks obey a wish.
            taste: of all people; made here when it is not given.
            activities: their profiles; the shipped ones by default.
            explore: whether one place of a list may be explored.
            ask: whether a question may be asked before the first music.
            shelf: the library as columns, when somebody else keeps it as well.
            listening: the log as arrays, when somebody else keeps it as well.
            nearness: what listeners elsewhere play beside something, when it was asked for.
            seed: makes exploring and names of lists the same every time.
        """
        self._catalog, self._sounding = catalog, sounding
        self._shelf = shelf or ShelfReader(database)
        self._listening = listening or ListeningLog(database)
        self._taste = taste or TasteProfile(
            database, sounding, ratings, shelf=self._shelf, listening=self._listening
        )
        self._activities = activities or Activities.read()
        self._offers = OffersLog(database)
        self._lists = ListMaker(catalog, sounding)
        self._explorer = Explorer(self._offers, enabled=explore, seed=seed)
        self._judge = Judge(
            self._shelf,
            self._listening,
            ratings,
            sounding,
            fit,
            self._taste,
            self._activities,
            self._offers,
            nearness,
        )
        self._asker = Asker(sounding) if ask else None
        self._names = None if seed is None else np.random.default_rng(seed)
        self._lock = threading.Lock()

    @property
    def activities(self) -> Activities:
        return self._activities

    @property
    def offers(self) -> OffersLog:
        return self._offers

    def recommend(self, wish: MusicWish, situation: Situation, *, count: int = 10) -> Recommended:
        """Choose a varied handful.

        Args:
            wish: what was asked for; empty for anything.
            situation: when, who, and what was heard just now.
            count: how many, unless the wish says so.
        """
        count = max(1, min(wish.count or count, MOST))
        judged = self._judge.judge(wish, situation)
        chosen = self._chosen(judged, wish, count)
        offers = self._offered(judged, chosen)
        items = tuple(
            Recommendation(
                track,
                float(np.clip(judged.scores.total[place], 0, 1)),
                offer.reasons,
                offer.source,
                self._begins(track.id, wish, judged.activity),
            )
            for (place, track), offer in offers
        )
        told = self._told(judged, items, [offer for _, offer in offers], situation, ())
        return replace(told, question=self.question(wish, situation))

    def playlist(self, wish: MusicWish, situation: Situation) -> Recommended:
        """Choose a list that flows, of the length or number of tracks that the wish names."""
        judged = self._judge.judge(wish, situation)
        made = self._lists.make(judged, wish, situation)
        items = _in_order(judged, made)
        offers = [Offer(item.track.id, item.source, item.reasons) for item in items]
        told = self._told(judged, items, offers, situation, made.relaxed)
        return replace(told, facts={**told.facts, "flow": round(made.flow, 3)})

    def next_for(self, queue: Queue, situation: Situation, *, count: int = _AHEAD) -> Recommended:
        """Choose what goes on after a queue: near to its end, and nothing that stands in it."""
        ids = tuple(item.track.id for item in queue.items)
        after = replace(
            situation,
            queue=ids[-_REMEMBERED:],
            offered=situation.offered | frozenset(ids),
        )
        judged = self._judge.judge(MusicWish(), after, without=frozenset(ids))
        wish = MusicWish(count=max(1, min(count, MOST)))
        made = self._lists.make(judged, wish, after)
        items = _in_order(judged, made)
        offers = [Offer(item.track.id, item.source, item.reasons) for item in items]
        return self._told(judged, items, offers, after, ())

    def explain(
        self, track_id: TrackId, situation: Situation, *, list_id: str = ""
    ) -> tuple[Reason, ...]:
        """Why a track was offered; for one that never was, why it would be."""
        logged = self._offers.why(track_id, list_id=list_id)
        if logged:
            return logged
        judged = self._judge.judge(MusicWish(), situation)
        place = np.flatnonzero(judged.frame.ids == track_id)
        return judged.scores.reasons(int(place[0])) if len(place) else ()

    def question(self, wish: MusicWish, situation: Situation) -> Question | None:
        """The one short question worth asking before the first music, or None."""
        if self._asker is None:
            return None
        taste = self._taste.now()
        return self._asker.question(wish, situation, self._shelf.read(), taste)

    def similar_artists(self, artist: str, *, count: int = 10) -> tuple[SimilarArtist, ...]:
        """Artists of the library that are like one of it: by sound, genre and listening."""
        shelf, listening = self._shelf.read(), self._listening.read()
        fitted = self._judge.sources.fitted(listening, shelf)
        return similar_artists(
            artist, shelf, self._sounding.table(), fitted.artists, count=max(1, min(count, MOST))
        )

    def learn(self) -> bool:
        """Learn what this person skips; takes seconds, so do it in the background once a day."""
        return self._judge.risk.learn(self._listening.read().own(), self._shelf.read())

    def forget(self, person: PersonId) -> None:
        """Let go of what is held in memory of a person who was erased."""
        self._listening.forget()
        self._judge.sources.forget()
        self._judge.risk.forget(person)
        self._explorer.forget(person)

    def _chosen(self, judged: Judged, wish: MusicWish, count: int) -> list[tuple[int, Track]]:
        """The best tracks of different artists and works, with their places in the frame."""
        best = judged.best(max(_FEWEST, _LOOKED_AT * count))
        ids = judged.frame.ids
        places = {int(ids[place]): int(place) for place in best}
        candidates = [
            Candidate(track, float(judged.scores.total[places[track.id]]))
            for track in self._catalog.tracks(list(places))
        ]
        cap = count if wish.artists or wish.albums else max(2, math.ceil(count / 4))
        chosen = spread(candidates, count, recent={}, artist_cap=cap)
        return [(places[one.track.id], one.track) for one in chosen]

    def _offered(
        self, judged: Judged, chosen: list[tuple[int, Track]]
    ) -> list[tuple[tuple[int, Track], Offer]]:
        """The list as offered, with its explored place when there is one."""
        scores = judged.scores
        offered = [
            ((place, track), Offer(track.id, scores.source(place), scores.reasons(place)))
            for place, track in chosen
        ]
        if not self._explorer.may_explore(len(chosen)):
            return offered
        at = len(chosen) // 2
        taken = {track.id for _, track in chosen}
        artists = {int(judged.frame.artists[place]) for place, _ in chosen}
        brought = {source: self._spare(judged, source, taken, artists) for source in SOURCES}
        choice = self._explorer.choose({source: len(found) for source, found in brought.items()})
        if choice is None:
            return offered
        place = int(brought[choice.source][0])
        found = self._catalog.tracks((int(judged.frame.ids[place]),))
        if not found:
            return offered
        reasons = scores.reasons(place)
        offered[at] = (
            (place, found[0]),
            Offer(found[0].id, choice.source, reasons, choice.propensity),
        )
        return offered

    @staticmethod
    def _spare(
        judged: Judged, source: str, taken: set[TrackId], artists: set[int]
    ) -> NDArray[np.int64]:
        """What a source brought that is not in the list, by artists who are not, best first."""
        there = judged.keep & judged.scores.brought_by(source)
        there &= ~np.isin(judged.frame.ids, list(taken))
        there &= ~np.isin(judged.frame.artists, list(artists))
        places = np.flatnonzero(there)
        return places[np.argsort(-judged.scores.total[places], kind="stable")][:1]

    def _begins(
        self, track_id: TrackId, wish: MusicWish, activity: Activity | None
    ) -> float | None:
        """Where the wished mood begins in a track, when that is not at its beginning."""
        mood = next(iter(wish.moods), activity.name if activity and wish.activity else "")
        places = self._sounding.mood_places(track_id, mood) if mood else ()
        if not places or min(place.start_s for place in places) <= _BEGINS_LATE_S:
            return None
        return places[0].start_s

    def _told(
        self,
        judged: Judged,
        items: tuple[Recommendation, ...],
        offers: list[Offer],
        situation: Situation,
        relaxed: tuple[str, ...],
    ) -> Recommended:
        list_id = self._list_id()
        wish = judged.allowed.wish
        activity = judged.activity.name if judged.activity is not None else ""
        self._offers.record(
            list_id,
            offers,
            at=situation.at,
            session_id=situation.session_id,
            context=OffersLog.context(
                situation.at,
                activity=activity,
                mood=", ".join(wish.moods),
                weather=wish.weather or situation.weather,
                place=wish.place or situation.place,
                said=wish.text,
            ),
        )
        facts: dict[str, str | float] = {"candidates": int(judged.keep.sum())}
        if activity:
            facts["activity"] = activity
        if not judged.people:
            facts["people"] = "one listener: nobody to compare with"
        return Recommended(
            items,
            wish,
            list_id,
            tuple(dict.fromkeys((*judged.relaxed, *relaxed))),
            duration_s=sum(item.track.duration_s for item in items),
            facts=facts,
        )

    def _list_id(self) -> str:
        if self._names is None:
            return secrets.token_hex(8)
        with self._lock:
            return self._names.bytes(8).hex()


def _in_order(judged: Judged, made: Sequenced) -> tuple[Recommendation, ...]:
    places = {int(track_id): place for place, track_id in enumerate(judged.frame.ids)}
    return tuple(
        Recommendation(
            track,
            float(np.clip(judged.scores.total[places[track.id]], 0, 1)),
            judged.scores.reasons(places[track.id]),
            judged.scores.source(places[track.id]),
        )
        for track in made.tracks
    )
