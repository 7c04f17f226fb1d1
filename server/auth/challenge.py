"""How somebody is told that we do not know them: a page, or a status with a challenge."""

from typing import Final
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response

from server.auth.base_url import RESOURCES, base_of
from server.auth.pages import answer, token_page
from server.auth.presented import presented_token
from server.errors import NotAuthorised, NotPermitted, ServerError, TooManyRequests, problem_of

_WITHOUT: Final = "none"


class Challenge:
    """Answers to who may not come in."""

    def __init__(self, *, public_url: str = "", bare: tuple[str, ...] = ()) -> None:
        """Answer so.

        Args:
            public_url: `server.public_url`.
            bare: paths whose 401 comes without WWW-Authenticate, and all below them.
        """
        self._public_url = public_url
        self._bare = bare

    def denial(
        self, connection: HTTPConnection, error: ServerError, *, logins: bool = False
    ) -> Response:
        """The answer; `logins` tells whether people log in by name here."""
        problem = problem_of(error)
        if not isinstance(error, NotAuthorised):
            headers = {"retry-after": "2"} if isinstance(error, TooManyRequests) else {}
            if isinstance(error, NotPermitted) and presented_token(connection) is not None:
                headers["www-authenticate"] = 'Bearer error="insufficient_scope"'
            return JSONResponse(problem.body(), problem.status, headers)
        if connection.scope["type"] == "http" and _wants_page(connection):
            if not logins:
                return answer(token_page(there=_where(connection)), problem.status)
            there = quote(_where(connection), safe="")
            return RedirectResponse(f"/login?next={there}", 303)
        headers = {} if self._is_bare(connection) else {"www-authenticate": self._said(connection)}
        return JSONResponse(problem.body(), problem.status, headers)

    def is_secure(self, connection: HTTPConnection) -> bool:
        """Whether a browser reached us over HTTPS, be it through a proxy."""
        return base_of(connection, self._public_url).startswith("https:")

    def _is_bare(self, connection: HTTPConnection) -> bool:
        """Alexa+ wants its 401 without; every other client of MCP wants it with one."""
        path = connection.scope["path"]
        asked = connection.query_params.get("challenge") == _WITHOUT
        return asked or any(_is_below(path, one) for one in self._bare)

    def _said(self, connection: HTTPConnection) -> str:
        """RFC 6750, 3, with the place of the metadata (RFC 9728, 5.1)."""
        parts = ['realm="refrain"']
        if presented_token(connection) is not None:
            parts.append('error="invalid_token"')
        path = connection.scope["path"]
        part = next((one for one in RESOURCES if _is_below(path, one)), None)
        if part is not None:
            base = base_of(connection, self._public_url)
            where = f"{base}/.well-known/oauth-protected-resource{part}"
            parts.append(f'resource_metadata="{where}"')
        return "Bearer " + ", ".join(parts)


def _wants_page(connection: HTTPConnection) -> bool:
    return (
        connection.scope["method"] in {"GET", "HEAD"}
        and "text/html" in connection.headers.get("accept", "")
        and "authorization" not in connection.headers
    )


def _where(connection: HTTPConnection) -> str:
    """The address that was asked for, without a token that was wrong."""
    url = connection.url.remove_query_params("token")
    return url.path + (f"?{url.query}" if url.query else "")


def _is_below(path: str, top: str) -> bool:
    top = top.rstrip("/")
    return path == top or path.startswith(f"{top}/")
