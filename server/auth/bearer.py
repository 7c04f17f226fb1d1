"""Whose is this access token? For every part of the server that is a resource of OAuth's."""

import asyncio

from starlette.requests import HTTPConnection

from server.auth.app_passwords import PREFIX as APP_PASSWORD
from server.auth.base_url import audiences, bases_of
from server.auth.identity import Identity
from server.auth.parts import AuthParts


async def identity_of_bearer(
    auth: AuthParts, connection: HTTPConnection, token: str, *, path: str | None = None
) -> Identity | None:
    """Who comes in with `token` at `path`, by default the one of the request.

    It is an access token of ours whose audience is this whole server or that part of it
    (`base_url.RESOURCES`), or the password of an app. None when it is neither, outdated, revoked,
    or meant for something else.
    """
    where = connection.scope["path"] if path is None else path
    bases = bases_of(connection, auth.public_url)
    return await asyncio.to_thread(_identity, auth, token, bases, where)


def _identity(auth: AuthParts, token: str, bases: frozenset[str], path: str) -> Identity | None:
    if token.startswith(APP_PASSWORD):
        return auth.app_passwords.identity_of(token)
    return auth.tokens.identity_of(token, issuers=bases, audiences=audiences(path, bases))


async def is_ours(auth: AuthParts, token: str) -> bool:
    """Whether this was given out here at all, be it good or not."""
    if token.startswith(APP_PASSWORD):
        return True
    return await asyncio.to_thread(auth.tokens.read, token) is not None
