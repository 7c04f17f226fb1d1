"""Codes for things without a keyboard: somebody types them in elsewhere (RFC 8628)."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, Row, and_, delete, func, insert, select, update

from knowledge.database import Database
from knowledge.people.current import PersonId
from knowledge.schema_auth import oauth_device_codes
from server.auth.identity import Permission
from server.auth.oauth.clients import Client
from server.auth.oauth.errors import (
    ACCESS_DENIED,
    AUTHORIZATION_PENDING,
    EXPIRED_TOKEN,
    INVALID_GRANT,
    SLOW_DOWN,
    OAuthError,
)
from server.auth.scopes import scopes_of, text_of
from server.auth.secrets import digest, new_secret

VALID_S: Final = 900.0
INTERVAL_S: Final = 5.0
_SIGNS: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no code spells a word (RFC 8628, 6.1)."""
_LENGTH: Final = 8
_MOST: Final = 200
_WAITING, _ALLOWED, _DENIED = "waiting", "allowed", "denied"


@dataclass(frozen=True, slots=True)
class DeviceRequest:
    """What a device asks for."""

    user_code: str
    """What somebody types in, such as "BCDF-GHJK"."""
    client_id: str
    permissions: frozenset[Permission]
    audience: str


class DeviceCodes:
    """The devices that wait. Every call blocks on the database."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def make(
        self, client: Client, permissions: frozenset[Permission], audience: str
    ) -> tuple[str, str]:
        """The code of a device, and the one that somebody types in.

        Raises:
            OAuthError: too many devices wait.
        """
        device, user = new_secret("rdc_"), "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))
        now = self._clock()
        row = {
            "device_hash": digest(device),
            "user_code": user,
            "client_id": client.id,
            "scopes": text_of(permissions),
            "audience": audience,
            "expires_at": now + VALID_S,
            "interval_s": INTERVAL_S,
            "polled_at": 0.0,
            "state": _WAITING,
        }
        with self._database.write() as connection:
            connection.execute(
                delete(oauth_device_codes).where(oauth_device_codes.c.expires_at < now)
            )
            waiting = connection.scalar(select(func.count()).select_from(oauth_device_codes))
            if (waiting or 0) >= _MOST:
                raise OAuthError(SLOW_DOWN, "Too many devices wait; try again in some minutes.")
            connection.execute(insert(oauth_device_codes).values(row))
        return device, _shown(user)

    def waiting(self, user_code: str) -> DeviceRequest | None:
        """What the device with this code asks for; None when none waits under it."""
        with self._database.read() as connection:
            row = connection.execute(
                select(oauth_device_codes).where(self._is_waiting(user_code))
            ).first()
        return None if row is None else _request(row)

    def decide(
        self,
        user_code: str,
        person: PersonId,
        *,
        allowed: bool,
        permissions: frozenset[Permission],
    ) -> bool:
        """Say what somebody decided, and how far; whether a device still waited for it."""
        state = _ALLOWED if allowed else _DENIED
        with self._database.write() as connection:
            changed = connection.execute(
                update(oauth_device_codes)
                .where(self._is_waiting(user_code))
                .values(state=state, person_id=person, scopes=text_of(permissions))
            )
            return changed.rowcount > 0

    def poll(self, device_code: str, *, client: Client) -> tuple[DeviceRequest, PersonId]:
        """What was allowed, once; the code is used up by that.

        Raises:
            OAuthError: nobody decided yet, somebody refused, it came too late or too soon.
        """
        found = oauth_device_codes.c.device_hash == digest(device_code)
        now = self._clock()
        with self._database.write() as connection:
            row = connection.execute(
                select(oauth_device_codes).where(found).with_for_update()
            ).first()
            if row is None or row.client_id != client.id:
                raise OAuthError(INVALID_GRANT, "There is no such device code.")
            if row.state in {_ALLOWED, _DENIED} or row.expires_at < now:
                connection.execute(delete(oauth_device_codes).where(found))
            too_soon = now - row.polled_at < row.interval_s
            connection.execute(
                update(oauth_device_codes)
                .where(found)
                .values(
                    polled_at=now,
                    interval_s=row.interval_s + (5.0 if too_soon else 0.0),
                )
            )
        if row.expires_at < now:
            raise OAuthError(EXPIRED_TOKEN, "The code's time is over.")
        if row.state == _DENIED:
            raise OAuthError(ACCESS_DENIED, "It was refused.")
        if row.state != _ALLOWED:
            raise OAuthError(SLOW_DOWN if too_soon else AUTHORIZATION_PENDING)
        return _request(row), PersonId(row.person_id)

    def _is_waiting(self, user_code: str) -> ColumnElement[bool]:
        return and_(
            oauth_device_codes.c.user_code == plain(user_code),
            oauth_device_codes.c.state == _WAITING,
            oauth_device_codes.c.expires_at > self._clock(),
        )


def plain(user_code: str) -> str:
    """A code as it is kept: however somebody typed it."""
    return "".join(one for one in user_code.upper()[:40] if one in _SIGNS)[: _LENGTH + 1]


def _shown(user_code: str) -> str:
    half = _LENGTH // 2
    return f"{user_code[:half]}-{user_code[half:]}"


def _request(row: "Row[tuple[object, ...]]") -> DeviceRequest:
    return DeviceRequest(_shown(row.user_code), row.client_id, scopes_of(row.scopes), row.audience)
