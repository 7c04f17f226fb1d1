"""The queue: shared live by all pages, reordered by mouse and keyboard, undoable."""

import asyncio

import pytest
from playwright.async_api import Browser, expect

from web_page import WebPage, eventually, open_page
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TITLES = ["Morning Over the Estuary", "Slow Lanterns", "The Long Grass", "Quiet Harbour"]


@pytest.fixture
def queued(server: WebServer) -> list[str]:
    ids = server.track_ids()
    server.post("/api/queue/add", track_ids=[ids[title] for title in TITLES])
    return TITLES


async def test_two_pages_share_one_queue(
    browser: Browser, web: WebPage, server: WebServer, queued: list[str]
) -> None:
    await web.open_queue()
    async with open_page(browser, server.url) as other:
        await other.open_queue()
        await eventually(other.queue_titles, queued)
        await other.page.locator(".queue-play").nth(1).focus()
        await other.page.keyboard.press("Delete")
        expected = [queued[0], *queued[2:]]
        await eventually(other.queue_titles, expected)
        await eventually(web.queue_titles, expected)
        assert other.problems == []


async def test_the_other_page_says_where_the_music_is_and_can_take_it(
    browser: Browser, web: WebPage, server: WebServer, queued: list[str]
) -> None:
    await (
        web.page.get_by_role("contentinfo")
        .get_by_role("button", name="Play", exact=True)
        .first.click()
    )
    await web.hears_music()
    await asyncio.to_thread(server.post, "/api/player/seek", position_s=4)
    async with open_page(browser, server.url) as other:
        await expect(other.page.get_by_text("Playing on another page")).to_be_visible()
        await expect(other.page.locator(".bar-title")).to_have_text(queued[0])
        place = (await web.state())["position_s"]
        await other.page.get_by_role("button", name="Play here").click()
        moved = await other.hears_music()
        assert moved["position_s"] >= place
        await eventually(web.level, 0)
        await expect(web.page.get_by_text("Playing on another page")).to_be_visible()


async def test_alt_and_arrows_move_a_song(web: WebPage, queued: list[str]) -> None:
    await web.open_queue()
    await web.page.locator(".queue-play").nth(0).focus()
    await web.page.keyboard.press("Alt+ArrowDown")
    expected = [queued[1], queued[0], *queued[2:]]
    await eventually(web.queue_titles, expected)
    focused = web.page.locator(".queue-play:focus")
    await expect(focused).to_contain_text(queued[0])


async def test_dragging_moves_a_song(web: WebPage, queued: list[str]) -> None:
    await web.open_queue()
    rows = web.page.locator(".queue-list li[data-item]")
    await rows.nth(0).hover()
    start = await rows.nth(0).locator(".grip").bounding_box()
    goal = await rows.nth(2).bounding_box()
    assert start is not None
    assert goal is not None
    mouse = web.page.mouse
    await mouse.move(start["x"] + 8, start["y"] + 20)
    await mouse.down()
    await mouse.move(start["x"] + 8, goal["y"] + goal["height"] - 6, steps=8)
    await mouse.up()
    await eventually(web.queue_titles, [queued[1], queued[2], queued[0], queued[3]])


async def test_clear_can_be_undone(web: WebPage, queued: list[str]) -> None:
    await web.open_queue()
    await web.page.get_by_role("button", name="More for the queue").click()
    await web.page.get_by_role("menuitem", name="Clear the queue").click()
    await expect(web.page.get_by_text("The queue is empty.")).to_be_visible()
    await web.page.get_by_role("button", name="Undo the last change of the queue").click()
    await eventually(web.queue_titles, queued)


async def test_shuffle_and_repeat_show_their_state(web: WebPage, queued: list[str]) -> None:
    bar = web.page.get_by_role("contentinfo")
    shuffle = bar.get_by_role("button", name="Shuffle")
    await shuffle.click()
    await expect(shuffle).to_have_attribute("aria-pressed", "true")
    await bar.get_by_role("button", name="Repeat: off").click()
    await expect(bar.get_by_role("button", name="Repeat: all")).to_be_visible()


async def test_add_and_play_next_come_from_the_menu(
    web: WebPage, server: WebServer, queued: list[str]
) -> None:
    await (
        web.page.get_by_role("contentinfo")
        .get_by_role("button", name="Play", exact=True)
        .first.click()
    )
    await web.hears_music()
    await web.open_queue()
    await web.go("#/search?q=copper")
    await web.page.locator("refrain-page .row").first.hover()
    await web.page.get_by_role("button", name="More for Copper Wire").click()
    await web.page.get_by_role("menuitem", name="Play next").click()
    await eventually(web.queue_titles, [queued[0], "Copper Wire", *queued[1:]])
