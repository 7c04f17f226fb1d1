"""What a client may wish of a session, read from its JSON and checked."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from server.realtime.errors import Refused
from voice.pcm import AudioFormat
from voice.wake_word import OFFERED_WAKE_WORDS

_EDGE = ConfigDict(frozen=True, extra="ignore")
_Number = {"allow_inf_nan": False}
_LANGUAGE = r"^[a-z]{2,3}$"
_OLD_FORMATS = {"pcm16": "audio/pcm", "g711_ulaw": "audio/pcmu", "g711_alaw": "audio/pcma"}
MAX_TOOLS = 128


class UnusableSession(Refused):
    """A session update that cannot be taken; the message says why."""

    def __init__(self, message: str, *, param: str | None = None) -> None:
        super().__init__("invalid_value", message, param=param)


class FormatWish(BaseModel):
    """How sound is packed."""

    model_config = _EDGE
    type: Literal["audio/pcm", "audio/pcmu", "audio/pcma"] = "audio/pcm"
    rate: Literal[24_000, 8_000] | None = None

    @property
    def format(self) -> AudioFormat:
        """The same in the voice's terms: OpenAI's PCM has 24 kHz and G.711 8 kHz."""
        return AudioFormat.named(self.type)


class TurnDetection(BaseModel):
    """Who decides that the user has finished, and what follows."""

    model_config = _EDGE
    type: Literal["server_vad", "semantic_vad"] = "server_vad"
    threshold: Annotated[float, Field(ge=0, le=1, **_Number)] | None = None
    prefix_padding_ms: Annotated[int, Field(ge=0, le=5_000)] | None = None
    silence_duration_ms: Annotated[int, Field(ge=0, le=30_000)] | None = None
    """None: as the server is configured."""
    idle_timeout_ms: Annotated[int, Field(ge=1_000, le=600_000)] | None = None
    create_response: bool | None = True
    interrupt_response: bool | None = True
    eagerness: Literal["low", "medium", "high", "auto"] | None = None

    @property
    def answers(self) -> bool:
        """Whether a turn is answered by itself."""
        return self.create_response is not False

    @property
    def interrupts(self) -> bool:
        """Whether the user silences us by speaking."""
        return self.interrupt_response is not False


class Transcription(BaseModel):
    """What the client wants to read of what it said."""

    model_config = _EDGE
    language: Annotated[str, Field(max_length=16)] | None = None
    languages: Annotated[
        tuple[Annotated[str, Field(max_length=16)], ...], Field(max_length=20)
    ] = ()


class _Input(BaseModel):
    model_config = _EDGE
    format: FormatWish | None = None
    transcription: Transcription | None = None
    turn_detection: TurnDetection | None = None

    @field_validator("format", mode="before")
    @classmethod
    def _old_names(cls, value: Any) -> Any:
        return {"type": _OLD_FORMATS.get(value, value)} if isinstance(value, str) else value


class _Output(BaseModel):
    model_config = _EDGE
    format: FormatWish | None = None
    voice: Annotated[str, Field(max_length=64)] | dict[str, Any] | None = None
    speed: Annotated[float, Field(ge=0.25, le=2.0, **_Number)] | None = None

    @field_validator("format", mode="before")
    @classmethod
    def _old_names(cls, value: Any) -> Any:
        return {"type": _OLD_FORMATS.get(value, value)} if isinstance(value, str) else value


class _Audio(BaseModel):
    model_config = _EDGE
    input: _Input = _Input()
    output: _Output = _Output()


class OwnWishes(BaseModel):
    """`session.refrain`: what OpenAI's protocol has no word for."""

    model_config = _EDGE
    partials: bool = False
    wake_word: Annotated[str, Field(max_length=64)] | None = None
    earcons: bool | None = None
    """None: as the server is configured."""
    tools: Literal["visible", "hidden"] | None = None
    speaker: Annotated[str, Field(max_length=100)] = ""
    """Who speaks, where the client knows it: each has a thread of their own."""
    room: Annotated[str, Field(max_length=100)] = ""
    """Where the client stands: "here" is this room, and music plays there when none is named."""
    languages: Annotated[
        tuple[Annotated[str, Field(pattern=_LANGUAGE)], ...], Field(max_length=20)
    ] = ()

    @field_validator("wake_word")
    @classmethod
    def _is_offered(cls, value: str | None) -> str | None:
        if value and value not in OFFERED_WAKE_WORDS:
            raise ValueError(f"there are {', '.join(OFFERED_WAKE_WORDS)}")
        return value


class FunctionTool(BaseModel):
    """A function that the client carries out."""

    model_config = _EDGE
    type: Literal["function"]
    name: Annotated[str, Field(min_length=1, max_length=128)]
    description: Annotated[str, Field(max_length=4_000)] | None = ""
    parameters: dict[str, Any] | None = None


class Wishes(BaseModel):
    """A session, checked."""

    model_config = _EDGE
    output_modalities: Annotated[
        tuple[Literal["text", "audio"], ...], Field(min_length=1, max_length=2)
    ] = ("text",)
    audio: _Audio = _Audio()
    instructions: str | None = ""
    tools: Annotated[tuple[dict[str, Any], ...], Field(max_length=MAX_TOOLS)] = ()
    tool_choice: str | dict[str, Any] | None = "auto"
    refrain: OwnWishes = OwnWishes()

    @property
    def speaks(self) -> bool:
        """Whether we answer with our voice."""
        return "audio" in self.output_modalities

    @property
    def speed(self) -> float:
        """Of our voice; what is slower than it can be is as slow as it can be."""
        return max(self.audio.output.speed or 1.0, 0.5)

    @property
    def input_format(self) -> AudioFormat:
        return (self.audio.input.format or FormatWish()).format

    @property
    def output_format(self) -> AudioFormat:
        return (self.audio.output.format or FormatWish()).format

    @property
    def turn_detection(self) -> TurnDetection | None:
        """None: push to talk."""
        return self.audio.input.turn_detection

    @property
    def transcribes(self) -> bool:
        """Whether the client wants to read what it said."""
        return self.audio.input.transcription is not None

    @property
    def languages(self) -> tuple[str, ...]:
        """ISO 639-1 codes of what is spoken; empty: as the server is configured."""
        if self.refrain.languages:
            return self.refrain.languages
        asked = self.audio.input.transcription or Transcription()
        named = (asked.language,) if asked.language else asked.languages
        return tuple(one.split("-")[0].lower() for one in named)

    @property
    def functions(self) -> tuple[FunctionTool, ...]:
        """The client's functions; tools of other kinds are not carried out by anybody here."""
        return tuple(
            FunctionTool.model_validate(one) for one in self.tools if one.get("type") == "function"
        )


def read_wishes(session: dict[str, Any]) -> Wishes:
    """Check a session.

    Raises:
        UnusableSession: a value that cannot be; names the first one.
    """
    try:
        wishes = Wishes.model_validate(session)
        for tool in wishes.tools:
            if tool.get("type") == "function":
                FunctionTool.model_validate(tool)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        place = ".".join(str(part) for part in ("session", *first["loc"]))
        raise UnusableSession(f"{place}: {first['msg']}"[:500], param=place[:200]) from error
    return wishes
