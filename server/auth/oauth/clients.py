"""Programs that may ask for access: added by an administrator, or registered by themselves."""

import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select

from knowledge.database import Database
from knowledge.people.current import PersonId
from knowledge.schema_auth import oauth_clients, oauth_device_codes, oauth_grants
from server.auth.identity import Permission
from server.auth.oauth.errors import INVALID_METADATA, INVALID_REDIRECT, OAuthError
from server.auth.oauth.redirects import MOST, is_usable, matches
from server.auth.scopes import ORDINARY, scopes_of, text_of
from server.auth.secrets import digest, new_secret

_MOST_REGISTERED: Final = 200
_UNUSED_S: Final = 86_400.0
"""A client that registered itself and got no access is forgotten after a day."""
_LONGEST_NAME: Final = 80
LINKING_GRACE_S: Final = 3_600.0
"""Clouds that link accounts repeat a refresh whose answer they lost."""


class GrantType(StrEnum):
    """Ways to a token."""

    CODE = "authorization_code"
    REFRESH = "refresh_token"
    CLIENT = "client_credentials"
    DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


class AuthMethod(StrEnum):
    """How a client says who it is."""

    NONE = "none"
    BASIC = "client_secret_basic"
    POST = "client_secret_post"


@dataclass(frozen=True, slots=True)
class Client:
    """One program."""

    id: str
    name: str
    auth_method: AuthMethod
    redirect_uris: tuple[str, ...]
    grant_types: frozenset[GrantType]
    permissions: frozenset[Permission]
    """What it may be given at most."""
    person: PersonId | None
    """Whom it acts for with client_credentials."""
    registered: bool
    """It registered itself: nobody here looked at it."""
    grace_s: float
    """For so long a refresh token that was used may be used again."""
    created_at: float
    secret_hash: str

    def may_redirect_to(self, uri: str) -> bool:
        """Whether people may be sent back to this address."""
        return any(matches(one, uri) for one in self.redirect_uris)

    def knows(self, secret: str) -> bool:
        """Whether this is its secret; in constant time."""
        return hmac.compare_digest(self.secret_hash.encode(), digest(secret).encode())


@dataclass(frozen=True, slots=True)
class NewClient:
    """What is said of a program that is to be let in."""

    name: str
    redirect_uris: tuple[str, ...] = ()
    grant_types: frozenset[GrantType] = frozenset({GrantType.CODE, GrantType.REFRESH})
    auth_method: AuthMethod = AuthMethod.NONE
    permissions: frozenset[Permission] = ORDINARY
    person: PersonId | None = None
    registered: bool = False
    grace_s: float = 0.0


class Clients:
    """The programs we know. Every call blocks on the database."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def add(self, wanted: NewClient) -> tuple[Client, str]:
        """Let a program in, and its secret; "" when it cannot keep one.

        Raises:
            OAuthError: it names no address that people can be sent back to, or no name.
        """
        _check(wanted)
        secret = "" if wanted.auth_method is AuthMethod.NONE else new_secret("rcs_")
        now = self._clock()
        row = {
            "id": new_secret("rc_")[:26],
            "name": " ".join(wanted.name.split()),
            "secret_hash": digest(secret) if secret else "",
            "auth_method": wanted.auth_method.value,
            "redirect_uris": "\n".join(wanted.redirect_uris),
            "grant_types": " ".join(sorted(wanted.grant_types)),
            "scopes": text_of(wanted.permissions),
            "person_id": wanted.person,
            "registered": wanted.registered,
            "grace_s": wanted.grace_s,
            "created_at": now,
        }
        with self._database.write() as connection:
            if wanted.registered:
                connection.execute(delete(oauth_clients).where(_unused(now)))
                there = connection.scalar(
                    select(func.count())
                    .select_from(oauth_clients)
                    .where(oauth_clients.c.registered)
                )
                if (there or 0) >= _MOST_REGISTERED:
                    raise OAuthError(INVALID_METADATA, "Too many clients are registered here.")
            connection.execute(insert(oauth_clients).values(row))
            found = connection.execute(
                select(oauth_clients).where(oauth_clients.c.id == row["id"])
            ).one()
        return _client(found), secret

    def by_id(self, client_id: str) -> Client | None:
        """The program of that id; None when there is none."""
        if not client_id.isascii() or not client_id.isprintable() or not 0 < len(client_id) <= 64:
            return None
        with self._database.read() as connection:
            row = connection.execute(
                select(oauth_clients).where(oauth_clients.c.id == client_id)
            ).first()
        return None if row is None else _client(row)

    def all(self) -> list[Client]:
        """All of them, the newest first."""
        with self._database.read() as connection:
            rows = connection.execute(
                select(oauth_clients).order_by(oauth_clients.c.created_at.desc())
            ).all()
        return [_client(row) for row in rows]

    def remove(self, client_id: str) -> bool:
        """Forget a program; its tokens end with it. Whether there was one."""
        with self._database.write() as connection:
            gone = connection.execute(delete(oauth_clients).where(oauth_clients.c.id == client_id))
            return gone.rowcount > 0


def _unused(now: float) -> ColumnElement[bool]:
    held = select(oauth_grants.c.client_id)
    waiting = select(oauth_device_codes.c.client_id)
    return and_(
        oauth_clients.c.registered,
        oauth_clients.c.created_at < now - _UNUSED_S,
        oauth_clients.c.id.not_in(held),
        oauth_clients.c.id.not_in(waiting),
    )


def _check(wanted: NewClient) -> None:
    name = " ".join(wanted.name.split())
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise OAuthError(INVALID_METADATA, f"client_name: 1 to {_LONGEST_NAME} characters.")
    if not wanted.grant_types:
        raise OAuthError(INVALID_METADATA, "grant_types names nothing that is known here.")
    if GrantType.CODE in wanted.grant_types and not wanted.redirect_uris:
        raise OAuthError(INVALID_REDIRECT, "redirect_uris is empty.")
    if len(wanted.redirect_uris) > MOST:
        raise OAuthError(INVALID_REDIRECT, f"{MOST} redirect_uris at most.")
    for uri in wanted.redirect_uris:
        if not is_usable(uri):
            raise OAuthError(
                INVALID_REDIRECT,
                "redirect_uris: https, http to 127.0.0.1 or localhost, or an app's own scheme.",
            )
    if GrantType.CLIENT in wanted.grant_types and (
        wanted.person is None or wanted.auth_method is AuthMethod.NONE
    ):
        raise OAuthError(
            INVALID_METADATA, "client_credentials needs a secret and somebody to act for."
        )


def _client(row: "Row[tuple[object, ...]]") -> Client:
    return Client(
        id=row.id,
        name=row.name,
        auth_method=AuthMethod(row.auth_method),
        redirect_uris=tuple(row.redirect_uris.split("\n")) if row.redirect_uris else (),
        grant_types=frozenset(GrantType(one) for one in row.grant_types.split()),
        permissions=scopes_of(row.scopes),
        person=None if row.person_id is None else PersonId(row.person_id),
        registered=row.registered,
        grace_s=row.grace_s,
        created_at=row.created_at,
        secret_hash=row.secret_hash,
    )
