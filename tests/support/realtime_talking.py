"""A server that can be talked to, with a hand on everything in it that is not real."""

from dataclasses import dataclass

from player_fake import FakePlayer
from realtime_turns import TalkativeTurns
from server_running import RunningServer
from voice_speech import ScriptedTranscriber
from voice_synthesizer import BeepSynthesizer


@dataclass(frozen=True, slots=True)
class Talking:
    """A running server that can be talked to, and everything in it that is not real."""

    server: RunningServer
    ears: ScriptedTranscriber
    mouth: BeepSynthesizer
    turns: TalkativeTurns
    player: FakePlayer

    @property
    def is_ducked(self) -> bool:
        """Whether somebody keeps the music quiet."""
        return self.server.services.playback.ducked

    def will_hear(self, *texts: str) -> None:
        """What is said next, whatever it sounds like."""
        self.ears.texts = list(texts)
