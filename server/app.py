"""The application: services opened in the lifespan, routers, the page, one shape of errors."""

import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from agent.errors import AgentError
from knowledge.errors import KnowledgeError
from server.auth.client_secrets import ClientSecrets
from server.auth.guard import Guard
from server.auth.hosts import KnownHosts
from server.auth.tokens import AccessToken, open_token
from server.errors import Problem, ServerError, TurnNotDone, problem_of
from server.page import Page
from server.routers import (
    chat_completions,
    client_secrets,
    covers_search,
    docs,
    health,
    heard,
    humming,
    imports,
    index,
    library,
    lyrics,
    meaning,
    media,
    metrics,
    openai,
    player,
    playlists,
    queue,
    realtime,
    recognition,
    recommend,
    sound,
    speech,
    statistics,
    taste,
    timeline,
    timers,
    transcriptions,
)
from server.routers.imports import MAX_IMPORT_MB
from server.routers.recognition import MAX_PACK_MB
from server.routers.server_sent import openai_body
from server.services import Services, open_services
from server.settings import Settings
from server.version import VERSION
from server.wire import ErrorOut
from tools.errors import ToolError
from voice.errors import VoiceError

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
    playlists,
    recommend,
    taste,
    recognition,
    humming,
    heard,
    imports,
    timeline,
    timers,
    statistics,
    index,
    openai,
    transcriptions,
    speech,
    chat_completions,
    client_secrets,
    realtime,
    metrics,
    docs,
)


def create_app(
    settings: Settings,
    *,
    token: AccessToken | None = None,
    services: AbstractAsyncContextManager[Services] | None = None,
) -> FastAPI:
    """Make the application.

    Args:
        settings: the configuration.
        token: the secrets to let people in by; by default as configured.
        services: opens the services; by default those of `settings`.
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with services or open_services(settings) as opened:
            app.state.services = opened
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
    app.state.client_secrets = secrets = ClientSecrets()
    for module in _ROUTERS:
        app.include_router(module.router)
    app.mount("/", Page(WEB))
    app.add_exception_handler(RequestValidationError, _bad_request)
    app.add_exception_handler(HTTPException, _http_error)
    for ours in (ServerError, TurnNotDone, KnowledgeError, ToolError, AgentError, VoiceError):
        app.add_exception_handler(ours, _failed)
    app.add_exception_handler(Exception, _failed)
    app.add_middleware(
        Guard,
        hosts=KnownHosts(settings.server),
        token=token or open_token(settings),
        client_secrets=secrets,
        uploads=_uploads(settings),
    )
    return app


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
