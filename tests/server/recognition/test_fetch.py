"""Fetching from a real web server on this machine: redirects, playlists, radio, and tricks."""

from collections.abc import Collection

import pytest

from recognition_radio import StubSite, answer, stub_site
from server.errors import ServerError, TooLarge, UrlNotAllowed, UrlNotFetched
from server.recognition.addresses import AddressGuard
from server.recognition.fetch import Fetcher, Sound

pytestmark = pytest.mark.integration
SOUND = b"ID3" + bytes(range(256)) * 40


async def to_this_machine(host: str, _port: int) -> Collection[str]:
    """Every name leads to this machine, as the name of an attacker may."""
    return (host,) if host[0].isdigit() else ("127.0.0.1",)


def fetcher(*allowed: str) -> Fetcher:
    return Fetcher(AddressGuard(allowed_hosts=allowed or ("site.test",), resolve=to_this_machine))


async def fetched(
    url: str, *, seconds: float = 0.5, max_bytes: int = 20_000
) -> tuple[Sound, bytes]:
    got = bytearray()

    async def write(data: bytes) -> None:
        got.extend(data)

    sound = await fetcher().fetch(url, seconds=seconds, max_bytes=max_bytes, write=write)
    return sound, bytes(got)


async def test_a_file_is_fetched_whole_from_the_checked_address() -> None:
    async with stub_site({"/a.mp3?x=1": [answer(SOUND, "Content-Type: audio/mpeg")]}) as site:
        sound, got = await fetched(site.url("/a.mp3?x=1"))
        assert got == SOUND
        assert not sound.is_live
        assert site.asked == [(f"site.test:{site.port}", "/a.mp3?x=1")]


async def test_a_chunked_answer_and_one_without_a_length_are_files_too() -> None:
    chunked = (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nID3\r\n2\r\nab\r\n0\r\n\r\n"
    )
    async with stub_site({"/c": [chunked], "/n": [answer(SOUND, length=False)]}) as site:
        assert (await fetched(site.url("/c")))[1] == b"ID3ab"
        assert (await fetched(site.url("/n")))[1] == SOUND


async def test_an_endless_stream_is_read_for_as_long_as_asked() -> None:
    head = b"ICY 200 OK\r\nicy-name: Kitchen FM\r\nicy-br: 128\r\nContent-Type: audio/mpeg\r\n\r\n"
    slowly: list[bytes | float] = [SOUND, 0.02]
    async with stub_site({"/live": [head[:3], 0.05, head[3:], *slowly * 500]}) as site:
        sound, got = await fetched(site.url("/live"), seconds=2.0, max_bytes=10**6)
        assert sound.is_live
        assert (sound.name, sound.bytes_per_s) == ("Kitchen FM", 16_000)
        assert 32_000 <= len(got) < 32_000 + 70_000


async def test_a_stream_that_comes_slowly_ends_by_the_clock() -> None:
    head = answer(b"ab", "Content-Type: audio/aac", "icy-name: Slow", length=False)
    async with stub_site({"/live": [head, 60.0]}) as site:
        _, got = await fetched(site.url("/live"), seconds=0.1)
        assert got == b"ab"


@pytest.mark.parametrize(
    ("path", "media_type", "text"),
    [
        ("/r.m3u", "audio/x-mpegurl", b"#EXTM3U\n#EXTINF:-1,One\n/a.mp3\nhttp://other/\n"),
        ("/r.pls", "audio/x-scpls", b"[playlist]\nNumberOfEntries=1\nFile1=/a.mp3\n"),
        ("/listen", "text/plain", b"[playlist]\nfile1 = a.mp3"),
        ("/r.m3u", "text/plain", b"a.mp3"),
    ],
)
async def test_a_playlist_is_followed_once(path: str, media_type: str, text: bytes) -> None:
    pages = {path: [answer(text, f"Content-Type: {media_type}")], "/a.mp3": [answer(SOUND)]}
    async with stub_site(pages) as site:
        assert (await fetched(site.url(path)))[1] == SOUND


