"""Services in the page: words along the song, what they say beside the tags, one's accounts."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from music_services import (
    TOKEN,
    MusicServices,
    a_lyrics_entry,
    a_picture,
    a_recording,
    music_services,
)
from player_sound_server import free_port
from radio_station import a_station
from spotify_stub import URI, Account, device, spotify_account
from web_library import LIBRARY
from web_page import WebPage, open_page
from web_server import WebServer, running_server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PIECE = next(piece for piece in LIBRARY if piece.title == "Quiet Harbour")
WORDS = "\n".join(
    f"[00:{2 * number:02}.00]{line}"
    for number, line in enumerate(
        ("Boats at rest", "in the quiet harbour", "the lamps go out", "and nobody sings")
    )
)


@pytest.fixture(scope="module")
def services() -> Iterator[MusicServices]:
    with music_services() as services:
        artist = PIECE.artist
        services.lyrics = [
            a_lyrics_entry(PIECE.title, artist, PIECE.duration_s, syncedLyrics=WORDS)
        ]
        length_ms = int(PIECE.duration_s * 1000)
        services.recordings = [a_recording(PIECE.title, artist, length_ms, ("Tides", "1971-05"))]
        services.cover = a_picture()
        yield services


@pytest.fixture(scope="module")
def spotify() -> Iterator[Account]:
    with spotify_account() as account:
        yield account


@pytest.fixture(scope="module")
def served(
    chromium: str,
    music: Path,
    services: MusicServices,
    spotify: Account,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[WebServer]:
    assert chromium
    data = tmp_path_factory.mktemp("served") / "data"
    data.mkdir()
    names = ("musicbrainz", "cover_art", "lrclib", "listenbrainz", "lastfm", "discogs")
    lines = [f'{name}_url = "{services.url}"' for name in names]
    wanted = ["musicbrainz = true", "lrclib = true", "musicbrainz_every_s = 0.0"]
    port = free_port()
    lines += [
        'spotify_client_id = "client"',
        f'spotify_url = "{spotify.url}"',
        f'spotify_accounts_url = "{spotify.url}"',
        f'spotify_redirect_url = "http://127.0.0.1:{port}/spotify/callback"',
    ]
    near = ["[recognition]", 'allowed_url_hosts = ["127.0.0.1"]']
    (data / "config.toml").write_text("\n".join(["[sources]", *wanted, *lines, *near]))
    with running_server(data, music, port=port) as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, served: WebServer) -> AsyncIterator[WebPage]:
    served.forget_everything()
    async with open_page(browser, served.url) as page:
        yield page
        assert page.problems == []


async def _words_are_there(server: WebServer, track: int) -> None:
    for _ in range(300):
        found = await asyncio.to_thread(server.get, f"/api/tracks/{track}/lyrics", empty=True)
        facts = await asyncio.to_thread(server.get, f"/api/tracks/{track}/facts")
        if found["lines"] and facts["items"]:
            return
        await asyncio.sleep(0.1)
    raise AssertionError("no words came")


async def _picture(page: WebPage, name: str) -> None:
    """For whoever wants to look at it."""
    if folder := os.environ.get("REFRAIN_TEST_PICTURES"):
        await page.page.screenshot(path=f"{folder}/{name}.png")


async def test_words_of_a_service_follow_the_song_and_can_be_refused(
    page: WebPage, served: WebServer
) -> None:
    track = served.track_ids()[PIECE.title]
    await _words_are_there(served, track)
    await asyncio.to_thread(served.post, "/api/queue/play", track_ids=[track])
    await page.hears_music()
    await page.go(f"#/tracks/{track}")
    section = page.page.locator(".lyrics-section")
    await expect(section).to_contain_text("From LRCLIB, with times")
    await page.page.get_by_role("button", name="and nobody sings").click()
    await expect(page.page.locator(".lyric.sung")).to_have_text("and nobody sings")
    await section.scroll_into_view_if_needed()
    await _picture(page, "words")
    await section.get_by_role("button", name="Not the right words").click()
    await expect(section).to_contain_text("You did not want the words")
    await section.get_by_role("button", name="Show them after all").click()
    await expect(section.locator(".lyric")).to_have_count(4)


async def test_what_services_say_stands_beside_the_tags(page: WebPage, served: WebServer) -> None:
    track = served.track_ids()[PIECE.title]
    await _words_are_there(served, track)
    await page.go(f"#/tracks/{track}")
    facts = page.page.locator(".song-facts")
    await facts.get_by_text("What services say").click()
    year = facts.locator("li", has_text="First released")
    await expect(year).to_contain_text("1971")
    await expect(year).to_contain_text("MusicBrainz")
    await facts.scroll_into_view_if_needed()
    await _picture(page, "facts")
    await year.get_by_role("button", name="Not right").click()
    await expect(facts.locator("li", has_text="First released")).to_contain_text("not used")


async def test_an_account_is_connected_in_the_settings(
    page: WebPage, services: MusicServices
) -> None:
    await page.page.get_by_role("button", name="Settings").first.click()
    dialog = page.page.get_by_role("dialog")
    row = dialog.locator(".service", has_text="ListenBrainz")
    await row.get_by_role("button", name="Connect ListenBrainz", exact=True).click()
    await page.page.get_by_role("dialog").last.get_by_label("Your user token").fill(TOKEN)
    await page.page.get_by_role("dialog").last.get_by_role("button", name="Connect").last.click()
    await expect(row).to_contain_text("as ann")
    await row.scroll_into_view_if_needed()
    await _picture(page, "services")
    await row.get_by_role("button", name="Disconnect ListenBrainz").click()
    confirm = page.page.get_by_role("dialog").last
    await confirm.get_by_role("button", name="Disconnect").last.click()
    await expect(row.get_by_role("button", name="Connect ListenBrainz", exact=True)).to_be_visible()
    assert services.count("/1/validate-token") == 1


async def settings_row(page: WebPage, service: str) -> Locator:
    await page.page.get_by_role("button", name="Settings").first.click()
    row = page.page.get_by_role("dialog").locator(".service", has_text=service)
    await row.scroll_into_view_if_needed()
    return row


async def connect_spotify(page: WebPage) -> Locator:
    """Log in as a person does: Spotify is another page, and sends its browser back to us."""
    row = await settings_row(page, "Spotify")
    async with page.page.context.expect_page() as opened:
        await row.get_by_role("button", name="Connect Spotify", exact=True).click()
    there = await opened.value
    await expect(there.get_by_role("heading", name="Spotify is connected")).to_be_visible()
    await there.close()
    await expect(row).to_contain_text("as Ann", timeout=15_000)
    return row


async def test_spotify_is_connected_steered_and_disconnected(
    page: WebPage, spotify: Account
) -> None:
    row = await connect_spotify(page)
    await _picture(page, "services-spotify")
    await row.get_by_role("link", name="Open").click()
    await expect(page.page.get_by_role("heading", name="Spotify", exact=True)).to_be_visible()
    devices = page.page.get_by_role("group", name="Spotify devices")
    await expect(devices.get_by_role("button", name="Kitchen")).to_have_attribute(
        "aria-pressed", "true"
    )

    await page.page.get_by_label("Search Spotify").last.fill("sinnerman")
    await page.page.keyboard.press("Enter")
    found = page.page.get_by_role("list", name="Found on Spotify for sinnerman")
    await expect(found.get_by_role("link", name="Open Sinnerman in Spotify")).to_have_attribute(
        "href", f"https://open.spotify.com/track/{URI.rpartition(':')[2]}"
    )
    await found.get_by_role("button", name="Play Sinnerman on Spotify").click()
    player = page.page.get_by_role("region", name="What Spotify plays")
    await expect(player).to_contain_text("Nina Simone · on Kitchen")
    assert spotify.playing == URI

    await devices.get_by_role("button", name="Ann's phone").click()
    await expect(devices.get_by_role("button", name="Ann's phone")).to_have_attribute(
        "aria-pressed", "true"
    )
    assert spotify.active() == {**device(1), "is_active": True}
    await player.get_by_role("button", name="Pause").click()
    await expect(player.get_by_role("button", name="Go on")).to_be_visible()
    assert not spotify.playing

    mine = page.page.get_by_role("group", name="What to show")
    await expect(page.page.get_by_role("list", name="Your playlists on Spotify")).to_contain_text(
        "Mine 1"
    )
    await mine.get_by_role("button", name="Albums").click()
    await expect(page.page.get_by_role("list", name="Your albums on Spotify")).to_contain_text(
        "Pastel Blues"
    )
    await mine.get_by_role("button", name="Songs").click()
    await expect(page.page.get_by_role("list", name="Your songs on Spotify")).to_contain_text(
        "Take Five"
    )
    await _picture(page, "spotify")

    row = await settings_row(page, "Spotify")
    await row.get_by_role("button", name="Disconnect Spotify").click()
    confirm = page.page.get_by_role("dialog").last
    await confirm.get_by_role("button", name="Disconnect").last.click()
    await expect(row.get_by_role("button", name="Connect Spotify", exact=True)).to_be_visible()
    await page.page.keyboard.press("Escape")
    await page.page.reload()
    await expect(page.page.get_by_role("heading", name="Spotify is not connected")).to_be_visible()


async def test_spotify_without_a_device_says_what_to_do(page: WebPage, spotify: Account) -> None:
    kept, spotify.devices = spotify.devices, []
    try:
        row = await connect_spotify(page)
        await row.get_by_role("link", name="Open").click()
        player = page.page.get_by_role("region", name="What Spotify plays")
        await expect(player).to_contain_text("Open it on a phone, a computer or a speaker")
        await page.page.get_by_role("button", name="Play Mine 1 on Spotify").click()
        told = page.page.get_by_role("alert")
        await expect(told).to_contain_text("open it on a device first")
        page.problems.clear()  # the browser notes every answer that is an error
    finally:
        spotify.devices = kept


async def test_the_address_of_the_last_page_can_be_copied(page: WebPage, spotify: Account) -> None:
    row = await settings_row(page, "Spotify")
    if await row.get_by_role("button", name="Disconnect Spotify").is_visible():
        await row.get_by_role("button", name="Disconnect Spotify").click()
        confirm = page.page.get_by_role("dialog").last
        await confirm.get_by_role("button", name="Disconnect").last.click()
    context = page.page.context
    # As on a phone, where 127.0.0.1 is not the machine of the server: nothing comes back by itself.
    await context.route("**/authorize?**", lambda route: route.fulfill(status=200, body="Log in"))
    async with context.expect_page() as opened:
        await row.get_by_role("button", name="Connect Spotify", exact=True).click()
    there = await opened.value
    await there.wait_for_load_state()
    sent = (await asyncio.to_thread(httpx.get, there.url)).headers["location"]
    await there.close()
    dialog = page.page.get_by_role("dialog", name="Connect Spotify")
    await dialog.get_by_label("copy its address here").fill(sent)
    await dialog.get_by_role("button", name="Connect", exact=True).click()
    await expect(row).to_contain_text("as Ann")
    assert spotify.challenge


async def test_a_station_is_added_and_played(page: WebPage, served: WebServer) -> None:
    with a_station() as url:
        await page.go("#/radio")
        await page.page.get_by_label("Address of the stream").fill(url)
        await page.page.get_by_role("button", name="Add", exact=True).click()
        row = page.page.locator(".station", has_text="Quiet FM")
        await row.get_by_role("button", name="Play Quiet FM").click()
        await page.hears_music()
        assert await page.title() == "Quiet FM"
        await expect(page.page.locator(".time.left").first).to_have_text("Live")
        await _picture(page, "radio")
        player = await asyncio.to_thread(served.get, "/api/player")
        assert (player["status"], player["duration_s"]) == ("playing", 0)
        await row.get_by_role("button", name="Remove Quiet FM").click()
        confirm = page.page.get_by_role("dialog").last
        await confirm.get_by_role("button", name="Remove", exact=True).click()
        await expect(row).to_have_count(0)
