"""What comes in for a person: browsers, programs, apps; and programs that were added here."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from knowledge.people.current import HOUSEHOLD, PersonId
from server.auth.audit import Action
from server.auth.identity import Asker, Identity, Permission
from server.auth.oauth.clients import (
    LINKING_GRACE_S,
    AuthMethod,
    Client,
    GrantType,
    NewClient,
)
from server.auth.parts import AuthParts
from server.auth.scopes import ORDINARY, text_of
from server.errors import BadRequest, NotFound
from server.routers.oauth_pages import note_action
from server.routers.services import Use
from server.wire import Id

router = APIRouter(prefix="/api", tags=["people"])
_IN = ConfigDict(frozen=True, extra="forbid")
Kind = Literal["browsers", "programs", "app-passwords"]


class DeviceOut(BaseModel):
    """Something that comes in for a person."""

    kind: Kind
    id: int
    name: str
    detail: str
    """What it may, or where a browser was last."""
    created_at: float
    """Seconds since 1970."""
    used_at: float | None


class AppPasswordIn(BaseModel):
    """The app that a password shall be for."""

    model_config = _IN
    name: Annotated[str, Field(max_length=200)]
    permissions: list[Permission] | None = None
    """By default everything but "admin"."""


class AppPasswordOut(BaseModel):
    """A new one; the password is told only here."""

    device: DeviceOut
    username: str
    password: str


class ClientIn(BaseModel):
    """A program that shall be let in, such as an Alexa skill's account linking."""

    model_config = _IN
    name: Annotated[str, Field(max_length=200)]
    redirect_uris: Annotated[list[Annotated[str, Field(max_length=600)]], Field(max_length=10)] = []
    permissions: list[Permission] | None = None
    acts_for: int | None = None
    """For client_credentials: the person for whom it acts, 1 is the household."""
    devices: bool = False
    """Whether it has no keyboard, and shows a code instead."""


class ClientOut(BaseModel):
    """A program that we know."""

    id: str
    name: str
    redirect_uris: list[str]
    grant_types: list[str]
    scope: str
    registered: bool
    """It registered itself."""
    created_at: float
    secret: str = ""
    """Told only once, when it is made."""


@router.get("/devices")
async def devices(services: Use, asker: Asker) -> list[DeviceOut]:
    """All that comes in for whoever asks."""
    return await asyncio.to_thread(devices_of, services.auth, asker.person)


def devices_of(auth: AuthParts, person: PersonId) -> list[DeviceOut]:
    """Browsers, programs and passwords of apps of one person."""
    browsers = [
        DeviceOut(
            kind="browsers",
            id=one.id,
            name=one.agent or "A browser",
            detail=one.address,
            created_at=one.created_at,
            used_at=one.seen_at,
        )
        for one in auth.logins.of(person)
    ]
    programs = [
        DeviceOut(
            kind="programs",
            id=one.id,
            name=one.client_name,
            detail=text_of(one.permissions),
            created_at=one.created_at,
            used_at=one.used_at,
        )
        for one in auth.grants.of(person)
    ]
    passwords = [
        DeviceOut(
            kind="app-passwords",
            id=one.id,
            name=one.name,
            detail=text_of(one.permissions),
            created_at=one.created_at,
            used_at=one.used_at,
        )
        for one in auth.app_passwords.of(person)
    ]
    return browsers + programs + passwords


def end_device(auth: AuthParts, person: PersonId, kind: Kind, which: int) -> str:
    """Let something of a person in no more; what it was called is returned.

    Raises:
        NotFound: there is no such thing of theirs.
    """
    if kind == "browsers":
        auth.logins.end_one(person, which)
        return "a browser"
    if kind == "app-passwords":
        return auth.app_passwords.revoke(person, which).name
    grant = auth.grants.open(which)
    if grant is None or not auth.grants.revoke(which, person=person):
        raise NotFound("There is no such program.")
    return grant.client_name


_ENDED = {
    "browsers": Action.BROWSER_ENDED,
    "programs": Action.ACCESS_REVOKED,
    "app-passwords": Action.APP_PASSWORD_REVOKED,
}


