"""The page as a person meets it: what one does there, and what one hears and sees."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, Locator, Page

_SILENCE = 0.0005
"""Root mean square below which nothing is heard."""


@dataclass(slots=True)
class WebPage:
    """One open page."""

    page: Page
    problems: list[str] = field(default_factory=list)
    """What it wrote to its console as an error or warning, and uncaught exceptions."""

    async def ask(self, text: str) -> None:
        await self.page.fill("#ask", text)
        await self.page.press("#ask", "Enter")

    async def state(self) -> dict[str, Any]:
        """What the page's own player reports."""
        state: dict[str, Any] = await self.page.evaluate("refrain.player.state()")
        return state

    async def level(self) -> float:
        level: float = await self.page.evaluate("refrain.player.level()")
        return level

    async def hears_music(self, timeout_s: float = 12.0) -> dict[str, Any]:
        """Wait for time that advances and samples that are not silent; returns the state."""
        deadline = time.monotonic() + timeout_s
        before: dict[str, Any] = await self.state()
        loudest = 0.0
        while time.monotonic() < deadline:
            await asyncio.sleep(0.1)
            now = await self.state()
            loudest = max(loudest, await self.level())
            same = now["item_id"] == before["item_id"]
            moved = same and now["position_s"] > before["position_s"] + 0.2
            if now["status"] == "playing" and moved and loudest > _SILENCE:
                return now
            if not same or now["position_s"] < before["position_s"]:
                before = now
        raise AssertionError(f"no music: {await self.state()}, loudest {loudest}")

    async def title(self) -> str:
        """What the bar says is playing."""
        return (await self.page.locator(".bar-title").inner_text()).strip()

    async def queue_titles(self) -> list[str]:
        return await self.page.locator("refrain-queue .queue-title").all_inner_texts()

    async def open_queue(self) -> Locator:
        queue = self.page.locator("refrain-queue")
        if await queue.get_attribute("open") is None:
            await self.page.get_by_role("contentinfo").get_by_role("button", name="Queue").click()
        await self.page.locator("refrain-queue[open]").wait_for()
        return queue

    async def go(self, address: str) -> None:
        await self.page.evaluate("address => { location.hash = address }", address)


async def eventually(
    found: Callable[[], Awaitable[Any]], wanted: Any, timeout_s: float = 8.0
) -> None:
    """Wait until `found` gives `wanted` (or, when that is callable, satisfies it)."""
    deadline = time.monotonic() + timeout_s
    fits = wanted if callable(wanted) else lambda answer: answer == wanted
    while not fits(answer := await found()):
        if time.monotonic() > deadline:
            raise AssertionError(f"still {answer!r} after {timeout_s:g} s")
        await asyncio.sleep(0.05)


@asynccontextmanager
async def open_page(
    browser: Browser, url: str, *, untouched: bool = False, **options: Any
) -> AsyncIterator[WebPage]:
    """Open the page in a browser context of its own, which remembers nothing.

    `untouched` does not wait until the page is ready: Playwright looks into a page in a way that
    counts as a click, and some browsers allow sound from then on.
    """
    settings: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, **options}
    context = await browser.new_context(**settings)
    try:
        page = await context.new_page()
        opened = WebPage(page)
        page.on(
            "console",
            lambda message: (
                opened.problems.append(f"{message.type}: {message.text}")
                if message.type in {"error", "warning"}
                else None
            ),
        )
        page.on("pageerror", lambda error: opened.problems.append(str(error)))
        await page.goto(url)
        if not untouched:
            await page.locator(".send-button:enabled").wait_for()
        yield opened
    finally:
        await context.close()
