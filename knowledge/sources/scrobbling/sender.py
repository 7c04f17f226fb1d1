"""Tell one account what it is to be told: nothing lost, nothing twice."""

from collections.abc import Callable, Sequence

from knowledge.errors import SourceRefused
from knowledge.sources.scrobbling.models import Listen, Pending, ScrobbleTarget
from knowledge.sources.scrobbling.outbox import Outbox, told

_LOOKED_AT = 50
"""Interrupted listens that an account is asked about in one go."""


class Sender:
    """Empties one outbox. Synchronous; used by one thread."""

    def __init__(self, outbox: Outbox, target: ScrobbleTarget) -> None:
        self.outbox = outbox
        self._target = target
        self._announced = 0

    def deliver(self, stopped: Callable[[], bool] = lambda: False) -> int:
        """Tell everything that waits, and return how many listens that were.

        Raises:
            SourceUnreachable: the rest waits for the next time.
            SourceRefused: the account does not let us in any more; everything waits.
        """
        while self.outbox.collect():
            pass
        self._settle()
        sent = 0
        while not stopped() and (batch := self.outbox.claim(self._target.batch)):
            try:
                answers = self._target.submit(told(batch))
            except SourceRefused:
                self.outbox.give_back([one.id for one in batch])
                raise
            # When it cannot be reached the listens stay marked: they may have arrived.
            self._note(batch, answers)
            sent += sum(not answer for answer in answers)
        return sent

    def announce(self) -> Listen | None:
        """Tell what began to sound a moment ago, once; returns what was told."""
        playing = self.outbox.playing()
        if playing is None or playing[0] == self._announced:
            return None
        self._announced = playing[0]
        self._target.now_playing(playing[1])
        return playing[1]

    def _settle(self) -> None:
        """Find out what became of listens that were being sent when something broke."""
        while pending := self.outbox.interrupted()[:_LOOKED_AT]:
            arrived = self._target.arrived(told(pending))
            there = [one.id for one, is_there in zip(pending, arrived, strict=True) if is_there]
            self.outbox.sent(there)
            self.outbox.give_back([one.id for one in pending if one.id not in there])

    def _note(self, batch: Sequence[Pending], answers: Sequence[str]) -> None:
        self.outbox.sent([one.id for one, answer in zip(batch, answers, strict=True) if not answer])
        for one, answer in zip(batch, answers, strict=True):
            if answer:
                self.outbox.refused([one.id], answer)
