"""The door: every HTTP request and WebSocket passes here before anything else sees it."""

import asyncio
import contextlib
from collections.abc import Mapping
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from server.auth.client_secrets import ClientSecrets
from server.auth.hosts import KnownHosts, same_origin
from server.auth.rate_limit import RateLimit
from server.auth.tokens import AccessToken
from server.errors import (
    NotAllowed,
    NotAuthorised,
    ServerError,
    TooLarge,
    TooManyRequests,
    problem_of,
)

COOKIE = "refrain_page"
MAX_BODY_BYTES = 1_000_000
_BODY_TIMEOUT_S = 20.0
_SLOWEST_UPLOAD = 50_000.0
"""Bytes a second that an upload must reach on the whole, after its first `_BODY_TIMEOUT_S`."""
_DRAINED_BYTES = 16_000_000
_DRAIN_TIMEOUT_S = 2.0
INSECURE_KEY_PROTOCOL = "openai-insecure-api-key."
"""Browsers cannot send headers with a WebSocket; OpenAI's clients put the key in here instead."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_REALTIME = "/v1/realtime"
_WITHOUT_TOKEN = frozenset({"/api/health"})
_SECURITY_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "media-src 'self' blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; "
        "worker-src 'self' blob:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(self), autoplay=(self)",
}
_LOGIN_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>Refrain</title>
<h1>Refrain</h1><p>This Refrain asks for its token. <code>refrain serve</code> printed it when it
started; it is kept in the file <code>token</code> of the data folder.</p>
<form action="/" method="get"><label>Token <input name="token" type="password" autocomplete="off"
required></label> <button>Open</button></form></html>"""


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
        client_secrets: ClientSecrets | None = None,
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
            client_secrets: short-lived keys, which open the WebSocket of OpenAI's clients only.
        """
        self._app = app
        self._hosts = hosts
        self._token = token
        self._requests = requests or RateLimit(burst=600, per_s=150)
        self._changes = changes or RateLimit(burst=80, per_s=20)
        self._wrong_tokens = wrong_tokens or RateLimit(burst=10, per_s=0.2)
        self._uploads = dict(uploads or {})
        self._client_secrets = client_secrets or ClientSecrets()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        try:
            self._check(connection)
        except ServerError as error:
            await _deny(_denial(connection, error), scope, receive, send)
            return
        if scope["type"] == "websocket":
            await self._app(scope, receive, send)
            return
        if (redirect := self._page_login(connection)) is not None:
            await _with_security_headers(redirect)(scope, receive, send)
            return
        await self._serve(connection.headers, scope, receive, send)

    def _check(self, connection: HTTPConnection) -> None:
        client = connection.client.host if connection.client else "local"
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
        changes = is_socket or connection.scope["method"] not in _SAFE_METHODS
        if changes:
            _check_origin(headers)
            if not self._changes.allows(client):
                raise TooManyRequests("Too many changes from this address.")
        if self._token.required and connection.url.path not in _WITHOUT_TOKEN:
            self._check_token(connection, client)

    def _check_token(self, connection: HTTPConnection, client: str) -> None:
        if self._token.accepts_cookie(_cookie(connection.headers)):
            return
        presented = presented_token(connection)
        if self._token.accepts(presented):
            return
        is_socket = connection.scope["type"] == "websocket" and connection.url.path == _REALTIME
        if is_socket and self._client_secrets.session_of(presented) is not None:
            return
        if presented is not None and not self._wrong_tokens.allows(client):
            raise TooManyRequests("Too many wrong tokens from this address.")
        raise NotAuthorised("This Refrain asks for its access token.")

    def _page_login(self, connection: HTTPConnection) -> Response | None:
        """Turn `/?token=…` into a cookie, so that the token does not stay in the address bar."""
        query = connection.query_params
        if connection.url.path != "/" or "token" not in query or not self._token.required:
            return None
        rest = [(key, value) for key, value in query.multi_items() if key != "token"]
        response = RedirectResponse("/" + (f"?{urlencode(rest)}" if rest else ""), 303)
        response.set_cookie(
            COOKIE,
            self._token.cookie,
            max_age=365 * 24 * 3600,
            httponly=True,
            samesite="strict",
            secure=connection.url.scheme == "https",
        )
        return response

    async def _serve(self, headers: Headers, scope: Scope, receive: Receive, send: Send) -> None:
        upload: _Upload | None = None

        async def protected(message: Message) -> None:
            if message["type"] == "http.response.start":
                if upload is not None:
                    await upload.drain()
                added = MutableHeaders(raw=message.setdefault("headers", []))
                for name, value in _SECURITY_HEADERS.items():
                    added.setdefault(name, value)
                if upload is not None and not upload.is_complete:
                    added["connection"] = "close"  # nobody reads the rest
            await send(message)

        if scope["method"] in _SAFE_METHODS:
            await self._app(scope, receive, protected)
            return
        limit = self._uploads.get(scope["path"])
        try:
            if limit is not None:
                upload = _Upload(receive, limit)
                _check_length(headers, limit)
                await self._app(scope, upload, protected)
                return
            body = await _read_body(headers, receive)
        except ServerError as error:
            if upload is not None:
                await upload.drain()
            problem = problem_of(error)
            closing = {"connection": "close"}
            await _deny(JSONResponse(problem.body(), problem.status, closing), scope, receive, send)
            return
        await self._app(scope, _Replayed(body, receive), protected)


class _Replayed:
    """Hands on a body that was already read, and afterwards what the connection says."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._message: Message | None = {"type": "http.request", "body": body}
        self._receive = receive

    async def __call__(self) -> Message:
        message, self._message = self._message, None
        return message or await self._receive()


