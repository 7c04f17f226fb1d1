"""Browsing: albums, artists, songs, genres, playlists, history, search, and hostile names."""

import asyncio

import pytest
from playwright.async_api import expect

from web_library import ARABIC_TITLE, HOSTILE_ARTIST, HOSTILE_TITLE, LIBRARY
from web_page import WebPage, eventually
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_an_album_shows_its_songs_in_order_and_plays(web: WebPage) -> None:
    page = web.page
    await page.get_by_role("link", name="Albums").click()
    # The first page has a card of the album too, until the list of albums takes its place.
    await page.locator("refrain-page").get_by_role("link", name="Tidewater").click()
    await expect(page.get_by_role("heading", name="Tidewater")).to_be_visible()
    titles = await page.locator(".row-title").all_inner_texts()
    assert titles == [piece.title for piece in LIBRARY if piece.album == "Tidewater"]
    cover = page.locator(".large-header img")
    await eventually(lambda: cover.evaluate("image => image.naturalWidth"), lambda width: width > 0)
    await page.get_by_role("button", name="Play", exact=True).first.click()
    await web.hears_music()
    assert await web.title() == titles[0]


async def test_a_reload_stays_on_the_page(web: WebPage) -> None:
    await web.go("#/genres/Techno")
    await expect(web.page.get_by_role("heading", name="Techno")).to_be_visible()
    await web.page.reload()
    await expect(web.page.get_by_role("heading", name="Techno")).to_be_visible()
    assert await web.page.title() == "Techno · Refrain"


async def test_search_finds_while_typing_and_forgives_errors(web: WebPage) -> None:
    field = web.page.get_by_role("searchbox", name="Search the library").first
    await field.press_sequentially("cooper wir")
    await expect(web.page.locator("refrain-page .row-title").first).to_have_text("Copper Wire")
    await expect(field).to_be_focused()


async def test_hostile_names_are_only_text(web: WebPage, server: WebServer) -> None:
    ids = server.track_ids()
    await asyncio.to_thread(
        server.post, "/api/queue/play", track_ids=[ids[HOSTILE_TITLE], ids[ARABIC_TITLE]]
    )
    await web.hears_music()
    await web.open_queue()
    assert await web.title() == HOSTILE_TITLE
    for address in ("#/songs", "#/albums", "#/artists", "#/search?q=img", "#/"):
        await web.go(address)
        await web.page.wait_for_timeout(200)
    await web.ask(f"play something by {HOSTILE_ARTIST}")
    await expect(web.page.locator(".bubble").last).to_contain_text(HOSTILE_ARTIST)
    await expect(web.page.locator(".reply").last).not_to_be_empty()
    await web.page.locator(".cover-button").click()
    await expect(web.page.get_by_role("dialog", name="Now playing")).to_be_visible()
    assert await web.page.evaluate("window.hacked ?? null") is None
    assert await web.page.locator("script:not([src])").count() == 0


async def test_right_to_left_titles_keep_their_direction(web: WebPage) -> None:
    await web.go("#/songs")
    title = web.page.locator(".row-title", has_text=ARABIC_TITLE)
    assert await title.evaluate("element => getComputedStyle(element).direction") == "rtl"


async def test_a_playlist_is_made_renamed_and_deleted(web: WebPage, server: WebServer) -> None:
    page = web.page
    await page.get_by_role("link", name="Playlists").click()
    await page.get_by_role("button", name="New playlist").click()
    await page.get_by_role("textbox", name="Name").fill("Sunday")
    await page.get_by_role("button", name="Create").click()
    await expect(page.get_by_role("heading", name="Sunday")).to_be_visible()
    playlist = server.get("/api/playlists")[0]
    ids = server.track_ids()
    server.client.patch(
        f"/api/playlists/{playlist['id']}", json={"add": [ids["Slow Lanterns"], ids["Copper Wire"]]}
    ).raise_for_status()
    await page.reload()
    await expect(page.locator(".row-title")).to_have_text(["Slow Lanterns", "Copper Wire"])
    await page.locator(".row").first.hover()
    await page.get_by_role("button", name="More for Slow Lanterns").click()
    await page.get_by_role("menuitem", name="Move down").click()
    await expect(page.locator(".row-title")).to_have_text(["Copper Wire", "Slow Lanterns"])
    await page.get_by_role("button", name="More for Slow Lanterns").click()
    await page.get_by_role("menuitem", name="Remove from this playlist").click()
    await expect(page.locator(".row-title")).to_have_text(["Copper Wire"])
    await page.get_by_role("button", name="More for Sunday").click()
    await page.get_by_role("menuitem", name="Rename…").click()
    await page.get_by_role("textbox", name="Name").fill("Monday")
    await page.get_by_role("button", name="Rename").click()
    await expect(page.get_by_role("heading", name="Monday")).to_be_visible()
    await page.get_by_role("button", name="More for Monday").click()
    await page.get_by_role("menuitem", name="Delete…").click()
    await page.get_by_role("button", name="Delete", exact=True).click()
    await expect(page.get_by_text("No playlists yet")).to_be_visible()
    assert server.get("/api/playlists") == []


async def test_a_heart_is_kept(web: WebPage, server: WebServer) -> None:
    await web.go("#/songs")
    row = web.page.locator(".row", has_text="Slow Lanterns")
    await row.hover()
    await row.get_by_role("button", name="Like Slow Lanterns").click()
    track = server.track_ids()["Slow Lanterns"]
    await eventually(lambda: _liked(server, track), wanted=True)
    await web.page.reload()
    heart = web.page.get_by_role("button", name="Like Slow Lanterns")
    await expect(heart.first).to_have_attribute("aria-pressed", "true")
    await heart.first.click()
    await eventually(lambda: _liked(server, track), None)


async def test_history_lists_what_was_heard(web: WebPage, server: WebServer) -> None:
    ids = server.track_ids()
    await asyncio.to_thread(server.post, "/api/queue/play", track_ids=[ids["Quiet Harbour"]])
    await web.hears_music()
    await web.page.get_by_role("link", name="History").click()
    await expect(web.page.get_by_role("heading", name="Today")).to_be_visible()
    await expect(web.page.locator(".row-title").first).to_have_text("Quiet Harbour")


async def _liked(server: WebServer, track_id: int) -> bool | None:
    liked: bool | None = server.get(f"/api/tracks/{track_id}")["liked"]
    return liked