@router.delete("/devices/{kind}/{device_id}", status_code=204)
async def end(services: Use, request: Request, asker: Asker, kind: Kind, device_id: Id) -> Response:
    """Let it in no more."""
    name = await asyncio.to_thread(end_device, services.auth, asker.person, kind, device_id)
    await note_action(services.auth, request, asker, _ENDED[kind], name)
    return Response(status_code=204)


@router.post("/devices/app-passwords", status_code=201)
async def make_app_password(
    services: Use, request: Request, asker: Asker, wanted: AppPasswordIn
) -> AppPasswordOut:
    """A password for one app; it is shown this once."""
    auth = services.auth
    if asker.person == HOUSEHOLD:
        raise BadRequest(
            "Apps log in with a name, and the household has none.",
            next_step="Add a person first: refrain people add NAME",
        )
    permissions = _within(asker, wanted.permissions)
    made, secret = await asyncio.to_thread(
        auth.app_passwords.make, asker.person, wanted.name, permissions=permissions
    )
    await note_action(auth, request, asker, Action.APP_PASSWORD_MADE, made.name)
    device = DeviceOut(
        kind="app-passwords",
        id=made.id,
        name=made.name,
        detail=text_of(made.permissions),
        created_at=made.created_at,
        used_at=None,
    )
    return AppPasswordOut(device=device, username=asker.name, password=secret)


@router.get("/clients")
async def clients(services: Use) -> list[ClientOut]:
    """The programs that we know, whoever let them in."""
    return [_client_out(one) for one in await asyncio.to_thread(services.auth.clients.all)]


@router.post("/clients", status_code=201)
async def add_client(services: Use, request: Request, asker: Asker, wanted: ClientIn) -> ClientOut:
    """Let a program in that cannot register itself."""
    auth = services.auth
    new = new_client(
        wanted.name,
        tuple(wanted.redirect_uris),
        _within(asker, wanted.permissions),
        acts_for=None if wanted.acts_for is None else PersonId(wanted.acts_for),
        devices=wanted.devices,
    )
    if new.person is not None:
        await asyncio.to_thread(auth.accounts.by_id, new.person)
    client, secret = await asyncio.to_thread(auth.clients.add, new)
    await note_action(auth, request, asker, Action.CLIENT_ADDED, client.name)
    return _client_out(client, secret)


def new_client(
    name: str,
    redirect_uris: tuple[str, ...],
    permissions: frozenset[Permission],
    *,
    acts_for: PersonId | None = None,
    devices: bool = False,
) -> NewClient:
    """A program by what it needs: an address to come back to, somebody to act for, or a code."""
    grant_types: set[GrantType] = set()
    if redirect_uris:
        grant_types |= {GrantType.CODE, GrantType.REFRESH}
    if acts_for is not None:
        grant_types.add(GrantType.CLIENT)
    if devices:
        grant_types |= {GrantType.DEVICE, GrantType.REFRESH}
    keeps_secret = bool(redirect_uris) or acts_for is not None
    return NewClient(
        name=name,
        redirect_uris=redirect_uris,
        grant_types=frozenset(grant_types),
        auth_method=AuthMethod.BASIC if keeps_secret else AuthMethod.NONE,
        permissions=permissions,
        person=acts_for,
        grace_s=LINKING_GRACE_S,
    )


@router.delete("/clients/{client_id}", status_code=204)
async def remove_client(services: Use, request: Request, asker: Asker, client_id: str) -> Response:
    """Let a program in no more, whoever allowed it."""
    auth = services.auth
    client = await asyncio.to_thread(auth.clients.by_id, client_id)
    if client is None or not await asyncio.to_thread(auth.clients.remove, client_id):
        raise NotFound("There is no such program.")
    await note_action(auth, request, asker, Action.CLIENT_REMOVED, client.name)
    return Response(status_code=204)


def _within(asker: Identity, wanted: list[Permission] | None) -> frozenset[Permission]:
    given = ORDINARY if wanted is None else frozenset(wanted)
    return frozenset(one for one in given if asker.may(one))


def _client_out(client: Client, secret: str = "") -> ClientOut:
    return ClientOut(
        id=client.id,
        name=client.name,
        redirect_uris=list(client.redirect_uris),
        grant_types=sorted(client.grant_types),
        scope=text_of(client.permissions),
        registered=client.registered,
        created_at=client.created_at,
        secret=secret,
    )
