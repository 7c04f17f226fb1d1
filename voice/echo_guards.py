"""Several references for one microphone: the music, and our own voice."""

from collections.abc import Sequence

from voice.audio import Samples
from voice.ears import EchoGuard


class EchoGuards:
    """Guards one after the other, each of which hears what the one before left."""

    def __init__(self, guards: Sequence[EchoGuard]) -> None:
        """Take them in this order; the loudest reference is best first."""
        self._guards = tuple(guards)

    def clean(self, samples: Samples) -> Samples:
        """The samples without what any of them knows."""
        for guard in self._guards:
            samples = guard.clean(samples)
        return samples

    def is_echo(self) -> bool:
        """Whether one of them is sure that nothing is left."""
        return any(guard.is_echo() for guard in self._guards)
