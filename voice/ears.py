"""Sound into frames: free of our own voice, each with the probability of speech."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from voice.audio import Samples
from voice.vad import FRAME, VoiceActivity


class EchoGuard(Protocol):
    """Takes what our own loudspeaker plays out of what the microphone hears."""

    def clean(self, samples: Samples) -> Samples:
        """The samples with the echo suppressed, of the same length; called in order."""
        ...

    def is_echo(self) -> bool:
        """Whether what was cleaned last is nothing but our own sound."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """`FRAME` samples and what was found in them."""

    sound: Samples
    probability: float
    """Of speech that is not our own, 0 to 1."""


class Ears:
    """Judges one microphone's sound frame by frame. For one thread at a time."""

    def __init__(self, vad: VoiceActivity, guard: EchoGuard | None = None) -> None:
        self._vad, self._guard = vad, guard
        self._rest: Samples = np.zeros(0, np.float32)

    def hear(self, samples: Samples) -> list[Frame]:
        """The frames that `samples` complete."""
        sound = np.concatenate([self._rest, np.nan_to_num(samples, posinf=0.0, neginf=0.0)])
        whole = len(sound) // FRAME * FRAME
        self._rest = sound[whole:]
        return [self._judge(sound[first : first + FRAME]) for first in range(0, whole, FRAME)]

    def reset(self) -> None:
        """Sound was lost: what comes next does not follow what was heard."""
        self._rest = np.zeros(0, np.float32)
        self._vad.reset()

    def _judge(self, sound: Samples) -> Frame:
        if self._guard is None:
            return Frame(sound, self._vad.probability(sound))
        cleaned = self._guard.clean(sound)
        probability = self._vad.probability(cleaned)
        return Frame(cleaned, 0.0 if self._guard.is_echo() else probability)
