"""How one microphone is listened to."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class ListenOptions:
    """How one microphone is listened to."""

    mode: Literal["auto", "push_to_talk"] = "auto"
    """In "push_to_talk" a turn ends with `Listener.commit` and with nothing else."""
    silence_ms: int = 500
    """Ends a turn of which nothing else is known; shorter after whole commands, longer in the
    middle of a sentence."""
    threshold: float = 0.5
    """Probability from which a frame counts as speech, 0 to 1."""
    prefix_ms: int = 300
    """Sound from before the speech that belongs to the turn."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes; with exactly one, no other is heard."""
    partials: bool = True
    """Whether `PartialHeard` comes while somebody speaks."""
    interrupt: bool = True
    """Whether somebody may cut in while we speak; without it nothing is ducked either."""
    max_turn_s: float = 30.0
    """A turn ends after so long, even while somebody speaks; more than 30 s are never heard."""
    idle_timeout_ms: int | None = None
    """`StayedQuiet` comes when nobody answers for so long after we have spoken."""

    @property
    def language(self) -> str | None:
        """The only language that is spoken, or None to detect it."""
        return self.languages[0] if len(self.languages) == 1 else None
