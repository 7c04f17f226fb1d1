"""Starts what the section `[wyoming]` asks for, with the server."""

from contextlib import AsyncExitStack

from server.auth.tokens import is_loopback
from server.integrations.wyoming.announcing import announce
from server.integrations.wyoming.connection import WyomingParts
from server.integrations.wyoming.door import WyomingDoor
from server.integrations.wyoming.replies import Replies
from server.integrations.wyoming.satellite import SatelliteParts
from server.integrations.wyoming.satellites import Satellites
from server.services import Services


async def start_wyoming(services: Services, stack: AsyncExitStack) -> None:
    """Listen, announce, and connect to satellites; all of it ends with `stack`.

    Raises:
        PortTaken: the port belongs to another program.
    """
    wanted = services.settings.wyoming
    parts = WyomingParts(
        services.settings,
        services.speech,
        services.turns,
        services.playback,
        Replies(),
        services.tools.rooms,
    )
    if wanted.enabled:
        door = WyomingDoor(parts)
        await door.open()
        stack.push_async_callback(door.close)
        if wanted.announce and not is_loopback(wanted.host):
            announcement = await announce(wanted.name, wanted.host, wanted.port)
            if announcement is not None:
                stack.push_async_callback(announcement.close)
    if wanted.satellites:
        satellites = Satellites(
            wanted.satellites, SatelliteParts(parts, services.music_reference.guard)
        )
        satellites.start()
        stack.push_async_callback(satellites.close)
