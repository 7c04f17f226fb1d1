"""Who is it? Every way to say so over HTTP and WebSocket, in one place."""

import asyncio
import base64
import binascii
from dataclasses import replace
from typing import Final

from starlette.requests import HTTPConnection

from knowledge.people.accounts import Person
from knowledge.people.current import HOUSEHOLD
from server.auth.bearer import identity_of_bearer, is_ours
from server.auth.client_secrets import PREFIX as SHORT_LIVED
from server.auth.client_secrets import ClientSecrets
from server.auth.identity import EVERYTHING, NOBODY, OWNER, Identity, Permission, identity_of
from server.auth.logins import COOKIE as LOGIN_COOKIE
from server.auth.parts import AuthParts
from server.auth.presented import SAFE_METHODS, cookie_of, is_media, presented_token
from server.auth.public_paths import has_own_door, is_public
from server.auth.scopes import ORDINARY
from server.auth.signed_urls import SignedUrls
from server.auth.tokens import AccessToken
from server.errors import NotAuthorised

COOKIE: Final = "refrain_page"
REALTIME: Final = "/v1/realtime"


class Authentication:
    """Says who a request comes from."""

    def __init__(
        self,
        token: AccessToken,
        *,
        client_secrets: ClientSecrets | None = None,
        signed_urls: SignedUrls | None = None,
    ) -> None:
        """Know people by these, and from `open` on by all others.

        Args:
            token: the installation's, and the secret of its command line.
            client_secrets: short-lived keys, which open the WebSocket of OpenAI's clients only.
            signed_urls: knows signed addresses of sound and pictures.
        """
        self._token = token
        self._client_secrets = client_secrets or ClientSecrets()
        self._signed_urls = signed_urls
        self._auth: AuthParts | None = None

    def open(self, auth: AuthParts) -> None:
        """From now on know people, their browsers, programs and devices as well."""
        self._auth = auth

    async def who(self, connection: HTTPConnection) -> Identity:
        """The identity of a request.

        Raises:
            NotAuthorised: it does not say who it is, or not truthfully.
        """
        path = connection.scope["path"]
        if has_own_door(path):
            return NOBODY
        try:
            return await self._who(connection)
        except NotAuthorised:
            if is_public(path):
                return NOBODY
            raise

    async def may_stay(self, connection: HTTPConnection) -> bool:
        """Whether who opened a WebSocket may still come in; short-lived keys only open it.

        Raises:
            NotAuthorised: no more.
        """
        presented = presented_token(connection)
        if presented is not None and presented.startswith(SHORT_LIVED):
            return await self._is_there(identity_of(connection))
        return identity_of(connection) == await self._who(connection)

    async def login_needed(self) -> bool:
        """Whether people log in here, by name and password."""
        return self._auth is not None and await asyncio.to_thread(self._auth.accounts.login_needed)

    async def _who(self, connection: HTTPConnection) -> Identity:
        if (signed := await self._signed(connection)) is not None:
            return signed
        presented = presented_token(connection)
        if presented is not None and self._token.accepts(presented):
            return OWNER
        if presented is not None and (found := await self._by_token(connection, presented)):
            return found
        if (found := await self._by_app_password(connection)) is not None:
            return found
        if (person := await self._by_login(connection)) is not None:
            return identity_in_browser(person)
        if self._token.required:
            if self._token.accepts_cookie(cookie_of(connection.headers, COOKIE)):
                return OWNER
        elif not await self.login_needed():
            return OWNER
        if await self.login_needed():
            raise NotAuthorised("This Refrain asks who you are.", next_step="Log in at /login.")
        raise NotAuthorised("This Refrain asks for its access token.")

    async def _by_token(self, connection: HTTPConnection, presented: str) -> Identity | None:
        """Who brings this token; None when it is none that we gave out.

        Raises:
            NotAuthorised: we did, but it is not good here and now.
        """
        is_socket = connection.scope["type"] == "websocket"
        if is_socket and connection.scope["path"] == REALTIME:
            maker = self._client_secrets.identity_of(presented)
            if maker is not None and await self._is_there(maker):
                return maker
        if self._auth is None:
            return None
        identity = await identity_of_bearer(self._auth, connection, presented)
        if identity is None and await is_ours(self._auth, presented):
            raise NotAuthorised(
                "This token is outdated, was revoked, or is meant for something else.",
                next_step="Ask for a new one.",
            )
        return identity

    async def _is_there(self, identity: Identity) -> bool:
        """Whether this person was not removed, and is still an administrator if they were."""
        if self._auth is None or identity.person == HOUSEHOLD:
            return True
        known = await asyncio.to_thread(self._auth.accounts.known)
        person = known.get(identity.person)
        return person is not None and (person.is_admin or not identity.may(Permission.ADMIN))

    async def _by_app_password(self, connection: HTTPConnection) -> Identity | None:
        """Who brings name and app password as HTTP Basic; people's own passwords are not taken."""
        scheme, _, value = connection.headers.get("authorization", "").partition(" ")
        if self._auth is None or scheme.lower() != "basic":
            return None
        try:
            name, _, secret = base64.b64decode(value, validate=True).decode().partition(":")
        except (binascii.Error, UnicodeDecodeError):
            return None
        passwords = self._auth.app_passwords
        return await asyncio.to_thread(passwords.identity_of, secret, name=name)

    async def _by_login(self, connection: HTTPConnection) -> Person | None:
        cookie = cookie_of(connection.headers, LOGIN_COOKIE)
        if self._auth is None or not cookie:
            return None
        return await asyncio.to_thread(self._auth.logins.person_of, cookie)

    async def _signed(self, connection: HTTPConnection) -> Identity | None:
        """For whom an address of sound or a picture was signed; None where there is no signature.

        Raises:
            NotAuthorised: the signature is not ours, its time is over, or its person is gone.
        """
        if connection.scope["type"] != "http" or connection.scope["method"] not in SAFE_METHODS:
            return None
        if self._signed_urls is None or "signature" not in connection.query_params:
            return None
        path = connection.scope["path"]
        if not is_media(path):
            return None
        person = self._signed_urls.signer_of(path, connection.query_params)
        if person is None:
            raise NotAuthorised("The time of this address is over.", next_step="Start it again.")
        signed = replace(NOBODY, person=person, permissions=frozenset({Permission.LISTEN}))
        if not await self._is_there(signed):
            raise NotAuthorised("Whom this address was made for is gone.")
        return signed


def identity_in_browser(person: Person) -> Identity:
    """What somebody may who is logged in by themselves."""
    return Identity(person.id, person.name, EVERYTHING if person.is_admin else ORDINARY)
