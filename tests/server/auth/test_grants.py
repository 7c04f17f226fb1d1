"""Codes, refresh tokens and devices in the database: the same on SQLite and on PostgreSQL."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.database import Database
from postgres_server import NoServer, running_server
from server.auth.identity import Permission
from server.auth.keys import InstallationKey
from server.auth.oauth.clients import GrantType, NewClient
from server.auth.oauth.errors import OAuthError
from server.auth.oauth.grants import CODE_VALID_S, NewCode, Replayed
from server.auth.parts import AuthParts, open_auth

pytestmark = pytest.mark.integration
LISTEN = frozenset({Permission.LISTEN})
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
"""Of RFC 7636, appendix B."""


class Clock:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    if request.param == "sqlite":
        opened = Database.at(Path(tmp_path_factory.mktemp("auth")) / "library.db")
        yield opened
        opened.close()
        return
    pytest.importorskip("psycopg")
    try:
        with running_server() as address:
            told = dict(part.split("=", 1) for part in address.split())
            opened = Database(
                f"postgresql+psycopg://{told['user']}@/{told['dbname']}?host={told['host']}"
            )
            yield opened
            opened.close()
    except NoServer as why:
        pytest.skip(str(why))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def auth(database: Database, clock: Clock) -> AuthParts:
    auth = open_auth(database, InstallationKey(b"k" * 32), clock=clock)
    if auth.accounts.by_name("Anna") is None:
        auth.accounts.add("Anna")
    return auth


def code_of(auth: AuthParts, redirect: str = "https://a.example/cb") -> tuple[NewCode, str]:
    anna = auth.accounts.by_name("Anna")
    assert anna is not None
    client, _ = auth.clients.add(NewClient("Radio", redirect_uris=(redirect,)))
    wanted = NewCode(client, anna.id, LISTEN, "https://home", redirect, CHALLENGE)
    return wanted, auth.grants.make_code(wanted)


def test_a_code_is_good_for_ten_minutes(auth: AuthParts, clock: Clock) -> None:
    wanted, code = code_of(auth)
    clock.now += CODE_VALID_S + 1
    with pytest.raises(OAuthError) as late:
        auth.grants.exchange(code, client=wanted.client, redirect_uri=None, verifier=VERIFIER)
    assert late.value.error == "invalid_grant"


def test_of_many_exchanges_at_once_only_one_succeeds(auth: AuthParts) -> None:
    wanted, code = code_of(auth)
    ended: list[str] = []

    def exchange() -> None:
        try:
            auth.grants.exchange(code, client=wanted.client, redirect_uri=None, verifier=VERIFIER)
            ended.append("made")
        except Replayed:
            ended.append("replayed")

    threads = [threading.Thread(target=exchange) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(ended) == ["made", *["replayed"] * 5]
    assert wanted.client.id not in {one.client_id for one in auth.grants.of(wanted.person)}


def test_a_grace_ends(auth: AuthParts, clock: Clock) -> None:
    anna = auth.accounts.by_name("Anna")
    assert anna is not None
    client, _ = auth.clients.add(
        NewClient("Cloud", redirect_uris=("https://a.example/",), grace_s=60.0)
    )
    grant = auth.grants.begin(client, anna.id, LISTEN, "https://home")
    token = auth.grants.make_refresh(grant)
    auth.grants.refresh(token, client=client)
    clock.now += 59
    auth.grants.refresh(token, client=client)
    clock.now += 2
    with pytest.raises(Replayed):
        auth.grants.refresh(token, client=client)
    assert auth.grants.open(grant.id) is None


def test_unused_registrations_are_forgotten_and_used_ones_are_not(
    auth: AuthParts, clock: Clock
) -> None:
    anna = auth.accounts.by_name("Anna")
    assert anna is not None
    uris = ("https://a.example/",)
    idle, _ = auth.clients.add(NewClient("Idle", redirect_uris=uris, registered=True))
    used, _ = auth.clients.add(NewClient("Used", redirect_uris=uris, registered=True))
    auth.grants.begin(used, anna.id, LISTEN, "https://home")
    clock.now += 86_401
    auth.clients.add(NewClient("Next", redirect_uris=uris, registered=True))
    assert auth.clients.by_id(idle.id) is None
    assert auth.clients.by_id(used.id) is not None


def test_a_device_code_ends(auth: AuthParts, clock: Clock) -> None:
    client, _ = auth.clients.add(NewClient("Clock", grant_types=frozenset({GrantType.DEVICE})))
    device, user = auth.device_codes.make(client, LISTEN, "https://home")
    clock.now += 901
    assert auth.device_codes.waiting(user) is None
    with pytest.raises(OAuthError) as late:
        auth.device_codes.poll(device, client=client)
    assert late.value.error == "expired_token"


def test_what_belongs_to_somebody_ends_with_them(auth: AuthParts) -> None:
    cleo = auth.accounts.add("Cleo")
    client, _ = auth.clients.add(NewClient("Radio", redirect_uris=("https://a.example/",)))
    grant = auth.grants.begin(client, cleo.id, LISTEN, "https://home")
    token = auth.tokens.make(grant, issuer="https://home")
    where = {"issuers": ["https://home"], "audiences": ["https://home"]}
    assert auth.tokens.identity_of(token, **where) is not None
    cookie = auth.logins.begin(cleo, agent="x", address="y")
    auth.accounts.remove(cleo.id)
    assert auth.grants.open(grant.id) is None
    assert auth.tokens.identity_of(token, **where) is None
    assert auth.logins.person_of(cookie) is None


def test_who_is_called_like_nobody_can_be_is_nobody(auth: AuthParts) -> None:
    """PostgreSQL takes no NUL, not even in a question."""
    for name in ("\x00", "An\x00na"):
        assert auth.accounts.by_name(name) is None
        assert auth.accounts.verify_password(name, "a quiet horse 7") is None
        assert auth.clients.by_id(name) is None
