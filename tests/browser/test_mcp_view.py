"""The view of what plays, in a frame of a page that speaks MCP Apps with it."""

from pathlib import Path

import pytest
from playwright.async_api import Browser

import server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

_VIEW = Path(server.__file__).parent / "integrations" / "mcp" / "now_playing.html"
_HOST = """
window.told = [];
addEventListener("message", ({ source, data }) => {
  told.push(data);
  if (data.method === "ui/initialize") {
    source.postMessage({ jsonrpc: "2.0", id: data.id, result: { protocolVersion: "2026-01-26",
      hostInfo: { name: "test", version: "1" }, hostCapabilities: {}, hostContext: {} } }, "*");
  }
});
window.shows = (outcome) => document.querySelector("iframe").contentWindow.postMessage(
  { jsonrpc: "2.0", method: "ui/notifications/tool-result",
    params: { content: [], structuredContent: outcome } }, "*");
"""


async def test_it_shows_the_result_as_text_only(browser: Browser) -> None:
    page = await browser.new_page()
    try:
        await page.set_content("<iframe sandbox='allow-scripts'></iframe>")
        await page.evaluate(_HOST)
        view = _VIEW.read_text("utf-8")
        await page.evaluate("html => { document.querySelector('iframe').srcdoc = html }", view)
        await page.wait_for_function(
            "told.some((one) => one.method === 'ui/notifications/initialized')"
        )
        facts = {
            "playing": "<img src=x onerror=top.hacked=1>Take Five",
            "artist": "Dave Brubeck", "album": "Time Out", "status": "playing",
            "position_s": 65.0, "duration_s": 324.0, "player": "kitchen",
        }  # fmt: skip
        await page.evaluate("facts => shows({ result: 'found', facts })", facts)
        frame = page.frame_locator("iframe")
        await frame.get_by_role("heading", name="Take Five").wait_for()
        assert await frame.locator("h1").inner_text() == facts["playing"]
        assert await frame.locator("#by").inner_text() == "Dave Brubeck · Time Out"
        assert await frame.locator("#more").inner_text() == "playing · 1:05 of 5:24 · on kitchen"
        assert await frame.locator("img").count() == 0
        await page.evaluate("shows({ result: 'found', facts: { status: 'idle' } })")
        await frame.get_by_role("heading", name="Nothing is playing").wait_for()
    finally:
        await page.close()