async def test_redirects_are_followed_three_times() -> None:
    pages = {f"/{n}": [_moved(f"/{n + 1}")] for n in range(3)} | {"/3": [answer(SOUND)]}
    async with stub_site(pages) as site:
        assert (await fetched(site.url("/0")))[1] == SOUND
    pages = {f"/{n}": [_moved(f"/{n + 1}")] for n in range(4)} | {"/4": [answer(SOUND)]}
    async with stub_site(pages) as site:
        with pytest.raises(UrlNotFetched):
            await fetched(site.url("/0"))


def inside(site: StubSite) -> list[str]:
    """Addresses of this machine that nobody allowed."""
    return [
        f"http://127.0.0.1:{site.port}/secret",
        f"http://evil.test:{site.port}/secret",
        f"//127.0.0.1:{site.port}/secret",
        "file:///etc/passwd",
    ]


@pytest.mark.parametrize("number", range(4))
async def test_neither_redirects_nor_playlists_lead_inside(number: int) -> None:
    pages: dict[str, list[bytes]] = {"/secret": [answer(SOUND)]}
    async with stub_site(pages) as site:
        place = inside(site)[number]
        pages["/moved"] = [_moved(place)]
        pages["/list.m3u"] = [answer(place.encode(), "Content-Type: audio/x-mpegurl")]
        for path in ("/moved", "/list.m3u"):
            with pytest.raises(UrlNotAllowed):
                await fetched(site.url(path))
        with pytest.raises(ServerError):
            await fetched(place)
        assert "/secret" not in {path for _, path in site.asked}


async def test_a_name_is_resolved_once_so_that_it_cannot_move_after_the_check() -> None:
    asked: list[str] = []

    async def rebinding(host: str, _port: int) -> Collection[str]:
        asked.append(host)
        return ("203.0.113.1",) if len(asked) == 1 else ("127.0.0.1",)

    async with stub_site({"/a": [answer(SOUND)]}) as site:
        target = await AddressGuard(allowed_hosts=("evil.test",), resolve=rebinding).check(
            site.url("/a", "evil.test")
        )
        assert target.addresses == ("203.0.113.1",)
        assert asked == ["evil.test"]


@pytest.mark.parametrize(
    "page",
    [
        answer(b"<html>", "Content-Type: text/html; charset=utf-8"),
        answer(b"no", status="404 Not Found"),
        answer(b"no", status="500 Oh"),
        answer(b"\x1f\x8b...", "Content-Encoding: gzip"),
        answer(b""),
        answer(b"", "Location: http://[", status="302 Found"),
        answer(b"", status="302 Found"),
        answer(b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nseg1.ts\n"),
        answer(b"#EXTM3U\n# nothing\n"),
        answer(b"#EXTM3U\n/list.m3u\n"),
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 200_000,
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"",
    ],
)
async def test_what_is_not_sound_is_said_in_words(page: bytes) -> None:
    nested = answer(b"#EXTM3U\n/a.mp3\n")
    async with stub_site({"/x": [page], "/list.m3u": [nested]}) as site:
        with pytest.raises(UrlNotFetched) as caught:
            await fetched(site.url("/x"))
        assert str(caught.value)


async def test_a_file_above_the_limit_is_refused_in_the_middle() -> None:
    async with stub_site({"/big": [answer(b"x" * 300_000)]}) as site:
        with pytest.raises(TooLarge):
            await fetched(site.url("/big"), max_bytes=100_000)


async def test_nobody_there_is_said_in_words() -> None:
    async with stub_site({}) as site:
        port = site.port
    with pytest.raises(UrlNotFetched):
        await fetched(f"http://site.test:{port}/")


def _moved(place: str) -> bytes:
    return answer(b"", f"Location: {place}", status="302 Found")
