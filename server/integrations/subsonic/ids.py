"""Ids as apps see them: "tr-12" a track, "al-3" an album, "ar-4" an artist, "pl-5" a playlist."""

import re
from typing import Literal

from server.integrations.subsonic.errors import Code, SubsonicError

Kind = Literal["tr", "al", "ar", "pl"]
_ID = re.compile(r"(tr|al|ar|pl)-(\d{1,18})", re.ASCII)


def told_id(kind: Kind, number: int) -> str:
    return f"{kind}-{number}"


def read_id(given: str) -> tuple[Kind, int]:
    """Kind and number.

    Raises:
        SubsonicError: it is none of ours.
    """
    found = _ID.fullmatch(given)
    if found is None:
        raise SubsonicError(Code.NOT_FOUND, "There is nothing with that id.")
    kind: Kind = found[1]  # type: ignore[assignment]  # the pattern knows no others
    return kind, int(found[2])


def id_of(given: str, kind: Kind) -> int:
    """The number of a thing of one kind.

    Raises:
        SubsonicError: it is none, or something else.
    """
    found, number = read_id(given)
    if found != kind:
        raise SubsonicError(Code.NOT_FOUND, "That id names something else.")
    return number
