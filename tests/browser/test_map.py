"""The emotional map: songs are found, played and gathered by mouse, keyboard and list."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from web_library import LIBRARY
from web_page import WebPage, eventually
from web_server import WebServer, wait_until
from web_sound import SoundStub, sound_map

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

THIN_AND_NEAREST = """async () => {
  const { QuadTree } = await import("/map/quadtree.js");
  const [count, xs, ys] = [20000, new Float32Array(20000), new Float32Array(20000)];
  for (let at = 0; at < count; at += 1) xs[at] = (at * 0.754877) % 1;
  for (let at = 0; at < count; at += 1) ys[at] = (at * 0.56984) % 1;
  const tree = new QuadTree(xs, ys);
  const whole = { left: 0, right: 1, bottom: 0, top: 1 };
  const seen = { all: 0, stand_for: 0, drawn: 0 };
  tree.visit(whole, 0, () => (seen.all += 1));
  tree.visit(whole, 1 / 64, (_, n) => ((seen.drawn += 1), (seen.stand_for += n)));
  const distance = (at) => (xs[at] - 0.31) ** 2 + (ys[at] - 0.77) ** 2;
  let best = 0;
  for (let at = 1; at < count; at += 1) if (distance(at) < distance(best)) best = at;
  return { ...seen, nearest: tree.nearest(0.31, 0.77, 0.05, 0.05) === best };
}"""


async def open_map(web: WebPage, server: WebServer) -> Locator:
    wait_until(lambda: len(_points(server)) == len(LIBRARY), 60, "all songs to be on the map")
    await web.go("#/map")
    surface = web.page.get_by_role("application")
    await expect(surface).to_be_visible()
    return surface


async def place_of(web: WebPage, track_id: int) -> dict[str, float]:
    place: dict[str, float] = await web.page.evaluate(
        "id => document.querySelector('refrain-map').placeOf(id)", track_id
    )
    return place


async def test_a_song_is_shown_under_the_pointer_and_plays_when_clicked(
    web: WebPage, server: WebServer
) -> None:
    await open_map(web, server)
    card = web.page.locator(".map-card").filter(has_text="Copper Wire")
    for _ in range(20):  # until the page has settled, the song may still move
        place = await place_of(web, server.track_ids()["Copper Wire"])
        await web.page.mouse.move(place["x"], place["y"])
        if await card.is_visible():
            break
        await web.page.wait_for_timeout(200)
    await expect(card).to_be_visible()
    await expect(card).to_contain_text("Mid Atlantic")
    await web.page.mouse.click(place["x"], place["y"])
    await web.hears_music()
    assert await web.title() == "Copper Wire"
    queue = server.get("/api/queue")["items"]
    assert len(queue) == len(LIBRARY)  # its neighbours follow


async def test_the_keyboard_goes_from_song_to_song(web: WebPage, server: WebServer) -> None:
    surface = await open_map(web, server)
    await surface.focus()
    await web.page.keyboard.press("ArrowUp")
    await web.page.keyboard.press("+")
    title = await web.page.locator(".map-card-title").inner_text()
    await expect(web.page.locator("refrain-map [role=status]")).to_contain_text(title)
    await web.page.keyboard.press("Enter")
    await web.hears_music()
    assert await web.title() == title
    await web.page.keyboard.press("m")
    await web.page.get_by_role("menuitem", name="Play next").wait_for()


async def test_a_region_becomes_a_playlist(web: WebPage, server: WebServer) -> None:
    surface = await open_map(web, server)
    await web.page.get_by_role("button", name="Select a rectangle").click()
    box = await surface.bounding_box()
    assert box is not None
    mouse = web.page.mouse
    await mouse.move(box["x"] + 12, box["y"] + 12)
    await mouse.down()
    await mouse.move(box["x"] + box["width"] - 12, box["y"] + box["height"] - 12, steps=4)
    await mouse.up()
    await expect(web.page.locator(".map-chosen")).to_contain_text(f"{len(LIBRARY)} songs")
    await web.page.get_by_role("button", name="Make a playlist").click()
    await web.page.get_by_role("textbox", name="Name").fill("All of it")
    await web.page.get_by_role("button", name="Create").click()
    await eventually(lambda: _playlist(server), ("All of it", len(LIBRARY)))


async def test_the_same_is_there_as_a_list(web: WebPage, server: WebServer) -> None:
    await open_map(web, server)
    groups = web.page.locator(".map-list details")
    titles: list[str] = []
    for number in range(await groups.count()):
        await groups.nth(number).locator("summary").click()
        await groups.nth(number).locator(".map-member").first.wait_for()
        titles += await groups.nth(number).locator(".row-title").all_inner_texts()
    assert sorted(titles) == sorted(piece.title for piece in LIBRARY)


async def test_groups_can_be_switched_off(web: WebPage, server: WebServer) -> None:
    tracks = server.get("/api/tracks")["items"]
    await SoundStub({"/api/sound/map": sound_map(tracks)}).attach(web.page)
    await web.go("#/map")
    await web.page.get_by_role("button", name="calm piano").click()
    hidden, shown = tracks[0]["id"], tracks[1]["id"]
    card = web.page.locator(".map-card")
    place = await place_of(web, shown)
    await web.page.mouse.move(place["x"], place["y"])
    await expect(card).to_contain_text(tracks[1]["title"])
    place = await place_of(web, hidden)
    await web.page.mouse.move(place["x"], place["y"])
    await expect(card).to_be_hidden()
    await web.page.get_by_role("button", name="calm piano").click()


async def test_an_empty_map_says_what_comes_next(web: WebPage) -> None:
    await SoundStub({"/api/sound/map": {"clusters": [], "points": []}}).attach(web.page)
    await web.go("#/map")
    await expect(web.page.get_by_role("heading", name="Your map is still empty")).to_be_visible()
    await expect(web.page.locator(".empty-page")).to_contain_text("Your songs")


async def test_twenty_thousand_songs_are_thinned_out(web: WebPage) -> None:
    found = await web.page.evaluate(THIN_AND_NEAREST)
    assert found["all"] == found["stand_for"] == 20_000
    assert found["drawn"] <= 64 * 64
    assert found["nearest"]


def _points(server: WebServer) -> list[Any]:
    points: list[Any] = server.get("/api/sound/map")["points"]
    return points


async def _playlist(server: WebServer) -> tuple[str, int] | None:
    lists = server.get("/api/playlists")
    return (lists[0]["name"], lists[0]["track_count"]) if lists else None
