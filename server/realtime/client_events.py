"""What a client may send: OpenAI Realtime's events, and our own beside them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from tools.clip_naming import ClipKind

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
    transcript: Annotated[str, Field(max_length=MAX_TEXT)] | None = None
    """Of sound: what is said in it, when the client knows already."""
    audio: str | None = None
    """Sound in the session's input format, in base64; the size of a message limits it."""


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
    """Our voice was silenced by the client: only so much of this item was heard."""

    type: Literal["conversation.item.truncate"]
    item_id: _Id
    content_index: Annotated[int, Field(ge=0, le=MAX_CONTENT_PARTS)] = 0
    audio_end_ms: Annotated[int, Field(ge=0, le=86_400_000)]


class ResponseOptions(BaseModel):
    model_config = _EVENT
    metadata: dict[str, str] | None = None
    output_modalities: (
        Annotated[tuple[Literal["text", "audio"], ...], Field(max_length=2)] | None
    ) = None
    tools: Annotated[tuple[dict[str, Any], ...], Field(max_length=128)] | None = None
    tool_choice: str | dict[str, Any] | None = None
    conversation: Literal["auto", "none"] = "auto"
    input: Annotated[tuple[ItemIn, ...], Field(max_length=100)] | None = None


class ResponseCreate(_ClientEvent):
    type: Literal["response.create"]
    response: ResponseOptions | None = None


class ResponseCancel(_ClientEvent):
    type: Literal["response.cancel"]
    response_id: _Id | None = None


class AudioAppend(_ClientEvent):
    """Sound in the session's input format, in base64."""

    type: Literal["input_audio_buffer.append"]
    audio: str


class AudioCommit(_ClientEvent):
    """The user has finished speaking: with push to talk the only way to end a turn."""

    type: Literal["input_audio_buffer.commit"]


class AudioClear(_ClientEvent):
    """Forget the sound since the last turn."""

    type: Literal["input_audio_buffer.clear"]


class OutputClear(_ClientEvent):
    """The client stopped our voice: say no more of what is being said."""

    type: Literal["output_audio_buffer.clear"]


class TalkStart(_ClientEvent):
    """Binary frames from now on are the user's voice: PCM, 16 bits, little-endian, mono."""

    type: Literal["refrain.talk.start"]
    sample_rate: Annotated[int, Field(ge=8_000, le=48_000)] = 24_000


class TalkStop(_ClientEvent):
    """No more binary frames follow."""

    type: Literal["refrain.talk.stop"]
    commit: bool = False
    """Whether what was said so far is a turn; else it is forgotten."""


class PlaybackReport(_ClientEvent):
    """How much of our voice the client has really played: better than our own estimate."""

    type: Literal["refrain.playback"]
    item_id: _Id
    played_ms: Annotated[int, Field(ge=0, le=86_400_000)]
    playing: bool
    """Whether it sounds now; False when it ended, ran dry or was stopped."""


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
    kind: ClipKind = "any"
    """Of `identify`: "hum" when the user says that they hum; then all ten seconds are heard."""


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
    | AudioAppend
    | AudioCommit
    | AudioClear
    | OutputClear
    | TalkStart
    | TalkStop
    | PlaybackReport
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
