"""Who there is: people, invitations, one's own name and password, and the log of what was done."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from knowledge.people.accounts import Person
from knowledge.people.current import HOUSEHOLD, PersonId
from knowledge.people.erasure import Erasure
from server.auth import limits as rates
from server.auth.audit import Action, AuditEntry
from server.auth.base_url import base_of
from server.auth.guard import address_of
from server.auth.identity import Asker, Permission
from server.auth.invitations import Invitation
from server.auth.limits import Limits
from server.auth.logins import COOKIE
from server.auth.presented import cookie_of
from server.errors import BadRequest, NotPermitted, TooManyRequests
from server.routers.oauth_pages import note_action
from server.routers.services import Use
from server.wire import Id

router = APIRouter(prefix="/api", tags=["people"])
_IN = ConfigDict(frozen=True, extra="forbid")
_Name = Annotated[str, Field(max_length=200)]
_Password = Annotated[str, Field(max_length=1_000)]


class WhoOut(BaseModel):
    """Who asks."""

    name: str
    """"" is the household."""
    is_admin: bool
    permissions: list[str]
    login_needed: bool
    """Whether people log in here."""
    has_password: bool
    client: str
    """The program or device that asks; "" for the page."""


class PersonOut(BaseModel):
    """Somebody who uses this installation."""

    id: int
    name: str
    is_admin: bool
    has_password: bool
    created_at: float
    """Seconds since 1970."""

    @classmethod
    def of(cls, person: Person) -> "PersonOut":
        return cls(
            id=person.id,
            name=person.name,
            is_admin=person.is_admin,
            has_password=person.has_password,
            created_at=person.created_at,
        )


class PersonIn(BaseModel):
    """Somebody new."""

    model_config = _IN
    name: _Name
    password: _Password | None = None
    is_admin: bool | None = None


class PersonChangeIn(BaseModel):
    """What shall be different."""

    model_config = _IN
    name: _Name | None = None
    is_admin: bool | None = None


class PasswordIn(BaseModel):
    """A new password, and the one before."""

    model_config = _IN
    current: _Password
    new: _Password


class InvitationIn(BaseModel):
    """For whom a link shall be."""

    model_config = _IN
    name: _Name = ""
    is_admin: bool = False


class InvitationOut(BaseModel):
    """A link that is open; its address is told only once."""

    id: int
    name: str
    is_admin: bool
    renews: bool
    """It sets a new password for somebody who is there already."""
    expires_at: float
    url: str = ""


class AuditOut(BaseModel):
    """A line of the log."""

    id: int
    at: float
    """Seconds since 1970."""
    who: str
    action: str
    what: str
    address: str
    client: str

    @classmethod
    def of(cls, entry: AuditEntry) -> "AuditOut":
        return cls(
            id=entry.id,
            at=entry.at,
            who=entry.who,
            action=entry.action,
            what=entry.what,
            address=entry.address,
            client=entry.client,
        )


@router.get("/whoami")
async def whoami(services: Use, asker: Asker) -> WhoOut:
    """Who asks, and what they may."""
    needed = await asyncio.to_thread(services.accounts.login_needed)
    person = services.accounts.known().get(asker.person)
    return WhoOut(
        name=asker.name,
        is_admin=asker.may(Permission.ADMIN),
        permissions=[one.value for one in Permission if one in asker.permissions],
        login_needed=needed,
        has_password=person is not None and person.has_password,
        client=asker.client,
    )


@router.put("/me/password", status_code=204)
async def change_password(
    services: Use, request: Request, asker: Asker, wanted: PasswordIn
) -> Response:
    """Choose a new password; other browsers are logged out."""
    if asker.person == HOUSEHOLD:
        raise BadRequest("The household has no password; it comes in with the access token.")
    limits: Limits = request.app.state.limits
    who = (asker.name.casefold(), address_of(request))
    accounts = services.accounts
    async with limits.checking_passwords:
        if not limits.may(rates.WRONG_LOGINS, *who):
            raise TooManyRequests("That was wrong too often.")
        right = await asyncio.to_thread(accounts.verify_password, asker.name, wanted.current)
        if right is None:
            limits.hit(rates.WRONG_LOGINS, *who)
    if right is None:
        raise NotPermitted("That is not your password.", next_step="Type it again.")
    await asyncio.to_thread(accounts.set_password, asker.person, wanted.new)
    here = cookie_of(request.headers, COOKIE)
    await asyncio.to_thread(services.auth.logins.end_all, asker.person, but=here)
    await note_action(services.auth, request, asker, Action.PASSWORD_CHANGED)
    return Response(status_code=204)


@router.get("/people")
async def everybody(services: Use) -> list[PersonOut]:
    """Everybody but the household."""
    return [PersonOut.of(one) for one in await asyncio.to_thread(services.accounts.all)]


@router.post("/people", status_code=201)
async def add_person(services: Use, request: Request, asker: Asker, wanted: PersonIn) -> PersonOut:
    """Add somebody; without a password they cannot log in, but own what they play."""
    person = await asyncio.to_thread(
        services.accounts.add, wanted.name, password=wanted.password, admin=wanted.is_admin
    )
    await note_action(services.auth, request, asker, Action.PERSON_ADDED, person.name)
    return PersonOut.of(person)


@router.patch("/people/{person_id}")
async def change_person(
    services: Use, request: Request, asker: Asker, person_id: Id, wanted: PersonChangeIn
) -> PersonOut:
    """Rename somebody, or let them change everything, or no more."""
    whose, accounts = PersonId(person_id), services.accounts
    person = await asyncio.to_thread(accounts.by_id, whose)
    if wanted.name is not None:
        person = await asyncio.to_thread(accounts.rename, whose, wanted.name)
    if wanted.is_admin is not None:
        person = await asyncio.to_thread(accounts.set_admin, whose, admin=wanted.is_admin)
    rights = "administrator" if person.is_admin else "no administrator"
    said = f"{person.name}, {rights}"
    await note_action(services.auth, request, asker, Action.PERSON_CHANGED, said)
    return PersonOut.of(person)


@router.delete("/people/{person_id}", status_code=204)
async def remove_person(services: Use, request: Request, asker: Asker, person_id: Id) -> Response:
    """Take somebody out, with everything that is kept of them."""
    whose = PersonId(person_id)
    if whose == HOUSEHOLD:
        raise BadRequest("The household stays.", next_step="To empty it: refrain erase")
    person = await asyncio.to_thread(services.accounts.by_id, whose)
    await services.forget(whose)
    erasure = Erasure(services.database, services.settings.data)
    await asyncio.to_thread(erasure.erase, whose)
    await services.forget(whose)
    services.library_changed()
    if asker.person != whose:
        await note_action(services.auth, request, asker, Action.PERSON_REMOVED, person.name)
    return Response(status_code=204)


@router.post("/people/{person_id}/invitation", status_code=201)
async def renew_password(
    services: Use, request: Request, asker: Asker, person_id: Id
) -> InvitationOut:
    """A link by which somebody chooses a new password."""
    auth = services.auth
    person = await asyncio.to_thread(services.accounts.by_id, PersonId(person_id))
    if person.id == HOUSEHOLD:
        raise BadRequest("The household has no password.")
    invitation, secret = await asyncio.to_thread(auth.invitations.renew, person)
    await note_action(auth, request, asker, Action.INVITED, f"{person.name}, a new password")
    return _shown(invitation, f"{base_of(request, auth.public_url)}/invitation?token={secret}")


@router.post("/invitations", status_code=201)
async def invite(
    services: Use, request: Request, asker: Asker, wanted: InvitationIn
) -> InvitationOut:
    """A link for somebody new; good for a week, and once."""
    auth = services.auth
    invitation, secret = await asyncio.to_thread(
        auth.invitations.make, name=wanted.name, admin=wanted.is_admin
    )
    await note_action(auth, request, asker, Action.INVITED, invitation.name)
    return _shown(invitation, f"{base_of(request, auth.public_url)}/invitation?token={secret}")


@router.get("/invitations")
async def invitations(services: Use) -> list[InvitationOut]:
    """The links that are open."""
    found = await asyncio.to_thread(services.auth.invitations.all)
    return [_shown(one, "") for one in found]


@router.delete("/invitations/{invitation_id}", status_code=204)
async def take_back(services: Use, invitation_id: Id) -> Response:
    """Close a link."""
    await asyncio.to_thread(services.auth.invitations.revoke, invitation_id)
    return Response(status_code=204)


@router.get("/audit")
async def audit(
    services: Use,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    before: Annotated[int | None, Query(ge=1, le=2**53)] = None,
) -> list[AuditOut]:
    """Who did what, when and from where; the newest first."""
    found = await asyncio.to_thread(services.auth.audit.entries, limit=limit, before=before)
    return [AuditOut.of(one) for one in found]


def _shown(invitation: Invitation, url: str) -> InvitationOut:
    return InvitationOut(
        id=invitation.id,
        name=invitation.name,
        is_admin=invitation.is_admin,
        renews=invitation.person is not None,
        expires_at=invitation.expires_at,
        url=url,
    )
