"""Chromium, a server with a small real library, and a page of its own for every test."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from web_library import make_library
from web_page import WebPage, open_page
from web_server import WebServer, running_server

_FLAGS = ["--no-sandbox", "--disable-gpu"]
_SOUND_AT_ONCE = "--autoplay-policy=no-user-gesture-required"
_SOUND_AFTER_CLICK = "--autoplay-policy=document-user-activation-required"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser; without one these tests are skipped, unless nothing may be."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        reason = "Chromium is not installed (Debian: apt install chromium)"
        if os.environ.get("REFRAIN_TEST_SKIP_NOTHING") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    return path


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """A browser that allows sound at once, as one does where the page is used often."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path=chromium, args=[*_FLAGS, _SOUND_AT_ONCE]
        )
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def strict_browser(chromium: str) -> AsyncIterator[Browser]:
    """A browser that keeps a page silent until somebody clicks in it."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path=chromium, args=[*_FLAGS, _SOUND_AFTER_CLICK]
        )
        yield opened
        await opened.close()


@pytest.fixture(scope="session")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_library(tmp_path_factory.mktemp("music"))


@pytest.fixture(scope="session")
def shared_server(
    chromium: str, music: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[WebServer]:
    with running_server(tmp_path_factory.mktemp("served") / "data", music) as server:
        yield server


@pytest.fixture
def server(shared_server: WebServer) -> WebServer:
    """The server with an empty queue."""
    shared_server.forget_everything()
    return shared_server


@pytest_asyncio.fixture(loop_scope="session")
async def web(browser: Browser, server: WebServer) -> AsyncIterator[WebPage]:
    """A fresh page; anything in its console fails the test."""
    async with open_page(browser, server.url) as page:
        yield page
        assert page.problems == []
