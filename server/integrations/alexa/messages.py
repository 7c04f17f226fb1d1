"""What Alexa sends, as far as it matters here; everything else is ignored."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel

Text = Annotated[str, Field(max_length=2_000)]
Token = Annotated[str, Field(max_length=1_024)]


class _Message(BaseModel):
    model_config = ConfigDict(
        extra="ignore", frozen=True, alias_generator=to_camel, populate_by_name=True
    )


class Slot(_Message):
    name: Text = ""
    value: Text | None = None


class Intent(_Message):
    name: Annotated[str, Field(max_length=200)]
    slots: dict[str, Slot] = Field(default={}, max_length=20)

    def value(self, name: str) -> str:
        """What was said in a slot; "" when nothing was."""
        slot = self.slots.get(name)
        return (slot.value or "").strip() if slot is not None else ""


class PlaybackError(_Message):
    type: Text = ""
    message: Text = ""


class PlaybackPlace(_Message):
    """What the device plays, as it says itself."""

    token: Token = ""
    offset_in_milliseconds: Annotated[int, Field(ge=0, le=2**53)] = 0
    player_activity: Annotated[str, Field(max_length=40)] = ""


class Request(_Message):
    type: Annotated[str, Field(max_length=100)]
    request_id: Text = ""
    timestamp: datetime
    locale: Annotated[str, Field(max_length=20)] = "en-US"
    intent: Intent | None = None
    token: Token = ""
    offset_in_milliseconds: Annotated[int, Field(ge=0, le=2**53)] = 0
    error: PlaybackError | None = None
    cause: dict[str, Any] | None = None
    reason: Text = ""


class Application(_Message):
    application_id: Text = ""


class User(_Message):
    access_token: Annotated[str, Field(max_length=8_192)] | None = None


class Device(_Message):
    device_id: Text = ""
    supported_interfaces: dict[str, Any] = {}


class System(_Message):
    application: Application = Application()
    user: User = User()
    device: Device = Device()


class Context(_Message):
    system: Annotated[System, Field(alias="System")] = System()
    audio_player: Annotated[PlaybackPlace | None, Field(alias="AudioPlayer")] = None


class Session(_Message):
    application: Application = Application()
    new: bool = False


class Envelope(_Message):
    """One request of the skill."""

    version: Text = "1.0"
    context: Context = Context()
    session: Session | None = None
    request: Request

    @property
    def application_id(self) -> str:
        """The skill that was asked; "" when two different ones are named."""
        named = self.context.system.application.application_id
        if self.session is not None and self.session.application.application_id != named:
            return ""
        return named

    @property
    def is_about_playback(self) -> bool:
        """Whether it is no conversation: its answer holds directives of the player and no words."""
        return self.request.type.startswith(("AudioPlayer.", "PlaybackController."))
