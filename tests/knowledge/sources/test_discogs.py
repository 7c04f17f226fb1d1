"""Label, country and styles of a release from Discogs, for the right one."""

import pytest

from knowledge.errors import SourceRefused, SourceUnreachable
from knowledge.sources.discogs import Discogs
from knowledge.sources.recordings import Recording
from knowledge.sources.web_service import WebService
from music_services import BUSY_SOON, NONSENSE, Mishap, MusicServices

pytestmark = pytest.mark.integration
WANTED = Recording(
    "a" * 64, 1, "Sinnerman", ("Nina Simone",), "Pastel Blues", "Nina Simone", 1965, 622.0, None,
    frozenset(),
)  # fmt: skip
FIRST = {
    "id": 7,
    "type": "release",
    "title": "Nina Simone - Pastel Blues",
    "year": "1965",
    "country": "US",
    "label": ["Philips", "Philips"],
    "style": ["Soul-Jazz", "Vocal"],
    "format": ["Vinyl", "LP"],
}
LATER = {**FIRST, "id": 8, "year": "2011", "label": ["Verve"]}
OTHER = {**FIRST, "id": 9, "title": "Somebody Else - Pastel Blues", "year": "1950"}


def _found(services: MusicServices, *items: object) -> None:
    pages = {"pages": 1, "page": 1, "items": len(items), "per_page": 50, "urls": {}}
    services.more["/database/search"] = {"pagination": pages, "results": list(items)}


def test_the_first_release_is_taken(service: WebService, services: MusicServices) -> None:
    _found(services, LATER, OTHER, FIRST)
    discogs = Discogs(service, "a-token")
    for _ in range(2):  # the second time from the cache
        assert discogs.facts(WANTED) == {
            "label": "Philips",
            "country": "US",
            "released": "1965",
            "styles": "Soul-Jazz, Vocal",
            "format": "Vinyl, LP",
            "discogs_id": "7",
        }
    assert services.count("/database") == 1
    (_, asked) = services.asked[0]
    assert (asked["artist"], asked["release_title"]) == ("Nina Simone", "Pastel Blues")


def test_what_is_unknown_is_nothing(service: WebService, services: MusicServices) -> None:
    _found(services, OTHER)
    assert Discogs(service).facts(WANTED) == {}


def test_bad_days_are_errors_with_a_name(service: WebService, services: MusicServices) -> None:
    _found(services, FIRST)
    services.mishaps["/database"] = [BUSY_SOON] * 3
    with pytest.raises(SourceUnreachable, match="status 503"):
        Discogs(service).facts(WANTED)
    services.mishaps["/database"] = [Mishap(401, b'{"message": "You must authenticate"}')]
    with pytest.raises(SourceRefused, match="authenticate"):
        Discogs(service).facts(WANTED)
    for nonsense in (NONSENSE, Mishap(200, b"{}"), Mishap(200, b'{"results": [7]}')):
        services.mishaps["/database"] = [nonsense]
        with pytest.raises(SourceUnreachable):
            Discogs(service).facts(WANTED)
