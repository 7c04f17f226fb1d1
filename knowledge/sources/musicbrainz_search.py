"""MusicBrainz by names: which recording do these tags describe?

The library musicbrainzngs writes the questions and reads the answers. It asks with urllib, without
a limit of time or size and with retries of its own that may take minutes; so its one function that
opens an address is replaced by ours, and the same rate limit, cache, retries and circuit breaker
hold as for every other service. It keeps its settings in the module: there is one MusicBrainz in a
program.
"""

import re
import threading
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import musicbrainzngs
from musicbrainzngs import musicbrainz as library

from knowledge.errors import SourceUnreachable
from knowledge.sources.answers import DAY_S
from knowledge.sources.recordings import Recording
from knowledge.sources.web_service import Reply, WebService

_KEEP_S = 30 * DAY_S
_CANDIDATES = 15
_LONGEST_NAME = 300
_MOST = 40
"""Releases of a recording, and items of any list, that are looked at."""
_MBID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class FoundRelease:
    """A release that a recording is on."""

    mbid: str
    title: str
    artist: str = ""
    """Of the whole release; empty when that is not said."""
    date: str = ""
    """ISO 8601, perhaps only its year; empty when unknown."""
    country: str = ""
    official: bool = False
    kind: str = ""
    """"Album", "Single", "EP", "Compilation" and so on."""
    track_no: int | None = None


@dataclass(frozen=True, slots=True)
class FoundRecording:
    """A recording as MusicBrainz names it."""

    mbid: str
    title: str
    artist: str
    """The whole credit."""
    artist_mbid: str
    """Of the first artist."""
    score: float
    """How well it answers the question, 0 to 1, as MusicBrainz says."""
    duration_s: float | None = None
    releases: tuple[FoundRelease, ...] = ()
    tags: tuple[str, ...] = ()
    """What people call its style, the most agreed on first."""


class MusicBrainzSearch:
    """Finds recordings by names. Synchronous; one question at a time."""

    def __init__(self, service: WebService) -> None:
        """Use `service` for every question of the library."""
        self._service = service
        parts = urlsplit(service.base_url)
        self._asked: tuple[str, dict[str, str]] = ("", {})
        self._host, self._https = parts.netloc, parts.scheme == "https"

    def recordings(self, wanted: Recording) -> tuple[FoundRecording, ...]:
        """What MusicBrainz finds for the names of a recording, the best first.

        Raises:
            SourceUnreachable: no answer, or one that makes no sense.
            SourceRefused: it does not let us in.
        """
        fields = {"recording": wanted.title[:_LONGEST_NAME]}
        if wanted.artists:
            fields["artist"] = wanted.artists[0][:_LONGEST_NAME]
        with _lock:
            musicbrainzngs.set_hostname(self._host, use_https=self._https)
            musicbrainzngs.set_useragent("Refrain", "0.1")
            musicbrainzngs.set_rate_limit(False)  # ours holds
            library._safe_read = self._read  # noqa: SLF001  see above
            try:
                said = musicbrainzngs.search_recordings(limit=_CANDIDATES, **fields)
            except (
                *(musicbrainzngs.WebServiceError, ValueError, TypeError),
                *(KeyError, AttributeError, RecursionError),  # it does not expect lies
            ) as error:
                self._service.forget(*self._asked)
                raise _nonsense() from error
        found = said.get("recording-list") if isinstance(said, dict) else None
        if not isinstance(found, list):
            return ()
        read = (_recording(one) for one in found[:_MOST] if isinstance(one, dict))
        return tuple(one for one in read if one is not None)

    def _read(self, _opener: object, request: Any, _body: object = None) -> bytes:
        """Stand in for the library's own way to open an address."""
        parts = urlsplit(request.full_url)
        self._asked = parts.path, dict(parse_qsl(parts.query))
        reply = self._service.reply(*self._asked, keep_s=_KEEP_S, check=_is_metadata)
        if reply is None:
            raise SourceUnreachable("MusicBrainz does not know this address.")
        return reply.body


def _is_metadata(reply: Reply) -> None:
    body = reply.body.strip()
    if b"<metadata" not in body[:1_000] or not body.endswith((b"</metadata>", b"/>")):
        raise _nonsense()


def _nonsense() -> SourceUnreachable:
    return SourceUnreachable("MusicBrainz answered something that makes no sense.")


def _recording(said: dict[str, Any]) -> FoundRecording | None:
    mbid, title = _mbid(said), _text(said, "title")
    if not (mbid and title):
        return None
    credit = said.get("artist-credit")
    first = next((one for one in credit if isinstance(one, dict)), {}) if credit else {}
    artist = first.get("artist")
    tags = [one for one in _items(said, "tag-list") if _text(one, "name")]
    tags.sort(key=lambda one: -(_number(one.get("count")) or 0.0))
    length = _number(said.get("length"))
    return FoundRecording(
        mbid=mbid,
        title=title,
        artist=_text(said, "artist-credit-phrase"),
        artist_mbid=_mbid(artist) if isinstance(artist, dict) else "",
        score=min((_number(said.get("ext:score")) or 0.0) / 100, 1.0),
        duration_s=length / 1000 if length else None,
        releases=tuple(_release(one) for one in _items(said, "release-list") if _mbid(one)),
        tags=tuple(_text(one, "name") for one in tags),
    )


def _release(said: dict[str, Any]) -> FoundRelease:
    group = said.get("release-group")
    media = _items(said, "medium-list")
    tracks = [track for medium in media for track in _items(medium, "track-list")]
    number = _number(tracks[0].get("number")) if tracks else None
    return FoundRelease(
        mbid=_mbid(said),
        title=_text(said, "title"),
        artist=_text(said, "artist-credit-phrase"),
        date=_text(said, "date"),
        country=_text(said, "country"),
        official=_text(said, "status") == "Official",
        kind=(_text(group, "type") if isinstance(group, dict) else ""),
        track_no=int(number) if number and number < 1_000 else None,
    )


def _items(said: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = said.get(name)
    return (
        [one for one in found[:_MOST] if isinstance(one, dict)] if isinstance(found, list) else []
    )


def _mbid(said: dict[str, Any]) -> str:
    """An id that may be put into an address; empty when it is none."""
    found = _text(said, "id")
    return found if _MBID.fullmatch(found) else ""


def _text(said: dict[str, Any], name: str) -> str:
    value = said.get(name)
    return " ".join(value.split())[:_LONGEST_NAME] if isinstance(value, str) else ""


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if 0 < number < 1e9 else None
