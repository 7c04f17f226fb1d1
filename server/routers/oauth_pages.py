"""The pages of OAuth that people see: consent, and the code of a device."""

import asyncio
from typing import Final
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from server.auth import limits as rates
from server.auth.audit import STRANGER, Action
from server.auth.base_url import base_of
from server.auth.guard import address_of
from server.auth.identity import NOBODY, Asker, Identity, Permission
from server.auth.limits import Limits
from server.auth.logins import COOKIE as LOGIN_COOKIE
from server.auth.oauth.authorization import (
    AuthorizationRequest,
    RefusedRequest,
    UnusableRequest,
    form_key,
    read_request,
)
from server.auth.oauth.errors import ACCESS_DENIED
from server.auth.oauth.grants import NewCode
from server.auth.oauth.redirects import origin_of, with_answer
from server.auth.pages import answer, consent_page, device_page, message_page
from server.auth.parts import AuthParts
from server.auth.presented import cookie_of
from server.auth.scopes import scopes_of, text_of
from server.routers.services import Use

router = APIRouter(include_in_schema=False)
_ALLOW: Final = "allow"
_TRY_AGAIN: Final = "Go back to the program and try again."


@router.get("/oauth/authorize")
async def authorize(services: Use, request: Request, asker: Asker) -> Response:
    """Ask somebody whether a program may have what it asks for."""
    auth, base = services.auth, base_of(request, services.auth.public_url)
    wanted = await _read(request, auth, base, dict(request.query_params))
    if isinstance(wanted, Response):
        return wanted
    if not is_person(asker):
        return to_login(request)
    permissions = _givable(asker, wanted.permissions)
    return answer(
        consent_page(
            wanted.client,
            permissions,
            action="/oauth/authorize",
            hidden={**wanted.said, "form_key": _key(auth, request, wanted.said)},
            who=asker.name,
            leads_to=f"Then you are sent to {origin_of(wanted.redirect_uri)}",
        ),
        sends_to=origin_of(wanted.redirect_uri),
    )


@router.post("/oauth/authorize")
async def decide(services: Use, request: Request, asker: Asker) -> Response:
    """Take the answer, and send the person back to the program."""
    auth, base = services.auth, base_of(request, services.auth.public_url)
    form, allowed = await consent_form(request)
    wanted = await _read(request, auth, base, form)
    if isinstance(wanted, Response):
        return wanted
    if not is_person(asker):
        return _stale()
    if form.get("form_key") != _key(auth, request, wanted.said):
        return _stale()
    permissions = _givable(asker, wanted.permissions) & allowed
    refused = form.get("decision") != _ALLOW or not permissions
    note = Action.ACCESS_REFUSED if refused else Action.ACCESS_GRANTED
    said = f"{wanted.client.name}: {'nothing' if refused else text_of(permissions)}"
    await note_action(auth, request, asker, note, said)
    if refused:
        return _back(wanted.answer(base, error=ACCESS_DENIED))
    new = NewCode(
        client=wanted.client,
        person=asker.person,
        permissions=permissions,
        audience=wanted.audience,
        redirect_uri=wanted.redirect_uri,
        challenge=wanted.challenge,
    )
    code = await asyncio.to_thread(auth.grants.make_code, new)
    return _back(wanted.answer(base, code=code))


@router.get("/device")
async def device(services: Use, request: Request, asker: Asker, user_code: str = "") -> Response:
    """Ask for the code of a device, then whether it may come in."""
    if not is_person(asker):
        return to_login(request)
    auth = services.auth
    if not user_code.strip():
        return answer(device_page())
    limits: Limits = request.app.state.limits
    who = (str(asker.person), address_of(request))
    if not limits.may(rates.WRONG_CODES, *who):
        said = "That were many wrong codes. Wait some minutes."
        return answer(device_page(error=said), 429)
    found = await asyncio.to_thread(auth.device_codes.waiting, user_code)
    client = None if found is None else await asyncio.to_thread(auth.clients.by_id, found.client_id)
    if found is None or client is None:
        limits.hit(rates.WRONG_CODES, *who)
        said = "No device waits under this code. Look at it again; it is good for 15 minutes."
        return answer(device_page(code=user_code[:20], error=said), 404)
    hidden = {"user_code": found.user_code}
    return answer(
        consent_page(
            client,
            _givable(asker, found.permissions),
            action="/device",
            hidden={**hidden, "form_key": _key(auth, request, hidden)},
            who=asker.name,
            leads_to=f"The device shows the code {found.user_code}. Allow it only if it is yours.",
        )
    )


