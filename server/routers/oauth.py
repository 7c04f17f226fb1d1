"""The endpoints of OAuth that programs talk to: tokens, revocation, registration, metadata."""

import asyncio
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from server.auth import limits as rates
from server.auth.audit import Action
from server.auth.base_url import audience_of, base_of
from server.auth.guard import address_of
from server.auth.limits import Limits
from server.auth.oauth.access_tokens import VALID_S
from server.auth.oauth.authorization import wanted_permissions
from server.auth.oauth.client_login import client_of, form_of
from server.auth.oauth.clients import AuthMethod, Client, GrantType, NewClient
from server.auth.oauth.device_codes import INTERVAL_S
from server.auth.oauth.device_codes import VALID_S as DEVICE_VALID_S
from server.auth.oauth.errors import (
    INVALID_CLIENT,
    INVALID_METADATA,
    INVALID_REQUEST,
    INVALID_SCOPE,
    INVALID_TARGET,
    SLOW_DOWN,
    UNAUTHORIZED_CLIENT,
    UNSUPPORTED_GRANT,
    OAuthError,
)
from server.auth.oauth.grants import Grant, Replayed, may_refresh
from server.auth.parts import AuthParts
from server.auth.scopes import scopes_of, text_of
from server.routers.services import Use

router = APIRouter(tags=["OAuth"])
_NO_STORE = {"cache-control": "no-store", "pragma": "no-cache"}


class TokenOut(BaseModel):
    """An answer with tokens (RFC 6749, 5.1)."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str
    refresh_token: str | None = None


class RegistrationIn(BaseModel):
    """What a client says of itself (RFC 7591, 2); what we do not know is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)
    client_name: Annotated[str, Field(max_length=200)] = "A program"
    redirect_uris: Annotated[list[str], Field(max_length=20)] = []
    grant_types: Annotated[list[str], Field(max_length=10)] = ["authorization_code"]
    response_types: Annotated[list[str], Field(max_length=10)] = ["code"]
    token_endpoint_auth_method: str = AuthMethod.BASIC.value
    scope: Annotated[str, Field(max_length=500)] = ""


Form = Annotated[dict[str, str], Depends(form_of)]


@router.post("/oauth/token", response_model=TokenOut)
async def token(services: Use, request: Request, form: Form) -> JSONResponse:
    """Exchange a code, a refresh token, a device code or a client's own secret for a token."""
    limits: Limits = request.app.state.limits
    if not limits.hit(rates.TOKENS, address_of(request)):
        raise OAuthError(SLOW_DOWN, "Too many requests.", status=429)
    auth = services.auth
    client = await _client_of(auth, request, form)
    base = base_of(request, auth.public_url)
    try:
        grant_type = GrantType(form.get("grant_type", ""))
    except ValueError as error:
        raise OAuthError(UNSUPPORTED_GRANT, "grant_type is not known here.") from error
    if grant_type not in client.grant_types:
        raise OAuthError(UNAUTHORIZED_CLIENT, "This client may not come in this way.")
    make = {
        GrantType.CODE: _by_code,
        GrantType.REFRESH: _by_refresh,
        GrantType.CLIENT: _by_client,
        GrantType.DEVICE: _by_device,
    }[grant_type]
    try:
        made = await asyncio.to_thread(make, auth, client, form, base)
    except Replayed:
        action = Action.CODE_REPLAYED if grant_type is GrantType.CODE else Action.TOKEN_REPLAYED
        await asyncio.to_thread(
            auth.audit.note, action, client.name, address=address_of(request), client=client.id
        )
        raise
    return JSONResponse(made.model_dump(exclude_none=True), headers=_NO_STORE)


