"""The body of a request written to a file: raw, or the first file of a form; and its fields."""

from collections.abc import AsyncIterator

from fastapi import Request
from python_multipart.exceptions import MultipartParseError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from server.errors import BadRequest
from server.recognition.incoming import IncomingFile

_FORM = b"multipart/form-data"
_MAX_BOUNDARY = 200
_MAX_FIELDS = 32
_MAX_FIELD_BYTES = 8_192


async def receive(
    request: Request, file: IncomingFile, *, needs_file: bool = True
) -> dict[str, str]:
    """Write what the request carries into `file`, piece by piece.

    Returns:
        The other fields of a form; of several with one name the last.

    Raises:
        BadRequest: a form that cannot be read, or without a file that it needs.
        TooLarge: more than the file may hold.
    """
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    if kind.lower() != _FORM:
        async for data in _body(request):
            await file.write(data)
        await file.finish()
        return {}
    form = _Form(options.get(b"boundary", b""))
    async for data in _body(request):
        for piece in form.take(data):
            await file.write(piece)
    await file.finish()
    if needs_file and not form.found:
        raise BadRequest(
            "The form holds no file.", next_step="Send the sound as a field of type file."
        )
    return form.fields


async def _body(request: Request) -> AsyncIterator[bytes]:
    try:
        async for data in request.stream():
            yield data
    except ClientDisconnect as error:
        raise BadRequest("The upload broke off.") from error


class _Form:
    """Picks the first file out of a form."""

    def __init__(self, boundary: bytes) -> None:
        if not 0 < len(boundary) <= _MAX_BOUNDARY:
            raise BadRequest("The form does not say how its parts are separated.")
        self.found = False
        self.fields: dict[str, str] = {}
        self._field: bytearray | None = None
        self._field_name = ""
        self._inside = False
        self._is_file = False
        self._name = b""
        self._pieces: list[bytes] = []
        self._parser = MultipartParser(
            boundary,
            {
                "on_part_begin": self._part_began,
                "on_header_field": self._header_name,
                "on_header_value": self._header_value,
                "on_header_end": self._header_ended,
                "on_headers_finished": self._headers_ended,
                "on_part_data": self._data,
                "on_part_end": self._part_ended,
            },
        )
        self._value = b""

    def take(self, data: bytes) -> list[bytes]:
        """What of `data` belongs to the file."""
        try:
            self._parser.write(data)
        except MultipartParseError as error:
            raise BadRequest("The form cannot be read.") from error
        pieces, self._pieces = self._pieces, []
        return pieces

    def _part_began(self) -> None:
        self._name = self._value = b""
        self._is_file = False
        self._field, self._field_name = None, ""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ended(self) -> None:
        if self._name.lower() == b"content-disposition":
            _, options = parse_options_header(self._value)
            self._is_file = b"filename" in options
            self._field_name = options.get(b"name", b"").decode("utf-8", "replace")
        self._name = self._value = b""

    def _headers_ended(self) -> None:
        self._inside = self._is_file and not self.found
        self.found = self.found or self._is_file
        if not self._is_file and self._field_name:
            if len(self.fields) >= _MAX_FIELDS:
                raise BadRequest("The form has too many fields.")
            self._field = bytearray()

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._inside:
            self._pieces.append(data[start:end])
        elif self._field is not None:
            self._field += data[start:end]
            if len(self._field) > _MAX_FIELD_BYTES:
                raise BadRequest(f"A field of a form has at most {_MAX_FIELD_BYTES} bytes.")

    def _part_ended(self) -> None:
        self._inside = False
        if self._field is not None:
            self.fields[self._field_name] = self._field.decode("utf-8", "replace")
            self._field = None
