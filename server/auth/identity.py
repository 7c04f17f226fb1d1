"""Who a request comes from, and what they may do."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from knowledge.people.current import HOUSEHOLD, PersonId, acting_as
from knowledge.people.permitted import permitting
from server.errors import NotPermitted

_KEY = "refrain_identity"


class Permission(StrEnum):
    """What a token may be used for; the names are the scopes of OAuth."""

    LISTEN = "listen"
    """Search, look at the library, hear recordings, talk."""
    CONTROL = "control"
    """Play, pause, change the queue and the players."""
    LIBRARY = "library"
    """Change what the library holds: playlists, ratings, indexing, imports."""
    HISTORY = "history"
    """See what was played and heard, and what is known of tastes."""
    ADMIN = "admin"
    """People, devices, settings, everything."""


EVERYTHING = frozenset(Permission)


@dataclass(frozen=True, slots=True)
class Identity:
    """The person of a request and what its token allows."""

    person: PersonId = HOUSEHOLD
    name: str = ""
    """What they are called; "" for the household."""
    permissions: frozenset[Permission] = EVERYTHING
    client: str = ""
    """The OAuth client or device that asks for them; "" for the page and the command line."""

    def may(self, permission: Permission) -> bool:
        """Whether this is allowed; an administrator may do everything."""
        return permission in self.permissions or Permission.ADMIN in self.permissions


OWNER = Identity()
"""Who holds the access token of the installation or reads its data folder."""

NOBODY = Identity(permissions=frozenset())
"""Who did not say yet who they are."""


def identify(connection: HTTPConnection, identity: Identity) -> None:
    """Remember who this is; done by the guard, before anything else sees the request."""
    connection.scope[_KEY] = identity


def identity_of(connection: HTTPConnection) -> Identity:
    """Who this request comes from."""
    found: Identity = connection.scope.get(_KEY, NOBODY)
    return found


@contextmanager
def acting_for(identity: Identity) -> Iterator[None]:
    """Do what follows for this person, and in words no more than what they may."""
    everything = identity.may(Permission.ADMIN)
    may = None if everything else frozenset(one.value for one in identity.permissions)
    with acting_as(identity.person), permitting(may):
        yield


def needs(permission: Permission) -> Callable[[HTTPConnection], Identity]:
    """A dependency of routes that only those may use who were allowed it."""

    def check(connection: HTTPConnection) -> Identity:
        identity = identity_of(connection)
        if not identity.may(permission):
            raise NotPermitted(f'This token does not allow "{permission.value}".')
        return identity

    return check


Asker = Annotated[Identity, Depends(identity_of)]
"""Who asks."""
