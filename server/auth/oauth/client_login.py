"""Forms of programs, and how a program says which one it is (RFC 6749, 2.3.1)."""

import asyncio
import base64
import binascii
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qsl, unquote_plus

from starlette.requests import Request

from server.auth import limits as rates
from server.auth.limits import Limits
from server.auth.oauth.clients import AuthMethod, Client
from server.auth.oauth.errors import INVALID_CLIENT, INVALID_REQUEST, SLOW_DOWN, OAuthError
from server.auth.parts import AuthParts

_FORM_FIELDS: Final = 40


async def form_of(request: Request) -> dict[str, str]:
    """The fields of an urlencoded form, none of them twice.

    Raises:
        OAuthError: it is none.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise OAuthError(INVALID_REQUEST, "Send application/x-www-form-urlencoded.")
    try:
        pairs = parse_qsl(
            (await request.body()).decode(), keep_blank_values=True, max_num_fields=_FORM_FIELDS
        )
    except ValueError as error:
        raise OAuthError(INVALID_REQUEST, "The form cannot be read.") from error
    fields = dict(pairs)
    if len(fields) != len(pairs) or any("\x00" in value for value in fields.values()):
        raise OAuthError(INVALID_REQUEST, "A parameter came twice, or cannot be read.")
    return fields


async def client_of(
    auth: AuthParts, request: Request, form: Mapping[str, str], *, limits: Limits, address: str
) -> Client:
    """The client of a request, which must say who it is in the way it registered.

    Raises:
        OAuthError: it is unknown, or its secret is wrong.
    """
    if not limits.may(rates.WRONG_CLIENTS, address):
        raise OAuthError(SLOW_DOWN, "Too many wrong secrets.", status=429)
    client_id, secret, method = _credentials(request, form)
    client = await asyncio.to_thread(auth.clients.by_id, client_id)
    # An unknown client takes as long as a wrong secret.
    right = (client or _NOBODYS).knows(secret)
    if client is not None and client.auth_method is method is AuthMethod.NONE:
        return client
    confidential = {AuthMethod.BASIC, AuthMethod.POST}
    if client is not None and right and {client.auth_method, method} <= confidential:
        return client
    limits.hit(rates.WRONG_CLIENTS, address)
    raise OAuthError(INVALID_CLIENT, "The client is unknown, or its secret is wrong.", status=401)


_NOBODYS = Client(
    id="",
    name="",
    auth_method=AuthMethod.BASIC,
    redirect_uris=(),
    grant_types=frozenset(),
    permissions=frozenset(),
    person=None,
    registered=False,
    grace_s=0.0,
    created_at=0.0,
    secret_hash="0" * 64,
)


def _credentials(request: Request, form: Mapping[str, str]) -> tuple[str, str, AuthMethod]:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "basic":
        try:
            said = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            said = ""
        client_id, _, secret = said.partition(":")
        return unquote_plus(client_id), unquote_plus(secret), AuthMethod.BASIC
    if "client_secret" in form:
        return form.get("client_id", ""), form["client_secret"], AuthMethod.POST
    return form.get("client_id", ""), "", AuthMethod.NONE