def _by_code(auth: AuthParts, client: Client, form: Mapping[str, str], base: str) -> TokenOut:
    if not form.get("code") or not form.get("code_verifier"):
        raise OAuthError(INVALID_REQUEST, "code and code_verifier are needed.")
    grant = auth.grants.exchange(
        form["code"],
        client=client,
        redirect_uri=form.get("redirect_uri"),
        verifier=form["code_verifier"],
    )
    _check_resource(form, grant, base)
    refresh = auth.grants.make_refresh(grant) if may_refresh(client) else None
    return _answer(auth, grant, base, refresh)


def _by_refresh(auth: AuthParts, client: Client, form: Mapping[str, str], base: str) -> TokenOut:
    token = form.get("refresh_token", "")
    if not token:
        raise OAuthError(INVALID_REQUEST, "refresh_token is needed.")
    narrower = None
    # Looked at before the token is used up: who asked wrong may ask again.
    if (there := auth.grants.of_refresh(token, client=client)) is not None:
        _check_resource(form, there, base)
        if form.get("scope", "").strip():
            narrower = scopes_of(form["scope"])
            if not narrower or not narrower <= there.permissions:
                raise OAuthError(INVALID_SCOPE, "scope is more than was allowed.")
    grant, fresh = auth.grants.refresh(token, client=client)
    made = auth.tokens.make(grant, issuer=base, permissions=narrower)
    return _token_out(made, grant.permissions if narrower is None else narrower, fresh)


def _by_client(auth: AuthParts, client: Client, form: Mapping[str, str], base: str) -> TokenOut:
    permissions = wanted_permissions(client, form.get("scope", ""))
    audience = audience_of(form.get("resource", ""), base)
    if audience is None:
        raise OAuthError(INVALID_TARGET, "resource is no part of this server.")
    if not permissions:
        raise OAuthError(INVALID_SCOPE, "Nothing of this scope may be given to this client.")
    if client.person is None:
        raise OAuthError(UNAUTHORIZED_CLIENT, "This client acts for nobody.")
    grant = auth.grants.of_client(client, client.person, permissions, audience)
    return _answer(auth, grant, base, None)


def _by_device(auth: AuthParts, client: Client, form: Mapping[str, str], base: str) -> TokenOut:
    if not form.get("device_code"):
        raise OAuthError(INVALID_REQUEST, "device_code is needed.")
    wanted, person = auth.device_codes.poll(form["device_code"], client=client)
    grant = auth.grants.begin(client, person, wanted.permissions, wanted.audience)
    refresh = auth.grants.make_refresh(grant) if may_refresh(client) else None
    return _answer(auth, grant, base, refresh)


def _check_resource(form: Mapping[str, str], grant: Grant, base: str) -> None:
    wanted = form.get("resource", "")
    if wanted and audience_of(wanted, base) != grant.audience:
        raise OAuthError(INVALID_TARGET, "resource is not what was asked for.")


def _answer(auth: AuthParts, grant: Grant, base: str, refresh: str | None) -> TokenOut:
    return _token_out(auth.tokens.make(grant, issuer=base), grant.permissions, refresh)


def _token_out(made: str, permissions: Any, refresh: str | None) -> TokenOut:
    return TokenOut(
        access_token=made,
        token_type="Bearer",  # noqa: S106  a word of the protocol
        expires_in=VALID_S,
        scope=text_of(permissions),
        refresh_token=refresh,
    )


@router.post("/oauth/revoke")
async def revoke(services: Use, request: Request, form: Form) -> JSONResponse:
    """End what a token stands for (RFC 7009); an unknown one is no error."""
    auth = services.auth
    client = await _client_of(auth, request, form)
    if not form.get("token"):
        raise OAuthError(INVALID_REQUEST, "token is needed.")

    def end() -> None:
        if auth.grants.revoke_token(form["token"], client=client):
            return
        claims = auth.tokens.read(form["token"]) or {}
        if claims.get("client_id") == client.id and isinstance(claims.get("grant"), int):
            auth.grants.revoke(claims["grant"])

    await asyncio.to_thread(end)
    return JSONResponse({}, headers=_NO_STORE)


