"""MusicBrainz: the names of a recording whose id is known.

See https://musicbrainz.org/doc/MusicBrainz_API. One request a second, and a user agent that says
who asks.
"""

import re
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.errors import SourceUnreachable
from knowledge.sources.web_service import WebService

MUSICBRAINZ = "https://musicbrainz.org"
_MBID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_YEAR = re.compile(r"[12]\d{3}")
_LOOSE = ConfigDict(extra="ignore", frozen=True)


@dataclass(frozen=True, slots=True)
class MusicBrainzRecording:
    """What MusicBrainz says about a recording."""

    mbid: str
    title: str
    artists: tuple[str, ...]
    album: str = ""
    """Title of its earliest official release."""
    year: int | None = None
    duration_s: float | None = None


class _Credit(BaseModel):
    model_config = _LOOSE

    name: str = ""


class _Release(BaseModel):
    model_config = _LOOSE

    title: str = ""
    date: str = ""
    status: str | None = None


class _Recording(BaseModel):
    model_config = _LOOSE

    id: str
    title: str
    length: float | None = None
    credit: list[_Credit] = Field(default_factory=list, alias="artist-credit")
    releases: list[_Release] = Field(default_factory=list)


class MusicBrainz:
    """Reads recordings."""

    def __init__(self, service: WebService) -> None:
        self._service = service

    def recording(self, mbid: str) -> MusicBrainzRecording | None:
        """Return the names of a recording; None when MusicBrainz does not know it.

        Raises:
            SourceUnreachable: no answer, or one that makes no sense.
        """
        if not _MBID.fullmatch(mbid):
            return None
        said = self._service.get(
            f"/ws/2/recording/{mbid}", {"inc": "artist-credits+releases", "fmt": "json"}
        )
        if said is None:
            return None
        try:
            found = _Recording.model_validate(said)
        except ValidationError as error:
            raise SourceUnreachable(
                "MusicBrainz answered something that makes no sense."
            ) from error
        first = min(found.releases, key=_order, default=_Release())
        year = _YEAR.match(first.date)
        return MusicBrainzRecording(
            mbid=mbid,
            title=found.title,
            artists=tuple(credit.name for credit in found.credit if credit.name),
            album=first.title,
            year=int(year.group()) if year else None,
            duration_s=found.length / 1000 if found.length else None,
        )


def _order(release: _Release) -> tuple[bool, str]:
    """Official releases first, then the earliest; what has no date comes last."""
    return release.status != "Official", release.date or "9999"
