"""How a route gets at the services of its application."""

from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from server.services import Services


def services_of(connection: HTTPConnection) -> Services:
    """The services that the lifespan opened."""
    services: Services = connection.app.state.services
    return services


Use = Annotated[Services, Depends(services_of)]
