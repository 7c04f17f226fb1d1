"""Says by multicast DNS where we are, so that Home Assistant finds us.

`wyoming.zeroconf.HomeAssistantZeroconf` announces the same service but never takes it back.
"""

import asyncio
import logging
import re
import socket
from typing import Final

from zeroconf import Error as ZeroconfError
from zeroconf.asyncio import AsyncServiceInfo, AsyncZeroconf

_LOG = logging.getLogger(__name__)
SERVICE: Final = "_wyoming._tcp.local."
_MULTICAST: Final = "224.0.0.251"
_ANY: Final = frozenset({"0.0.0.0", "::", ""})  # noqa: S104  only compared


class Announcement:
    """One service that others may find. For one event loop."""

    def __init__(self, zeroconf: AsyncZeroconf, info: AsyncServiceInfo) -> None:
        self._zeroconf = zeroconf
        self._info = info

    @property
    def name(self) -> str:
        """As it is found."""
        return self._info.name

    async def close(self) -> None:
        """Take it back."""
        try:
            await (await self._zeroconf.async_unregister_service(self._info))
        finally:
            await self._zeroconf.async_close()


async def announce(name: str, host: str, port: int) -> Announcement | None:
    """Tell the network; None, and a line in the log, where that does not work.

    Args:
        name: what we are called.
        host: the address that is listened on; of any, the one that leads to the network.
        port: TCP port.
    """
    try:
        address = await asyncio.to_thread(_own_address, host)
        zeroconf = AsyncZeroconf(interfaces=[address])
    except (OSError, ZeroconfError) as error:
        _LOG.warning("nobody can find the Wyoming port by itself: %s", error)
        return None
    label = re.sub(r"[^A-Za-z0-9-]+", "-", f"{name}-{socket.gethostname()}").strip("-")[:60]
    info = AsyncServiceInfo(
        SERVICE,
        f"{label}.{SERVICE}",
        parsed_addresses=[address],
        port=port,
        server=f"{label}.local.",
    )
    try:
        await (await zeroconf.async_register_service(info, allow_name_change=True))
    except (OSError, ZeroconfError) as error:
        await zeroconf.async_close()
        _LOG.warning("nobody can find the Wyoming port by itself: %s", error)
        return None
    return Announcement(zeroconf, info)


def _own_address(host: str) -> str:
    """The address of this machine to announce.

    Raises:
        OSError: it is none of this machine's, or there is no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        if host in _ANY:
            probe.connect((_MULTICAST, 1))
        else:
            probe.bind((host, 0))
        return str(probe.getsockname()[0])
