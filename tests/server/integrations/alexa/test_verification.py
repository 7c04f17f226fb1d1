"""Requests that Amazon signed, and those that somebody else did."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from alexa_amazon import CHAIN_URL, Authority, Party, signed
from server.auth.rate_limit import RateLimit
from server.integrations.alexa.certificates import ChainStore, NotFromAlexa, check_address
from server.integrations.alexa.replays import SeenRequests
from server.integrations.alexa.verification import Verifier, public_roots

pytestmark = pytest.mark.unit

BODY = json.dumps({"request": {"type": "LaunchRequest"}}).encode()


@pytest.fixture(scope="module")
def authority() -> Authority:
    return Authority()


@pytest.fixture(scope="module")
def amazon(authority: Authority) -> Party:
    return authority.leaf()


class Bucket:
    """Where Amazon keeps its certificates; remembers who asked."""

    def __init__(self, chain: bytes) -> None:
        self.chain = chain
        self.asked: list[str] = []

    async def load(self, url: str) -> bytes:
        self.asked.append(url)
        return self.chain


def verifier_of(authority: Authority, leaf: Party, **changed: Any) -> tuple[Verifier, Bucket]:
    bucket = Bucket(authority.chain(leaf))
    options = {"load": bucket.load, "roots": lambda: authority.store, **changed}
    return Verifier(**options), bucket


def lower(headers: dict[str, str]) -> dict[str, str]:
    """As a server gives them."""
    return {name.lower(): value for name, value in headers.items()}


async def test_what_amazon_signed_is_believed(authority: Authority, amazon: Party) -> None:
    verifier, bucket = verifier_of(authority, amazon)
    for _ in range(3):
        await verifier.check(lower(signed(BODY, amazon)), BODY)
    assert bucket.asked == [CHAIN_URL]
    verifier.check_time(datetime.now(UTC) - timedelta(seconds=149))


def _tampered(headers: dict[str, str], body: bytes) -> tuple[dict[str, str], bytes]:
    return headers, body.replace(b"Launch", b"launch")


def _unsigned(headers: dict[str, str], body: bytes) -> tuple[dict[str, str], bytes]:
    return {**headers, "signature-256": ""}, body


def _garbage(headers: dict[str, str], body: bytes) -> tuple[dict[str, str], bytes]:
    return {**headers, "signature-256": "%%%"}, body


def _sha1_header_only(headers: dict[str, str], body: bytes) -> tuple[dict[str, str], bytes]:
    return {"signature": headers["signature-256"], **headers, "signature-256": ""}, body


def _no_url(headers: dict[str, str], body: bytes) -> tuple[dict[str, str], bytes]:
    return {key: value for key, value in headers.items() if key != "signaturecertchainurl"}, body


@pytest.mark.parametrize("change", [_tampered, _unsigned, _garbage, _sha1_header_only, _no_url])
async def test_what_was_changed_is_refused(
    authority: Authority,
    amazon: Party,
    change: Callable[[dict[str, str], bytes], tuple[dict[str, str], bytes]],
) -> None:
    verifier, _ = verifier_of(authority, amazon)
    headers, body = change(lower(signed(BODY, amazon)), BODY)
    with pytest.raises(NotFromAlexa):
        await verifier.check(headers, body)


@pytest.mark.parametrize(
    "url",
    [
        "http://s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com.evil.example/echo.api/cert.pem",
        "https://evil.example/echo.api/cert.pem",
        "https://s3.amazonaws.com/EcHo.aPi/cert.pem",
        "https://s3.amazonaws.com/invalid.path/cert.pem",
        "https://s3.amazonaws.com/echo.api/../other/cert.pem",
        "https://s3.amazonaws.com/echo.api/%2e%2e/other/cert.pem",
        "https://s3.amazonaws.com/echo.api/..%2fother/cert.pem",
        "https://s3.amazonaws.com:563/echo.api/cert.pem",
        "https://s3.amazonaws.com:0/echo.api/cert.pem",
        "https://s3.amazonaws.com:port/echo.api/cert.pem",
        "https://user:word@s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com@evil.example/echo.api/cert.pem",
        "https://127.0.0.1/echo.api/cert.pem",
        "https://[::1]/echo.api/cert.pem",
        "file:///echo.api/cert.pem",
        "//s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com/echo.api",
        "https://s3.amazonaws.com/echo.api/cert.pem?x=1",
        "https://[s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com/echo.api/%0d%0acert.pem",
        "https://s3.amazonaws.com/echo.api/%7f.pem",
        "",
    ],
)
async def test_certificates_from_elsewhere_are_not_even_asked_for(
    authority: Authority, amazon: Party, url: str
) -> None:
    verifier, bucket = verifier_of(authority, amazon)
    with pytest.raises(NotFromAlexa):
        await verifier.check(lower(signed(BODY, amazon, url=url)), BODY)
    assert bucket.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com:443/echo.api/cert.pem",
        "https://s3.amazonaws.com/echo.api/../echo.api/cert.pem",
        "HTTPS://S3.AmazonAWS.com/echo.api/cert.pem",
    ],
)
def test_every_way_to_write_amazons_address_is_known(url: str) -> None:
    assert check_address(url) == "https://s3.amazonaws.com/echo.api/cert.pem"


@pytest.mark.parametrize("seconds", [-151, 151, 3_600])
def test_an_old_request_is_refused(authority: Authority, amazon: Party, seconds: int) -> None:
    verifier, _ = verifier_of(authority, amazon)
    with pytest.raises(NotFromAlexa, match="not from now"):
        verifier.check_time(datetime.now(UTC) + timedelta(seconds=seconds))


def test_a_time_without_a_zone_is_refused(authority: Authority, amazon: Party) -> None:
    verifier, _ = verifier_of(authority, amazon)
    with pytest.raises(NotFromAlexa):
        verifier.check_time(datetime.now())  # noqa: DTZ005  this is what is tested


def test_a_request_is_good_once_while_it_is_good_at_all(
    authority: Authority, amazon: Party
) -> None:
    now = [datetime.now(UTC)]
    verifier, _ = verifier_of(authority, amazon, clock=lambda: now[0])
    made = now[0]
    verifier.check_new(BODY, made)
    for seconds in (0, 75, 150):
        now[0] = made + timedelta(seconds=seconds)
        with pytest.raises(NotFromAlexa, match="came before"):
            verifier.check_new(BODY, made)
        verifier.check_new(BODY + str(seconds).encode(), now[0])
    now[0] = made + timedelta(seconds=151)
    with pytest.raises(NotFromAlexa, match="not from now"):
        verifier.check_time(made)  # too old to be asked whether it came before


def test_requests_that_are_too_old_anyway_are_forgotten() -> None:
    now = datetime.now(UTC)
    seen = SeenRequests(timedelta(seconds=150), most=3)
    seen.add(b"from a clock that is ahead", now + timedelta(seconds=149), now)
    for second in range(2):
        seen.add(b"%d" % second, now, now)
    with pytest.raises(NotFromAlexa, match="too many"):
        seen.add(b"one more", now, now)
    seen.add(b"one more", now, now + timedelta(seconds=300))
    assert len(seen) == 1


async def test_an_expired_certificate_is_refused(authority: Authority) -> None:
    old = authority.leaf(begins=timedelta(days=100), days=90)
    verifier, _ = verifier_of(authority, old)
    with pytest.raises(NotFromAlexa, match="nobody vouches"):
        await verifier.check(lower(signed(BODY, old)), BODY)


async def test_a_certificate_that_expires_later_is_refused_then(
    authority: Authority, amazon: Party
) -> None:
    now = [datetime.now(UTC)]
    verifier, bucket = verifier_of(authority, amazon, clock=lambda: now[0])
    await verifier.check(lower(signed(BODY, amazon)), BODY)
    now[0] += timedelta(days=91)
    with pytest.raises(NotFromAlexa, match="nobody vouches"):
        await verifier.check(lower(signed(BODY, amazon)), BODY)
    now[0] -= timedelta(days=91)
    await verifier.check(lower(signed(BODY, amazon)), BODY)
    assert len(bucket.asked) == 2


@pytest.mark.parametrize("name", ["evil.example", "api.amazon.com", "*.amazon.com"])
async def test_a_certificate_for_another_name_is_refused(authority: Authority, name: str) -> None:
    other = authority.leaf(name=name)
    verifier, _ = verifier_of(authority, other)
    if name == "*.amazon.com":  # it does cover echo-api.amazon.com
        await verifier.check(lower(signed(BODY, other)), BODY)
        return
    with pytest.raises(NotFromAlexa, match="nobody vouches"):
        await verifier.check(lower(signed(BODY, other)), BODY)


async def test_our_own_authority_is_nobody_to_the_public_roots(
    authority: Authority, amazon: Party
) -> None:
    verifier, _ = verifier_of(authority, amazon, roots=public_roots)
    with pytest.raises(NotFromAlexa, match="nobody vouches"):
        await verifier.check(lower(signed(BODY, amazon)), BODY)


async def test_another_authority_of_the_same_name_is_refused(
    authority: Authority, amazon: Party
) -> None:
    impostor = Authority()
    leaf = impostor.leaf()
    bucket = Bucket(impostor.chain(leaf))
    verifier = Verifier(load=bucket.load, roots=lambda: authority.store)
    with pytest.raises(NotFromAlexa, match="nobody vouches"):
        await verifier.check(lower(signed(BODY, leaf)), BODY)


async def test_a_leaf_without_its_intermediate_is_refused(
    authority: Authority, amazon: Party
) -> None:
    bucket = Bucket(amazon.pem)
    verifier = Verifier(load=bucket.load, roots=lambda: authority.store)
    with pytest.raises(NotFromAlexa, match="nobody vouches"):
        await verifier.check(lower(signed(BODY, amazon)), BODY)


@pytest.mark.parametrize("chain", [b"", b"nonsense", b"-----BEGIN CERTIFICATE-----\nxx\n"])
async def test_what_is_no_certificate_is_refused(
    authority: Authority, amazon: Party, chain: bytes
) -> None:
    bucket = Bucket(chain)
    verifier = Verifier(load=bucket.load, roots=lambda: authority.store)
    with pytest.raises(NotFromAlexa, match="cannot be read"):
        await verifier.check(lower(signed(BODY, amazon)), BODY)


async def test_a_bad_certificate_is_asked_for_again(authority: Authority, amazon: Party) -> None:
    bucket = Bucket(b"nonsense")
    verifier = Verifier(load=bucket.load, roots=lambda: authority.store)
    with pytest.raises(NotFromAlexa):
        await verifier.check(lower(signed(BODY, amazon)), BODY)
    bucket.chain = authority.chain(amazon)
    await verifier.check(lower(signed(BODY, amazon)), BODY)


async def test_nobody_can_make_us_fetch_without_end() -> None:
    bucket = Bucket(b"")
    store = ChainStore(bucket.load, loads=RateLimit(burst=3, per_s=0.0))
    for number in range(3):
        await store.chain(f"https://s3.amazonaws.com/echo.api/{number}.pem")
    with pytest.raises(NotFromAlexa, match="too many"):
        await store.chain("https://s3.amazonaws.com/echo.api/4.pem")
