"""What a page's player and the server say to each other, and what is believed of it.

A page is not trusted: every report is checked for shape and range here, and for sense by
`BrowserPlayer`.
"""

from typing import Annotated, Any, Literal, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tools.players.player import PlaybackStatus, PlayerState

MAX_SECONDS = 1e6
"""More than eleven days: no recording is that long."""

_Seconds = Annotated[float, Field(ge=0.0, le=MAX_SECONDS, allow_inf_nan=False)]
_Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[\w.:-]+$")]
_STRICT = ConfigDict(extra="ignore", frozen=True, strict=True)


class BrowserLink(Protocol):
    """The way to one open page."""

    def send(self, message: dict[str, Any]) -> None:
        """Queue a message for the page; never blocks and never fails."""
        ...


class ReportedState(BaseModel):
    model_config = _STRICT

    status: Literal["idle", "playing", "paused"]
    item_id: _Id | None = None
    position_s: _Seconds = 0.0
    duration_s: _Seconds = 0.0
    volume: Annotated[int, Field(ge=0, le=100)] = 100
    muted: bool = False

    def to_state(self) -> PlayerState:
        """The same as a `PlayerState`; a position behind the end is the end."""
        position_s = self.position_s
        if self.duration_s > 0.0:
            position_s = min(position_s, self.duration_s)
        return PlayerState(
            status=PlaybackStatus(self.status),
            item_id=self.item_id,
            position_s=position_s,
            duration_s=self.duration_s,
            volume=self.volume,
            muted=self.muted,
        )


class Report(BaseModel):
    """What a page says that its player did."""

    model_config = _STRICT

    type: Literal["refrain.player.report"]
    event: Literal["state", "advanced", "ended", "failed"]
    state: ReportedState
    command_id: _Id | None = None
    """The command that this answers."""
    message: Annotated[str, Field(max_length=500)] = ""
    code: Annotated[str, Field(max_length=32)] = ""
    """Why it failed: "blocked" (the browser wants a click first), "timeout", or the file."""


def read_report(message: dict[str, Any]) -> Report | None:
    """Check a page's report; None when it is malformed or holds impossible values."""
    try:
        return Report.model_validate(message)
    except (ValidationError, RecursionError):
        return None


def duck(ducked: bool) -> dict[str, Any]:
    """A message that tells a page to be quieter for a while, beside its volume; no answer."""
    return {"type": "refrain.player.duck", "ducked": ducked}


def command(name: str, command_id: str, **fields: Any) -> dict[str, Any]:
    """A message that tells a page to do something."""
    given = {key: value for key, value in fields.items() if value is not None}
    return {
        "type": "refrain.player.command",
        "command_id": command_id,
        "command": name,
        **given,
    }
