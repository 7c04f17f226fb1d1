"""`POST /alexa`: what Amazon sends to the skill."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from server.auth.bearer import identity_of_bearer
from server.auth.identity import Identity
from server.errors import BadRequest, problem_of
from server.integrations.alexa.certificates import NotFromAlexa
from server.integrations.alexa.messages import Envelope
from server.integrations.alexa.skill import AlexaSkill
from server.integrations.alexa.verification import Verifier
from server.services import Services

_LOG = logging.getLogger(__name__)
PATH: Final = "/alexa"


class AlexaDoor:
    """Lets requests in that Amazon signed for our skill. Made before the services are open."""

    def __init__(self, skill_id: str, *, verifier: Verifier | None = None) -> None:
        """Answer for this skill.

        Args:
            skill_id: of our skill; no other is answered.
            verifier: tells Amazon's requests from others; by default with public roots.
        """
        self._skill_id = skill_id
        self._verifier = verifier or Verifier()
        self._services: Services | None = None
        self._skill: AlexaSkill | None = None

    def route(self) -> Route:
        """The route to add to an application."""
        return Route(PATH, self.answer, methods=["POST"])

    @asynccontextmanager
    async def open(self, services: Services) -> AsyncIterator[None]:
        """Answer with these services until the block ends."""
        self._services, self._skill = services, AlexaSkill(services)
        try:
            yield
        finally:
            await self._skill.close()
            self._services = self._skill = None

    async def answer(self, request: Request) -> Response:
        """Answer one request; 400 when it is not proved to be Amazon's and for us."""
        body = await request.body()
        try:
            envelope = await self._checked(request, body)
        except NotFromAlexa as error:
            _LOG.warning("a request to the Alexa skill was refused: %s", error)
            problem = problem_of(BadRequest("This is no request of Alexa's to this skill."))
            return JSONResponse(problem.body(), problem.status)
        skill, services = self._skill, self._services
        if skill is None or services is None:
            raise BadRequest("The skill is not open yet.")

        async def who(token: str) -> Identity | None:
            return await identity_of_bearer(services.auth, request, token, path=PATH)

        return JSONResponse(await skill.answer(envelope, who))

    async def _checked(self, request: Request, body: bytes) -> Envelope:
        await self._verifier.check(request.headers, body)
        try:
            envelope = await asyncio.to_thread(Envelope.model_validate_json, body)
        except ValidationError as error:
            raise NotFromAlexa("it is no request that we know") from error
        self._verifier.check_time(envelope.request.timestamp)
        if not self._skill_id or envelope.application_id != self._skill_id:
            raise NotFromAlexa("it is for another skill; see alexa.skill_id")
        self._verifier.check_new(body, envelope.request.timestamp)
        return envelope
