"""Signed addresses open for a while, for one path and one person."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from knowledge.people.current import PersonId
from server.auth.signed_urls import SignedUrls

pytestmark = pytest.mark.unit
ANNA = PersonId(7)


def opened(urls: SignedUrls, url: str, **changed: str) -> PersonId | None:
    parts = urlsplit(url)
    return urls.signer_of(changed.pop("path", parts.path), dict(parse_qsl(parts.query)) | changed)


def test_opens_for_whom_it_was_signed_until_its_time_is_over() -> None:
    now = [1_000.0]
    urls = SignedUrls(b"k" * 32, clock=lambda: now[0])
    url = urls.sign("/api/tracks/3/audio", valid_s=60, person=ANNA)
    assert opened(urls, url) == ANNA
    now[0] = 1_061.0
    assert opened(urls, url) is None


@pytest.mark.parametrize(
    "change",
    [
        {"path": "/api/tracks/4/audio"},
        {"person": "1"},
        {"until": "9999999999"},
        {"until": "9" * 5_000},
        {"until": "-1"},
        {"until": "१"},
        {"signature": ""},
        {"signature": "é"},
    ],
)
def test_anything_changed_is_refused(change: dict[str, str]) -> None:
    urls = SignedUrls(b"k" * 32)
    url = urls.sign("/api/tracks/3/audio", valid_s=60, person=ANNA)
    assert opened(urls, url, **change) is None


def test_another_key_is_refused() -> None:
    url = SignedUrls(b"k" * 32).sign("/api/covers/a", valid_s=60, person=ANNA)
    assert opened(SignedUrls(b"l" * 32), url) is None
