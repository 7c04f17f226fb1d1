"""What goes into understanding beside the text, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from agent.understanding.intents import Intent


@dataclass(frozen=True, slots=True)
class DialogueContext:
    """What the conversation was about a moment ago; short answers mean nothing without it."""

    has_results: bool = False
    """A numbered list of results is before the user."""
    awaiting_choice: bool = False
    """The assistant has just asked which one, or yes or no."""
    is_playing: bool = False
    is_paused: bool = False
    can_recognise: bool = False
    """What sounds around the user can be named."""
    has_recognised: bool = False
    """A recording was named, or could not be, in the last turn but small talk."""
    last_intent: Intent | None = None
    result_names: tuple[str, ...] = ()
    """Titles of the numbered results, in their order."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a request means. `slots` hold the words of the request, numbers in digits."""

    intent: Intent
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Slot name to its values in the order of the text; never an empty tuple."""
    confidence: float = 0.0
    """Calibrated probability, 0 to 1, that `intent` is right."""
    source: str = "classifier"
    """Which stage decided: "grammar", "context", "classifier", or "guard" for unusable text."""
    alternatives: tuple[tuple[Intent, float], ...] = ()
    """Runners-up with their probabilities, most likely first."""
    language: str = "en"
    """ISO 639-1 of what was said."""
    english: str = ""
    """The English request that was read instead, when `language` is another."""

    def first(self, slot: str) -> str | None:
        """The first value of `slot`, or None."""
        values = self.slots.get(slot)
        return values[0] if values else None
