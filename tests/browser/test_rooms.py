"""The rooms in the page, with real players: two MPDs beside the page itself."""

import asyncio
import re
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from player_mpd import RealMpd, pitches, real_mpd
from web_page import WebPage, eventually, open_page
from web_server import WebServer, running_server

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
TITLE = "The Long Grass"


@dataclass
class House:
    """A server with a speaker in two rooms."""

    server: WebServer
    rooms: dict[str, RealMpd]

    async def status(self, room: str) -> dict[str, str]:
        """What MPD itself says, asked past Refrain."""
        return await asyncio.to_thread(_status, self.rooms[room].port)

    async def state(self, room: str) -> str:
        return (await self.status(room))["state"]

    async def volume(self, room: str) -> int:
        return int((await self.status(room))["volume"])


def _status(port: int) -> dict[str, str]:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as there:
        there.sendall(b"status\nclose\n")
        said = b"".join(iter(lambda: there.recv(4096), b"")).decode()
    return dict(line.split(": ", 1) for line in said.splitlines() if ": " in line)


@pytest.fixture(scope="module")
def house(chromium: str, music: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    assert chromium
    folder = tmp_path_factory.mktemp("house")
    with real_mpd(folder / "kitchen") as kitchen, real_mpd(folder / "bedroom") as bedroom:
        rooms = {"kitchen": kitchen, "bedroom": bedroom}
        data = folder / "data"
        data.mkdir()
        lines = [
            f'[[players.mpd]]\nroom = "{room}"\nport = {mpd.port}' for room, mpd in rooms.items()
        ]
        (data / "config.toml").write_text("\n".join(lines))
        with running_server(data, music) as server:
            yield House(server, rooms)


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, house: House) -> AsyncIterator[WebPage]:
    house.server.client.post("/api/rooms/stop")  # a page that was closed cannot be stopped
    house.server.forget_everything()
    async with open_page(browser, house.server.url) as page:
        yield page
        assert page.problems == []


async def open_room(page: WebPage, room: str) -> Locator:
    await page.page.get_by_role("button", name="Where to play").first.click()
    menu = page.page.get_by_role("menu", name="Where to play")
    await menu.get_by_role("menuitem", name=re.compile(room)).click()
    dialog = page.page.get_by_role("dialog", name=room)
    await expect(dialog).to_be_visible()
    return dialog


async def close(dialog: Locator) -> None:
    await dialog.get_by_label("Close").click()
    await expect(dialog).to_have_count(0)


async def play_here(page: WebPage, house: House) -> dict[str, Any]:
    track = house.server.track_ids()[TITLE]
    await asyncio.to_thread(house.server.post, "/api/queue/play", track_ids=[track])
    return await page.hears_music()


async def test_music_goes_to_a_room_on_to_another_and_back(page: WebPage, house: House) -> None:
    await play_here(page, house)
    kitchen = await open_room(page, "Kitchen")
    await expect(kitchen).to_contain_text("Nothing plays here")
    await kitchen.get_by_role("button", name="Move the music here").click()
    await expect(kitchen).to_contain_text(TITLE)
    await eventually(lambda: house.state("kitchen"), "play")
    await eventually(page.level, 0)
    assert await house.state("bedroom") == "stop"

    await kitchen.get_by_role("button", name="Pause").click()
    await eventually(lambda: house.state("kitchen"), "pause")
    await kitchen.get_by_role("button", name="Go on").click()
    await eventually(lambda: house.state("kitchen"), "play")
    await close(kitchen)

    await page.page.get_by_role("button", name="Where to play").first.click()
    menu = page.page.get_by_role("menu", name="Where to play")
    await expect(menu.get_by_role("menuitem", name=re.compile("Kitchen"))).to_contain_text(
        f"Plays {TITLE}"
    )
    await page.page.keyboard.press("Escape")

    kitchen = await open_room(page, "Kitchen")
    place = float((await house.status("kitchen"))["elapsed"])
    await kitchen.get_by_role("button", name="Bring its music to this page").click()
    back = await page.hears_music()
    assert back["position_s"] >= place - 1
    await eventually(lambda: house.state("kitchen"), lambda state: state != "play")
    await expect(kitchen).to_contain_text("Nothing plays here")


async def test_each_room_has_its_volume(page: WebPage, house: House) -> None:
    await play_here(page, house)
    bedroom = await open_room(page, "Bedroom")
    await bedroom.get_by_role("button", name="Move the music here").click()
    await eventually(lambda: house.state("bedroom"), "play")
    slider = bedroom.get_by_role("slider", name="Volume of bedroom")
    await slider.fill("35")
    await eventually(lambda: house.volume("bedroom"), 35)
    await slider.press("ArrowRight")
    await eventually(lambda: house.volume("bedroom"), 36)
    await expect(bedroom.locator("output")).to_have_text("36 %")
    assert await house.volume("kitchen") != 36
    mine = await page.state()
    assert mine["volume"] == 100, "the page keeps its own"

    # Somebody asks for more by voice: the slider follows.
    await asyncio.to_thread(house.server.post, "/api/rooms/bedroom/volume", volume=50)
    await expect(slider).to_have_value("50")
    await eventually(lambda: house.volume("bedroom"), 50)


async def test_stop_everywhere_silences_all_rooms(page: WebPage, house: House) -> None:
    track = house.server.track_ids()[TITLE]
    for room in house.rooms:
        await asyncio.to_thread(
            house.server.post, f"/api/queue/play?room={room}", track_ids=[track]
        )
    for room in house.rooms:
        await eventually(partial(house.state, room), "play")
    await page.page.get_by_role("button", name="Where to play").first.click()
    await page.page.get_by_role("menuitem", name="Stop everywhere").click()
    for room in house.rooms:
        await eventually(partial(house.state, room), "stop")


async def test_a_room_whose_speaker_went_away_says_so(page: WebPage, house: House) -> None:
    mpd = house.rooms["bedroom"]
    await asyncio.to_thread(mpd.stop)
    try:
        rooms = "/api/rooms"

        async def connected() -> bool:
            found = await asyncio.to_thread(house.server.get, rooms)
            return bool(next(r["connected"] for r in found["rooms"] if r["name"] == "bedroom"))

        await eventually(connected, False)
        bedroom = await open_room(page, "Bedroom")
        await expect(bedroom).to_contain_text("not there just now")
        await expect(bedroom.get_by_role("slider")).to_be_hidden()
        await asyncio.to_thread(mpd.start)
        await eventually(connected, True, timeout_s=40)
    finally:
        if mpd.process is None:
            await asyncio.to_thread(mpd.start)


async def test_what_is_moved_to_a_room_really_sounds_there(page: WebPage, house: House) -> None:
    await play_here(page, house)
    kitchen = await open_room(page, "Kitchen")
    await kitchen.get_by_role("button", name="Move the music here").click()

    async def played_s() -> float:
        return float((await house.status("kitchen")).get("elapsed", 0))

    begun = await played_s()
    await eventually(played_s, lambda now: now > begun + 1.5)
    await asyncio.to_thread(house.rooms["kitchen"].stop)
    heard = pitches(*house.rooms["kitchen"].recorded())
    await asyncio.to_thread(house.rooms["kitchen"].start)
    assert sum(pitch > 0 for pitch in heard) > 10
