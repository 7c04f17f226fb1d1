"""Configuration: config.toml, then REFRAIN_SECTION__KEY, then flags; the later one wins."""

import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_cache_path, user_config_path, user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from server.errors import BadSettings
from server.settings_integrations import (
    AlexaSettings,
    GoogleSettings,
    McpSettings,
    SubsonicSettings,
    WyomingSettings,
)
from server.settings_players import RemotePlayersSettings
from server.settings_secrets import ENV_PREFIX, secret_of
from server.settings_sources import SourcesSettings
from server.settings_voice import VoiceSettings

_SECTION = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

PlayerKind = Literal["auto", "browser", "mpv", "silent"]
ReplyLanguage = Literal[
    "auto", "en", "de", "es", "fr", "it", "pt", "nl", "pl", "sv", "zh", "ja", "hi"
]


class ServerSettings(BaseModel):
    """Where the server listens and whom it lets in."""

    model_config = _SECTION

    host: str = "127.0.0.1"
    """Address to listen on. Anything but a loopback address requires a token."""
    port: int = Field(default=8765, ge=0, le=65535)
    """TCP port; 0 lets the system choose a free one."""
    token: SecretStr | None = None
    """Access token. Made and kept in the data folder when the address is not a loopback one."""
    allowed_hosts: tuple[str, ...] = ()
    """Further host names under which the page may be opened, such as "music.local"."""
    public_url: str = ""
    """Address under which the outside knows this server, such as "https://music.example.com"."""
    bare_401: tuple[str, ...] = ()
    """Paths whose 401 comes without WWW-Authenticate, such as "/mcp" for Alexa+."""
    max_connections: int = Field(default=64, ge=1, le=10_000)
    """How many pages and clients may hold a WebSocket at once."""

    @field_validator("public_url")
    @classmethod
    def _is_origin(cls, url: str) -> str:
        url = url.rstrip("/")
        if url and not re.fullmatch(r"https?://[a-z0-9.\-]+(:[0-9]{1,5})?", url):
            raise ValueError(f'{url!r} is no address such as "https://music.example.com"')
        return url

    @field_validator("token")
    @classmethod
    def _token_is_long_enough(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and len(token.get_secret_value()) < 16:
            raise ValueError("a token needs at least 16 characters")
        return token


class LibrarySettings(BaseModel):
    """Where the music is and how it is watched."""

    model_config = _SECTION

    roots: Annotated[tuple[Path, ...], NoDecode] = ()
    """Folders with music. In the environment they are separated as in PATH."""
    watch: bool = True
    """Notice new, changed and deleted files by itself."""
    workers: int = Field(default=1, ge=1, le=16)
    """Processes that analyse sound, at low priority."""

    @field_validator("roots", mode="before")
    @classmethod
    def _split_path_list(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part for part in value.split(os.pathsep) if part)
        return value

    @field_validator("roots")
    @classmethod
    def _absolute(cls, roots: tuple[Path, ...]) -> tuple[Path, ...]:
        return tuple(root.expanduser().absolute() for root in roots)


class PlayerSettings(BaseModel):
    """Where the sound comes out."""

    model_config = _SECTION

    kind: PlayerKind = "auto"
    """"auto" offers the pages and, when it is installed, mpv; "silent" pretends (for tests)."""
    mpv_audio_output: str | None = None
    """mpv's --ao, such as "pulse", "alsa" or "null"; None lets mpv choose."""
    crossfade_s: float = Field(default=0.0, ge=0.0, le=12.0)
    """Seconds by which two tracks overlap; 0 plays gapless. The page can change it."""
    levelling: bool = True
    """Play all tracks at about the same loudness (EBU R128, -18 LUFS)."""
    go_on: bool = False
    """When the queue is over, go on with music that fits what was played."""


class LanguageModelSettings(BaseModel):
    """Which model reads requests. The offline one always stands behind it."""

    model_config = _SECTION

    provider: str = "offline"
    """"offline", "local", or a provider of LangChain's init_chat_model: "openai", "anthropic"."""
    model: str = ""
    """The provider's name of the model; of "local" the largest that is here when empty."""
    base_url: str | None = None
    """Address of an OpenAI-compatible or Ollama server; None means the provider's own."""
    api_key: SecretStr | None = None
    """Secret key. Give it as REFRAIN_MODEL__API_KEY, or keep it in `api_key_file`."""
    api_key_file: Path | None = None
    """A file with the key, readable by you alone (mode 0600)."""
    timeout_s: float = Field(default=15.0, gt=0.0, le=300.0)
    """After so many seconds without an answer the offline model takes over."""
    threads: int = Field(default=2, ge=1, le=64)
    """Threads of the processor for a local model."""


class AssistantSettings(BaseModel):
    """How Refrain talks."""

    model_config = _SECTION

    language: ReplyLanguage = "auto"
    """Language of the replies; "auto" replies in the language of the request."""
    persona: Literal["warm", "plain", "playful"] = "warm"
    """"plain" says the same always in the same words; "playful" is English only."""
    verbosity: Literal["brief", "normal", "detailed"] = "normal"
    """"brief" says the shortest true sentence, "detailed" names album and year as well."""


class RecognitionSettings(BaseModel):
    """Naming recordings by their sound."""

    model_config = _SECTION

    enabled: bool = True
    """Fingerprint the library and answer "what is this?"."""
    melodies: bool = True
    """Find the tune of every recording in the background, so that it can be hummed."""
    ring_seconds: int = Field(default=0, ge=0, le=600)
    """How much of the last sound pages may keep in memory from the start; 0 is off."""
    keep_unknown: bool = True
    """Keep the fingerprint of what could not be named, to name it when a later import fits."""
    keep_unknown_audio: bool = False
    """Keep the sound of it as well. The only way that heard sound ever reaches the disk."""
    max_upload_mb: int = Field(default=32, ge=1, le=1024)
    """Size of a clip that may be uploaded or fetched, in megabytes."""
    max_clip_s: float = Field(default=30.0, ge=5.0, le=600.0)
    """How much of a clip is analysed, in seconds; of longer ones the middle."""
    max_timeline_mb: int = Field(default=1024, ge=1, le=16_384)
    """Size of a recording that may be uploaded for a timeline, in megabytes."""
    acoustid_key: SecretStr | None = None
    """AcoustID's application key. With it whole files can be named over the network."""
    allow_private_urls: bool = False
    """Whether clips may be fetched from addresses of the local network."""
    allowed_url_hosts: tuple[str, ...] = ()
    """Hosts of the local network that clips may be fetched from all the same."""
    monitors_max: int = Field(default=4, ge=0, le=32)
    """How many radio streams may be listened to at once."""


class MeaningSettings(BaseModel):
    """Search by meaning. All of it happens on this machine unless a server is named."""

    model_config = _SECTION

    enabled: bool = True
    """Read a short text about every track, so that music is found by what words mean."""
    model: str = ""
    """One of `refrain models list`, or a folder with a model of sentence-transformers; "" is the
    usual one."""
    chroma_url: str | None = None
    """Address of a Chroma server that keeps the vectors, in place of a folder of our own."""
    chroma_token: SecretStr | None = None
    """Its bearer token. Give it as REFRAIN_MEANING__CHROMA_TOKEN."""
    chroma_collection: str = Field(default="refrain", pattern=r"^[a-z0-9][a-z0-9-]{2,62}$")
    """Begins the names of our collections there; installations that share a server differ."""


class RecommendSettings(BaseModel):
    """Choosing music. Activities are described in `activities.toml` of the data folder."""

    model_config = _SECTION

    explore: bool = True
    """Fill at most one place in ten with the best of a source that may serve you, to learn it."""
    ask: bool = True
    """Ask one short question when a request is open and nothing is known of your taste."""


class Settings(BaseSettings):
    """Everything that can be configured. Frozen: a change needs a restart."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        use_attribute_docstrings=True,
    )

    data: Path = Field(default_factory=lambda: user_data_path("refrain"))
    """Folder of the library, covers and everything else that belongs to one installation."""
    config_file: Path = Field(default_factory=lambda: user_config_path("refrain") / "config.toml")
    """The file these settings were read from; it need not exist."""
    models: Path = Field(default_factory=lambda: user_cache_path("refrain") / "models")
    """Folder into which model files are fetched; all installations of this user share it."""
    server: ServerSettings = ServerSettings()
    library: LibrarySettings = LibrarySettings()
    player: PlayerSettings = PlayerSettings()
    model: LanguageModelSettings = LanguageModelSettings()
    assistant: AssistantSettings = AssistantSettings()
    recognition: RecognitionSettings = RecognitionSettings()
    voice: VoiceSettings = VoiceSettings()
    recommend: RecommendSettings = RecommendSettings()
    meaning: MeaningSettings = MeaningSettings()
    players: RemotePlayersSettings = RemotePlayersSettings()
    sources: SourcesSettings = SourcesSettings()
    wyoming: WyomingSettings = WyomingSettings()
    mcp: McpSettings = McpSettings()
    alexa: AlexaSettings = AlexaSettings()
    google: GoogleSettings = GoogleSettings()
    subsonic: SubsonicSettings = SubsonicSettings()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  our own order has none
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags over environment over file."""
        flags = init_settings.init_kwargs if isinstance(init_settings, InitSettingsSource) else {}
        file = flags.get("config_file")
        toml = TomlConfigSettingsSource(settings_cls, toml_file=file or ())
        return (init_settings, env_settings, toml)

    @property
    def database_path(self) -> Path:
        return self.data / "library.db"

    @property
    def covers(self) -> Path:
        """Folder of the pictures, named by the hash of their content."""
        return self.data / "covers"

    @property
    def model_folders(self) -> tuple[Path, ...]:
        """Where model files are looked for: this installation's own folder, then the shared one."""
        return tuple(dict.fromkeys((self.data / "models", self.models)))

    @property
    def demo_library(self) -> Path:
        return self.data / "demo-library"

    @property
    def playable(self) -> Path:
        """Folder of recordings converted for browsers; may be deleted at any time."""
        return self.data / "playable"

    @property
    def incoming(self) -> Path:
        """Folder of uploads while they are read; emptied at every start."""
        return self.data / "incoming"

    @property
    def monitors_file(self) -> Path:
        """The radio streams that are listened to; readable by its owner alone."""
        return self.data / "monitors.json"

    @property
    def activities_file(self) -> Path:
        """One's own profiles of activities; it need not exist."""
        return self.data / "activities.toml"

    @property
    def token_file(self) -> Path:
        return self.data / "token"

    @property
    def key_file(self) -> Path:
        """The installation's own key; readable by its owner alone."""
        return self.data / "key"

    @property
    def running_file(self) -> Path:
        """Where a running server says how to reach it; readable by its owner alone."""
        return self.data / "server.json"


def load_settings(
    data: Path | None = None,
    flags: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
) -> Settings:
    """Read the configuration.

    Args:
        data: the folder that `--data` named; it then holds config.toml too.
        flags: values of command-line flags by section, as in {"server": {"port": 9000}}.
        environment: only for messages and `REFRAIN_DATA`; defaults to the process environment.

    Raises:
        BadSettings: the file is not TOML, or a value cannot be used.
    """
    environment = os.environ if environment is None else environment
    if data is None and (named := environment.get(f"{ENV_PREFIX}DATA")):
        data = Path(named)
    start: dict[str, Any] = dict(flags or {})
    if data is None:
        config_file = user_config_path("refrain") / "config.toml"
    else:
        data = data.expanduser().absolute()
        start["data"] = data
        config_file = data / "config.toml"
    start["config_file"] = config_file
    try:
        return Settings(**start)
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(
            f"{config_file} is not valid TOML: {error}", next_step=f"Correct {config_file}."
        ) from error
    except OSError as error:
        raise BadSettings(
            f"{config_file} cannot be read: {error.strerror or error}",
            next_step=f"Check the permissions of {config_file}.",
        ) from error
    except ValidationError as error:
        raise BadSettings(_explain(error, config_file, environment)) from error


def api_key(model: LanguageModelSettings) -> SecretStr | None:
    """The language model's key, from the environment or from its file.

    Raises:
        BadSettings: the file is missing, or other users can read it.
    """
    return secret_of(model.api_key, model.api_key_file, "model.api_key")


def _explain(error: ValidationError, config_file: Path, environment: Mapping[str, str]) -> str:
    """Say for each bad value where it stands, which one it is, and what is wrong."""
    lines = []
    for detail in error.errors(include_url=False, include_input=False):
        keys = [str(part) for part in detail["loc"]]
        key = ".".join(keys)
        variable = ENV_PREFIX + "__".join(keys).upper()
        place = f"environment variable {variable}" if variable in environment else None
        if place is None:
            place = str(config_file) if _stands_in(config_file, keys) else "command line"
        problem = "no such setting" if detail["type"] == "extra_forbidden" else detail["msg"]
        lines.append(f"{place}: {key}: {problem}")
    return "Bad configuration.\n" + "\n".join(lines)


def _stands_in(config_file: Path, keys: list[str]) -> bool:
    try:
        value: Any = tomllib.loads(config_file.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    for key in keys:
        if not isinstance(value, dict) or key not in value:
            return isinstance(value, (list, tuple))
        value = value[key]
    return True
