"""How a route gets at the services of its application."""

from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query
from starlette.requests import HTTPConnection

from server.services import Services


def services_of(connection: HTTPConnection) -> Services:
    """The services that the lifespan opened."""
    services: Services = connection.app.state.services
    return services


Use = Annotated[Services, Depends(services_of)]


def services_in_room(
    services: Use,
    room: Annotated[
        str, Query(max_length=100, description="A room with a queue of its own; else the main one")
    ] = "",
) -> Services:
    """The services as of one room: its queue, and the players that stand there.

    Raises:
        NoSuchRoom: there is none of this name.
    """
    if not room:
        return services
    return replace(services, playback=services.rooms.named(room).playback)


UseInRoom = Annotated[Services, Depends(services_in_room)]
