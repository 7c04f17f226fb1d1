"""Naming whole files by AcoustID and MusicBrainz, which are here on this machine."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from fingerprint_music import synthetic_piece
from knowledge.errors import SourceUnreachable, UnreadableAudio
from knowledge.fingerprint.models import RATE_HZ
from knowledge.recognition.online import OnlineName, OnlineNaming
from knowledge.sources.acoustid import AcoustId
from knowledge.sources.musicbrainz import MusicBrainz
from knowledge.sources.web_service import RateLimit, WebService
from library_audio import write_music
from naming_services import KEY, MBID, NamingServices, naming_services

needs_fpcalc = pytest.mark.skipif(shutil.which("fpcalc") is None, reason="fpcalc is missing")


@pytest.fixture
def services() -> Iterator[NamingServices]:
    with naming_services() as services:
        yield services


@pytest.fixture
def service(services: NamingServices) -> Iterator[WebService]:
    with WebService(
        "AcoustID", services.url, user_agent="Refrain/test", limit=RateLimit(0.0), timeout_s=2.0
    ) as service:
        yield service


@needs_fpcalc
@pytest.mark.integration
def test_a_file_is_named_with_album_and_year(services: NamingServices, tmp_path: Path) -> None:
    path = write_music(tmp_path / "track01.mp3", synthetic_piece(1, seconds=15), rate=RATE_HZ)
    naming = OnlineNaming(
        KEY,
        acoustid_url=services.url,
        musicbrainz_url=services.url,
        limits=lambda: RateLimit(0.0),
    )
    found = naming.name(path)
    assert found == OnlineName("Sinnerman", ("Nina Simone",), "Pastel Blues", 1965, MBID, 0.97)
    (_, lookup, agent), (_, details, _) = services.asked
    assert lookup["client"] == KEY
    assert lookup["duration"] == "15"
    assert len(lookup["fingerprint"]) > 20
    assert agent.startswith("Refrain/")
    assert details == {"inc": "artist-credits+releases", "fmt": "json"}
    services.lookup = {"status": "ok", "results": []}
    assert naming.name(path) is None
    (tmp_path / "no.mp3").write_text("shopping list " * 99)
    with pytest.raises(UnreadableAudio):
        naming.name(tmp_path / "no.mp3")
    naming.close()


@pytest.mark.integration
def test_the_service_says_why_it_refuses(service: WebService) -> None:
    with pytest.raises(SourceUnreachable, match="invalid API key"):
        AcoustId(service, "wrong").lookup("AQAA", 100.0)


@pytest.mark.integration
def test_a_busy_service_is_asked_again(services: NamingServices, service: WebService) -> None:
    services.bad_days = [(503, b"", {"Retry-After": "0"}), (429, b"", {"Retry-After": "0"})]
    assert AcoustId(service, KEY).lookup("AQAA", 100.0)[0].title == "Sinnerman"
    services.bad_days = [(503, b"{}", {"Retry-After": "0"})] * 3
    with pytest.raises(SourceUnreachable, match="status 503"):
        AcoustId(service, KEY).lookup("AQAA", 100.0)


@pytest.mark.integration
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[1, 2]",
        b'{"status": "ok", "results": "none"}',
        b'{"status": "ok", "results": [{"id": "a", "score": 7}]}',
        b'{"status": "error"}',
        b"[" * 100_000,
        b" " * (5 << 20),
    ],
    ids=["empty", "html", "list", "text", "score", "error", "deep", "endless"],
)
def test_nonsense_is_not_believed(
    services: NamingServices, service: WebService, body: bytes
) -> None:
    services.bad_days = [(200, body, {})]
    with pytest.raises(SourceUnreachable):
        AcoustId(service, KEY).lookup("AQAA", 100.0)


@pytest.mark.integration
def test_who_leads_elsewhere_is_not_followed(services: NamingServices, service: WebService) -> None:
    services.bad_days = [(302, b"", {"Location": f"{services.url}/v2/lookup"})]
    with pytest.raises(SourceUnreachable):
        AcoustId(service, KEY).lookup("AQAA", 100.0)
    assert len(services.asked) == 1


@pytest.mark.integration
def test_nobody_there_is_an_error_with_a_name() -> None:
    nobody = WebService(
        "MusicBrainz", "http://127.0.0.1:9", user_agent="Refrain/test", limit=RateLimit(0.0)
    )
    with nobody, pytest.raises(SourceUnreachable, match="MusicBrainz cannot be reached"):
        MusicBrainz(nobody).recording(MBID)


@pytest.mark.integration
def test_an_unknown_recording_is_none(services: NamingServices, service: WebService) -> None:
    assert MusicBrainz(service).recording(MBID.replace("0", "1")) is None
    assert MusicBrainz(service).recording("../../user/secret") is None
    assert len(services.asked) == 1  # what is no id is not asked for


@pytest.mark.unit
def test_one_request_a_second() -> None:
    now = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    limit = RateLimit(1.0, clock=lambda: now[0], sleep=sleep)
    for _ in range(3):
        limit.wait()
    now[0] += 5.0
    limit.wait()
    limit.wait(at_least_s=3.0)
    assert slept == [1.0, 1.0, 3.0]
