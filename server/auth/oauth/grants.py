"""What people allowed to whom, and the codes and refresh tokens that stand for it.

Codes: RFC 6749, 4.1, single use, with PKCE S256 (RFC 7636). Refresh tokens are rotated, and one
that comes back ends the whole grant (RFC 9700, 4.14).
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, Row, and_, delete, insert, select, update

from knowledge.database import Database
from knowledge.people.current import PersonId
from knowledge.schema_auth import oauth_clients, oauth_codes, oauth_grants, oauth_refresh_tokens
from server.auth.identity import Permission
from server.auth.oauth.clients import Client, GrantType
from server.auth.oauth.errors import INVALID_GRANT, OAuthError
from server.auth.scopes import scopes_of, text_of
from server.auth.secrets import digest, new_secret

CODE_VALID_S: Final = 600.0
REFRESH_VALID_S: Final = 180 * 86_400.0
"""A refresh token that is not used for so long is worth nothing."""
_NO_REFRESH: Final = "This refresh token is not good any more."
_NO_CODE: Final = "This code is not good any more, or not for this client."


@dataclass(frozen=True, slots=True)
class Grant:
    """What one person allowed one client."""

    id: int
    client_id: str
    client_name: str
    person: PersonId
    permissions: frozenset[Permission]
    audience: str
    """The resource that its tokens are for."""
    created_at: float
    """Seconds since 1970."""
    used_at: float


@dataclass(frozen=True, slots=True)
class NewCode:
    """What somebody agreed to in the consent page."""

    client: Client
    person: PersonId
    permissions: frozenset[Permission]
    audience: str
    redirect_uri: str
    challenge: str
    """base64url of the SHA-256 of the client's verifier."""


class Replayed(OAuthError):
    """A code or refresh token came a second time; the grant was ended."""

    def __init__(self, description: str, grant_id: int) -> None:
        super().__init__(INVALID_GRANT, description)
        self.grant_id = grant_id


