"""For everyone: keyboard, screen readers, small screens, light and dark."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from web_page import WebPage, eventually, open_page
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ADDRESSES = (
    "#/",
    "#/albums",
    "#/artists",
    "#/songs",
    "#/genres",
    "#/playlists",
    "#/spotify",
    "#/history",
    "#/heard",
    "#/library",
    "#/map",
    "#/statistics",
    "#/taste",
    "#/tracks/1",
    "#/search?q=a",
)
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "has_touch": True,
    "is_mobile": True,
}

FIND_FLAWS = (Path(__file__).parent / "find_flaws.js").read_text("utf-8")

FIND_FAINT_TEXT = (Path(__file__).parent / "find_faint_text.js").read_text("utf-8")


@pytest.fixture
def playing(server: WebServer) -> None:
    ids = list(server.track_ids().values())
    server.post("/api/queue/add", track_ids=ids[:5])


async def test_every_control_has_a_name(web: WebPage, playing: None) -> None:
    await web.open_queue()
    for address in ADDRESSES:
        await web.go(address)
        await web.page.wait_for_timeout(350)
        assert await web.page.evaluate(FIND_FLAWS) == [], address
    await web.go("#/")
    await web.ask("play something calm")
    await expect(web.page.locator(".card").first).to_be_visible()
    assert await web.page.evaluate(FIND_FLAWS) == []
    await web.page.get_by_role("button", name="Settings").click()
    assert await web.page.evaluate(FIND_FLAWS) == []


@pytest.mark.parametrize("scheme", ["dark", "light"])
async def test_text_can_be_read(
    browser: Browser, server: WebServer, playing: None, scheme: str
) -> None:
    async with open_page(browser, server.url, color_scheme=scheme) as web:
        await web.open_queue()
        for address in ADDRESSES:
            await web.go(address)
            await web.page.wait_for_timeout(350)
            assert await web.page.evaluate(FIND_FAINT_TEXT) == [], address


async def test_nothing_is_wider_than_a_phone(
    browser: Browser, server: WebServer, playing: None
) -> None:
    async with open_page(browser, server.url, **PHONE) as web:
        for address in ADDRESSES:
            await web.go(address)
            await web.page.wait_for_timeout(300)
            width = await web.page.evaluate(
                "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth,"
                " ...[...document.querySelectorAll('main > *')].map(e => e.scrollWidth))"
            )
            assert width <= 390, address
            assert await web.page.evaluate(FIND_FLAWS) == [], address
        assert web.problems == []


async def test_a_phone_opens_the_player_on_the_whole_screen(
    browser: Browser, server: WebServer, playing: None
) -> None:
    async with open_page(browser, server.url, **PHONE) as web:
        await (
            web.page.get_by_role("contentinfo").get_by_role("button", name="Play", exact=True).tap()
        )
        await web.hears_music()
        await web.page.get_by_role("button", name="Open the player").tap()
        sheet = web.page.get_by_role("dialog", name="Now playing")
        await expect(sheet).to_be_visible()
        await expect(sheet.get_by_role("button", name="Pause")).to_be_visible()
        await sheet.get_by_role("button", name="Close the player").tap()
        await expect(sheet).to_be_hidden()


async def test_the_keyboard_is_enough(web: WebPage, server: WebServer, playing: None) -> None:
    page = web.page
    await page.keyboard.press("/")
    await expect(page.locator("#ask")).to_be_focused()
    await page.keyboard.type("play copper wire")
    await page.keyboard.press("Enter")
    await web.hears_music()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Space")
    await eventually(web.state, lambda state: state["status"] == "paused")
    await page.keyboard.press("Space")
    await web.hears_music()
    ids = list(server.track_ids().values())
    await asyncio.to_thread(server.post, "/api/queue/add", track_ids=ids[:2])
    before = (await web.state())["item_id"]
    await page.keyboard.press("j")
    await eventually(web.state, lambda state: state["item_id"] not in {before, None})
    await page.keyboard.press("q")
    await expect(page.locator("refrain-queue")).to_have_attribute("open", "")
    await page.keyboard.press("?")
    help_card = page.get_by_role("dialog", name="Keyboard shortcuts")
    await expect(help_card).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(help_card).to_be_hidden()


async def test_focus_is_always_visible_and_never_lost(web: WebPage) -> None:
    page = web.page
    seen: set[str] = set()
    for _ in range(30):
        await page.keyboard.press("Tab")
        where = await page.evaluate(
            "(() => { const e = document.activeElement; const s = getComputedStyle(e);"
            " const p = e.closest('.composer') ? getComputedStyle(e.closest('.composer')) : s;"
            " return [e.tagName, e.getAttribute('aria-label') || e.textContent.trim().slice(0, 30),"
            " s.outlineStyle !== 'none' || p.boxShadow !== 'none'] })()"
        )
        assert where[2], where
        seen.add(f"{where[0]} {where[1]}")
    assert len(seen) > 15


async def test_a_finished_reply_is_announced(web: WebPage) -> None:
    await web.ask("play copper wire")
    announced = web.page.locator("refrain-chat > [aria-live=polite]")
    await expect(announced).to_contain_text("Copper Wire")


async def test_the_theme_is_remembered(web: WebPage) -> None:
    await web.page.get_by_role("button", name="Settings").click()
    await web.page.get_by_text("Light", exact=True).click()
    await web.page.keyboard.press("Escape")
    await web.page.reload()
    assert await web.page.evaluate("document.documentElement.dataset.theme") == "light"
    assert await web.page.evaluate("getComputedStyle(document.body).colorScheme") == "light"
