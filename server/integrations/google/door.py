"""`POST /google/fulfillment`: what Google sends for whoever linked their account.

The request carries an access token of ours and no signature of Google's: the token is all that
there is to check (Cloud-to-cloud, intent fulfilment).
"""

import asyncio
import logging
from typing import Any, Final

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.auth.bearer import identity_of_bearer
from server.auth.identity import Identity, Permission, acting_for, identify
from server.auth.parts import AuthParts
from server.errors import BadRequest, problem_of
from server.integrations.google.fulfilment import Fulfilment
from server.integrations.google.messages import RequestIn
from server.services import Services

_LOG = logging.getLogger(__name__)
PATH: Final = "/google/fulfillment"


class GoogleDoor:
    """Answers Google. Holds which playlist was chosen last on each speaker."""

    def __init__(self) -> None:
        self._fulfilment: tuple[Services, Fulfilment] | None = None

    def route(self) -> Route:
        """The route to add to an application."""
        return Route(PATH, self.answer, methods=["POST"])

    async def answer(self, request: Request) -> Response:
        """Answer one request; 401 when the token is none of ours, so that Google refreshes it."""
        services: Services = request.app.state.services
        token = _bearer(request)
        identity = await identity_of_bearer(services.auth, request, token) if token else None
        if identity is None or not identity.may(Permission.LISTEN):
            return JSONResponse(
                {"error": {"code": "not_authorised", "message": "Link the account again."}},
                401,
                {"www-authenticate": 'Bearer realm="refrain", error="invalid_token"'},
            )
        identify(request, identity)
        try:
            wanted = RequestIn.model_validate_json(await request.body())
        except ValidationError:
            problem = problem_of(BadRequest("This is no request of Google's."))
            return JSONResponse(problem.body(), problem.status)
        with acting_for(identity):
            payload = await self._payload(services, wanted, identity, token)
        if payload is None:
            return JSONResponse({})
        return JSONResponse({"requestId": wanted.request_id, "payload": payload})

    async def _payload(
        self, services: Services, wanted: RequestIn, identity: Identity, token: str
    ) -> dict[str, Any] | None:
        if self._fulfilment is None or self._fulfilment[0] is not services:
            self._fulfilment = (services, Fulfilment(services))
        fulfilment, asked = self._fulfilment[1], wanted.inputs[0]
        match asked.intent:
            case "action.devices.SYNC":
                return await fulfilment.sync(identity)
            case "action.devices.QUERY":
                return await fulfilment.query(asked.payload)
            case "action.devices.EXECUTE":
                return await fulfilment.execute(asked.payload, identity)
            case "action.devices.DISCONNECT":
                await asyncio.to_thread(_unlink, services.auth, token)
                return None
        return {"errorCode": "notSupported"}


def _bearer(request: Request) -> str:
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    return value.strip() if scheme.lower() == "bearer" else ""


def _unlink(auth: AuthParts, token: str) -> None:
    """The account was unlinked: nothing of this link is good any more."""
    claims = auth.tokens.read(token) or {}
    grant = claims.get("grant")
    if isinstance(grant, int):
        auth.grants.revoke(grant)
