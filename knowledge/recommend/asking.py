"""Whether one short question before the first music is worth it, and which one.

Asked only when the request is open and the taste unknown, once in a conversation. What is asked
about are the genres and groups of the own library: those whose answers tell most about what is
wanted (mutual information over clusters), less what a question costs.
"""

import threading

import numpy as np

from knowledge.recommend.learning.questions import TasteClusters
from knowledge.recommend.models import Question, Situation
from knowledge.recommend.shelf import Shelf
from knowledge.sound.sounding import Sounding
from knowledge.taste.profile import Taste
from knowledge.wish import MusicWish

_COST_BITS = 0.15
_CHOICES = 3
_FEWEST_TRACKS = 30
"""In a smaller library nothing needs to be narrowed down."""
_ASKABLE = 24
_LEAST_SHARE = 0.04
_CLUSTERS = 16
_MOST_TRACKS = 3_000
_REMEMBERED = 1_000


class Asker:
    """Finds questions. Safe to share between threads."""

    def __init__(self, sounding: Sounding) -> None:
        self._sounding = sounding
        self._lock = threading.Lock()
        self._asked: dict[str, None] = {}
        self._known: tuple[tuple[int, int], tuple[str, ...]] | None = None

    def question(
        self, wish: MusicWish, situation: Situation, shelf: Shelf, taste: Taste
    ) -> Question | None:
        """A question with two or three choices, or None when none should be asked."""
        if not _is_open(wish) or taste.is_known or situation.queue:
            return None
        if len(shelf) < _FEWEST_TRACKS or self._was_asked(situation.session_id):
            return None
        choices = self._choices(shelf)
        if len(choices) < 2:
            return None
        with self._lock:
            self._asked[situation.session_id] = None
            while len(self._asked) > _REMEMBERED:
                self._asked.pop(next(iter(self._asked)))
        *first, last = choices
        return Question(f"What would you like: {', '.join(first)} or {last}?", choices)

    def _was_asked(self, session_id: str) -> bool:
        with self._lock:
            return session_id in self._asked

    def _choices(self, shelf: Shelf) -> tuple[str, ...]:
        stamp = (shelf.revision, self._sounding.table().revision)
        with self._lock:
            if self._known is not None and self._known[0] == stamp:
                return self._known[1]
        found = _most_telling(shelf, self._sounding)
        with self._lock:
            self._known = (stamp, found)
        return found


def _is_open(wish: MusicWish) -> bool:
    """Whether a request says nothing of what is wanted, except how much of it."""
    said_nothing = MusicWish(
        text=wish.text, said_in=wish.said_in, said=wish.said, count=wish.count, kinds=wish.kinds
    )
    return wish == said_nothing


def _most_telling(shelf: Shelf, sounding: Sounding) -> tuple[str, ...]:
    """The choices that tell most, each given that the ones before it were not wanted."""
    names, answers = _answers(shelf, sounding)
    if len(names) < 2:
        return ()
    step = max(1, len(answers) // _MOST_TRACKS)
    clusters = TasteClusters.of(answers[::step], clusters=_CLUSTERS)
    said: dict[int, bool] = {}
    while len(said) < _CHOICES:
        asked = clusters.next_question(said, cost_bits=_COST_BITS if not said else 0.0)
        if asked is None:
            break
        said[asked.question] = False
    return tuple(names[question] for question in said) if len(said) > 1 else ()


def _answers(shelf: Shelf, sounding: Sounding) -> tuple[list[str], np.ndarray]:
    """Yes or no of each track to each question: is it of this genre, in this group?"""
    rows = {int(track_id): row for row, track_id in enumerate(shelf.ids)}
    asked: dict[str, set[int]] = {}
    for track_id, genres in shelf.genres.items():
        for genre in genres:
            asked.setdefault(shelf.genre_names[genre], set()).add(rows[track_id])
    for name, members in sounding.clusters():
        asked.setdefault(name, set()).update(rows[each] for each in members if each in rows)
    shares = {name: len(members) / max(1, len(shelf)) for name, members in asked.items()}
    names = sorted(
        (name for name, share in shares.items() if _LEAST_SHARE <= share <= 1 - _LEAST_SHARE),
        key=lambda name: (-shares[name], name),
    )[:_ASKABLE]
    answers = np.zeros((len(shelf), len(names)))
    for column, name in enumerate(names):
        answers[list(asked[name]), column] = 1.0
    return names, answers
