"""The page's settings let people take along and erase what is theirs."""

import zipfile
from pathlib import Path

import pytest
from playwright.async_api import expect

from web_page import WebPage, eventually
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


def said_in(path: Path) -> str:
    """What was said about a taste, in an archive."""
    with zipfile.ZipFile(path) as archive:
        return archive.read("taste_rules.jsonl").decode()


async def test_data_is_downloaded_and_erased_only_when_it_is_confirmed(
    web: WebPage, server: WebServer
) -> None:
    server.post("/api/taste", kind="more", subject="genre", value="jazz", said="forgetmenot")
    page = web.page
    await page.get_by_role("button", name="Settings").first.click()
    panel = page.get_by_role("group", name="Privacy")
    await expect(panel).to_contain_text("belongs to the whole household")
    async with page.expect_download() as downloading:
        await panel.get_by_role("link", name="Download my data").click()
    assert "forgetmenot" in said_in(await (await downloading.value).path())

    await panel.get_by_role("button", name="Erase everything…").click()
    sure = page.get_by_role("dialog", name="Erase everything of the household?")
    erase = sure.get_by_role("button", name="Erase for good")
    await expect(erase).to_be_disabled()
    await sure.get_by_label("Write household").fill("house")
    await expect(erase).to_be_disabled()
    assert server.get("/api/taste")["lines"] != []
    await sure.get_by_label("Write household").fill("Household")
    await erase.click()
    await expect(sure).to_have_count(0)

    async def known() -> list[object]:
        lines: list[object] = server.get("/api/taste")["lines"]
        return lines

    await eventually(known, [], timeout_s=20)
