"""Objects of a JSON file of any size, one after another, in little memory.

Reads an array of objects, lines of objects, and one object that holds a long list, without ever
holding more than one element of it.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from knowledge.errors import ExportRejected

_PIECE_BYTES = 131_072
_LONGEST_ELEMENT = 4_000_000
"""Characters. A page of 1,000 listens is well below."""
_DECODER = json.JSONDecoder()
_BETWEEN = re.compile(r"[\s,\]\[]*")
_INTO_LIST = re.compile(r'\A\{[^\[\]]{0,4000}?"(?:scrobbles|tracks?|listens)"\s*:\s*\[')


def objects(stream: BinaryIO, *, name: str) -> Iterator[dict[str, Any]]:
    """Go through the objects of `stream`; other values between them are passed over.

    Raises:
        ExportRejected: it is no JSON, or one element is larger than any listen can be.
    """
    buffer, at_end, at_start, inside = "", False, True, False
    pieces = _pieces(stream)
    while True:
        between = _BETWEEN.match(buffer)
        passed, buffer = (between[0], buffer[between.end() :]) if between else ("", buffer)
        if inside and "]" in passed:
            return  # the end of the long list
        at_start = at_start and not passed.strip()
        if not buffer and at_end:
            return
        if buffer and at_start and (opened := _INTO_LIST.match(buffer)) is not None:
            buffer, at_start, inside = buffer[opened.end() :], False, True
            continue
        if buffer and (element := _element(buffer, name, is_all=at_end)) is not None:
            value, end = element
            # A number could go on in the next piece; nobody needs one, so any cut will do.
            buffer, at_start = buffer[end:], False
            if isinstance(value, dict):
                yield value
            continue
        piece = next(pieces, None)
        at_end = piece is None
        buffer += piece or ""


def _element(buffer: str, name: str, *, is_all: bool) -> tuple[Any, int] | None:
    """The first element and where it ends; None when more has to be read first."""
    try:
        return _DECODER.raw_decode(buffer)
    except RecursionError as error:
        raise ExportRejected(f"{name} is nested too deeply.") from error
    except ValueError as error:
        if is_all or len(buffer) > _LONGEST_ELEMENT:
            raise ExportRejected(f"{name} is not JSON that can be read.") from error
        return None


def _pieces(stream: BinaryIO) -> Iterator[str]:
    """Text in pieces; a byte order mark is dropped, and broken characters are replaced."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")("replace")
    while data := stream.read(_PIECE_BYTES):
        yield decoder.decode(data)
    yield decoder.decode(b"", final=True)
