"""Covers from the archive: followed to where they are, but never into this machine."""

import asyncio
from collections.abc import Iterator

import pytest

from knowledge.errors import SourceUnreachable
from music_services import RELEASE_MBID, Mishap, MusicServices, a_picture, music_services
from server.recognition.addresses import AddressGuard
from server.sources.pictures import PictureFetcher

pytestmark = pytest.mark.integration
PATH = f"/release/{RELEASE_MBID}/front-500"


@pytest.fixture
def services() -> Iterator[MusicServices]:
    with music_services() as services:
        services.cover = a_picture()
        yield services


def _fetch(services: MusicServices, *, guard: AddressGuard | None = None) -> bytes | None:
    async def fetch() -> bytes | None:
        fetcher = PictureFetcher(services.url, guard=guard, timeout_s=5.0)
        return await asyncio.to_thread(fetcher, services.url + PATH)

    return asyncio.run(fetch())


def test_a_picture_is_followed_to_where_it_is(services: MusicServices) -> None:
    assert _fetch(services) == a_picture()


def test_no_picture_is_none(services: MusicServices) -> None:
    services.cover = b""
    assert _fetch(services) is None


@pytest.mark.parametrize(
    "place",
    [
        "http://localhost:{port}/1/validate-token",
        "http://127.0.0.2:{port}/secret",
        "http://[::ffff:127.0.0.1]:{port}/secret",
        "http://169.254.169.254/latest/meta-data/",
        "http://192.168.1.1/",
        "http://10.0.0.1:8080/",
        "file:///etc/passwd",
        "gopher://127.0.0.1/",
        "http://ann:secret@example.org/",
    ],
)
def test_the_archive_leads_nobody_into_this_network(services: MusicServices, place: str) -> None:
    port = services.url.rpartition(":")[2]
    services.cover_at = place.format(port=port)
    with pytest.raises(SourceUnreachable):
        _fetch(services)
    assert len(services.asked) == 1


def test_bad_days_are_errors_with_a_name(services: MusicServices) -> None:
    services.mishaps["/release"] = [Mishap(503)]
    with pytest.raises(SourceUnreachable, match="busy"):
        _fetch(services)
    services.cover_at = f"{services.url}{PATH}"
    with pytest.raises(SourceUnreachable, match="from one address to the next"):
        _fetch(services)
    services.cover_at = ""
    services.mishaps["/release"] = [Mishap(200, b"x" * (17 << 20))]
    assert _fetch(services) is None