@router.post("/oauth/register", status_code=201)
async def register(services: Use, request: Request, wanted: RegistrationIn) -> JSONResponse:
    """Register a program (RFC 7591). It may ask people then; it has no rights by itself."""
    limits: Limits = request.app.state.limits
    if not limits.hit(rates.REGISTRATIONS, address_of(request)):
        raise OAuthError(SLOW_DOWN, "Too many programs registered themselves.", status=429)
    usable = {GrantType.CODE, GrantType.REFRESH, GrantType.DEVICE}
    grant_types = frozenset(one for one in usable if one.value in wanted.grant_types)
    if GrantType.CODE in grant_types:
        grant_types |= {GrantType.REFRESH}
    try:
        method = AuthMethod(wanted.token_endpoint_auth_method)
    except ValueError as error:
        raise OAuthError(INVALID_METADATA, "token_endpoint_auth_method is not known.") from error
    new = NewClient(
        name="".join(one for one in wanted.client_name if one.isprintable())[:80] or "A program",
        redirect_uris=tuple(wanted.redirect_uris),
        grant_types=grant_types,
        auth_method=method,
        registered=True,
    )
    client, secret = await asyncio.to_thread(services.auth.clients.add, new)
    body: dict[str, Any] = {
        "client_id": client.id,
        "client_id_issued_at": int(client.created_at),
        "client_name": client.name,
        "redirect_uris": list(client.redirect_uris),
        "grant_types": sorted(client.grant_types),
        "response_types": ["code"] if GrantType.CODE in client.grant_types else [],
        "token_endpoint_auth_method": client.auth_method.value,
        "scope": text_of(client.permissions),
    }
    if secret:
        body |= {"client_secret": secret, "client_secret_expires_at": 0}
    return JSONResponse(body, 201, _NO_STORE)


@router.post("/oauth/device")
async def device_authorization(services: Use, request: Request, form: Form) -> JSONResponse:
    """Codes for a thing without a keyboard (RFC 8628)."""
    limits: Limits = request.app.state.limits
    if not limits.hit(rates.DEVICES, address_of(request)):
        raise OAuthError(SLOW_DOWN, "Too many devices asked.", status=429)
    auth = services.auth
    client = await _client_of(auth, request, form)
    if GrantType.DEVICE not in client.grant_types:
        raise OAuthError(UNAUTHORIZED_CLIENT, "This client may not come in this way.")
    base = base_of(request, auth.public_url)
    permissions = wanted_permissions(client, form.get("scope", ""))
    audience = audience_of(form.get("resource", ""), base)
    if audience is None:
        raise OAuthError(INVALID_TARGET, "resource is no part of this server.")
    if not permissions:
        raise OAuthError(INVALID_SCOPE, "Nothing of this scope may be given to this client.")
    device, user = await asyncio.to_thread(auth.device_codes.make, client, permissions, audience)
    return JSONResponse(
        {
            "device_code": device,
            "user_code": user,
            "verification_uri": f"{base}/device",
            "verification_uri_complete": f"{base}/device?user_code={user}",
            "expires_in": int(DEVICE_VALID_S),
            "interval": int(INTERVAL_S),
        },
        headers=_NO_STORE,
    )


async def _client_of(auth: AuthParts, request: Request, form: Mapping[str, str]) -> Client:
    limits: Limits = request.app.state.limits
    return await client_of(auth, request, form, limits=limits, address=address_of(request))


def oauth_error(request: Request, error: Exception) -> JSONResponse:
    """The answer to what is wrong with a request of OAuth."""
    if not isinstance(error, OAuthError):
        raise error
    headers = dict(_NO_STORE)
    if error.error == INVALID_CLIENT and "authorization" in request.headers:
        headers["www-authenticate"] = 'Basic realm="refrain"'
    return JSONResponse(error.body(), int(error.status), headers)
