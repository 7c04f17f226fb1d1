"""How something is said: in which language, by whom, and how much of it."""

from dataclasses import dataclass
from typing import Literal

from agent.replies.languages import ENGLISH

Persona = Literal["warm", "plain", "playful"]
Verbosity = Literal["brief", "normal", "detailed"]


@dataclass(frozen=True, slots=True)
class Manner:
    """How replies are worded."""

    language: str = ENGLISH
    """Code of the language; one without a catalogue is answered in English."""
    persona: Persona = "warm"
    """"plain" says the same always in the same words; "playful" is English only."""
    verbosity: Verbosity = "normal"
    """"brief": the shortest true sentence; "detailed": with album and year."""

    @property
    def is_brief(self) -> bool:
        return self.verbosity == "brief"

    @property
    def is_detailed(self) -> bool:
        return self.verbosity == "detailed"


USUAL = Manner()
