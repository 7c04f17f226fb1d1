"""The request of an authorization (RFC 6749, 4.1.1; RFC 7636; RFC 8707), read and checked."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from server.auth.base_url import audience_of
from server.auth.identity import Permission
from server.auth.oauth.clients import Client, Clients, GrantType
from server.auth.oauth.errors import (
    INVALID_REQUEST,
    INVALID_SCOPE,
    INVALID_TARGET,
    UNAUTHORIZED_CLIENT,
    UNSUPPORTED_RESPONSE,
    OAuthError,
)
from server.auth.oauth.redirects import with_answer
from server.auth.scopes import ORDINARY, scopes_of

PARAMETERS: Final = (
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "state",
    "code_challenge",
    "code_challenge_method",
    "resource",
)
_CHALLENGE: Final = re.compile(r"[A-Za-z0-9_-]{43}")
_LONGEST: Final = 2_000


class UnusableRequest(OAuthError):
    """Client or address are not right: the person is told so, and sent nowhere."""


class RefusedRequest(OAuthError):
    """Something else is not right: the client is told so at its address."""

    def __init__(self, error: str, description: str, *, redirect_uri: str, state: str) -> None:
        super().__init__(error, description)
        self.redirect_uri = redirect_uri
        self.state = state


@dataclass(frozen=True, slots=True)
class AuthorizationRequest:
    """What a client asks a person for."""

    client: Client
    redirect_uri: str
    permissions: frozenset[Permission]
    audience: str
    state: str
    challenge: str
    said: dict[str, str]
    """The parameters as they came."""

    def answer(self, issuer: str, **parameters: str) -> str:
        """Where the person is sent in the end; with the issuer (RFC 9207)."""
        state = {"state": self.state} if self.state else {}
        return with_answer(self.redirect_uri, {**parameters, **state, "iss": issuer})


def read_request(
    given: Mapping[str, str], repeated: bool, clients: Clients, base: str
) -> AuthorizationRequest:
    """Check a request.

    Args:
        given: the parameters.
        repeated: whether one of them came more than once.
        clients: who may ask.
        base: our origin.

    Raises:
        UnusableRequest: nobody may be sent anywhere.
        RefusedRequest: the client may be told.
    """
    said = {key: given[key] for key in PARAMETERS if key in given}
    if repeated or any(len(value) > _LONGEST for value in said.values()):
        raise UnusableRequest(INVALID_REQUEST, "A parameter came twice, or is too long.")
    client = clients.by_id(said.get("client_id", ""))
    if client is None:
        raise UnusableRequest(INVALID_REQUEST, "The program that sent you is not known here.")
    redirect_uri = said.get("redirect_uri", "")
    if not redirect_uri and len(client.redirect_uris) == 1:
        redirect_uri = client.redirect_uris[0]
    if not client.may_redirect_to(redirect_uri):
        raise UnusableRequest(
            INVALID_REQUEST, "The program wants you sent to an address that it did not register."
        )
    state = said.get("state", "")
    try:
        permissions, audience = _checked(said, client, base)
    except OAuthError as error:
        raise RefusedRequest(
            error.error, error.description, redirect_uri=redirect_uri, state=state
        ) from error
    challenge = said["code_challenge"]
    return AuthorizationRequest(client, redirect_uri, permissions, audience, state, challenge, said)


def _checked(
    said: Mapping[str, str], client: Client, base: str
) -> tuple[frozenset[Permission], str]:
    if GrantType.CODE not in client.grant_types:
        raise OAuthError(UNAUTHORIZED_CLIENT, "This client may not ask people.")
    if said.get("response_type") != "code":
        raise OAuthError(UNSUPPORTED_RESPONSE, "response_type must be code.")
    if said.get("code_challenge_method") != "S256":
        raise OAuthError(INVALID_REQUEST, "code_challenge_method must be S256 (PKCE).")
    if not _CHALLENGE.fullmatch(said.get("code_challenge", "")):
        raise OAuthError(INVALID_REQUEST, "code_challenge must be the S256 of a code_verifier.")
    audience = audience_of(said.get("resource", ""), base)
    if audience is None:
        raise OAuthError(INVALID_TARGET, "resource is no part of this server.")
    permissions = wanted_permissions(client, said.get("scope", ""))
    if not permissions:
        raise OAuthError(INVALID_SCOPE, "Nothing of this scope may be given to this client.")
    return permissions, audience


def wanted_permissions(client: Client, asked: str) -> frozenset[Permission]:
    """What a client asks for, as far as it may be given; without a scope the ordinary ones."""
    wanted = scopes_of(asked) if asked.strip() else ORDINARY
    return wanted & client.permissions


def form_key(key: bytes, login: str, said: Mapping[str, str]) -> str:
    """What a form carries, so that only our own page of this very login can send it."""
    parts = [login, *(f"{name}={said[name]}" for name in sorted(said))]
    return hmac.new(key, "\n".join(parts).encode(), hashlib.sha256).hexdigest()
