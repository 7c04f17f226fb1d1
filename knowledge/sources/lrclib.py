"""LRCLIB: the words of songs, plain and with times, by names and length.

See https://lrclib.net/docs. No key; a user agent that says who asks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.errors import SourceUnreachable
from knowledge.lyrics.lrc import MAX_CHARACTERS, parse_lyrics
from knowledge.sources.answers import DAY_S
from knowledge.sources.same_song import same_artist, same_title
from knowledge.sources.web_service import Check, WebService

_APART_S = 3.0
"""A recording whose length differs by more is another one: its times would be wrong, and often its
words. LRCLIB itself accepts two seconds."""
_PLAIN_APART_S = 15.0
"""Words without times fit also another cut of the same song."""
_KEEP_S = 30 * DAY_S
_LONGEST_NAME = 300
_LOOSE = ConfigDict(extra="ignore", frozen=True)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The recording whose words are looked for."""

    title: str
    artist: str
    album: str = ""
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class LrclibLyrics:
    """What LRCLIB has."""

    text: str
    """LRC when `synced`, else plain; empty for an instrumental piece."""
    synced: bool
    instrumental: bool = False


class _Entry(BaseModel):
    model_config = _LOOSE

    title: str = Field(default="", alias="trackName")
    artist: str = Field(default="", alias="artistName")
    duration: float | None = None
    instrumental: bool = False
    plain: str | None = Field(default=None, alias="plainLyrics", max_length=4 * MAX_CHARACTERS)
    synced: str | None = Field(default=None, alias="syncedLyrics", max_length=4 * MAX_CHARACTERS)


_ENTRIES: TypeAdapter[list[_Entry]] = TypeAdapter(list[_Entry])


class Lrclib:
    """Looks lyrics up."""

    def __init__(self, service: WebService) -> None:
        self._service = service

    def lyrics(self, wanted: Wanted) -> LrclibLyrics | None:
        """The words of a recording; None when LRCLIB has none that fit it.

        First exactly these names and this length; then a search, whose findings must be the same
        song by the same artist, and with times only of the same length.

        Raises:
            SourceUnreachable: no answer, or one that makes no sense.
            SourceRefused: it does not let us in.
        """
        names = {"track_name": wanted.title, "artist_name": wanted.artist}
        names = {name: value[:_LONGEST_NAME] for name, value in names.items()}
        if not all(names.values()):
            return None
        if wanted.album and wanted.duration_s:
            exactly = {
                **names,
                "album_name": wanted.album[:_LONGEST_NAME],
                "duration": str(round(wanted.duration_s)),
            }
            said = self._asked("/api/get", exactly, _entry)
            if said is not None:
                found = _best([_entry(said)], wanted)
                if found is not None:
                    return found
        said = self._asked("/api/search", names, _entries)
        return _best(_entries(said), wanted) if said is not None else None

    def _asked(self, path: str, query: Mapping[str, str], check: Check) -> object:
        found: object = self._service.get(path, query, keep_s=_KEEP_S, check=check)
        return found


def _entry(said: object) -> _Entry:
    try:
        return _Entry.model_validate(said)
    except ValidationError as error:
        raise SourceUnreachable("LRCLIB answered something that makes no sense.") from error


def _entries(said: object) -> list[_Entry]:
    try:
        return _ENTRIES.validate_python(said)
    except ValidationError as error:
        raise SourceUnreachable("LRCLIB answered something that makes no sense.") from error


def _best(entries: list[_Entry], wanted: Wanted) -> LrclibLyrics | None:
    """The one with times and the nearest length; without times a near length is enough."""
    fitting = sorted(
        (one for one in entries if _fits(one, wanted)), key=lambda one: _apart_s(one, wanted)
    )
    for one in fitting:
        if one.synced and _apart_s(one, wanted) <= _APART_S and _timed(one.synced):
            return LrclibLyrics(one.synced, synced=True)
    for one in fitting:
        if one.plain and _apart_s(one, wanted) <= _PLAIN_APART_S and parse_lyrics(one.plain):
            return LrclibLyrics(one.plain, synced=False)
    for one in fitting:
        if one.instrumental and _apart_s(one, wanted) <= _APART_S:
            return LrclibLyrics("", synced=False, instrumental=True)
    return None


def _fits(one: _Entry, wanted: Wanted) -> bool:
    return same_title(one.title, wanted.title) and same_artist(one.artist, wanted.artist)


def _timed(text: str) -> bool:
    lines = parse_lyrics(text)
    return bool(lines) and lines[0].start_s is not None


def _apart_s(one: _Entry, wanted: Wanted) -> float:
    if not one.duration or not wanted.duration_s:
        return _APART_S + 1.0  # unknown: not for times
    return abs(one.duration - wanted.duration_s)
