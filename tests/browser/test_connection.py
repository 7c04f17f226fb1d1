"""What the page says when the server goes away, is empty, or is not willing."""

import asyncio
import socket
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from web_page import eventually, open_page
from web_server import running_server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def test_it_reconnects_by_itself_and_catches_up(
    browser: Browser, music: Path, tmp_path: Path
) -> None:
    data, port = tmp_path / "data", free_port()
    with running_server(data, music, port=port) as server:
        async with open_page(browser, server.url) as web:
            await asyncio.to_thread(server.stop)
            banner = web.page.get_by_text("The connection to Refrain is lost.")
            await expect(banner).to_be_visible(timeout=10_000)
            await expect(web.page.locator(".send-button")).to_be_disabled()
            with running_server(data, music, port=port) as again:
                ids = list(again.track_ids().values())
                again.post("/api/queue/add", track_ids=ids[:3])
                await expect(banner).to_be_hidden(timeout=20_000)
                await web.open_queue()
                await eventually(web.queue_titles, lambda titles: len(titles) == 3)


async def test_an_empty_library_says_what_to_do(
    browser: Browser, chromium: str, tmp_path: Path
) -> None:
    with running_server(tmp_path / "data") as server:
        async with open_page(browser, server.url) as web:
            await expect(web.page.get_by_text("Your library is empty")).to_be_visible()
            await expect(web.page.locator(".commands")).to_contain_text("refrain serve --music")
            assert web.problems == []
