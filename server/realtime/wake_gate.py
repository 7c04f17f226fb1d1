"""Nothing is taken as speech before we were called, where the client wishes that."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Protocol

import numpy as np

from voice.audio import HEARING_RATE_HZ, Samples
from voice.events import WakeWordHeard
from voice.vad import VoiceActivity
from voice.wake_word import WakeWord

_LOG = logging.getLogger(__name__)
_AWAKE_S = 8.0
"""So long we listen after we were called, and after each answer."""
_LEAD_S = 0.12
"""What was said since the end of the word is heard, too: nobody waits after calling."""


class HearsWakeWord(Protocol):
    """See `voice.wake_word.WakeWord`."""

    def feed(self, samples: Samples) -> tuple[WakeWordHeard, ...]: ...
    def reset(self) -> None: ...
    def close(self) -> None: ...


OpenWakeWord = Callable[[str, VoiceActivity], HearsWakeWord]


def open_wake_word(word: str, vad: VoiceActivity) -> HearsWakeWord:
    """Load the detector of a word; takes a moment.

    Raises:
        ModelFileUnusable: its file, or what runs it, is not there.
    """
    return WakeWord(word, vad=vad)


class WakeGate:
    """Lets sound through, always or for a while after the wake word. For one event loop."""

    def __init__(
        self,
        vad: Callable[[], VoiceActivity],
        *,
        woken: Callable[[WakeWordHeard], None],
        busy: Callable[[], bool],
        failed: Callable[[Exception], None],
        opens: OpenWakeWord = open_wake_word,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Let everything through.

        Args:
            vad: makes a detector of speech.
            woken: told when we were called.
            busy: whether a turn goes on, which keeps us awake.
            failed: told why a word cannot be heard; then everything is let through.
            opens: loads the detector of a word, in a thread.
            clock: seconds.
        """
        self._vad = vad
        self._woken = woken
        self._busy = busy
        self._failed = failed
        self._opens = opens
        self._clock = clock
        self._word = ""
        self._hears: HearsWakeWord | None = None
        self._opening: asyncio.Task[None] | None = None
        self._awake_until = 0.0
        self._asleep = False

    @property
    def asleep(self) -> bool:
        """Whether the word is waited for."""
        return self._asleep

    def wait_for(self, word: str) -> None:
        """Wait for this word from now on; "" lets everything through."""
        if word == self._word:
            return
        self.close()
        self._word, self._asleep = word, bool(word)
        if word:
            self._opening = asyncio.create_task(self._open(word))

    def pass_on(self, samples: Samples) -> Samples:
        """What of `samples` is meant for us; shape (n,), mono at `HEARING_RATE_HZ`."""
        if not self._word:
            return samples
        if not self._asleep:
            if self._busy():
                self._awake_until = self._clock() + _AWAKE_S
            if self._clock() < self._awake_until:
                return samples
            self._asleep = True
            if self._hears is not None:
                self._hears.reset()
        calls = self._hears.feed(samples) if self._hears is not None else ()
        if not calls:
            return np.zeros(0, np.float32)
        self._asleep = False
        self._awake_until = self._clock() + _AWAKE_S
        self._woken(calls[-1])
        return samples[-round(_LEAD_S * HEARING_RATE_HZ) :]

    def close(self) -> None:
        """Free the detector."""
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
        hears, self._hears, self._word, self._asleep = self._hears, None, "", False
        if hears is not None:
            hears.close()

    async def _open(self, word: str) -> None:
        try:
            hears = await asyncio.to_thread(lambda: self._opens(word, self._vad()))
        except Exception as error:  # noqa: BLE001  told to the client; the connection goes on
            _LOG.info("the wake word cannot be heard: %r", error)
            self._word, self._asleep = "", False
            self._failed(error)
            return
        self._hears = hears
