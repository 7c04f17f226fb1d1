"""Services in the network: how they are, people's accounts, and what they say of a recording."""

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from knowledge.errors import NotInLibrary
from knowledge.people.current import current_person
from knowledge.sources.listenbrainz import ListenBrainzAccount
from knowledge.sources.scrobbling.models import ScrobbleService
from knowledge.sources.service_status import ServiceState
from server.auth.identity import Permission, needs
from server.errors import BadRequest, NotFound
from server.routers.services import Use
from server.services import Services
from server.sources.reports import ServiceName, ServiceReport, reports
from server.wire import Id

router = APIRouter(prefix="/api", tags=["services"])
_OUT = ConfigDict(frozen=True)
_IN = ConfigDict(frozen=True, extra="forbid")
_SEES = Depends(needs(Permission.LISTEN))
_CONNECTS = Depends(needs(Permission.HISTORY))
_CHANGES = Depends(needs(Permission.LIBRARY))
Token = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[!-~]+$")]


class AccountOut(BaseModel):
    model_config = _OUT
    connected: bool
    user: str
    waiting: int
    """Listens that are still to be told."""
    sent: int
    refused: int


class ServiceOut(BaseModel):
    """One service."""

    model_config = _OUT
    name: ServiceName
    title: str
    state: ServiceState
    knows: str
    problem: str
    next_step: str
    done: int | None
    total: int | None
    account: AccountOut | None

    @classmethod
    def of(cls, report: ServiceReport) -> "ServiceOut":
        mine = report.account
        return cls(
            name=report.name,
            title=report.title,
            state=report.state,
            knows=report.knows,
            problem=report.problem,
            next_step=report.next_step,
            done=report.done,
            total=report.total,
            account=None
            if mine is None
            else AccountOut(
                connected=mine.connected,
                user=mine.user,
                waiting=mine.waiting,
                sent=mine.sent,
                refused=mine.refused,
            ),
        )


class ServicesOut(BaseModel):
    model_config = _OUT
    items: tuple[ServiceOut, ...]


class TokenIn(BaseModel):
    model_config = _IN
    token: Token


class LoginOut(BaseModel):
    """A login that the user goes on with elsewhere."""

    model_config = _OUT
    token: str
    url: str


class FactOut(BaseModel):
    """What a service says of a recording, beside the user's own tag."""

    model_config = _OUT
    source: str
    field: str
    value: str
    own: str
    """What the tags say; empty when they say nothing."""
    agrees: bool
    in_use: bool
    """Whether it is shown where the tags say nothing."""
    refused: bool
    certainty: float


class FactsOut(BaseModel):
    model_config = _OUT
    items: tuple[FactOut, ...]


class RefusalIn(BaseModel):
    model_config = _IN
    refused: bool


@router.get("/services", dependencies=[_SEES])
async def services_shown(services: Use) -> ServicesOut:
    """Every service: on or off, how it is, what it knows, what to do next."""
    return await _shown(services)


@router.post("/services/listenbrainz/account", dependencies=[_CONNECTS])
async def connect_listenbrainz(services: Use, wanted: TokenIn) -> ServicesOut:
    """Tell one's account there what one listens to, from now on."""
    sources, person = services.sources, current_person()
    account = ListenBrainzAccount(sources.clients.listenbrainz, wanted.token)
    user = await sources.run(account.validate)
    key = {"token": wanted.token, "user": user}
    await run_in_threadpool(sources.scrobbling.connect, "listenbrainz", person, key)
    return await _shown(services)


@router.post("/services/lastfm/login", dependencies=[_CONNECTS])
async def begin_lastfm(services: Use) -> LoginOut:
    """Begin to connect an account: the user lets us in at `url`, then `token` is sent back."""
    lastfm = services.sources.lastfm
    if lastfm is None:
        raise BadRequest(
            "Last.fm needs the key of your own application.",
            next_step="Set REFRAIN_SOURCES__LASTFM_KEY and REFRAIN_SOURCES__LASTFM_SECRET.",
        )
    token = await services.sources.run(lastfm.token)
    return LoginOut(token=token, url=lastfm.authorise_url(token))


@router.post("/services/lastfm/account", dependencies=[_CONNECTS])
async def connect_lastfm(services: Use, wanted: TokenIn) -> ServicesOut:
    """End a login that the user has let in; see `begin_lastfm`."""
    sources, person = services.sources, current_person()
    lastfm = sources.lastfm
    if lastfm is None:
        raise BadRequest("Last.fm needs the key of your own application.")
    session, user = await sources.run(lambda: lastfm.session(wanted.token))
    key = {"session": session, "user": user}
    await run_in_threadpool(sources.scrobbling.connect, "lastfm", person, key)
    return await _shown(services)


@router.delete("/services/{name}/account", status_code=204, dependencies=[_CONNECTS])
async def disconnect(services: Use, name: Literal["listenbrainz", "lastfm"]) -> Response:
    """Tell an account nothing more, and forget its key."""
    service: ScrobbleService = name
    forget = services.sources.scrobbling.disconnect
    if not await asyncio.to_thread(forget, service, current_person()):
        raise NotFound("There is no such account.")
    return Response(status_code=204)


@router.get("/tracks/{track_id}/facts", dependencies=[_SEES])
def facts(services: Use, track_id: Id) -> FactsOut:
    """What services say of a recording; the user's own tags are never changed."""
    services.catalog.track(track_id)
    found = services.sources.completions.of(track_id)
    return FactsOut(
        items=tuple(
            FactOut(
                source=one.source,
                field=one.field,
                value=one.value,
                own=one.own,
                agrees=one.agrees,
                in_use=one.in_use,
                refused=one.state == "refused",
                certainty=one.certainty,
            )
            for one in found
        )
    )


@router.post("/tracks/{track_id}/facts/discogs", dependencies=[_CHANGES])
async def ask_discogs(services: Use, track_id: Id) -> FactsOut:
    """Ask Discogs about the release of a recording, now."""
    if not services.settings.sources.discogs:
        raise BadRequest(
            "Discogs is switched off.",
            next_step="Set sources.discogs = true in config.toml, then start again.",
        )
    await services.sources.run(lambda: services.sources.ask_discogs(track_id))
    return await run_in_threadpool(facts, services, track_id)


@router.put("/tracks/{track_id}/facts/{source}/{field}", dependencies=[_CHANGES])
def refuse_fact(
    services: Use,
    track_id: Id,
    source: Annotated[str, Field(max_length=16)],
    field: Annotated[str, Field(max_length=24)],
    wanted: RefusalIn,
) -> FactsOut:
    """Never use what a service says, or use it after all."""
    done = services.sources.completions.refuse(track_id, source, field, refused=wanted.refused)
    if not done:
        raise NotInLibrary("No service says that of this recording.")
    services.library_changed()
    return facts(services, track_id)


async def _shown(services: Services) -> ServicesOut:
    found = await run_in_threadpool(reports, services.sources, current_person())
    return ServicesOut(items=tuple(ServiceOut.of(one) for one in found))
