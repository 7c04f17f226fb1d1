"""No address leads a stranger into this machine or its network, however it is written."""

from collections.abc import Collection

import pytest

from server.errors import UrlNotAllowed, UrlNotFetched
from server.recognition.addresses import AddressGuard, is_public, resolve

pytestmark = pytest.mark.unit

INSIDE = [
    "127.0.0.1",
    "127.9.9.9",
    "0.0.0.0",  # noqa: S104
    "10.0.0.1",
    "172.16.5.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.2.1",
    "198.18.0.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "2001:db8::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:a00:1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:53aa:64c:0:fbff:80ff:fffe",
    "not an address",
    "",
]


@pytest.mark.parametrize("address", INSIDE)
def test_addresses_of_this_network_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1"]
)
def test_addresses_of_the_world_are(address: str) -> None:
    assert is_public(address)


def guard(*addresses: str, **options: object) -> AddressGuard:
    async def answer(_host: str, _port: int) -> Collection[str]:
        return addresses

    return AddressGuard(resolve=answer, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/a.mp3",
        "gopher://example.org/",
        "javascript:alert(1)",
        "//example.org/a.mp3",
        "/etc/passwd",
        "",
        "http://",
        "http:///a.mp3",
        "http://user:secret@example.org/",
        "http://example.org:22/",
        "http://example.org:0/",
        "http://example.org:70000/",
        "http://example.org:port/",
        "http://exa mple.org/",
        "http://example.org/\r\nX-Evil: 1",
        "http://example.org/\x00",
        "http://ex\u00e4mple.org/",
        "http://[::1",
        "http://[fe80::1%25eth0]/",
        "http://example.org\\@127.0.0.1/",
        "http://example.org/" + "a" * 3_000,
    ],
)
async def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(UrlNotAllowed):
        await guard("93.184.216.34").check(url)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "017700000001", "[::1]", "[::ffff:7f00:1]"],
)
async def test_this_machine_is_refused_in_every_spelling(host: str) -> None:
    with pytest.raises((UrlNotAllowed, UrlNotFetched)):
        await AddressGuard(resolve=resolve).check(f"http://{host}:8000/")


async def test_a_name_that_points_inside_is_refused() -> None:
    with pytest.raises(UrlNotAllowed):
        await guard("169.254.169.254").check("http://metadata.example.org/latest")


async def test_only_the_checked_addresses_are_connected_to() -> None:
    target = await guard("10.0.0.7", "93.184.216.34").check("https://Radio.Example.org./a?b=1#c")
    assert target.addresses == ("93.184.216.34",)
    assert (target.host, target.port, target.path) == ("radio.example.org", 443, "/a?b=1")
    assert target.authority == "radio.example.org"


async def test_a_host_of_the_own_network_can_be_allowed_by_name_or_all_of_them() -> None:
    named = guard("192.168.1.9", allowed_hosts=("Radio.local",))
    assert (await named.check("http://radio.local:8000/live")).addresses == ("192.168.1.9",)
    with pytest.raises(UrlNotAllowed):
        await named.check("http://router.local/")
    everything = guard("192.168.1.9", allow_private=True)
    assert (await everything.check("http://router.local/")).addresses == ("192.168.1.9",)


async def test_a_name_that_does_not_exist_is_not_fetched() -> None:
    async def nowhere(_host: str, _port: int) -> Collection[str]:
        raise OSError("no such host")

    with pytest.raises(UrlNotFetched):
        await AddressGuard(resolve=nowhere).check("http://nowhere.example.org/")
