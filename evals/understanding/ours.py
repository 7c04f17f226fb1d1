"""Our own understanding as one of the systems that are measured."""

from agent.understanding import Understander
from agent.understanding.intents import Intent
from evals.timing import CpuTimes
from evals.understanding.scoring import Answer

_UNLABELLED = {Intent.VOLUME_UNMUTE: "volume_up"}
"""HWU64 and SLURP have no label for unmuting: they call it turning up."""


class Ours:
    """Reads requests and keeps what they cost."""

    def __init__(self) -> None:
        self._understander = Understander()
        self.times = CpuTimes()

    def read(self, text: str) -> Answer:
        """The public label and the slots."""
        with self.times.measure():
            understood = self._understander.understand(text)
        label = _UNLABELLED.get(understood.intent, understood.intent.public)
        return Answer(label, understood.slots)

    def read_finely(self, text: str) -> Answer:
        """Our own label, which is finer."""
        with self.times.measure():
            understood = self._understander.understand(text)
        return Answer(understood.intent.value, understood.slots)
