"""The door: every HTTP request and WebSocket passes here before anything else sees it."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from urllib.parse import urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from knowledge.people.current import HOUSEHOLD, acting_as
from server.auth.authentication import COOKIE, Authentication
from server.auth.bodies import Replayed, Upload, check_length, read_body
from server.auth.challenge import Challenge
from server.auth.hosts import KnownHosts, same_origin
from server.auth.identity import NOBODY, Identity, Permission, acting_for, identify
from server.auth.limits import Limits
from server.auth.presented import SAFE_METHODS, presented_token
from server.auth.rate_limit import RateLimit
from server.auth.route_permissions import Access, Who, access_to, allows
from server.auth.security_headers import SECURITY_HEADERS, with_security_headers
from server.auth.tokens import AccessToken
from server.auth.watched_socket import WatchedSocket
from server.errors import (
    NotAllowed,
    NotAuthorised,
    NotPermitted,
    ServerError,
    TooManyRequests,
    problem_of,
)


class Guard:
    """ASGI middleware: host names, origins, the token, rates and body sizes."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        hosts: KnownHosts,
        token: AccessToken,
        requests: RateLimit | None = None,
        changes: RateLimit | None = None,
        wrong_tokens: RateLimit | None = None,
        uploads: Mapping[str, int] | None = None,
        authentication: Authentication | None = None,
        limits: Limits | None = None,
        challenge: Challenge | None = None,
    ) -> None:
        """Stand before `app`; the rates are for each client address.

        Args:
            app: what is guarded.
            hosts: names to answer to.
            token: the secret that lets people in.
            requests: how many there may be.
            changes: how many of them may change something.
            wrong_tokens: how often somebody may try.
            uploads: paths whose bodies are not read beforehand but piece by piece by the route,
                each with the bytes that it may have at most.
            authentication: finds out who it is; by default only by the token.
            limits: how often one person or program may ask, from wherever.
            challenge: how strangers are answered.
        """
        self._app = app
        self._hosts = hosts
        self._token = token
        self._requests = requests or RateLimit(burst=600, per_s=150)
        self._changes = changes or RateLimit(burst=80, per_s=20)
        self._wrong_tokens = wrong_tokens or RateLimit(burst=10, per_s=0.2)
        self._uploads = dict(uploads or {})
        self._authentication = authentication or Authentication(token)
        self._limits = limits or Limits()
        self._challenge = challenge or Challenge()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            self._check(connection)
            identity = await self._who(connection)
        except ServerError as error:
            logins = await self._authentication.login_needed()
            denial = self._challenge.denial(connection, error, logins=logins)
            await _deny(denial, scope, receive, send)
            return
        identify(connection, identity)
        with _acting_for(identity):
            if scope["type"] == "websocket":
                await self._talk(connection, receive, send)
            elif (redirect := self._page_login(connection)) is not None:
                await with_security_headers(redirect)(scope, receive, send)
            else:
                await self._serve(connection.headers, scope, receive, send)

    async def _talk(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        """Serve a WebSocket for as long as who opened it may come in."""

        async def still() -> bool:
            try:
                return await self._authentication.may_stay(connection)
            except ServerError:
                return False

        watched = WatchedSocket(receive, send, still=still)
        try:
            await self._app(connection.scope, watched, send)
        finally:
            watched.close()

    def _check(self, connection: HTTPConnection) -> None:
        client = address_of(connection)
        headers = connection.headers
        if not self._requests.allows(client):
            raise TooManyRequests("Too many requests from this address.")
        if not self._hosts.knows(headers.get("host")):
            raise NotAllowed(
                "This server does not answer to that host name.",
                next_step="Open the address that `refrain serve` printed, or add the name to "
                "server.allowed_hosts in config.toml.",
            )
        is_socket = connection.scope["type"] == "websocket"
        changes = is_socket or connection.scope["method"] not in SAFE_METHODS
        if changes:
            _check_origin(headers)
            # Apps of phones send what they read as forms, too.
            is_app = connection.scope["path"].startswith("/rest/")
            if not is_app and not self._changes.allows(client):
                raise TooManyRequests("Too many changes from this address.")

    async def _who(self, connection: HTTPConnection) -> Identity:
        try:
            identity = await self._authentication.who(connection)
        except NotAuthorised as error:
            guessed = presented_token(connection) is not None
            if guessed and not self._wrong_tokens.allows(address_of(connection)):
                raise TooManyRequests("Too many wrong tokens from this address.") from error
            raise
        kind = connection.scope["type"]
        method = "WEBSOCKET" if kind == "websocket" else connection.scope["method"]
        access = access_to(method, connection.scope["path"])
        if not allows(identity, access):
            raise NotPermitted(_not_permitted(access))
        if identity is not NOBODY and not self._limits.request(identity):
            raise TooManyRequests("Too many requests; slow down.")
        return identity

    def _page_login(self, connection: HTTPConnection) -> Response | None:
        """Turn `/?token=…` into a cookie, so that the token does not stay in the address bar."""
        query = connection.query_params
        if connection.scope["path"] != "/" or "token" not in query or not self._token.required:
            return None
        presented = self._token.accepts(query["token"])
        rest = [(key, value) for key, value in query.multi_items() if key != "token"]
        response = RedirectResponse("/" + (f"?{urlencode(rest)}" if rest else ""), 303)
        if not presented:  # somebody who was in already; the token gives nothing
            return response
        response.set_cookie(
            COOKIE,
            self._token.cookie,
            max_age=365 * 24 * 3600,
            httponly=True,
            samesite="strict",
            secure=self._challenge.is_secure(connection),
        )
        return response

    async def _serve(self, headers: Headers, scope: Scope, receive: Receive, send: Send) -> None:
        upload: Upload | None = None

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                if upload is not None:
                    await upload.drain()
                added = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in SECURITY_HEADERS.items():
                    added.setdefault(name, value)
                if upload is not None and not upload.is_complete:
                    added["connection"] = "close"  # nobody reads the rest
            await send(message)

        if scope["method"] in SAFE_METHODS:
            await self._app(scope, receive, protected)
            return
        limit = self._uploads.get(scope["path"])
        try:
            if limit is not None:
                upload = Upload(receive, limit)
                check_length(headers, limit)
                await self._app(scope, upload, protected)
                return
            body = await read_body(headers, receive)
        except ServerError as error:
            if upload is not None:
                await upload.drain()
            problem = problem_of(error)
            closing = {"connection": "close"}
            await _deny(JSONResponse(problem.body(), problem.status, closing), scope, receive, send)
            return
        await self._app(scope, Replayed(body, receive), protected)


def _acting_for(identity: Identity) -> AbstractContextManager[None]:
    """Strangers do nothing yet; who has a door of their own says there who they are."""
    return acting_as(HOUSEHOLD) if identity is NOBODY else acting_for(identity)


def _not_permitted(access: Access | None) -> str:
    if isinstance(access, Permission):
        return f'This token does not allow "{access.value}".'
    if access is Who.PERSON:
        return "Only somebody who is logged in with a browser may do this."
    return 'This needs "admin".'


def address_of(connection: HTTPConnection) -> str:
    """Where a request comes from, as far as we can see: behind a proxy it is the proxy."""
    return connection.client.host if connection.client else "local"


def _check_origin(headers: Mapping[str, str]) -> None:
    origin = headers.get("origin")
    if origin is not None and not same_origin(origin, headers.get("host")):
        raise NotAllowed("Requests from other pages are not accepted.")
    if origin is None and headers.get("sec-fetch-site") == "cross-site":
        raise NotAllowed("Requests from other pages are not accepted.")


async def _deny(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    with_security_headers(response)
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(response)
    else:
        await response(scope, receive, send)
