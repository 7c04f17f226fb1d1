"""The sleep timer and the alarm of the page: what is typed, what is seen, and what is heard."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.async_api import expect

from web_page import WebPage, eventually
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture(autouse=True)
def _nothing_set(server: WebServer) -> Iterator[None]:
    yield
    for timer in server.get("/api/timers")["timers"]:
        server.client.delete(f"/api/timers/{timer['id']}").raise_for_status()


async def test_the_music_stops_as_it_was_said(web: WebPage) -> None:
    await web.ask("play the album Tidewater")
    await web.hears_music()
    await web.page.get_by_role("button", name="Send").wait_for()
    await web.ask("stop in 4 seconds")
    button = web.page.get_by_role("contentinfo").get_by_role("button", name="Sleep timer is on")
    await expect(button).to_contain_text("0:0")

    async def status() -> str:
        return str((await web.state())["status"])

    await eventually(status, "idle", timeout_s=10)
    await eventually(web.level, 0)
    await expect(button).to_have_count(0)
    await expect(web.page.locator("#toasts")).to_contain_text("The sleep timer stopped the music")


async def test_an_alarm_starts_the_music(web: WebPage, server: WebServer) -> None:
    soon = (datetime.now().astimezone() + timedelta(seconds=2)).isoformat()
    server.post("/api/timers", kind="alarm", when=soon, music="Copper Wire", fade_s=1)
    state = await web.hears_music()
    assert state["status"] == "playing"
    assert await web.title() == "Copper Wire"
    await expect(web.page.locator("#toasts")).to_contain_text("playing Copper Wire")


async def test_the_panel_lists_sets_and_cancels(web: WebPage, server: WebServer) -> None:
    bar = web.page.get_by_role("contentinfo")
    await bar.get_by_role("button", name="Sleep timer and alarms").click()
    panel = web.page.get_by_role("dialog", name="Sleep timer and alarms")
    await panel.get_by_role("button", name="30 min").click()
    rows = panel.locator(".timer")
    await expect(rows).to_have_count(1)
    await expect(panel.locator(".timer-left")).to_contain_text("29:")
    await panel.get_by_label("Time of the alarm").fill("06:45")
    await panel.get_by_label("On which days").select_option("weekdays")
    await panel.get_by_label("What to play").fill("Night Ferry")
    await panel.get_by_role("button", name="Set alarm").click()
    await expect(rows).to_have_count(2)
    await expect(rows.nth(1)).to_contain_text("06:45")
    await expect(rows.nth(1)).to_contain_text("Weekdays · Night Ferry")
    await panel.get_by_label("What to play").fill("Zzyzx Qwvut")
    await panel.get_by_role("button", name="Set alarm").click()
    await expect(panel.get_by_role("alert")).to_contain_text("Zzyzx Qwvut")
    assert ["400" in problem for problem in web.problems] == [True]
    web.problems.clear()
    await rows.nth(0).get_by_role("button", name="Cancel").click()
    await expect(rows).to_have_count(1)
    [left] = server.get("/api/timers")["timers"]
    assert left["clock"] == "06:45"
    await web.page.keyboard.press("Escape")
    await expect(panel).to_have_count(0)
