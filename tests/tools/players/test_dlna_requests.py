"""What a stranger in the network may answer with, and whom we ask for it: real servers, hostile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from knowledge.models import QueueItem
from player_rigs import LONG
from recognition_radio import Pieces, StubSite, answer, stub_site
from tools.errors import NoPlayer
from tools.players.dlna import DlnaPlayer, described
from tools.players.dlna_requests import ForeignAddressError, OneHostRequester, open_device
from tools.players.elsewhere import Served

pytestmark = pytest.mark.integration

_SCPD = answer(
    b'<scpd xmlns="urn:schemas-upnp-org:service-1-0"><serviceStateTable/></scpd>',
    "Content-Type: text/xml",
)


def description(**addresses: str) -> bytes:
    """What a renderer says of itself; by default with addresses of its own."""
    told = {"SCPDURL": "/scpd.xml", "controlURL": "/control", "eventSubURL": "/event"} | addresses
    service = "".join(f"<{name}>{url}</{name}>" for name, url in told.items())
    return f"""<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><device>
<deviceType>urn:schemas-upnp-org:device:MediaRenderer:1</deviceType>
<friendlyName>Lounge</friendlyName><UDN>uuid:1</UDN><serviceList><service>
<serviceType>urn:schemas-upnp-org:service:AVTransport:1</serviceType>
<serviceId>urn:upnp-org:serviceId:AVTransport</serviceId>{service}
</service></serviceList></device></root>""".encode()


@dataclass
class Neighbourhood:
    """A renderer that strangers wrote."""

    renderer: StubSite

    @property
    def location(self) -> str:
        return self.renderer.url("/description.xml", "127.0.0.1")


@asynccontextmanager
async def neighbourhood(**pages: Pieces) -> AsyncIterator[Neighbourhood]:
    named = {"/" + name.replace("_", "."): pieces for name, pieces in pages.items()}
    async with stub_site({"/scpd.xml": (_SCPD,), **named}) as renderer:
        yield Neighbourhood(renderer)


def at(host: str) -> OneHostRequester:
    return OneHostRequester(frozenset({host}), timeout_s=3.0)


async def test_a_description_with_addresses_of_its_own_is_read() -> None:
    async with neighbourhood(description_xml=(answer(description()),)) as here:
        device = await open_device(here.location, at("127.0.0.1"))
        found = await described(here.location, "127.0.0.1")
    assert device.friendly_name == "Lounge"
    assert found is not None
    assert (found.name, found.answered_from) == ("Lounge", "127.0.0.1")


@pytest.mark.parametrize("name", ["SCPDURL", "controlURL", "eventSubURL"])
@pytest.mark.parametrize(
    "address",
    [
        "http://169.254.169.254/latest/meta-data",
        "http://127.0.0.2:8765/admin",
        "http://localhost:8765/admin",
        "//10.0.0.1/admin",
        "https://127.0.0.1/admin",
        "file:///etc/passwd",
        "http://[::1]:8765/admin",
        "http://[broken/admin",
    ],
)
async def test_a_description_that_names_others_is_refused(name: str, address: str) -> None:
    said = answer(description(**{name: address}))
    async with neighbourhood(description_xml=(said,)) as here:
        with pytest.raises(ForeignAddressError):
            await open_device(here.location, at("127.0.0.1"))
        assert await described(here.location, "127.0.0.1") is None
        assert [path for _, path in here.renderer.asked if path == "/admin"] == []


async def test_no_redirect_is_followed() -> None:
    async with stub_site({"/admin": (answer(b"secret"),)}) as private:
        away = answer(b"", f"Location: {private.url('/admin', '127.0.0.1')}", status="302 Found")
        async with stub_site({"/description.xml": (away,), "/scpd.xml": (away,)}) as renderer:
            with pytest.raises(ForeignAddressError, match="another address"):
                await open_device(renderer.url("/description.xml", "127.0.0.1"), at("127.0.0.1"))
        assert private.asked == []


async def test_only_the_machine_that_answered_is_asked() -> None:
    async with neighbourhood(description_xml=(answer(description()),)) as here:
        assert await described(here.location, "10.77.0.9") is None
        by_name = here.renderer.url("/description.xml", "localhost")
        with pytest.raises(ForeignAddressError, match="another machine"):
            await open_device(by_name, at("10.77.0.9"))
        assert here.renderer.asked == []
        assert await described(by_name, "127.0.0.1") is not None


async def test_endless_answers_are_cut_off() -> None:
    endless: Pieces = (answer(b"", length=False), *[b"x" * 300_000] * 5, 30.0)
    async with neighbourhood(description_xml=endless) as here:
        assert await asyncio.wait_for(described(here.location, "127.0.0.1"), 3.0) is None


async def test_a_renderer_that_is_refused_says_so_when_it_is_to_play() -> None:
    async def served(_item: QueueItem, _host: str) -> Served:
        return Served("http://127.0.0.1:1/sound", "audio/flac")

    said = answer(description(controlURL="http://169.254.169.254/control"))
    async with neighbourhood(description_xml=(said,)) as here:
        player = DlnaPlayer(served, location=here.location, name="lounge")
        player.start()
        try:
            why = ""
            for _ in range(200):
                if "not safe" in (why := await refusal(player)):
                    break
                await asyncio.sleep(0.05)
            assert "169.254.169.254" in why
        finally:
            await player.close()


async def refusal(player: DlnaPlayer) -> str:
    """Why it does not play."""
    with pytest.raises(NoPlayer) as refused:
        await player.play(LONG)
    return str(refused.value)
