"""The doctor looks whether speakers answer, and whether they can fetch music from here."""

import ipaddress
import socket
from collections.abc import Iterator

import pytest

from server import doctor_players
from server.auth.signed_urls import SignedUrls
from server.doctor_players import player_findings
from server.findings import Health
from server.media.addresses import OwnAddresses
from server.settings import Settings
from server.settings_players import RemotePlayersSettings
from tools.errors import NoPlayer

pytestmark = pytest.mark.unit


@pytest.fixture
def listening() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield int(listener.getsockname()[1])


def with_mpd(settings: Settings, port: int) -> Settings:
    players = RemotePlayersSettings.model_validate({"mpd": [{"room": "kitchen", "port": port}]})
    return settings.model_copy(update={"players": players})


def test_a_speaker_that_answers_is_well(settings: Settings, listening: int) -> None:
    [found] = player_findings(with_mpd(settings, listening))
    assert (found.what, found.health) == ("MPD kitchen", Health.OK)


def test_a_speaker_that_is_not_there_is_told_with_what_to_do(settings: Settings) -> None:
    [found] = player_findings(with_mpd(settings, 1))
    assert found.health is Health.WARNING
    assert "does not answer" in found.detail
    assert found.remedy


def test_a_speaker_elsewhere_cannot_fetch_from_a_server_that_listens_here_only(
    settings: Settings, listening: int, monkeypatch: pytest.MonkeyPatch
) -> None:

    def seen(_host: str) -> ipaddress.IPv4Address:
        return ipaddress.IPv4Address("192.168.1.5")

    monkeypatch.setattr(doctor_players, "own_address_towards", seen)
    [found] = player_findings(with_mpd(settings, listening))
    assert found.health is Health.WARNING
    assert "listens on this machine only" in found.detail
    assert "server.host" in found.remedy


def test_a_device_gets_the_address_by_which_it_reaches_us(settings: Settings) -> None:
    addresses = OwnAddresses(settings.server, SignedUrls(b"k" * 32), lambda _track: settings.data)
    addresses.listening_at("http://127.0.0.1:9999")
    assert addresses.base_for("127.0.0.1") == "http://127.0.0.1:9999"
    assert addresses.base_for("/run/mpd/socket") == "http://127.0.0.1:9999"
    with pytest.raises(NoPlayer, match="no way"):
        addresses.base_for("name.invalid")
    public = settings.server.model_copy(update={"public_url": "https://music.example.com"})
    assert (
        OwnAddresses(public, SignedUrls(b"k" * 32), lambda _t: settings.data)
        .base_for("127.0.0.1")
        .startswith("http://127.0.0.1")
    ), "the way through this machine is the shortest"
