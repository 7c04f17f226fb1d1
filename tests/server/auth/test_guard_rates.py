"""The door's rates, without a server: how fast a machine is must not matter here."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from server.auth.guard import Guard
from server.auth.hosts import KnownHosts
from server.auth.rate_limit import RateLimit
from server.auth.tokens import AccessToken
from server.settings import ServerSettings

pytestmark = pytest.mark.unit


async def answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{request.method} {len(await request.body())}")


def client(token: str | None = None, **rates: RateLimit) -> httpx.AsyncClient:
    app = Starlette(routes=[Route("/api/x", answer, methods=["GET", "POST"])])
    guard = Guard(
        app,
        hosts=KnownHosts(ServerSettings()),
        token=AccessToken(token, "control-secret"),
        requests=rates.get("requests"),
        changes=rates.get("changes"),
        wrong_tokens=rates.get("wrong_tokens"),
    )
    return httpx.AsyncClient(transport=httpx.ASGITransport(guard), base_url="http://127.0.0.1:8765")


async def test_a_flood_of_changes_is_slowed_down_and_reading_goes_on() -> None:
    async with client(changes=RateLimit(burst=3, per_s=0)) as pages:
        codes = [(await pages.post("/api/x")).status_code for _ in range(5)]
        assert codes == [200, 200, 200, 429, 429]
        assert (await pages.get("/api/x")).status_code == 200


async def test_a_flood_of_requests_is_slowed_down() -> None:
    async with client(requests=RateLimit(burst=2, per_s=0)) as pages:
        codes = [(await pages.get("/api/x")).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        slowed = await pages.get("/api/x")
        assert slowed.headers["retry-after"]
        assert slowed.json()["error"]["code"] == "too_many_requests"


async def test_guessing_a_token_is_slowed_down_but_knowing_it_is_not() -> None:
    token = "a-token-of-good-length"
    async with client(token, wrong_tokens=RateLimit(burst=2, per_s=0)) as pages:
        guesses = [{"Authorization": f"Bearer {number}"} for number in range(4)]
        codes = [(await pages.get("/api/x", headers=guess)).status_code for guess in guesses]
        assert codes == [401, 401, 429, 429]
        right = {"Authorization": f"Bearer {token}"}
        assert (await pages.get("/api/x", headers=right)).status_code == 200
        assert (await pages.get("/api/x")).status_code == 401


async def test_a_body_reaches_the_application_whole() -> None:
    async with client() as pages:
        sent = await pages.post("/api/x", content=b"x" * 300_000)
        assert sent.text == "POST 300000"
