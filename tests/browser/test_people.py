"""People in a real browser: logging in, letting a program in, and the panel of people."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, Page, expect

from auth_rig import PASSWORD, Home, home_with_people

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
CHALLENGE = "a" * 43
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def home(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    assert chromium
    with home_with_people(tmp_path_factory.mktemp("people")) as made:
        yield made


@asynccontextmanager
async def opened(browser: Browser, *, phone: bool = False) -> AsyncIterator[Page]:
    """A page of its own; what its security policy forbids fails the test."""
    context = await browser.new_context(viewport=PHONE if phone else None)  # type: ignore[arg-type]
    page = await context.new_page()
    broken: list[str] = []
    page.on(
        "console",
        lambda message: broken.append(message.text) if "Security" in message.text else None,
    )
    page.on("pageerror", lambda error: broken.append(str(error)))
    try:
        yield page
        assert broken == []
    finally:
        await context.close()


async def log_in(page: Page, name: str) -> None:
    await page.get_by_label("Name").fill(name)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Log in").click()


async def test_a_browser_logs_in_and_finds_the_page_it_wanted(browser: Browser, home: Home) -> None:
    async with opened(browser) as page:
        await page.goto(f"{home.url}/#/albums")
        await expect(page.get_by_role("heading", name="Log in")).to_be_visible()
        await page.get_by_label("Name").fill("Ben")
        await page.get_by_label("Password").fill("not the password")
        await page.get_by_role("button", name="Log in").click()
        await expect(page.get_by_role("alert")).to_have_text(
            "Name and password do not belong together."
        )
        await log_in(page, "Ben")
        await expect(page.locator("refrain-navigation")).to_be_visible()
        assert page.url.startswith(f"{home.url}/")


async def test_a_program_is_let_in_and_the_person_comes_back_to_it(
    browser: Browser, home: Home
) -> None:
    arrived: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readline()).decode()
        if "code=" in line and not arrived.done():
            arrived.set_result(line.split()[1])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nConnection: close\r\n\r\nDone")
        await writer.drain()
        writer.close()

    program = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = program.sockets[0].getsockname()[1]
    client, _ = home.program(name="Claude", redirect_uris=(f"http://127.0.0.1:{port}/back",))
    async with program, opened(browser) as page:
        await page.goto(
            f"{home.url}/oauth/authorize?response_type=code&client_id={client.id}&state=abc"
            f"&scope=listen%20control&code_challenge={CHALLENGE}&code_challenge_method=S256"
        )
        await log_in(page, "Ben")
        await expect(page.get_by_role("heading", name="Allow Claude?")).to_be_visible()
        await page.get_by_label("Play and pause").uncheck()
        await page.get_by_role("button", name="Allow").click()
        came = await asyncio.wait_for(arrived, 20)
        assert came.startswith("/back?code=")
        assert "state=abc" in came
    granted = [one for one in home.auth.audit.entries() if one.action == "access_granted"]
    assert granted[0].what == "Claude: listen"


async def test_an_administrator_looks_after_people_and_makes_an_app_password(
    browser: Browser, home: Home
) -> None:
    async with opened(browser) as page:
        await page.goto(home.url)
        await log_in(page, "Anna")
        await page.get_by_role("button", name="Settings").first.click()
        await expect(page.get_by_text("You are Anna")).to_be_visible()
        await page.get_by_role("button", name="People and devices").click()
        people = page.get_by_role("dialog", name="People and devices")
        await expect(people.get_by_text("Ben")).to_be_visible()
        await people.get_by_role("button", name="Invite by link").click()
        await page.get_by_label("For whom?").fill("Cleo")
        await page.get_by_role("button", name="Make the link").click()
        link = await page.locator(".people-link code").inner_text()
        assert link.startswith(f"{home.url}/invitation?token=")
        await page.get_by_role("dialog", name="For Cleo").get_by_label("Close").click()
        await people.get_by_role("button", name="Password for an app").click()
        await page.get_by_label("Which app?").fill("Symfonium")
        await page.get_by_role("button", name="Make one").click()
        secret = await page.locator(".people-secret code").inner_text()
        assert home.auth.app_passwords.identity_of(secret, name="Anna") is not None
        await page.get_by_role("dialog", name="For Symfonium").get_by_label("Close").click()
        await expect(people.get_by_text("Symfonium")).to_be_visible()


async def test_a_guest_comes_in_on_a_phone(browser: Browser, home: Home) -> None:
    _, secret = home.auth.invitations.make(name="Dora")
    async with opened(browser, phone=True) as page:
        await page.goto(f"{home.url}/invitation?token={secret}")
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"]
        await page.get_by_label("Password").fill("a quiet horse 9")
        await page.get_by_label("The same again").fill("a quiet horse 9")
        await page.get_by_role("button", name="Go in").click()
        await expect(page.locator("refrain-tabs")).to_be_visible()
    assert home.auth.accounts.verify_password("dora", "a quiet horse 9") is not None


async def test_a_playlist_is_shared_with_the_others_and_kept_to_oneself_again(
    browser: Browser, home: Home
) -> None:
    with home.browser("Anna") as anna:
        tracks = anna.get("/api/tracks").json()["items"]
        songs = {"name": "Sunday", "track_ids": [one["id"] for one in tracks[:2]]}
        made = anna.post("/api/playlists", json=songs).json()["id"]
    async with opened(browser) as page, opened(browser) as other:
        await page.goto(f"{home.url}/#/playlists/{made}")
        await log_in(page, "Anna")
        await page.goto(f"{home.url}/#/playlists/{made}")
        share = page.get_by_role("button", name="Share", exact=True)
        await expect(share).to_have_attribute("aria-pressed", "false")
        await share.click()
        shared = page.get_by_role("button", name="Shared", exact=True)
        await expect(shared).to_have_attribute("aria-pressed", "true")
        await expect(page.locator(".large-header")).to_contain_text("shared with everybody here")

        await other.goto(home.url)
        await log_in(other, "Ben")
        await other.goto(f"{home.url}/#/playlists")
        await expect(other.locator(".tile", has_text="Sunday")).to_contain_text("shared with you")
        await other.locator(".tile", has_text="Sunday").get_by_role("link").click()
        await expect(other.get_by_role("heading", name="Sunday")).to_be_visible()
        await expect(other.get_by_role("button", name="Share", exact=True)).to_have_count(0)
        await other.get_by_role("button", name="More for Sunday").click()
        await expect(other.get_by_role("menuitem", name="Add to queue")).to_be_visible()
        await expect(other.get_by_role("menuitem", name="Rename…")).to_have_count(0)
        await other.keyboard.press("Escape")

        await shared.click()
        await expect(share).to_have_attribute("aria-pressed", "false")
        await other.goto(f"{home.url}/#/playlists")
        await other.reload()
        await expect(other.get_by_role("heading", name="No playlists yet")).to_be_visible()
