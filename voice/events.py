"""What happens while somebody speaks, as past-tense facts in the order in which they happened."""

from dataclasses import dataclass

from voice.stt.transcriber import Transcript
from voice.timing import TurnTiming


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody began to speak to us. While we speak ourselves: somebody cut in, so be silent."""

    at_ms: int
    """Since the first sample of this listener, as in all of these events."""


@dataclass(frozen=True, slots=True)
class SpeechStopped:
    """They have finished: the end of the turn, not a pause in it."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Ducked:
    """Perhaps somebody begins to speak: be quieter until more is known."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class Unducked:
    """It was nothing, or a mere "mm-hm": go on as before."""

    at_ms: int


@dataclass(frozen=True, slots=True)
class PartialHeard:
    """What has been said so far; the whole text, not the addition."""

    text: str


@dataclass(frozen=True, slots=True)
class TurnHeard:
    """Everything that was said in a turn."""

    transcript: Transcript
    start_ms: int
    end_ms: int
    timing: TurnTiming


@dataclass(frozen=True, slots=True)
class NothingHeard:
    """The turn held no words that mean anything: noise, a cough, a "mm-hm"."""

    start_ms: int
    end_ms: int
    reason: str


@dataclass(frozen=True, slots=True)
class HearingBroke:
    """A turn was spoken but could not be transcribed."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class StayedQuiet:
    """Nobody answered for as long as `ListenOptions.idle_timeout_ms` says, after we had spoken."""

    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class WakeWordHeard:
    """Somebody called us."""

    word: str
    at_ms: int


VoiceEvent = (
    SpeechStarted
    | SpeechStopped
    | Ducked
    | Unducked
    | PartialHeard
    | TurnHeard
    | NothingHeard
    | HearingBroke
    | StayedQuiet
    | WakeWordHeard
)
