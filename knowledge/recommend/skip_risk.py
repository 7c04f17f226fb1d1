"""How likely a track is skipped, against how often this listener skips at all.

While little is known the rates of the track and of its artist say it, pulled towards the listener's
own rate; from some hundred plays on a model is learned as well, when somebody asks for it.
"""

import threading
from datetime import UTC, datetime, tzinfo

import numpy as np

from knowledge.analysis.sound import Vector
from knowledge.people.current import PersonId, current_person
from knowledge.recommend.frame import Frame
from knowledge.recommend.learning.plays import SESSION_GAP_S, Numbers
from knowledge.recommend.learning.skipping import Moment, SkipHistory, SkipModel
from knowledge.recommend.listening import Listening
from knowledge.recommend.shelf import Shelf

_MOST = 20_000
"""So many of the newest plays are learned from."""
_PULL = 4.0
"""A track's own rate counts as much as the listener's after so many plays."""


class SkipRisk:
    """Rates so far, and a person's model when it was learned. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._models: dict[PersonId, SkipModel] = {}

    @property
    def is_learned(self) -> bool:
        return self._model().is_learned

    def forget(self, person: PersonId) -> None:
        """Let go of what was learned of a person."""
        with self._lock:
            self._models.pop(person, None)

    def learn(self, listening: Listening, shelf: Shelf, *, zone: tzinfo | None = None) -> bool:
        """Fit the model on a person's plays; takes seconds, so do it in the background once a day.

        Returns:
            Whether there was enough to learn from.
        """
        history, rows, skipped = SkipHistory(), [], []
        for moment, was_skipped in _moments(listening, shelf, zone):
            rows.append(history.features(moment))
            skipped.append(was_skipped)
            history.see(moment, was_skipped)
        if not rows:
            return False
        model = SkipModel().fit(np.asarray(rows), np.asarray(skipped, np.float64))
        with self._lock:
            self._models[current_person()] = model
        return model.is_learned

    def above_usual(self, frame: Frame, listening: Listening, at: datetime) -> Vector:
        """Risk of each candidate above the listener's own rate, 0 to 1; 0 where it is lower."""
        shelf = frame.shelf
        plays, skips, own = _counts(shelf, listening)
        number = int(shelf.artist_numbers.max()) + 1 if len(shelf) else 0
        by_artist = np.bincount(shelf.artist_numbers, weights=skips, minlength=number)
        all_of_artist = np.bincount(shelf.artist_numbers, weights=plays, minlength=number)
        of_artist = (by_artist + _PULL * own) / (all_of_artist + _PULL)
        pulled = of_artist[shelf.artist_numbers]
        rate = (skips + _PULL * pulled) / (plays + _PULL)
        risk = rate[frame.rows]
        model = self._model()
        if model.is_learned and len(frame):
            angle = 2 * np.pi * (at.hour + at.minute / 60) / 24
            same = np.full(len(frame), own)
            features = np.column_stack(
                [
                    same, same, same, same, np.zeros(len(frame)),
                    np.full(len(frame), np.sin(angle)), np.full(len(frame), np.cos(angle)),
                    pulled[frame.rows], risk, same, np.zeros(len(frame)),
                ]  # the columns of MOMENT_FEATURES
            )  # fmt: skip
            risk = (risk + model.risk(features)) / 2
        return np.asarray(np.clip(risk - own, 0.0, 1.0), np.float32)

    def _model(self) -> SkipModel:
        with self._lock:
            return self._models.get(current_person()) or SkipModel()


def _counts(shelf: Shelf, listening: Listening) -> tuple[Numbers, Numbers, float]:
    plays, skips = np.zeros(len(shelf)), np.zeros(len(shelf))
    if len(shelf) and len(listening):
        place = np.minimum(np.searchsorted(shelf.ids, listening.tracks), len(shelf) - 1)
        known = shelf.ids[place] == listening.tracks
        np.add.at(plays, place[known], 1.0)
        np.add.at(skips, place[known], listening.skipped[known].astype(float))
    total = float(len(listening))
    own = (float(listening.skipped.sum()) + 1.0) / (total + 5.0)
    return plays, skips, own


def _moments(listening: Listening, shelf: Shelf, zone: tzinfo | None) -> list[tuple[Moment, bool]]:
    start = max(0, len(listening) - _MOST)
    moments = []
    session, last = 0, -np.inf
    for place in range(start, len(listening)):
        at, track_id = float(listening.at[place]), int(listening.tracks[place])
        session += int(at - last > SESSION_GAP_S)
        last = at
        row = shelf.row(track_id)
        if row is None:
            continue
        local = datetime.fromtimestamp(at, zone or UTC)
        person = str(listening.people[place])
        moment = Moment(
            person=person,
            session=f"{person}/{session}",
            artist=shelf.artist_keys[row],
            track=str(track_id),
            source="",
            hour=local.hour + local.minute / 60,
        )
        moments.append((moment, bool(listening.skipped[place])))
    return moments
