"""Tokens that are nearly right, bodies that are too large or too slow, and paths with tricks."""

import base64
import json
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import update

from auth_rig import Home, home_with_people
from knowledge.schema_auth import oauth_grants
from server.auth.identity import Permission
from server.auth.keys import InstallationKey
from server.auth.oauth.access_tokens import AccessTokens
from server.auth.oauth.grants import Grants
from server.auth.parts import open_auth

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_people(tmp_path_factory.mktemp("home")) as made:
        yield made


@pytest.fixture(scope="module")
def good(home: Home) -> str:
    """A token that opens the library."""
    token = home.token("Ben", "listen")
    assert status(home, token) == 200
    return token


def status(home: Home, token: str, path: str = "/api/library") -> int:
    return home.get(path, headers={"Authorization": f"Bearer {token}"}).status_code


def is_refused(home: Home, token: str, path: str = "/api/library") -> bool:
    """Whether it opens nothing; whoever tries often is told to slow down instead."""
    return status(home, token, path) in {401, 429}


def claims_of(token: str) -> dict[str, Any]:
    return dict(jwt.decode(token, options={"verify_signature": False}))


def signed(claims: dict[str, Any], key: Any, algorithm: str, **header: str) -> str:
    return jwt.encode(claims, key, algorithm=algorithm, headers={"typ": "at+jwt", **header})


def unsigned(token: str) -> str:
    body = token.split(".")[1]
    head = base64.urlsafe_b64encode(b'{"alg":"none","typ":"at+jwt"}').rstrip(b"=").decode()
    return f"{head}.{body}."


def with_claims(token: str, **changed: Any) -> str:
    head, _, signature = token.split(".")
    said = json.dumps({**claims_of(token), **changed}).encode()
    return f"{head}.{base64.urlsafe_b64encode(said).rstrip(b'=').decode()}.{signature}"


def another_key(token: str) -> str:
    return signed(claims_of(token), ec.generate_private_key(ec.SECP256R1()), "ES256")


def published_key_as_secret(token: str) -> str:
    """The classic: HMAC with what everybody can read."""
    return signed(claims_of(token), "the public key of this server, in any form of it", "HS256")


@pytest.mark.parametrize(
    "spoil",
    [
        another_key,
        published_key_as_secret,
        unsigned,
        lambda token: with_claims(token, scope="listen admin"),
        lambda token: with_claims(token, exp=9_999_999_999),
        lambda token: with_claims(token, sub="1"),
        lambda token: token[:-4] + "AAAA",
        lambda token: token + ".x",
        lambda token: token.replace(".", ".."),
        lambda token: "a" * 9_000 + ".b.c",
    ],
)
def test_a_forged_token_is_refused(home: Home, good: str, spoil: Callable[[str], str]) -> None:
    assert is_refused(home, spoil(good))


def ours(home: Home, *, made_s_ago: float = 0.0, audience: str = "", issuer: str = "") -> str:
    """A token signed with the real key, which may say something else than it should."""
    auth = home.auth
    client, _ = home.program()
    listen = frozenset({Permission.LISTEN})
    grant = auth.grants.begin(client, home.ben.id, listen, audience or home.url)
    then = time.time() - made_s_ago
    tokens = AccessTokens(auth.key, auth.accounts, auth.grants, clock=lambda: then)
    return tokens.make(grant, issuer=issuer or home.url)


def test_age_audience_and_issuer_count(home: Home) -> None:
    assert status(home, ours(home)) == 200
    assert status(home, ours(home, made_s_ago=3_500)) == 200
    assert is_refused(home, ours(home, made_s_ago=3_601))
    assert is_refused(home, ours(home, made_s_ago=-600))
    assert is_refused(home, ours(home, audience="https://other.example"))
    assert is_refused(home, ours(home, audience=f"{home.url}/mcp"))
    assert is_refused(home, ours(home, issuer="https://other.example"))


def test_a_token_for_one_part_opens_no_other(home: Home) -> None:
    token = home.token("Ben", "listen", resource=f"{home.url}/mcp/")
    assert is_refused(home, token)
    bearer = {"Authorization": f"Bearer {token}"}
    assert home.post("/mcp/", headers=bearer, json={}).status_code not in {401, 403}


def test_a_token_of_another_installation_is_refused(home: Home, good: str) -> None:
    database = home.running.services.database
    other = open_auth(database, InstallationKey(b"x" * 32))
    grant = other.grants.open(claims_of(good)["grant"])
    assert grant is not None
    assert is_refused(home, other.tokens.make(grant, issuer=home.url))


def test_a_token_of_a_grant_that_was_ended_is_refused(home: Home) -> None:
    token = home.token("Ben", "listen")
    database = home.running.services.database
    with database.write() as connection:
        ended = oauth_grants.c.id == claims_of(token)["grant"]
        connection.execute(update(oauth_grants).where(ended).values(revoked_at=1.0))
    assert Grants(database).open(claims_of(token)["grant"]) is None
    assert is_refused(home, token)


@pytest.mark.parametrize(
    "path",
    [
        "/styles/../index.html",
        "/styles/..%2findex.html",
        "/styles/%2e%2e/app.js",
        "/styles/../../settings.py",
        "/styles/..%2f..%2fsettings.py",
        "/icons/%2e%2e%2f%2e%2e%2fsettings.py",
        "/.well-known/../api/library",
        "/styles//etc/passwd",
        "/api/covers/..%2f..%2flibrary.db",
        "/styles/%3F/%2e%2e/%2e%2e/app.js",
        "/icons/%23/%2e%2e/%2e%2e/index.html",
        "/login%3F",
    ],
)
def test_a_path_with_tricks_gives_a_stranger_nothing(home: Home, path: str) -> None:
    """Sent as it is: clients would tidy it up."""
    with socket.create_connection(("127.0.0.1", home.running.port), 10) as raw:
        host = f"127.0.0.1:{home.running.port}"
        raw.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while piece := raw.recv(65_536):
            answer += piece
    head = answer.partition(b"\r\n")[0].decode()
    assert head.split()[1] in {"401", "403", "404"}, head
    assert b"import" not in answer
    assert b"SQLite" not in answer


def test_a_form_that_is_too_large_is_refused(home: Home) -> None:
    for path in ("/login", "/oauth/token", "/oauth/register", "/oauth/authorize"):
        answer = home.post(path, content=b"a=" + b"x" * 1_100_000)
        assert answer.status_code == 413, path
    many = {f"field{number}": "x" for number in range(200)}
    assert home.post("/oauth/token", data=many).status_code == 400
    assert home.post("/login", data=many).status_code == 400


def test_a_body_that_never_ends_keeps_nobody_else_waiting(home: Home) -> None:
    open_ends = []
    try:
        for _ in range(20):
            raw = socket.create_connection(("127.0.0.1", home.running.port), 10)
            head = "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\nname="
            raw.sendall(head.encode())
            open_ends.append(raw)
        with home.browser("Ben") as ben:
            assert ben.get("/api/whoami").json()["name"] == "Ben"
    finally:
        for raw in open_ends:
            raw.close()


def test_the_keys_of_the_installation_stay_in_files_for_its_owner(home: Home) -> None:
    data: Path = home.running.services.settings.data
    assert (data / "key").stat().st_mode & 0o077 == 0
    secret = home.auth.key.secret
    for file in data.glob("library.db*"):
        assert secret not in file.read_bytes()
