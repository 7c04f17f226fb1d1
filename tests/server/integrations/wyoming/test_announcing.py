"""Others find us by multicast DNS."""

import asyncio

import pytest
from zeroconf import IPVersion
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

from server.integrations.wyoming.announcing import SERVICE, announce

pytestmark = pytest.mark.integration


async def test_we_are_found_until_we_go() -> None:
    announcement = await announce("Refrain", "127.0.0.1", 10_800)
    assert announcement is not None
    looker = AsyncZeroconf(interfaces=["127.0.0.1"])
    try:
        found = AsyncServiceInfo(SERVICE, announcement.name)
        assert await found.async_request(looker.zeroconf, 5_000)
        assert found.port == 10_800
        assert found.parsed_addresses(IPVersion.V4Only) == ["127.0.0.1"]
        await announcement.close()
        again = AsyncServiceInfo(SERVICE, announcement.name)
        await asyncio.sleep(0)
        looker.zeroconf.cache.cache.clear()
        assert not await again.async_request(looker.zeroconf, 500)
    finally:
        await looker.async_close()


async def test_an_address_that_is_not_ours_is_no_reason_to_stop(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert await announce("Refrain", "192.0.2.1", 10_800) is None
    assert "nobody can find the Wyoming port" in caplog.text
