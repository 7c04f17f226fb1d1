"""From a typed wish to sound: the way through the page that everything else serves."""

import pytest
from playwright.async_api import expect

from web_page import WebPage, eventually
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_asking_choosing_skipping_seeking_and_coming_back(
    web: WebPage, server: WebServer
) -> None:
    page = web.page
    await web.ask("play something calm")
    cards = page.locator(".card")
    await expect(cards.nth(1)).to_be_visible()
    await web.hears_music()
    first = await web.title()
    second = await page.locator(".card-title").nth(1).inner_text()
    assert first == await page.locator(".card-title").nth(0).inner_text()

    await web.ask("the second one")
    await expect(page.locator(".bar-title")).to_have_text(second)
    await web.hears_music()

    before = (await web.state())["item_id"]
    server.post("/api/queue/add", track_ids=list(server.track_ids().values())[:3])
    await page.get_by_role("contentinfo").get_by_role("button", name="Next song").click()
    await eventually(web.state, lambda state: state["item_id"] not in {before, None})
    await web.hears_music()

    slider = page.get_by_role("contentinfo").get_by_role("slider", name="Position in the song")
    await slider.fill("5")
    await eventually(web.state, lambda state: state["position_s"] >= 5)
    await web.hears_music()

    await web.open_queue()
    queue = await web.queue_titles()
    assert len(queue) >= 2
    await page.reload()
    await page.locator(".send-button:enabled").wait_for()
    await web.open_queue()
    assert await web.queue_titles() == queue
    await expect(page.locator(".bubble").nth(1)).to_contain_text("the second one")


async def test_a_click_on_a_card_plays_it(web: WebPage) -> None:
    await web.ask("play something calm")
    await web.page.locator(".card-main").nth(2).click()
    third = await web.page.locator(".card-title").nth(2).inner_text()
    await expect(web.page.locator(".bar-title")).to_have_text(third)
    await web.hears_music()
    await expect(web.page.locator(".card").nth(2)).to_have_attribute("aria-current", "true")


async def test_the_reply_names_what_really_plays(web: WebPage) -> None:
    await web.ask("play copper wire")
    reply = web.page.locator("refrain-message.assistant .reply").last
    await expect(reply).to_contain_text("Copper Wire")
    await web.hears_music()
    assert await web.title() == "Copper Wire"


async def test_arrow_up_brings_back_the_last_request(web: WebPage) -> None:
    await web.ask("play copper wire")
    await expect(web.page.locator(".reply").last).to_contain_text("Copper Wire")
    await web.page.press("#ask", "ArrowUp")
    await expect(web.page.locator("#ask")).to_have_value("play copper wire")


async def test_nothing_like_it_is_said_plainly(web: WebPage) -> None:
    await web.ask("play zzyzx qqwv")
    reply = web.page.locator(".reply").last
    await expect(reply).not_to_be_empty()
    await expect(reply).not_to_contain_text("Playing")
    assert (await web.state())["status"] == "idle"
