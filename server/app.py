"""The application: services opened in the lifespan, routers, the page, one shape of errors."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Route

from agent.errors import AgentError
from knowledge.errors import KnowledgeError
from server.auth.authentication import Authentication
from server.auth.challenge import Challenge
from server.auth.client_secrets import ClientSecrets
from server.auth.guard import Guard
from server.auth.hosts import KnownHosts
from server.auth.keys import open_key
from server.auth.limits import Limits
from server.auth.oauth.errors import OAuthError
from server.auth.signed_urls import SignedUrls
from server.auth.tokens import AccessToken, open_token
from server.errors import Problem, ServerError, TurnNotDone, problem_of
from server.integrations.mcp import door as mcp_door
from server.integrations.siri import route as siri
from server.integrations.subsonic.door import SubsonicDoor
from server.opening import open_services
from server.page import Page
from server.routers import (
    chat_completions,
    client_secrets,
    covers_search,
    devices,
    docs,
    health,
    heard,
    humming,
    imports,
    index,
    library,
    login,
    lyrics,
    me,
    meaning,
    media,
    metrics,
    oauth,
    oauth_metadata,
    oauth_pages,
    openai,
    people,
    player,
    playlists,
    queue,
    realtime,
    recognition,
    recommend,
    rooms,
    sound,
    sources,
    speech,
    spotify,
    spotify_login,
    stations,
    statistics,
    taste,
    timeline,
    timers,
    transcriptions,
)
from server.routers.imports import MAX_IMPORT_MB
from server.routers.recognition import MAX_PACK_MB
from server.routers.server_sent import openai_body
from server.services import Services
from server.settings import Settings
from server.version import VERSION
from server.wire import ErrorOut
from tools.errors import ToolError
from voice.errors import VoiceError

if TYPE_CHECKING:
    from server.integrations.alexa.door import AlexaDoor

_LOG = logging.getLogger(__name__)
WEB = Path(__file__).parent / "web"
_ROUTERS = (
    health,
    library,
    sound,
    lyrics,
    meaning,
    covers_search,
    media,
    queue,
    player,
    rooms,
    playlists,
    me,
    recommend,
    taste,
    recognition,
    humming,
    heard,
    imports,
    timeline,
    timers,
    statistics,
    sources,
    stations,
    spotify,
    spotify_login,
    index,
    openai,
    transcriptions,
    speech,
    chat_completions,
    client_secrets,
    realtime,
    metrics,
    docs,
    login,
    oauth,
    oauth_metadata,
    oauth_pages,
    siri,
    people,
    devices,
)


def create_app(
    settings: Settings,
    *,
    token: AccessToken | None = None,
    services: AbstractAsyncContextManager[Services] | None = None,
    alexa: "AlexaDoor | None" = None,
) -> FastAPI:
    """Make the application.

    Args:
        settings: the configuration.
        token: the secrets to let people in by; by default as configured.
        services: opens the services; by default those of `settings`.
        alexa: answers Alexa where that is switched on; by default with Amazon's certificates.
    """
    mcp = mcp_door.McpDoor()
    if settings.alexa.enabled and alexa is None:
        alexa = _alexa(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with (
            services or open_services(settings) as opened,
            mcp.open(opened),
            nullcontext() if alexa is None else alexa.open(opened),
        ):
            app.state.services = opened
            authentication.open(opened.auth)
            yield

    app = FastAPI(
        title="Refrain",
        version=VERSION,
        summary="A self-hosted music assistant that you talk to",
        lifespan=lifespan,
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        responses={"4XX": {"model": ErrorOut}, "5XX": {"model": ErrorOut}},
    )
    token = token or open_token(settings)
    signed = SignedUrls(open_key(settings.key_file).derived(SignedUrls.PURPOSE))
    app.state.client_secrets = secrets = ClientSecrets()
    app.state.access_token = token
    app.state.limits = limits = Limits()
    authentication = Authentication(token, client_secrets=secrets, signed_urls=signed)
    for module in _ROUTERS:
        app.include_router(module.router)
    if settings.mcp.enabled:
        app.router.routes.extend(Route(path, endpoint=mcp) for path in mcp_door.PATHS)
    if settings.google.enabled:
        app.router.routes.append(_google())
    if alexa is not None:
        app.router.routes.append(alexa.route())
    if settings.subsonic.enabled:
        app.router.routes.extend(SubsonicDoor().routes())
    app.mount("/", Page(WEB))
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(OAuthError, oauth.oauth_error)
    for ours in (ServerError, TurnNotDone, KnowledgeError, ToolError, AgentError, VoiceError):
        app.add_exception_handler(ours, _failed)
    app.add_exception_handler(Exception, _failed)
    public_url, bare = settings.server.public_url, settings.server.bare_401
    app.add_middleware(
        Guard,
        hosts=KnownHosts(settings.server),
        token=token,
        authentication=authentication,
        limits=limits,
        challenge=Challenge(public_url=public_url, bare=bare),
        uploads=_uploads(settings),
    )
    return app


def _alexa(settings: Settings) -> "AlexaDoor":
    from server.integrations.alexa.door import AlexaDoor  # noqa: PLC0415  few have a skill

    return AlexaDoor(settings.alexa.skill_id)


def _google() -> Route:
    from server.integrations.google.door import GoogleDoor  # noqa: PLC0415  few link an account

    return GoogleDoor().route()


def _uploads(settings: Settings) -> dict[str, int]:
    """Paths with large bodies, and how many bytes they may have, with room for a form around."""
    wanted = settings.recognition
    megabytes = {
        "/api/recognise": wanted.max_upload_mb,
        "/api/hum": wanted.max_upload_mb,
        "/api/timeline": wanted.max_timeline_mb,
        "/api/packs": MAX_PACK_MB,
        "/api/imports": MAX_IMPORT_MB,
        transcriptions.ROUTE: settings.voice.max_upload_mb,
        siri.ROUTE: settings.voice.max_upload_mb,
    }
    return {path: size * 1_000_000 + 10_000 for path, size in megabytes.items()}


async def _failed(request: Request, error: Exception) -> JSONResponse:
    problem = problem_of(error)
    if problem.code == "internal_error":
        _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return _answer(request, problem)


async def _bad_request(request: Request, error: Exception) -> JSONResponse:
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    said = "; ".join(
        f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in found[:5]
    )
    problem = Problem(422, "invalid_request", said[:1_000], "See /api/docs for what is expected.")
    return _answer(request, problem)


async def _http_error(request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    headers = error.headers if isinstance(error, HTTPException) else None
    code = {404: "not_found", 405: "method_not_allowed"}.get(status, "bad_request")
    detail = str(error.detail) if isinstance(error, HTTPException) else ""
    problem = Problem(status, code, detail, "See /api/docs for the addresses there are.")
    return _answer(request, problem, headers)


def _answer(
    request: Request, problem: Problem, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """One shape of errors; OpenAI's clients find theirs in it."""
    if not request.url.path.startswith("/v1/"):
        return JSONResponse(problem.body(), problem.status, headers)
    return JSONResponse(openai_body(problem), problem.status, headers)
