"""Our voice on one connection: whether there is one, and how a reply is to sound."""

from collections.abc import Callable

from server.realtime.narration import Delivery
from server.realtime.playback_clock import Sounding
from server.realtime.speech_state import VOICE_DUCK
from server.realtime.wishes import Wishes
from server.voice.own_voice import OwnVoice
from server.voice.speech import Speech
from voice.ears import EchoGuard
from voice.echo_guards import EchoGuards
from voice.speaking import Speaker
from voice.timing import TurnTiming


class VoiceOutput:
    """Speaks for one connection as the client wishes it."""

    def __init__(self, speech: Speech, sounds: Callable[[bool], None]) -> None:
        """Be silent.

        Args:
            speech: the voice of this installation.
            sounds: told when our voice begins and ceases to sound at the client.
        """
        self._speech = speech
        self._own = OwnVoice()
        self.sounding = Sounding(sounds)

    @property
    def can_speak(self) -> bool:
        """Whether answers can be spoken, now or as soon as the voice is loaded."""
        return self._speech.speaking_problem is None

    def delivery(
        self, wishes: Wishes, timing: TurnTiming, *, simply_done: Callable[[], bool]
    ) -> Delivery:
        """How the next reply is spoken.

        Args:
            wishes: of the client.
            timing: of the turn.
            simply_done: whether the reply says no more than that a command was carried out.
        """
        earcons = wishes.refrain.earcons
        wanted = self._speech.settings.earcons if earcons is None else earcons
        speed = wishes.speed * self._speech.settings.speed
        return Delivery(
            Speaker(self._speech.synthesizer, speed=min(max(speed, 0.5), 2.0)),
            wishes.output_format,
            self.sounding,
            timing,
            earcon=lambda: wanted and simply_done(),
            own=self._own,
        )

    def guarded(self, music: EchoGuard | None) -> EchoGuard:
        """What takes our voice, and the music, out of this client's microphone."""
        own = self._own.guard(shares=(1.0 - VOICE_DUCK,))
        return own if music is None else EchoGuards((music, own))

    def turn_over(self, timing: TurnTiming, outcome: str) -> None:
        """Count a spoken turn."""
        self._speech.turn_over(timing, outcome)
