"""Titles that hold the word for "by": "mets Clair de Lune", "pon Águas de Março de Elis Regina".

A grammar cannot know where a title ends; the names of the library can. What was taken for title
and artist is put together again where the library calls something so, and else parted at the
place where it knows both sides.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from agent.understanding.pivot.translator import Part, Translation

_BY = re.compile(
    r"^(?P<verb>(?:play|find|search for|queue up|add|and)(?: the (?:song|album))?) "
    r"(?P<title>.+?) by (?P<artist>.+?)(?P<tail> next| to .+)?$"
)
_SOMETHING = frozenset({"something", "songs", "music", "anything"})

Knows = Callable[[str], bool]
"""Whether the library calls something so."""


def with_whole_titles(said: Translation, knows: Knows) -> Translation:
    """The translation with titles as the library has them."""
    parts = tuple(_mended(part, knows) for part in said.parts)
    return said if parts == said.parts else replace(said, parts=parts)


def _mended(part: Part, knows: Knows) -> Part:
    found = _BY.match(part.english)
    if found is None:
        return part
    title, artist = found["title"], found["artist"]
    if title not in _SOMETHING and knows(title) and knows(artist):
        return part
    whole = _as_said(part.original, title, artist)
    if whole is None:
        return part
    said, between = whole
    meant = said if knows(said) else _parted(said, between, knows)
    if not meant:
        return part
    return replace(part, english=f"{found['verb']} {meant}{found['tail'] or ''}")


def _as_said(original: str, title: str, artist: str) -> tuple[str, str] | None:
    """Title, artist and what stood between them, as it was said, and that word alone."""
    places = re.search(
        rf"(?<!\w){re.escape(title)}(?P<between>\s+\S+(?:\s+\S+)?\s+|\s+\S+['’])"
        rf"{re.escape(artist)}(?!\w)",
        original,
    )
    return None if places is None else (places[0], places["between"].strip())


def _parted(said: str, between: str, knows: Knows) -> str:
    for place in re.finditer(rf"\s+{re.escape(between)}\s+", said):
        title, artist = said[: place.start()], said[place.end() :]
        if knows(title) and knows(artist):
            return f"{title} by {artist}"
    return ""
