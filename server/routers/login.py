"""Logging in and out with a browser, and coming in by an invitation."""

import asyncio
import re
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from knowledge.errors import KnowledgeError
from knowledge.people.accounts import Person
from server.auth import limits as rates
from server.auth.audit import Action
from server.auth.authentication import COOKIE as PAGE_COOKIE
from server.auth.authentication import identity_in_browser
from server.auth.base_url import base_of
from server.auth.guard import address_of
from server.auth.identity import NOBODY, Asker, Identity
from server.auth.limits import Limits
from server.auth.logins import COOKIE, VALID_S
from server.auth.pages import answer, invitation_page, login_page, message_page, token_page
from server.auth.parts import AuthParts
from server.auth.presented import cookie_of
from server.auth.tokens import AccessToken
from server.errors import ServerError
from server.routers.oauth_pages import note_action
from server.routers.services import Use

router = APIRouter(include_in_schema=False)
_INSIDE: Final = re.compile(r"/(?![/\\])[\x21-\x7e]{0,3999}")
_FIELDS: Final = 10
_WRONG: Final = "Name and password do not belong together."
_TOO_OFTEN: Final = "That was wrong too often. Wait a quarter of an hour, or ask for a new link."
_GONE: Final = "This invitation was used already, or its time is over. Ask for a new one."


@router.get("/login")
async def login(services: Use, asker: Asker, request: Request) -> Response:
    """Ask for name and password, or for the token where there are no people yet."""
    there = inside(request.query_params.get("next", "/"))
    if asker is not NOBODY:
        return RedirectResponse(there, 303, {"cache-control": "no-store"})
    if not await asyncio.to_thread(services.auth.accounts.login_needed):
        return answer(token_page(there=there))
    return answer(login_page(there=there))


@router.post("/login")
async def log_in(services: Use, request: Request) -> Response:
    """Log a browser in."""
    auth, form = services.auth, await _form(request)
    there = inside(form.get("next", "/"))
    if "token" in form:
        return _by_token(request, auth, form["token"], there)
    name, password = form.get("name", "")[:100], form.get("password", "")
    limits: Limits = request.app.state.limits
    who, address = name.casefold().strip(), address_of(request)
    async with limits.checking_passwords:
        allowed = (
            limits.may(rates.WRONG_LOGINS, who, address)
            and limits.may(rates.WRONG_LOGINS_NAME, who)
            and limits.may(rates.WRONG_LOGINS_ADDRESS, address)
        )
        if not allowed:
            return answer(login_page(there=there, name=name, error=_TOO_OFTEN), 429)
        person = await asyncio.to_thread(auth.accounts.verify_password, name, password)
        if person is None:
            limits.hit(rates.WRONG_LOGINS, who, address)
            limits.hit(rates.WRONG_LOGINS_NAME, who)
            limits.hit(rates.WRONG_LOGINS_ADDRESS, address)
    if person is None:
        await note_action(auth, request, NOBODY, Action.LOGIN_FAILED, name)
        return answer(login_page(there=there, name=name, error=_WRONG), 401)
    return await _begin(auth, request, person, there, Action.LOGIN)


@router.post("/logout")
async def logout(services: Use, request: Request, asker: Asker) -> Response:
    """Log this browser out."""
    secret = cookie_of(request.headers, COOKIE)
    if secret:
        await asyncio.to_thread(services.auth.logins.end, secret)
    if asker is not NOBODY:
        await note_action(services.auth, request, asker, Action.LOGOUT)
    response = RedirectResponse("/login", 303, {"cache-control": "no-store"})
    response.delete_cookie(COOKIE)
    response.delete_cookie(PAGE_COOKIE)
    return response


@router.get("/invitation")
async def invitation(services: Use, token: str = "") -> Response:
    """Let somebody choose name and password."""
    found = await asyncio.to_thread(services.auth.invitations.of, token)
    if found is None:
        return answer(message_page("This link is over", _GONE, link=("/", "Open Refrain")), 404)
    known = found.person is not None
    return answer(invitation_page(secret=token, name=found.name, known=known))


@router.post("/invitation")
async def accept_invitation(services: Use, request: Request) -> Response:
    """Become a person of this installation, and be logged in."""
    auth, form = services.auth, await _form(request)
    secret = form.get("token", "")
    found = await asyncio.to_thread(auth.invitations.of, secret)
    if found is None:
        return answer(message_page("This link is over", _GONE, link=("/", "Open Refrain")), 404)
    name, password = form.get("name", ""), form.get("password", "")
    error = "" if password == form.get("again") else "The two passwords are not the same."
    if not error:
        try:
            person = await asyncio.to_thread(
                auth.invitations.accept, secret, name=name, password=password
            )
        except (KnowledgeError, ServerError) as problem:
            error = str(problem)
        else:
            if found.person is not None:  # whoever knew the old password is out
                await asyncio.to_thread(auth.logins.end_all, person.id)
            return await _begin(auth, request, person, "/", Action.INVITATION_USED)
    known = found.person is not None
    return answer(invitation_page(secret=secret, name=found.name, known=known, error=error), 422)


def inside(there: str) -> str:
    """A path of this server to go on to; "/" for anything that might lead elsewhere."""
    return there if _INSIDE.fullmatch(there) else "/"


async def _begin(
    auth: AuthParts, request: Request, person: Person, there: str, action: Action
) -> Response:
    agent = request.headers.get("user-agent", "")
    secret = await asyncio.to_thread(
        auth.logins.begin, person, agent=agent, address=address_of(request)
    )
    identity: Identity = identity_in_browser(person)
    await note_action(auth, request, identity, action)
    response = RedirectResponse(there, 303, {"cache-control": "no-store"})
    _set_cookie(response, request, auth, COOKIE, secret, VALID_S)
    return response


def _by_token(request: Request, auth: AuthParts, presented: str, there: str) -> Response:
    token: AccessToken = request.app.state.access_token
    limits: Limits = request.app.state.limits
    if not limits.may(rates.WRONG_LOGINS_ADDRESS, address_of(request)):
        return answer(token_page(there=there, error=_TOO_OFTEN), 429)
    if not token.required or not token.accepts(presented.strip()):
        limits.hit(rates.WRONG_LOGINS_ADDRESS, address_of(request))
        return answer(token_page(there=there, error="That is not the token."), 401)
    response = RedirectResponse(there, 303, {"cache-control": "no-store"})
    _set_cookie(response, request, auth, PAGE_COOKIE, token.cookie, 365 * 86_400)
    return response


def _set_cookie(
    response: Response, request: Request, auth: AuthParts, name: str, value: str, max_age: int
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=max_age,
        httponly=True,
        # "lax", so that who comes from a program that asks for access need not log in again.
        samesite="lax",
        secure=base_of(request, auth.public_url).startswith("https:"),
    )


async def _form(request: Request) -> dict[str, str]:
    form = await request.form(max_fields=_FIELDS, max_files=0)
    return {key: value for key, value in form.items() if isinstance(value, str)}
