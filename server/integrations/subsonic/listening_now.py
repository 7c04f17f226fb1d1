"""What apps say that they play just now; in memory only, each person's for themselves."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from knowledge.models import TrackId
from knowledge.people.current import PersonId

_MOST = 500
_LATER_S = 600.0
"""So long after a track should have ended it is not playing any more."""


@dataclass(frozen=True, slots=True)
class Listening:
    """One app that plays."""

    track_id: TrackId
    client: str
    since: float
    """Seconds of the clock."""
    duration_s: float


class ListeningNow:
    """Remembers the last track of each person's apps."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: OrderedDict[tuple[PersonId, str], Listening] = OrderedDict()

    def began(self, person: PersonId, client: str, track_id: TrackId, duration_s: float) -> None:
        key = (person, client)
        self._known[key] = Listening(track_id, client, self._clock(), duration_s)
        self._known.move_to_end(key)
        while len(self._known) > _MOST:
            self._known.popitem(last=False)

    def of(self, person: PersonId) -> tuple[tuple[Listening, int], ...]:
        """What this person's apps play, each with the minutes since it began."""
        now = self._clock()
        return tuple(
            (one, int((now - one.since) // 60))
            for (whose, _), one in self._known.items()
            if whose == person and now - one.since < one.duration_s + _LATER_S
        )
