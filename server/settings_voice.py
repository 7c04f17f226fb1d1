"""Configuration of hearing and speaking."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator
from pydantic_settings import NoDecode

from server.settings_secrets import secret_of

_SECTION = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

TranscriberKind = Literal["whisper", "faster-whisper", "openai"]
SynthesizerKind = Literal["hibari", "piper", "espeak", "openai", "none"]
WakeWord = Literal["", "okay_nabu", "hey_jarvis", "hey_mycroft"]


class VoiceSettings(BaseModel):
    """Hearing and speaking. Nothing that is heard is ever kept."""

    model_config = _SECTION

    enabled: bool = True
    """Load the speech models when the server starts, and offer to talk."""
    transcriber: TranscriberKind = "whisper"
    """"whisper" and "faster-whisper" run here; "openai" asks a server that speaks its protocol."""
    stt_model: str = ""
    """Its model: one of `refrain models list`, a folder with a Whisper model converted for
    CTranslate2, or a name the server knows; "" is the usual one."""
    stt_base_url: str | None = None
    """Address of the server, such as "http://127.0.0.1:8000/v1". What is said is sent there."""
    stt_api_key: SecretStr | None = None
    """Secret key. Give it as REFRAIN_VOICE__STT_API_KEY, or keep it in `stt_api_key_file`."""
    stt_api_key_file: Path | None = None
    """A file with the key, readable by you alone (mode 0600)."""
    languages: Annotated[tuple[str, ...], NoDecode] = ()
    """ISO 639-1 codes of what is spoken; one alone is never guessed. Empty: any language."""
    synthesizer: SynthesizerKind = "hibari"
    """Which voice answers: "hibari", "piper" and "espeak" run here; "none" answers in text."""
    tts_model: str = ""
    """The server's model for "openai"; "" is "tts-1"."""
    tts_voice: str = ""
    """The voice: a name the server knows, a Piper file, an espeak voice; "" is the usual one."""
    tts_base_url: str | None = None
    """Address of the server for "openai"."""
    tts_api_key: SecretStr | None = None
    """Secret key. Give it as REFRAIN_VOICE__TTS_API_KEY, or keep it in `tts_api_key_file`."""
    tts_api_key_file: Path | None = None
    """A file with the key, readable by you alone (mode 0600)."""
    speed: float = Field(default=1.0, ge=0.5, le=2.0)
    """How fast the voice speaks; 1 is its own speed."""
    wake_word: WakeWord = ""
    """Listen only after this word was said: "okay_nabu", "hey_jarvis" or "hey_mycroft"."""
    earcons: bool = False
    """Answer "pause", "next" and the like with a short sound instead of words."""
    silence_ms: int = Field(default=500, ge=200, le=3000)
    """Silence that ends a turn; shorter after a whole command, longer within a sentence."""
    workers: int = Field(default=1, ge=1, le=8)
    """Processes that recognise speech; each holds the model in memory."""
    max_sessions: int = Field(default=32, ge=1, le=1000)
    """How many may talk at once."""
    max_waiting: int = Field(default=48, ge=1, le=60)
    """How many turns may wait to be recognised; one more is told to try again."""
    max_turn_s: float = Field(default=30.0, ge=3.0, le=30.0)
    """A turn that goes on for longer is answered as it stands, seconds."""
    idle_timeout_s: float = Field(default=900.0, ge=10.0, le=86_400.0)
    """A client that talks and says nothing for so long is hung up on, seconds."""
    max_upload_mb: int = Field(default=25, ge=1, le=512)
    """Size of a file that may be sent to be transcribed, in megabytes."""
    max_upload_s: float = Field(default=600.0, ge=10.0, le=7_200.0)
    """Length of a file that may be sent to be transcribed, in seconds."""

    @field_validator("languages", mode="before")
    @classmethod
    def _split_languages(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip().lower() for part in value.split(",") if part.strip())
        return value

    @field_validator("languages")
    @classmethod
    def _are_codes(cls, languages: tuple[str, ...]) -> tuple[str, ...]:
        for one in languages:
            if len(one) not in {2, 3} or not (one.isascii() and one.islower() and one.isalpha()):
                raise ValueError(f'{one!r} is no language code such as "en"')
        return languages


def stt_api_key(voice: VoiceSettings) -> SecretStr | None:
    """The key of the server that recognises speech, from the environment or from its file.

    Raises:
        BadSettings: the file is missing, or other users can read it.
    """
    return secret_of(voice.stt_api_key, voice.stt_api_key_file, "voice.stt_api_key")


def tts_api_key(voice: VoiceSettings) -> SecretStr | None:
    """The key of the server that speaks, if one does; likewise."""
    return secret_of(voice.tts_api_key, voice.tts_api_key_file, "voice.tts_api_key")
