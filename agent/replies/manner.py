"""How something is said: in which language, by whom, and how much of it."""

from dataclasses import dataclass
from typing import Literal

from agent.replies.languages import ENGLISH, spoken_language

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
AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Style:
    """What is configured of replies; the request and the conversation decide the rest."""

    language: str = AUTO
    """"auto" replies in the language of the request; otherwise a code of `LANGUAGES`."""
    persona: Persona = "warm"
    verbosity: Verbosity = "normal"
    spoken: frozenset[str] | None = None
    """Codes of the languages that the voice can speak; None: any. A spoken reply in another one
    would be read with the sounds of the wrong language, so it is given in English."""

    def language_of(self, request: str, *, spoken: bool) -> str:
        """The language to reply in to a request in `request`."""
        wanted = spoken_language(request if self.language == AUTO else self.language)
        if spoken and self.spoken is not None and wanted not in self.spoken:
            return ENGLISH
        return wanted
