"""What programs may know of us before they ask for anything: metadata and the public key."""

import asyncio
from typing import Final

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from server.auth.base_url import base_of
from server.auth.oauth.metadata import resource_metadata, server_metadata
from server.errors import NotFound
from server.routers.services import Use

router = APIRouter(tags=["OAuth"])
_KNOWN_TO_ALL: Final = {"cache-control": "public, max-age=300"}


@router.get("/.well-known/oauth-authorization-server")
@router.get("/.well-known/openid-configuration", include_in_schema=False)
async def authorization_server(services: Use, request: Request) -> JSONResponse:
    """What clients may know of the authorization server (RFC 8414)."""
    base = base_of(request, services.auth.public_url)
    return JSONResponse(server_metadata(base), headers=_KNOWN_TO_ALL)


@router.get("/.well-known/oauth-protected-resource")
@router.get("/.well-known/oauth-protected-resource/{part:path}", include_in_schema=False)
async def protected_resource(services: Use, request: Request, part: str = "") -> JSONResponse:
    """What clients may know of this server as a resource (RFC 9728)."""
    base = base_of(request, services.auth.public_url)
    found = resource_metadata(base, f"/{part}" if part else "")
    if found is None:
        raise NotFound("There is no such resource.")
    return JSONResponse(found, headers=_KNOWN_TO_ALL)


@router.get("/oauth/jwks.json")
@router.get("/.well-known/jwks.json", include_in_schema=False)
async def key_set(services: Use) -> JSONResponse:
    """The key by which our access tokens can be checked (RFC 7517)."""
    keys = await asyncio.to_thread(services.auth.tokens.key_set)
    return JSONResponse(keys, headers=_KNOWN_TO_ALL)