@router.post("/device")
async def decide_device(services: Use, request: Request, asker: Asker) -> Response:
    """Take the answer; the device notices it by itself."""
    auth = services.auth
    form, allowed = await consent_form(request)
    hidden = {"user_code": form.get("user_code", "")}
    if not is_person(asker) or form.get("form_key") != _key(auth, request, hidden):
        return _stale()
    found = await asyncio.to_thread(auth.device_codes.waiting, hidden["user_code"])
    if found is None:
        return answer(device_page(error="The device does not wait any more."), 404)
    permissions = _givable(asker, found.permissions) & allowed
    refused = form.get("decision") != _ALLOW or not permissions
    await asyncio.to_thread(
        auth.device_codes.decide,
        found.user_code,
        asker.person,
        allowed=not refused,
        permissions=permissions,
    )
    action = Action.ACCESS_REFUSED if refused else Action.ACCESS_GRANTED
    await note_action(auth, request, asker, action, f"device {found.user_code}")
    if refused:
        return answer(message_page("Refused", "The device was not let in."))
    said = "The device goes on by itself in a few seconds. You can close this page."
    return answer(message_page("Connected", said, link=("/", "Open Refrain")))


def is_person(asker: Identity) -> bool:
    """Whether somebody sits there: a browser that is logged in, not a program with a token."""
    return asker is not NOBODY and bool(asker.permissions) and not asker.client


def to_login(request: Request) -> Response:
    """Log in first, and come back."""
    url = request.url
    there = quote(url.path + (f"?{url.query}" if url.query else ""), safe="")
    return RedirectResponse(f"/login?next={there}", 303, {"cache-control": "no-store"})


async def consent_form(request: Request) -> tuple[dict[str, str], frozenset[Permission]]:
    """The fields of a consent page, and the permissions that were left ticked."""
    multi = await request.form(max_fields=60, max_files=0)
    pairs = [(key, value) for key, value in multi.multi_items() if isinstance(value, str)]
    allowed = scopes_of(" ".join(value for key, value in pairs if key == _ALLOW))
    return {key: value for key, value in pairs if key != _ALLOW}, allowed


async def note_action(
    auth: AuthParts, request: Request, asker: Identity, action: Action, what: str = ""
) -> None:
    """Write into the audit log what somebody did in a browser."""
    known = asker is not NOBODY
    await asyncio.to_thread(
        auth.audit.note,
        action,
        what,
        person=asker.person if known else None,
        who=asker.name if known else STRANGER,
        address=address_of(request),
        client=asker.client,
    )


async def _read(
    request: Request, auth: AuthParts, base: str, given: dict[str, str]
) -> AuthorizationRequest | Response:
    repeated = len(request.query_params.multi_items()) != len(request.query_params)
    try:
        return await asyncio.to_thread(read_request, given, repeated, auth.clients, base)
    except UnusableRequest as error:
        page = message_page("This did not work", f"{error.description} {_TRY_AGAIN}")
        return answer(page, 400)
    except RefusedRequest as error:
        said = {"error": error.error, "error_description": error.description, "iss": base}
        state = {"state": error.state} if error.state else {}
        return _back(with_answer(error.redirect_uri, {**said, **state}))


def _givable(asker: Identity, wanted: frozenset[Permission]) -> frozenset[Permission]:
    return wanted & asker.permissions


def _key(auth: AuthParts, request: Request, said: dict[str, str]) -> str:
    login = cookie_of(request.headers, LOGIN_COOKIE) or ""
    return form_key(auth.key.derived("forms"), login, said)


def _back(where: str) -> Response:
    return RedirectResponse(where, 303, {"cache-control": "no-store"})


def _stale() -> Response:
    said = "This page was open for too long, or belongs to somebody else's login."
    return answer(message_page("This did not work", f"{said} {_TRY_AGAIN}"), 403)
