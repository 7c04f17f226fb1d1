"""Configuration of players that are somewhere else: MPD, Snapcast, renderers."""

import re

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

_SECTION = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
_MOST = 50
_NAME = re.compile(r"[^\x00-\x1f\x7f]{1,60}")


class _Speaker(BaseModel):
    """What every speaker has."""

    model_config = _SECTION

    name: str = ""
    """What it is called; by default the room, or the kind of player."""
    room: str = ""
    """The room where it stands. With one it has a queue of its own."""
    called: tuple[str, ...] = ()
    """Other names of that room, such as "kitchenette"."""

    @field_validator("name", "room")
    @classmethod
    def _is_name(cls, value: str) -> str:
        value = " ".join(value.split())
        if value and _NAME.fullmatch(value) is None:
            raise ValueError(f"{value[:60]!r} is no name: 60 characters at most")
        return value


class MpdSettings(_Speaker):
    """A Music Player Daemon."""

    host: str = "127.0.0.1"
    """Name or address of the machine, or the path of MPD's socket."""
    port: int = Field(default=6600, ge=1, le=65535)
    """TCP port."""
    password: SecretStr = SecretStr("")
    """What MPD asks for."""


class SnapcastSettings(_Speaker):
    """A Snapcast server: several rooms in step."""

    host: str = "127.0.0.1"
    """Name or address of the server."""
    port: int = Field(default=1705, ge=1, le=65535)
    """Control port, TCP."""
    stream: str = "Refrain"
    """Name of the stream in snapserver.conf that takes our sound."""
    source: str = "tcp://127.0.0.1:4953"
    """Where that stream takes it: "tcp://host:port" (mode=server), or "pipe:///path"."""
    buffer_ms: int = Field(default=1000, ge=50, le=10_000)
    """`buffer` of snapserver.conf, in milliseconds."""
    rooms: dict[str, str] = {}
    """Rooms by the id or the name of a client; empty: as Snapcast calls its clients."""

    @field_validator("source")
    @classmethod
    def _is_source(cls, value: str) -> str:
        if not re.fullmatch(r"tcp://[^/:@\s]+:\d{1,5}|pipe:///\S+", value):
            raise ValueError(f'{value!r} is no source such as "tcp://127.0.0.1:4953"')
        return value


class DlnaSettings(_Speaker):
    """A DLNA or UPnP renderer."""

    location: str
    """Address of its description, such as "http://192.168.1.20:49494/description.xml"."""

    @field_validator("location")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if not re.fullmatch(r"http://[^/\s@]+/\S*", value):
            raise ValueError(f"{value!r} is no address of a renderer's description")
        return value


class ChromecastSettings(_Speaker):
    """A Chromecast, or a speaker with it built in."""

    host: str
    """Name or address."""
    port: int = Field(default=8009, ge=1, le=65535)
    """TCP port."""


class SonosSettings(_Speaker):
    """A Sonos speaker."""

    host: str
    """Name or address."""


class RemotePlayersSettings(BaseModel):
    """Speakers in the house. Without any of them the page and mpv play."""

    model_config = _SECTION

    room: str = ""
    """The room where this machine's own speakers (mpv) stand."""
    discover: bool = False
    """Look for DLNA renderers in the network at each start, and offer them by their names."""
    mpd: tuple[MpdSettings, ...] = Field(default=(), max_length=_MOST)
    """`[[players.mpd]]`: Music Player Daemons."""
    snapcast: tuple[SnapcastSettings, ...] = Field(default=(), max_length=_MOST)
    """`[[players.snapcast]]`: streams of Snapcast servers."""
    dlna: tuple[DlnaSettings, ...] = Field(default=(), max_length=_MOST)
    """`[[players.dlna]]`: renderers."""
    chromecast: tuple[ChromecastSettings, ...] = Field(default=(), max_length=_MOST)
    """`[[players.chromecast]]`: Chromecasts."""
    sonos: tuple[SonosSettings, ...] = Field(default=(), max_length=_MOST)
    """`[[players.sonos]]`: Sonos speakers."""