class _Upload:
    """A large body on its way to a route: bounded in size and time, never held as a whole."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._limit = limit
        self._got = 0
        self._ends_at = asyncio.get_running_loop().time() + _BODY_TIMEOUT_S
        self.is_complete = False

    async def __call__(self) -> Message:
        """Give the next piece.

        Raises:
            TooLarge: more bytes than allowed, or too few of them in the time there was.
        """
        if self.is_complete:
            return await self._receive()
        try:
            async with asyncio.timeout_at(self._ends_at + self._got / _SLOWEST_UPLOAD):
                message = await self._receive()
        except TimeoutError as error:
            raise TooLarge("The request took too long to arrive.") from error
        self.is_complete = not message.get("more_body", False)
        self._got += len(message.get("body", b""))
        if self._got > self._limit:
            raise _body_too_large(self._limit)
        return message

    async def drain(self) -> None:
        """Read what nobody wanted, for a moment: who still sends seldom sees the answer."""
        left = _DRAINED_BYTES
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN_TIMEOUT_S):
                while not self.is_complete and left > 0:
                    message = await self._receive()
                    left -= len(message.get("body", b""))
                    self.is_complete = not message.get("more_body", False)


async def _read_body(headers: Headers, receive: Receive) -> bytes:
    """The whole body, read before anything else runs, so that its size and time are bounded."""
    _check_length(headers, MAX_BODY_BYTES)
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_TIMEOUT_S):
            more = True
            while more:
                message = await receive()
                body += message.get("body", b"")
                if len(body) > MAX_BODY_BYTES:
                    raise _body_too_large(MAX_BODY_BYTES)
                more = message["type"] == "http.request" and message.get("more_body", False)
    except TimeoutError as error:
        raise TooLarge("The request took too long to arrive.") from error
    return bytes(body)


def _check_length(headers: Headers, limit: int) -> None:
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or len(declared) > 18 or int(declared) > limit:
        raise _body_too_large(limit)


def _check_origin(headers: Mapping[str, str]) -> None:
    origin = headers.get("origin")
    if origin is not None and not same_origin(origin, headers.get("host")):
        raise NotAllowed("Requests from other pages are not accepted.")
    if origin is None and headers.get("sec-fetch-site") == "cross-site":
        raise NotAllowed("Requests from other pages are not accepted.")


def presented_token(connection: HTTPConnection) -> str | None:
    """The token or key that a request came with, wherever it stands in it."""
    scheme, _, value = connection.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and value:
        return value.strip()
    if connection.scope["type"] == "websocket":
        for protocol in connection.scope.get("subprotocols", []):
            if protocol.startswith(INSECURE_KEY_PROTOCOL):
                return str(protocol.removeprefix(INSECURE_KEY_PROTOCOL))
    if _takes_token_in_query(connection):
        query = parse_qs(connection.url.query)
        return query["token"][0] if "token" in query else None
    return None


def _takes_token_in_query(connection: HTTPConnection) -> bool:
    """Only where no header can be sent: the page itself, sound and pictures, the WebSocket."""
    path = connection.url.path
    if connection.scope["type"] == "websocket":
        return True
    if connection.scope["method"] not in _SAFE_METHODS:
        return False
    return (
        path == "/"
        or path.startswith("/api/covers/")
        or (path.startswith("/api/tracks/") and path.endswith("/audio"))
    )


def _cookie(headers: Mapping[str, str]) -> str | None:
    try:
        morsel = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return None
    return None if morsel is None else morsel.value


def _denial(connection: HTTPConnection, error: ServerError) -> Response:
    problem = problem_of(error)
    wants_page = "text/html" in connection.headers.get("accept", "")
    if isinstance(error, NotAuthorised) and wants_page and connection.scope["type"] == "http":
        return HTMLResponse(_LOGIN_PAGE, problem.status)
    headers = {"retry-after": "2"} if isinstance(error, TooManyRequests) else {}
    if isinstance(error, NotAuthorised):
        headers["www-authenticate"] = 'Bearer realm="refrain"'
    return JSONResponse(problem.body(), problem.status, headers)


def _body_too_large(limit: int) -> TooLarge:
    return TooLarge(f"The request is larger than {limit} bytes.")


def _with_security_headers(response: Response) -> Response:
    for name, value in _SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


async def _deny(response: Response, scope: Scope, receive: Receive, send: Send) -> None:
    _with_security_headers(response)
    if scope["type"] == "websocket":
        await WebSocket(scope, receive, send).send_denial_response(response)
    else:
        await response(scope, receive, send)
