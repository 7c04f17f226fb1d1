"""OAuth as real client libraries speak it: authlib asks and refreshes, PyJWT checks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client

from auth_rig import REDIRECT, VERIFIER, Home, consent, home_with_people, query_of
from server.auth.oauth.clients import LINKING_GRACE_S, AuthMethod, GrantType

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    with home_with_people(tmp_path_factory.mktemp("home")) as made:
        yield made


def program_of(client_id: str, secret: str, method: str, **more: Any) -> AsyncOAuth2Client:
    return AsyncOAuth2Client(
        client_id,
        secret or None,
        redirect_uri=REDIRECT,
        token_endpoint_auth_method=method,
        code_challenge_method="S256",
        **more,
    )


async def exchanged(
    home: Home, program: AsyncOAuth2Client, name: str = "Ben", **more: str
) -> dict[str, Any]:
    """Go through consent, and exchange the code."""
    url, _ = program.create_authorization_url(
        f"{home.url}/oauth/authorize", code_verifier=VERIFIER, **more
    )
    with home.browser(name) as browser:
        back = consent(browser, url)
    made: dict[str, Any] = await program.fetch_token(
        f"{home.url}/oauth/token", authorization_response=back, code_verifier=VERIFIER
    )
    return made


@pytest.mark.parametrize("method", list(AuthMethod))
async def test_a_program_gets_what_the_person_allowed(home: Home, method: AuthMethod) -> None:
    client, secret = home.program(auth_method=method)
    async with program_of(client.id, secret, method.value, scope="listen control") as program:
        url, state = program.create_authorization_url(
            f"{home.url}/oauth/authorize", code_verifier=VERIFIER
        )
        with home.browser("Ben") as browser:
            back = consent(browser, url, untick=("control",))
        assert query_of(back)["iss"] == home.url
        assert query_of(back)["state"] == state
        made = await program.fetch_token(
            f"{home.url}/oauth/token", authorization_response=back, code_verifier=VERIFIER
        )
        assert made["scope"] == "listen"
        assert made["token_type"] == "Bearer"
        answer = await program.get(f"{home.url}/api/library")
        assert answer.status_code == 200


async def test_a_replayed_code_is_refused_and_ends_what_came_of_it(home: Home) -> None:
    client, secret = home.program()
    async with program_of(client.id, secret, "client_secret_basic", scope="listen") as program:
        url, _ = program.create_authorization_url(
            f"{home.url}/oauth/authorize", code_verifier=VERIFIER
        )
        with home.browser("Ben") as browser:
            back = consent(browser, url)
        endpoint = f"{home.url}/oauth/token"
        await program.fetch_token(endpoint, authorization_response=back, code_verifier=VERIFIER)
        assert (await program.get(f"{home.url}/api/library")).status_code == 200
        with pytest.raises(OAuthError) as refused:
            await program.fetch_token(endpoint, authorization_response=back, code_verifier=VERIFIER)
        assert refused.value.error == "invalid_grant"
        assert (await program.get(f"{home.url}/api/library")).status_code == 401
    assert "code_replayed" in {one.action for one in home.auth.audit.entries()}


async def test_a_code_needs_its_verifier_its_client_and_its_address(home: Home) -> None:
    client, secret = home.program()
    other, other_secret = home.program(name="Another")
    async with program_of(client.id, secret, "client_secret_basic", scope="listen") as program:
        url, _ = program.create_authorization_url(
            f"{home.url}/oauth/authorize", code_verifier=VERIFIER
        )
    with home.browser("Ben") as browser:
        code = query_of(consent(browser, url))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT}
    with httpx.Client(base_url=home.url) as raw:

        def ask(who: tuple[str, str], **changed: str) -> tuple[int, str]:
            answer = raw.post("/oauth/token", auth=who, data={**form, **changed})
            return answer.status_code, answer.json().get("error", "")

        mine = (client.id, secret)
        assert ask(mine, code_verifier="w" * 50) == (400, "invalid_grant")
        assert ask(mine) == (400, "invalid_request")
        assert ask((other.id, other_secret), code_verifier=VERIFIER) == (400, "invalid_grant")
        wrong = {"redirect_uri": REDIRECT + "/x", "code_verifier": VERIFIER}
        assert ask(mine, **wrong) == (400, "invalid_grant")
        assert ask((client.id, "wrong"), code_verifier=VERIFIER) == (401, "invalid_client")
        assert ask(("nobody", "wrong"), code_verifier=VERIFIER) == (401, "invalid_client")
        assert ask(mine, code_verifier=VERIFIER) == (200, "")  # none of that used it up


async def test_a_refresh_token_is_good_once_and_its_return_ends_everything(home: Home) -> None:
    client, secret = home.program()
    async with program_of(client.id, secret, "client_secret_basic", scope="listen") as program:
        first = await exchanged(home, program)
        endpoint = f"{home.url}/oauth/token"
        second = await program.refresh_token(endpoint, refresh_token=first["refresh_token"])
        assert second["refresh_token"] != first["refresh_token"]
        assert (await program.get(f"{home.url}/api/library")).status_code == 200
        with pytest.raises(OAuthError) as refused:
            await program.refresh_token(endpoint, refresh_token=first["refresh_token"])
        assert refused.value.error == "invalid_grant"
        with pytest.raises(OAuthError):
            await program.refresh_token(endpoint, refresh_token=second["refresh_token"])
    assert "token_replayed" in {one.action for one in home.auth.audit.entries()}


async def test_a_cloud_that_lost_the_answer_may_refresh_again(home: Home) -> None:
    client, secret = home.program(grace_s=LINKING_GRACE_S)
    async with program_of(client.id, secret, "client_secret_basic", scope="listen") as program:
        first = await exchanged(home, program)
        endpoint = f"{home.url}/oauth/token"
        for _ in range(3):
            again = await program.refresh_token(endpoint, refresh_token=first["refresh_token"])
            assert again["access_token"]
        assert (await program.get(f"{home.url}/api/library")).status_code == 200


async def test_a_refresh_may_narrow_but_never_widen(home: Home) -> None:
    client, secret = home.program()
    async with program_of(client.id, secret, "client_secret_basic", scope="listen") as program:
        made = await exchanged(home, program)
    form = {"grant_type": "refresh_token", "refresh_token": made["refresh_token"]}
    mine = (client.id, secret)
    wider = home.post("/oauth/token", auth=mine, data={**form, "scope": "listen control"})
    assert (wider.status_code, wider.json()["error"]) == (400, "invalid_scope")
    same = home.post("/oauth/token", auth=mine, data={**form, "scope": "listen"})
    assert same.status_code == 200
    assert same.headers["cache-control"] == "no-store"


async def test_what_is_revoked_ends_at_once(home: Home) -> None:
    client, secret = home.program()
    for which in ("refresh_token", "access_token"):
        async with program_of(client.id, secret, "client_secret_basic", scope="listen") as program:
            made = await exchanged(home, program)
            answer = await program.revoke_token(f"{home.url}/oauth/revoke", token=made[which])
            assert answer.status_code == 200
            assert (await program.get(f"{home.url}/api/library")).status_code == 401


async def test_another_clients_token_cannot_be_revoked(home: Home) -> None:
    client, secret = home.program()
    other, other_secret = home.program(name="Another")
    async with program_of(client.id, secret, "client_secret_basic", scope="listen") as program:
        made = await exchanged(home, program)
        theirs = (other.id, other_secret)
        for which in ("refresh_token", "access_token"):
            answer = home.post("/oauth/revoke", auth=theirs, data={"token": made[which]})
            assert answer.status_code == 200
        assert (await program.get(f"{home.url}/api/library")).status_code == 200


async def test_a_client_of_its_own_acts_for_whom_it_was_added(home: Home) -> None:
    client, secret = home.program(
        redirect_uris=(), grant_types=frozenset({GrantType.CLIENT}), person=home.ben.id
    )
    async with program_of(client.id, secret, "client_secret_post", scope="listen") as program:
        made = await program.fetch_token(f"{home.url}/oauth/token", grant_type="client_credentials")
        assert made["scope"] == "listen"
        assert "refresh_token" not in made
        assert (await program.get(f"{home.url}/api/library")).status_code == 200


async def test_tokens_are_checked_with_the_published_key(home: Home) -> None:
    client, secret = home.program()
    async with program_of(client.id, secret, "client_secret_basic", scope="listen") as program:
        made = await exchanged(home, program, resource=f"{home.url}/mcp/")
    said = home.get("/.well-known/oauth-authorization-server").json()
    token = made["access_token"]
    keys = jwt.PyJWKClient(said["jwks_uri"])
    key = keys.get_signing_key_from_jwt(token).key
    claims = jwt.decode(
        token, key, algorithms=["ES256"], audience=f"{home.url}/mcp", issuer=said["issuer"]
    )
    assert claims["sub"] == str(home.ben.id)
    assert claims["client_id"] == client.id
    assert claims["exp"] - claims["iat"] == made["expires_in"]
    assert jwt.get_unverified_header(token)["typ"] == "at+jwt"


def test_the_metadata_names_what_there_is(home: Home) -> None:
    with httpx.Client(base_url=home.url) as raw:
        said = raw.get("/.well-known/oauth-authorization-server").json()
        assert said["issuer"] == home.url
        assert said["code_challenge_methods_supported"] == ["S256"]
        assert said["authorization_response_iss_parameter_supported"] is True
        assert "client_credentials" in said["grant_types_supported"]
        resource = raw.get("/.well-known/oauth-protected-resource/mcp/").json()
        assert resource["resource"] == f"{home.url}/mcp/"
        assert resource["authorization_servers"] == [home.url]
        assert raw.get("/.well-known/oauth-protected-resource").json()["resource"] == home.url
        assert raw.get("/.well-known/oauth-protected-resource/etc/passwd").status_code == 404


def test_the_401_of_a_resource_says_where_to_ask(home: Home) -> None:
    with httpx.Client(base_url=home.url) as raw:
        answer = raw.post("/mcp/", json={})
        assert answer.status_code == 401
        where = f'resource_metadata="{home.url}/.well-known/oauth-protected-resource/mcp"'
        assert where in answer.headers["www-authenticate"]
        bare = raw.post("/mcp/?challenge=none", json={})
        assert bare.status_code == 401
        assert "www-authenticate" not in bare.headers


def test_a_401_may_come_without_a_challenge_for_whole_paths(tmp_path: Path) -> None:
    flags = {"server": {"bare_401": ["/mcp"]}}
    with (
        home_with_people(tmp_path, flags=flags) as other,
        httpx.Client(base_url=other.url) as raw,
    ):
        assert "www-authenticate" not in raw.post("/mcp/", json={}).headers
        assert "www-authenticate" in raw.get("/api/library").headers
