"""The taste of a person: read it, correct it, reset it, and weigh tracks by it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

import numpy as np

from knowledge.analysis.sound import Vector
from knowledge.database import Database
from knowledge.errors import NotInLibrary, TasteRejected
from knowledge.models import TrackId
from knowledge.people.current import PersonId, current_person
from knowledge.ratings import Ratings
from knowledge.recommend.frame import Frame
from knowledge.recommend.listening import Listening, ListeningLog
from knowledge.recommend.shelf import Shelf, ShelfReader
from knowledge.sound.sounding import Sounding
from knowledge.taste.counts import TasteCounts, count
from knowledge.taste.matching import RuleMatcher
from knowledge.taste.rules import MOMENT, NOT_NOW, TasteRule, TasteRules
from knowledge.taste.sentences import TasteLine, of_listening, of_rule, titles_of

_KNOWN_PLAYS = 20.0
"""From so many plays a taste counts as known: nobody needs to be asked."""


@dataclass(frozen=True, slots=True)
class Taste:
    """What is known of one person, ready to be weighed."""

    forbidden: frozenset[TrackId]
    """Never, or not now."""
    said: dict[TrackId, float] = field(default_factory=dict)
    """Tracks that something was said about: -1 to 1."""
    why: dict[TrackId, str] = field(default_factory=dict)
    """What was said, for the tracks of `said`: "more of jazz"."""
    counts: TasteCounts | None = None
    ignored: frozenset[tuple[str, str]] = frozenset()

    @property
    def is_known(self) -> bool:
        """Whether it says enough to choose by."""
        return bool(self.said) or (self.counts is not None and self.counts.plays >= _KNOWN_PLAYS)

    def weigh(self, frame: Frame) -> Vector:
        """How much each candidate should be liked, -1 to 1: what was said, and what was learned."""
        learned = (
            np.zeros(len(frame), np.float32)
            if self.counts is None
            else self.counts.liking(frame, self.ignored)
        )
        said = np.asarray([self.said.get(each, 0.0) for each in frame.ids.tolist()], np.float32)
        return np.asarray(np.clip(learned + said, -1, 1), np.float32)

    def learned_words(self, shelf: Shelf, row: int) -> str:
        """What listening says for a track, in a few words; row of the shelf."""
        return "your taste" if self.counts is None else self.counts.words(shelf, row)


class TasteProfile:
    """The taste of whoever asks. Synchronous, safe to share between threads.

    What the household said holds for everybody.
    """

    def __init__(
        self,
        database: Database,
        sounding: Sounding,
        ratings: Ratings,
        *,
        shelf: ShelfReader | None = None,
        listening: ListeningLog | None = None,
        rules: TasteRules | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Read nothing yet.

        Args:
            database: where rules and the log of listening are.
            sounding: what the library sounds like.
            ratings: likes and dislikes.
            shelf: the library as columns, when somebody else keeps it as well.
            listening: the log as arrays, when somebody else keeps it as well.
            rules: what was said; by default those of `database`.
            clock: Unix seconds.
        """
        self._sounding = sounding
        self._ratings = ratings
        self._shelf = shelf or ShelfReader(database)
        self._listening = listening or ListeningLog(database)
        self._rules = rules or TasteRules(database)
        self._matcher = RuleMatcher(database, sounding)
        self._clock = clock
        self._lock = threading.Lock()
        self._made: dict[PersonId, tuple[tuple[object, ...], Taste]] = {}

    def now(self) -> Taste:
        """What is known of this person now; computed anew when anything changed."""
        person = current_person()
        shelf, table = self._shelf.read(), self._sounding.table()
        listening = self._listening.read()
        rules = self._rules.all()
        rated = self._rated()
        key = (
            shelf.revision,
            table.revision,
            id(listening),
            tuple((rule.id, rule.at, rule.kind) for rule in rules),
            hash(frozenset(rated.items())),
            int(self._clock() // 3_600),
        )
        with self._lock:
            known = self._made.get(person)
            if known is not None and known[0] == key:
                return known[1]
        taste = self._taste(shelf, listening, rules, rated)
        with self._lock:
            if len(self._made) > 64:
                self._made.clear()
            self._made[person] = (key, taste)
        return taste

    def weights(self, frame: Frame) -> Vector:
        """How much each candidate should be liked, -1 to 1, shape (n,)."""
        return self.now().weigh(frame)

    def shown(self, *, zone: tzinfo | None = None) -> tuple[TasteLine, ...]:
        """Everything that is known, in plain sentences; what was said comes first."""
        shelf, listening = self._shelf.read(), self._listening.read().own()
        rules = self._rules.all()
        said = [self._line(rule, shelf) for rule in reversed(rules)]
        since = self._rules.since()
        taste = self.now()
        learned = of_listening(
            shelf,
            listening.where(listening.at >= since),
            zone=zone or datetime.now().astimezone().tzinfo,
            likes_sound=None if taste.counts is None else taste.counts.likes_sound,
            ignored=taste.ignored,
        )
        return (*said, *learned)

    def say(self, kind: str, subject: str, value: str, said: str = "") -> TasteLine:
        """Keep what somebody said: "never", "less", "more" or "neutral" of something.

        Args:
            kind: a key of `rules.SAID`, or "not_now" for a track that may come again later.
            subject: one of `rules.SUBJECTS`.
            value: its name, or the number of a track.
            said: the words of the person.

        Raises:
            TasteRejected: no such kind or subject, or no value.
        """
        rule = self._rules.say(kind, subject, value, said)
        return self._line(rule, self._shelf.read())

    def forget(self, line_id: str) -> None:
        """Take back a line of `shown`: a rule is deleted, what was learned is no longer used.

        Raises:
            NotInLibrary: there is no such line.
            TasteRejected: the name of the line is malformed.
        """
        kind, _, rest = line_id.partition(":")
        if kind == "rule" and rest.isdecimal() and len(rest) < 19:
            if int(rest) not in {rule.id for rule in self._rules.all()}:
                raise NotInLibrary("There is no such rule of taste.")
            self._rules.forget(int(rest))
            return
        subject, _, value = rest.partition(":")
        if kind != "learned" or subject not in {"genre", "artist", "sound"}:
            raise TasteRejected("That names nothing that is known about a taste.")
        if subject == "sound":
            subject, value = "tag", "sound"
        self._rules.say("neutral", subject, value)

    def reset(self) -> None:
        """Begin anew: no rules, and nothing learned from what was played up to now."""
        self._rules.reset()

    def _taste(
        self,
        shelf: Shelf,
        listening: Listening,
        rules: tuple[TasteRule, ...],
        rated: dict[TrackId, bool],
    ) -> Taste:
        forbidden: set[TrackId] = set()
        said: dict[TrackId, float] = {}
        why: dict[TrackId, str] = {}
        ignored: set[tuple[str, str]] = set()
        for rule in rules:
            if rule.kind == "neutral":
                ignored.add(("sound", "") if _is_sound(rule) else (rule.subject, rule.folded))
                continue
            concerned = self._matcher.tracks_of(rule, shelf)
            if rule.kind in {"never", NOT_NOW}:
                forbidden |= concerned
                continue
            if rule.subject == "track":
                # What one says of a track tells something of its artist and its sound as well.
                rated = rated | dict.fromkeys(concerned, rule.kind == "more")
            for track_id in concerned:
                said[track_id] = said.get(track_id, 0.0) + rule.weight
                what = "it" if rule.subject == "track" else rule.value
                why[track_id] = f"you want {rule.kind} of {what}"
        since = self._rules.since()
        counts = count(
            shelf,
            self._sounding.table(),
            listening.own(),
            rated,
            now=self._clock(),
            since=since,
        )
        return Taste(frozenset(forbidden), said, why, counts, frozenset(ignored))

    def _line(self, rule: TasteRule, shelf: Shelf) -> TasteLine:
        if rule.kind == "neutral":
            return of_rule(rule, titles_of(shelf, 0), 0)
        title = titles_of(shelf, int(rule.value)) if rule.subject in {"track", MOMENT} else ""
        return of_rule(rule, title, len(self._matcher.tracks_of(rule, shelf)))

    def _rated(self) -> dict[TrackId, bool]:
        rated = dict.fromkeys(self._ratings.liked_ids(), True)
        return rated | dict.fromkeys(self._ratings.disliked_ids(), False)


def _is_sound(rule: TasteRule) -> bool:
    return (rule.subject, rule.folded) == ("tag", "sound")
