"""Configuration of the neighbours: Wyoming, MCP, Alexa, Google, apps that speak Subsonic."""

from ipaddress import ip_network
from typing import Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

_SECTION = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class WyomingSatelliteSettings(BaseModel):
    """A microphone and speaker in some room that waits for us to connect."""

    model_config = _SECTION

    name: str = Field(pattern=r"^[\w .'-]{1,40}$")
    """What it is called, in the log and in `docs/home-assistant.md`."""
    uri: str
    """Where it listens, such as "tcp://kitchen.local:10700"."""
    room: str = Field(default="", max_length=40)
    """The room that it stands in; what is asked for there plays there, where there is a player."""
    wake_word: Literal["", "okay_nabu", "hey_jarvis", "hey_mycroft"] = "okay_nabu"
    """Heard here when the satellite hears none itself; "" listens to everything that is said."""

    @field_validator("uri")
    @classmethod
    def _is_address(cls, uri: str) -> str:
        parts = urlsplit(uri)
        if parts.scheme != "tcp" or not parts.hostname or not parts.port:
            raise ValueError(f'{uri!r} is no address such as "tcp://kitchen.local:10700"')
        return uri


class WyomingSettings(BaseModel):
    """Home Assistant and other clients of the Wyoming protocol."""

    model_config = _SECTION

    enabled: bool = False
    """Answer on a port of its own: speech to text, text to speech, conversation."""
    host: str = "127.0.0.1"
    """Address to listen on. The protocol has no logins: see `allowed`."""
    port: int = Field(default=10_800, ge=1, le=65_535)
    """TCP port."""
    allowed: tuple[str, ...] = ("127.0.0.0/8", "::1/128")
    """Networks and addresses that may connect, such as "192.168.1.20" or "192.168.1.0/24"."""
    name: str = Field(default="Refrain", pattern=r"^[\w .'-]{1,40}$")
    """What clients call us."""
    announce: bool = True
    """Say by zeroconf where we are, when we listen on the network."""
    max_connections: int = Field(default=64, ge=1, le=1000)
    """How many may be connected at once."""
    max_audio_s: float = Field(default=120.0, ge=5.0, le=600.0)
    """Length of what may be dictated in one go, seconds."""
    idle_timeout_s: float = Field(default=120.0, ge=1.0, le=3600.0)
    """A client that sends nothing for so long is hung up on, seconds."""
    rooms: dict[str, str] = Field(default={}, max_length=100)
    """Which room a device of Home Assistant stands in: its satellite_id or device_id to a room."""
    satellites: tuple[WyomingSatelliteSettings, ...] = Field(default=(), max_length=32)
    """Satellites that we drive ourselves, without Home Assistant."""

    @field_validator("allowed")
    @classmethod
    def _are_networks(cls, allowed: tuple[str, ...]) -> tuple[str, ...]:
        for one in allowed:
            try:
                ip_network(one, strict=False)
            except ValueError as error:
                raise ValueError(f'{one!r} is no network such as "192.168.1.0/24"') from error
        return allowed


class McpSettings(BaseModel):
    """Other assistants, through the Model Context Protocol."""

    model_config = _SECTION

    enabled: bool = True
    """Offer our tools under /mcp/."""


class AlexaSettings(BaseModel):
    """A custom Alexa skill of one's own."""

    model_config = _SECTION

    enabled: bool = False
    """Answer the skill's requests under /alexa."""
    skill_id: str = Field(default="", max_length=200)
    """Id of the skill, such as "amzn1.ask.skill.…"; requests for any other are refused."""
    link_accounts: bool = True
    """Whether people link their account; else all who may use the skill act for the household."""
    rooms: dict[str, str] = Field(default={}, max_length=100)
    """What the Echos are called: "echo-1a2b3c", as the log names them, to a name of yours."""


class GoogleSettings(BaseModel):
    """Google Home, cloud to cloud."""

    model_config = _SECTION

    enabled: bool = False
    """Answer Google's requests under /google."""


class SubsonicSettings(BaseModel):
    """Apps on phones and computers that speak (Open)Subsonic."""

    model_config = _SECTION

    enabled: bool = True
    """Answer under /rest/. Apps log in with a password made for them alone."""
