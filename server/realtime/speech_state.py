"""What goes on in a spoken conversation: told to the client, and followed by the music."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from server.realtime.outgoing import ServerEvent

VOICE_DUCK = 0.75
"""Our voice is turned down by this share while perhaps somebody begins to speak: 12 dB."""


class SpeechMode(StrEnum):
    """What goes on, as the client shows it."""

    IDLE = "idle"
    ASLEEP = "asleep"
    LISTENING = "listening"
    HEARING = "hearing"
    THINKING = "thinking"
    SPEAKING = "speaking"


class DuckMusic(Protocol):
    """Can make the music quiet for a while; see `tools.players.playback.Playback`."""

    def duck(self, owner: str) -> None: ...
    def unduck(self, owner: str) -> None: ...


class SpeechState:
    """Collects who does what, and tells the client and the music when that changes."""

    def __init__(self, emit: Callable[[ServerEvent], None], music: DuckMusic, owner: str) -> None:
        """Begin in silence.

        Args:
            emit: takes each event.
            music: is quiet while somebody speaks.
            owner: whose wish that is; of this connection alone.
        """
        self._emit = emit
        self._music = music
        self._owner = owner
        self._told = SpeechMode.IDLE
        self._ducked = False
        self._quieter = False
        self.listens = False
        """Sound of a microphone comes."""
        self.asleep = False
        """The wake word is waited for."""
        self.perhaps = False
        """Perhaps somebody begins to speak."""
        self.hears = False
        """The user speaks."""
        self.awaits = False
        """What the user said is being understood or answered."""
        self.speaks = False
        """Our voice sounds."""

    @property
    def mode(self) -> SpeechMode:
        """What is most to the point of all that goes on."""
        if self.hears:
            return SpeechMode.HEARING
        if self.speaks:
            return SpeechMode.SPEAKING
        if self.awaits:
            return SpeechMode.THINKING
        if self.asleep:
            return SpeechMode.ASLEEP
        return SpeechMode.LISTENING if self.listens else SpeechMode.IDLE

    @property
    def is_busy(self) -> bool:
        """Whether a turn goes on."""
        return self.hears or self.speaks or self.awaits

    def changed(self) -> None:
        """Tell what is new, and duck the music for as long as a spoken turn goes on."""
        quieter = self.perhaps and self.speaks and not self.hears
        if quieter != self._quieter:
            self._quieter = quieter
            self._emit({"type": "refrain.duck", "depth": VOICE_DUCK if quieter else 0.0})
        if self.is_busy or self.perhaps:
            self._music.duck(self._owner)  # said again: for longer
            self._ducked = True
        elif self._ducked:
            self._release()
        if self.mode is not self._told:
            self._told = self.mode
            self._emit({"type": "refrain.speech.state", "state": str(self.mode)})

    def close(self) -> None:
        """The client is gone."""
        if self._ducked:
            self._release()

    def _release(self) -> None:
        self._ducked = False
        self._music.unduck(self._owner)
