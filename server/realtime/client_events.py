"""What a client may send: OpenAI Realtime's events for text, and our player's."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

MAX_TEXT = 4_000
"""Characters in one user message."""
MAX_CONTENT_PARTS = 20

_EVENT = ConfigDict(frozen=True, extra="ignore")
_Id = Annotated[str, Field(min_length=1, max_length=128)]
_Name = Annotated[str, Field(max_length=100)]
ListenPurpose = Literal["identify", "ring", "clip"]


class _ClientEvent(BaseModel):
    model_config = _EVENT
    event_id: Annotated[str, Field(max_length=512)] | None = None


class SessionUpdate(_ClientEvent):
    type: Literal["session.update"]
    session: dict[str, Any]


class ContentPart(BaseModel):
    model_config = _EVENT
    type: Annotated[str, Field(max_length=64)]
    text: Annotated[str, Field(max_length=MAX_TEXT)] = ""


class MessageItem(BaseModel):
    model_config = _EVENT
    type: Literal["message"]
    id: _Id | None = None
    role: Literal["user", "assistant", "system"]
    content: Annotated[tuple[ContentPart, ...], Field(max_length=MAX_CONTENT_PARTS)]


class FunctionCallItem(BaseModel):
    model_config = _EVENT
    type: Literal["function_call"]
    id: _Id | None = None
    call_id: _Id | None = None
    name: _Id
    arguments: str = ""


class FunctionCallOutputItem(BaseModel):
    model_config = _EVENT
    type: Literal["function_call_output"]
    id: _Id | None = None
    call_id: _Id
    output: str


ItemIn = Annotated[
    MessageItem | FunctionCallItem | FunctionCallOutputItem, Field(discriminator="type")
]


class ItemCreate(_ClientEvent):
    type: Literal["conversation.item.create"]
    item: ItemIn
    previous_item_id: _Id | None = None
    """Insert after this item; "root" is the beginning; None the end."""


class ItemRetrieve(_ClientEvent):
    type: Literal["conversation.item.retrieve"]
    item_id: _Id


class ItemDelete(_ClientEvent):
    type: Literal["conversation.item.delete"]
    item_id: _Id


class ItemTruncate(_ClientEvent):
    type: Literal["conversation.item.truncate"]
    item_id: _Id


class ResponseOptions(BaseModel):
    model_config = _EVENT
    metadata: dict[str, str] | None = None
    conversation: Literal["auto", "none"] = "auto"
    input: Annotated[tuple[ItemIn, ...], Field(max_length=100)] | None = None


class ResponseCreate(_ClientEvent):
    type: Literal["response.create"]
    response: ResponseOptions | None = None


class ResponseCancel(_ClientEvent):
    type: Literal["response.cancel"]
    response_id: _Id | None = None


class AudioEvent(_ClientEvent):
    """Sound in OpenAI's words: taken while something is listened to, else refused in words."""

    type: Literal[
        "input_audio_buffer.append",
        "input_audio_buffer.commit",
        "input_audio_buffer.clear",
        "output_audio_buffer.clear",
    ]
    audio: str = ""
    """PCM in base64; its size is limited by that of a message."""


class ListenOffer(_ClientEvent):
    """This client has a microphone that may be asked for, or has none any more."""

    type: Literal["refrain.listen.offer"]
    can_listen: bool
    device: _Name = ""
    place: _Name = ""


class ListenStart(_ClientEvent):
    """Sound follows."""

    type: Literal["refrain.listen.start"]
    purpose: ListenPurpose
    sample_rate: Annotated[int, Field(ge=8_000, le=48_000)] = 24_000
    device: _Name = ""
    place: _Name = ""
    respond: bool = True
    """Of `identify`: whether the assistant answers in the conversation too."""
    seconds: Annotated[float, Field(ge=2, le=600, allow_inf_nan=False)] | None = None
    """How much a ring keeps, or how long the clip of a request is."""
    request_id: Annotated[str, Field(max_length=64)] = ""


class ListenStop(_ClientEvent):
    type: Literal["refrain.listen.stop"]
    purpose: ListenPurpose | None = None
    """None: everything."""
    cancel: bool = False
    """Of `identify`: throw away what was heard, without an answer."""


class ListenRefuse(_ClientEvent):
    """The user does not want to, or the browser does not let the page."""

    type: Literal["refrain.listen.refuse"]
    request_id: _Id


class PlayerAttach(_ClientEvent):
    """This page can play. The newest one, or the last one that claims, is the one that does."""

    type: Literal["refrain.player.attach"]
    name: Annotated[str, Field(max_length=100)] = "this page"


class PlayerClaim(_ClientEvent):
    type: Literal["refrain.player.claim"]


class PlayerReport(_ClientEvent):
    """What the page's player did. Checked in full by tools.players.browser_messages."""

    model_config = ConfigDict(frozen=True, extra="allow")
    type: Literal["refrain.player.report"]


ClientEvent = Annotated[
    SessionUpdate
    | ItemCreate
    | ItemRetrieve
    | ItemDelete
    | ItemTruncate
    | ResponseCreate
    | ResponseCancel
    | AudioEvent
    | ListenOffer
    | ListenStart
    | ListenStop
    | ListenRefuse
    | PlayerAttach
    | PlayerClaim
    | PlayerReport,
    Field(discriminator="type"),
]

CLIENT_EVENT: TypeAdapter[Any] = TypeAdapter(ClientEvent)
"""Parses a message; raises pydantic's ValidationError, for too deep nesting as well."""
