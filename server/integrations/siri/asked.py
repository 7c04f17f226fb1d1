"""What a Shortcut sends: words or a recording, in one of the ways that Shortcuts knows."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.requests import ClientDisconnect, Request

from server.errors import BadRequest, TooLarge
from server.recognition.incoming import IncomingFile
from server.recognition.upload import receive

_MAX_WORDS_BYTES = 50_000
_FORM, _FIELDS, _JSON = (
    "multipart/form-data",
    "application/x-www-form-urlencoded",
    "application/json",
)


class AskedIn(BaseModel):
    """The fields of a request; those that are not known are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    text: Annotated[str, Field(max_length=2_000)] = ""
    """What is wanted, in any language; not needed beside a recording."""
    device: Annotated[str, Field(max_length=100)] = ""
    """Whose conversation goes on, such as "iPhone"; each name has one of its own."""
    answer: Literal["json", "text", "audio"] = "json"
    """What to answer with."""
    speaker: Annotated[str, Field(max_length=60)] = ""
    """Who speaks, where several people use one device."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What came in."""

    fields: AskedIn
    recording: Path | None = None
    """A file of sound, where there was one."""


async def read_words(request: Request) -> Asked | None:
    """Read a request that holds words only; None when it may hold a recording.

    Raises:
        BadRequest: it cannot be read, or holds nothing.
        TooLarge: it is longer than it may be.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    given: dict[str, Any] = dict(request.query_params)
    if kind == _JSON:
        given |= _of_json(await _words(request))
    elif kind == _FIELDS:
        given |= dict(parse_qsl((await _words(request)).decode("utf-8", "replace")))
    elif kind.startswith("text/"):
        given["text"] = (await _words(request)).decode("utf-8", "replace")
    else:
        return None
    return _checked(given, None)


async def read_recording(request: Request, file: IncomingFile) -> Asked:
    """Read a form, or a recording as it is; the recording is written into `file` piece by piece.

    Raises:
        BadRequest: it cannot be read, or holds nothing.
        TooLarge: it is longer than it may be.
    """
    given: dict[str, Any] = dict(request.query_params)
    given |= await receive(request, file, needs_file=False)
    return _checked(given, file.path if file.size else None)


def _checked(given: Mapping[str, Any], recording: Path | None) -> Asked:
    try:
        fields = AskedIn.model_validate(given)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise BadRequest(f"{first['loc'][0]}: {first['msg']}") from error
    if recording is None and not fields.text.strip():
        raise BadRequest(
            "There is neither text nor a recording in it.",
            next_step="Send the field text, or a file.",
        )
    return Asked(fields, recording)


async def _words(request: Request) -> bytes:
    body = bytearray()
    try:
        async for data in request.stream():
            body += data
            if len(body) > _MAX_WORDS_BYTES:
                raise TooLarge(f"Words have at most {_MAX_WORDS_BYTES} bytes.")
    except ClientDisconnect as error:
        raise BadRequest("The request broke off.") from error
    return bytes(body)


def _of_json(body: bytes) -> Mapping[str, Any]:
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not JSON.") from error
    if not isinstance(value, dict):
        raise BadRequest("The body is no JSON object.")
    return value