class Grants:
    """The grants of one library. Every call blocks on the database."""

    def __init__(self, database: Database, *, clock: Callable[[], float] = time.time) -> None:
        self._database = database
        self._clock = clock

    def begin(
        self,
        client: Client,
        person: PersonId,
        permissions: frozenset[Permission],
        audience: str,
    ) -> Grant:
        """A grant without a code: of a device, or of a client that acts for itself."""
        with self._database.write() as connection:
            return self._begin(connection, client.id, person, text_of(permissions), audience)

    def of_client(
        self,
        client: Client,
        person: PersonId,
        permissions: frozenset[Permission],
        audience: str,
    ) -> Grant:
        """The one grant of a client that acts for itself with these rights; made when needed."""
        like = and_(
            oauth_grants.c.client_id == client.id,
            oauth_grants.c.person_id == person,
            oauth_grants.c.scopes == text_of(permissions),
            oauth_grants.c.audience == audience,
            oauth_grants.c.revoked_at.is_(None),
        )
        with self._database.write() as connection:
            row = connection.execute(_GRANTS.where(like)).first()
            if row is not None:
                self._touch(connection, row.id)
                return _grant(row)
            return self._begin(connection, client.id, person, text_of(permissions), audience)

    def make_code(self, wanted: NewCode) -> str:
        """A code that is good for ten minutes and one exchange."""
        code, now = new_secret(), self._clock()
        row = {
            "code_hash": digest(code),
            "client_id": wanted.client.id,
            "person_id": wanted.person,
            "redirect_uri": wanted.redirect_uri,
            "scopes": text_of(wanted.permissions),
            "audience": wanted.audience,
            "challenge": wanted.challenge,
            "expires_at": now + CODE_VALID_S,
        }
        with self._database.write() as connection:
            # Kept for a day longer: a code that is replayed late still ends what came of it.
            connection.execute(delete(oauth_codes).where(oauth_codes.c.expires_at < now - 86_400.0))
            connection.execute(insert(oauth_codes).values(row))
        return code

    def exchange(
        self, code: str, *, client: Client, redirect_uri: str | None, verifier: str
    ) -> Grant:
        """The grant of a code.

        Raises:
            Replayed: it was exchanged before; what came of that was ended.
            OAuthError: it is not good, or not for this client, address or verifier.
        """
        found = oauth_codes.c.code_hash == digest(code)
        with self._database.write() as connection:
            row = connection.execute(select(oauth_codes).where(found).with_for_update()).first()
            if row is None or row.client_id != client.id:
                raise OAuthError(INVALID_GRANT, _NO_CODE)
            replayed = row.grant_id
            if replayed is not None:
                self._revoke(connection, replayed)
            else:
                self._check_code(row, redirect_uri, verifier)
                grant = self._begin(
                    connection, client.id, PersonId(row.person_id), row.scopes, row.audience
                )
                connection.execute(update(oauth_codes).where(found).values(grant_id=grant.id))
        if replayed is not None:
            raise Replayed(_NO_CODE, replayed)
        return grant

    def _check_code(
        self, row: "Row[tuple[object, ...]]", redirect_uri: str | None, verifier: str
    ) -> None:
        if row.expires_at < self._clock():
            raise OAuthError(INVALID_GRANT, _NO_CODE)
        if redirect_uri is not None and redirect_uri != row.redirect_uri:
            raise OAuthError(INVALID_GRANT, "redirect_uri is not the one that was asked with.")
        if not hmac.compare_digest(_challenge_of(verifier).encode(), row.challenge.encode()):
            raise OAuthError(INVALID_GRANT, "code_verifier does not fit code_challenge.")

    def make_refresh(self, grant: Grant) -> str:
        """A refresh token of this grant."""
        with self._database.write() as connection:
            return self._make_refresh(connection, grant.id)

    def of_refresh(self, token: str, *, client: Client) -> Grant | None:
        """The grant of a refresh token of this client; None without one."""
        like = and_(
            oauth_refresh_tokens.c.token_hash == digest(token),
            oauth_grants.c.client_id == client.id,
            oauth_grants.c.revoked_at.is_(None),
        )
        refreshed = oauth_refresh_tokens.c.grant_id == oauth_grants.c.id
        with self._database.read() as connection:
            row = connection.execute(
                _GRANTS.join(oauth_refresh_tokens, refreshed).where(like)
            ).first()
        return None if row is None else _grant(row)

    def refresh(self, token: str, *, client: Client) -> tuple[Grant, str]:
        """The grant of a refresh token, and the token that takes its place.

        Raises:
            Replayed: it was used before, longer ago than the client's grace; the grant was ended.
            OAuthError: it is not good, or another client's.
        """
        now = self._clock()
        found = oauth_refresh_tokens.c.token_hash == digest(token)
        with self._database.write() as connection:
            kept = connection.execute(
                select(oauth_refresh_tokens).where(found).with_for_update()
            ).first()
            row = None if kept is None else _open_grant(connection, kept.grant_id)
            if kept is None or row is None or row.client_id != client.id:
                raise OAuthError(INVALID_GRANT, _NO_REFRESH)
            if kept.expires_at < now:
                raise OAuthError(INVALID_GRANT, _NO_REFRESH)
            reused = kept.replaced_at is not None and now - kept.replaced_at >= client.grace_s
            if reused:
                self._revoke(connection, row.id)
            else:
                if kept.replaced_at is None:
                    connection.execute(
                        update(oauth_refresh_tokens).where(found).values(replaced_at=now)
                    )
                self._touch(connection, row.id)
                fresh = self._make_refresh(connection, row.id)
        if reused:
            raise Replayed(_NO_REFRESH, row.id)
        return _grant(row), fresh

    def revoke_token(self, token: str, *, client: Client) -> bool:
        """End the grant of a refresh token (RFC 7009); whether there was one of this client."""
        with self._database.write() as connection:
            row = connection.execute(
                select(oauth_refresh_tokens.c.grant_id, oauth_grants.c.client_id)
                .join(oauth_grants, oauth_grants.c.id == oauth_refresh_tokens.c.grant_id)
                .where(oauth_refresh_tokens.c.token_hash == digest(token))
            ).first()
            if row is None or row.client_id != client.id:
                return False
            self._revoke(connection, row.grant_id)
        return True

    def open(self, grant_id: int) -> Grant | None:
        """The grant of that id, unless it was ended."""
        with self._database.read() as connection:
            row = _open_grant(connection, grant_id)
        return None if row is None else _grant(row)

    def of(self, person: PersonId) -> list[Grant]:
        """What one person allowed and did not take back, the last used first."""
        with self._database.read() as connection:
            rows = connection.execute(
                _GRANTS.where(
                    and_(oauth_grants.c.person_id == person, oauth_grants.c.revoked_at.is_(None))
                ).order_by(oauth_grants.c.used_at.desc())
            ).all()
        return [_grant(row) for row in rows]

    def revoke(self, grant_id: int, *, person: PersonId | None = None) -> bool:
        """End a grant and all its tokens; only that of `person`, when given. Whether there was."""
        with self._database.write() as connection:
            row = _open_grant(connection, grant_id)
            if row is None or (person is not None and row.person_id != person):
                return False
            self._revoke(connection, grant_id)
        return True

    def revoke_all(self, person: PersonId) -> None:
        """End everything that one person allowed."""
        for grant in self.of(person):
            self.revoke(grant.id)

    def _begin(
        self,
        connection: Connection,
        client_id: str,
        person: PersonId,
        scopes: str,
        audience: str,
    ) -> Grant:
        now = self._clock()
        row = {
            "client_id": client_id,
            "person_id": person,
            "scopes": scopes,
            "audience": audience,
            "created_at": now,
            "used_at": now,
        }
        made = connection.execute(
            insert(oauth_grants).values(row).returning(oauth_grants.c.id)
        ).scalar_one()
        return _grant(connection.execute(_GRANTS.where(oauth_grants.c.id == made)).one())

    def _make_refresh(self, connection: Connection, grant_id: int) -> str:
        token, now = new_secret("rrt_"), self._clock()
        connection.execute(
            delete(oauth_refresh_tokens).where(
                and_(
                    oauth_refresh_tokens.c.grant_id == grant_id,
                    oauth_refresh_tokens.c.expires_at < now,
                )
            )
        )
        row = {
            "token_hash": digest(token),
            "grant_id": grant_id,
            "created_at": now,
            "expires_at": now + REFRESH_VALID_S,
        }
        connection.execute(insert(oauth_refresh_tokens).values(row))
        return token

    def _touch(self, connection: Connection, grant_id: int) -> None:
        connection.execute(
            update(oauth_grants).where(oauth_grants.c.id == grant_id).values(used_at=self._clock())
        )

    def _revoke(self, connection: Connection, grant_id: int) -> None:
        connection.execute(
            update(oauth_grants)
            .where(and_(oauth_grants.c.id == grant_id, oauth_grants.c.revoked_at.is_(None)))
            .values(revoked_at=self._clock())
        )
        connection.execute(
            delete(oauth_refresh_tokens).where(oauth_refresh_tokens.c.grant_id == grant_id)
        )


_GRANTS = select(oauth_grants, oauth_clients.c.name.label("client_name")).join(
    oauth_clients, oauth_clients.c.id == oauth_grants.c.client_id
)


def may_refresh(client: Client) -> bool:
    """Whether a client gets refresh tokens."""
    return GrantType.REFRESH in client.grant_types


def _open_grant(connection: Connection, grant_id: int) -> "Row[tuple[object, ...]] | None":
    return connection.execute(
        _GRANTS.where(and_(oauth_grants.c.id == grant_id, oauth_grants.c.revoked_at.is_(None)))
    ).first()


def _grant(row: "Row[tuple[object, ...]]") -> Grant:
    return Grant(
        id=row.id,
        client_id=row.client_id,
        client_name=row.client_name,
        person=PersonId(row.person_id),
        permissions=scopes_of(row.scopes),
        audience=row.audience,
        created_at=row.created_at,
        used_at=row.used_at,
    )


def _challenge_of(verifier: str) -> str:
    hashed = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode("ascii")
