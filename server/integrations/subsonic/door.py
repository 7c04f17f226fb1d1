"""Everything under /rest/: who asks, which call, and the answer in the wanted form."""

import asyncio
import logging
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from server.auth.audit import Action
from server.auth.identity import acting_for, identify
from server.auth.rate_limit import RateLimit
from server.integrations.subsonic import (  # noqa: F401  they add their calls
    browse,
    lists,
    marks,
    media,
    playlists,
    system,
    words,
)
from server.integrations.subsonic.answer import answered, form_of, refused
from server.integrations.subsonic.call import METHODS, SENDERS, Call
from server.integrations.subsonic.errors import Code, SubsonicError, told
from server.integrations.subsonic.listening_now import ListeningNow
from server.integrations.subsonic.login import who
from server.integrations.subsonic.parameters import Parameters
from server.services import Services

_LOG = logging.getLogger(__name__)
_OPEN = "getOpenSubsonicExtensions"
_WRONG = frozenset({Code.WRONG_PASSWORD, Code.WRONG_KEY})


class SubsonicDoor:
    """Answers apps. Holds what they play just now, and how often somebody failed to log in."""

    def __init__(self, *, wrong_passwords: RateLimit | None = None) -> None:
        """`wrong_passwords` is how often one address may try."""
        self._wrong = wrong_passwords or RateLimit(burst=10, per_s=0.2)
        self._listening_now = ListeningNow()

    def routes(self) -> Iterable[Route]:
        """The routes to add to an application."""
        for path in ("/rest/{call}.view", "/rest/{call}"):
            yield Route(path, self.answer, methods=["GET", "HEAD", "POST"])

    async def answer(self, request: Request) -> Response:
        """Answer one call; an error is an answer, too."""
        form, callback = "xml", ""
        try:
            parameters = await Parameters.of(request)
            callback = parameters.text("callback")
            form = form_of(parameters.text("f"), callback)
            return await self._answered(request, parameters, form, callback)
        except Exception as error:  # noqa: BLE001  the app is told in its own words
            problem = told(error)
            if not isinstance(error, SubsonicError) and problem.code is Code.GENERIC:
                _LOG.warning("a call of an app failed: %s", request.url.path, exc_info=error)
            return refused(problem, form, callback)

    async def _answered(
        self, request: Request, parameters: Parameters, form: str, callback: str
    ) -> Response:
        name = str(request.path_params["call"])
        if name == _OPEN:
            return answered(system.extensions(), form, callback)
        services: Services = request.app.state.services
        call = await self._call(services, request, parameters)
        with acting_for(call.identity):
            if (send := SENDERS.get(name)) is not None:
                response: Response = await send(call)
                return response
            if name not in METHODS:
                raise SubsonicError(Code.NOT_FOUND, "There is no such call here.")
            act, permission = METHODS[name]
            call.require(permission)
            content = await asyncio.to_thread(act, call)
            return await asyncio.to_thread(answered, content, form, callback)

    async def _call(self, services: Services, request: Request, parameters: Parameters) -> Call:
        address = request.client.host if request.client else "local"
        try:
            identity = await asyncio.to_thread(who, parameters, services.app_passwords)
        except SubsonicError as error:
            if error.code not in _WRONG:
                raise
            if not self._wrong.allows(address):
                raise SubsonicError(error.code, "Too many wrong logins. Wait a minute.") from error
            await asyncio.to_thread(
                services.auth.audit.note,
                Action.LOGIN_FAILED,
                parameters.text("u") or "API key",
                person=None,
                address=address,
                client=parameters.text("c"),
            )
            raise
        identify(request, identity)
        return Call(services, request, parameters, identity, self._listening_now)
