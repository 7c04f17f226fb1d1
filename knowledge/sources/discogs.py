"""Discogs: label, country, year and styles of a release, when somebody wants to know.

See https://www.discogs.com/developers. The library python3-discogs-client writes the questions and
reads the answers; the address is opened by us, so that limits and the cache hold here as well.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import discogs_client
from discogs_client.exceptions import DiscogsAPIError
from discogs_client.fetchers import Fetcher

from knowledge.errors import SourceUnreachable
from knowledge.folding import fold
from knowledge.sources.answers import DAY_S
from knowledge.sources.recordings import Recording
from knowledge.sources.same_song import main_artist
from knowledge.sources.web_service import USER_AGENT, WebService

_KEEP_S = 30 * DAY_S
_LOOKED_AT = 10
_LONGEST = 200
_MOST = 5


class Discogs:
    """Reads facts of releases. Synchronous."""

    def __init__(self, service: WebService, token: str = "") -> None:
        """Use `service` for every question of the library.

        Args:
            service: how Discogs is reached.
            token: the user's own; searching needs one.
        """
        self._client = discogs_client.Client(USER_AGENT)
        self._client._base_url = service.base_url  # noqa: SLF001  there is no other way to say it
        self._client._fetcher = _OurFetcher(service, token)  # noqa: SLF001

    def facts(self, recording: Recording) -> dict[str, str]:
        """What Discogs says about the release of a recording, by field; empty when it is unknown.

        Raises:
            SourceUnreachable: no answer, or one that makes no sense.
            SourceRefused: it wants a token, or another one.
        """
        wanted = {"type": "release", "artist": recording.artists[0] if recording.artists else ""}
        wanted |= (
            {"release_title": recording.album} if recording.album else {"track": recording.title}
        )
        try:
            found = self._client.search(**{k: v[:_LONGEST] for k, v in wanted.items() if v}).page(1)
            said = [one.data for one in found[:_LOOKED_AT]]
        except (DiscogsAPIError, ValueError, TypeError, KeyError, AttributeError) as error:
            raise SourceUnreachable("Discogs answered something that makes no sense.") from error
        fitting = [one for one in said if isinstance(one, dict) and _fits(one, recording)]
        return _facts(min(fitting, key=_year)) if fitting else {}


class _OurFetcher(Fetcher):  # type: ignore[misc]  # the library has no types
    """Opens addresses for the library."""

    def __init__(self, service: WebService, token: str) -> None:
        self._service = service
        self._headers = {"Authorization": f"Discogs token={token}"} if token else {}

    def fetch(self, client: Any, method: str, url: str, **more: Any) -> tuple[bytes, int]:
        """Ask; the library hands over more than we need."""
        del client, method, more
        parts = urlsplit(url)
        reply = self._service.reply(
            parts.path,
            dict(parse_qsl(parts.query)),
            keep_s=_KEEP_S,
            headers=self._headers,
            check=_is_list,
        )
        return (b"{}", 404) if reply is None else (reply.body, reply.status)


def _is_list(reply: Any) -> None:
    said = reply.json()
    if not isinstance(said, dict) or not isinstance(said.get("results"), list):
        raise SourceUnreachable("Discogs answered something that makes no sense.")


def _fits(said: Mapping[str, Any], recording: Recording) -> bool:
    """Discogs writes "Artist - Title"."""
    artist, _, title = str(said.get("title", ""))[: 2 * _LONGEST].partition(" - ")
    same_artist = main_artist(artist.rstrip("*")) == main_artist(recording.artist)
    return same_artist and (not recording.album or fold(title) == fold(recording.album))


def _facts(said: Mapping[str, Any]) -> dict[str, str]:
    number = said.get("id")
    facts = {
        "label": _joined(said.get("label")),
        "country": _joined(said.get("country")),
        "released": _joined(said.get("year")),
        "styles": _joined(said.get("style")),
        "format": _joined(said.get("format")),
        "discogs_id": str(number) if isinstance(number, int) else "",
    }
    return {field: value for field, value in facts.items() if value}


def _joined(value: Any) -> str:
    items = value if isinstance(value, list) else [value]
    texts = [" ".join(str(one).split()) for one in items if isinstance(one, (str, int)) and one]
    return ", ".join(dict.fromkeys(texts[:_MOST]))[:_LONGEST]


def _year(said: Mapping[str, Any]) -> tuple[int, str]:
    year = str(said.get("year") or "")
    return (int(year) if year.isdecimal() and len(year) == 4 else 9999, str(said.get("id")))
