"""The page's own player: gapless, crossfade, pause, volume, and a browser that forbids sound."""

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from web_page import WebPage, eventually, open_page
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CALM = ("Morning Over the Estuary", "Slow Lanterns", "The Long Grass")

HERE = Path(__file__).parent
WATCH_TRANSITION = (HERE / "watch_transition.js").read_text("utf-8")
JOIN_TWO_HALVES = (HERE / "join_two_halves.js").read_text("utf-8")
OVERLAP_TWO_TONES = (HERE / "overlap_two_tones.js").read_text("utf-8")


async def play(server: WebServer, *titles: str) -> list[str]:
    """Play these titles; returns the ids of their queue items."""
    ids = server.track_ids()
    await asyncio.to_thread(
        server.post, "/api/queue/play", track_ids=[ids[title] for title in titles]
    )
    return [item["id"] for item in server.get("/api/queue")["items"]]


async def seek(server: WebServer, position_s: float) -> None:
    await asyncio.to_thread(server.post, "/api/player/seek", position_s=position_s)


async def test_two_decoded_songs_meet_on_the_exact_sample(web: WebPage) -> None:
    worst: float = await web.page.evaluate(JOIN_TWO_HALVES)
    assert worst < 1e-5


async def test_a_crossfade_keeps_the_power(web: WebPage) -> None:
    heard = await web.page.evaluate(OVERLAP_TWO_TONES)
    assert heard["before"] == [1, 0]
    assert heard["after"] == [0, 1]
    assert heard["middle"] == pytest.approx([0.707, 0.707], abs=0.01)
    assert heard["least"] == pytest.approx(1, abs=0.01)
    assert heard["most"] == pytest.approx(1, abs=0.01)


async def test_the_next_song_follows_without_a_gap(web: WebPage, server: WebServer) -> None:
    items = await play(server, *CALM)
    await web.hears_music()
    await seek(server, 6.0)
    first = await web.page.evaluate(WATCH_TRANSITION)
    assert first["changed"]
    assert first["state"]["item_id"] == items[1]

    await seek(server, 6.0)  # from here on both are decoded: exact to the sample
    second = await web.page.evaluate(WATCH_TRANSITION)
    assert second["state"]["item_id"] == items[2]
    assert second["quietest"] > 0.003
    await eventually(lambda: _queue_position(server), 2)


async def test_crossfade_lets_two_songs_overlap(web: WebPage, server: WebServer) -> None:
    server.put("/api/settings", crossfade_s=3)
    items = await play(server, *CALM[:2])
    await web.hears_music()
    await seek(server, 3.5)
    faded = await web.page.evaluate(WATCH_TRANSITION)
    assert faded["state"]["item_id"] == items[1]
    assert faded["quietest"] > 0.003
    # Without the overlap the second song could not be further than the end of the first allows.
    assert faded["state"]["position_s"] > 0.9


async def test_the_end_of_the_queue_is_silence(web: WebPage, server: WebServer) -> None:
    await play(server, CALM[0])
    await web.hears_music()
    await seek(server, 7.2)
    await eventually(lambda: _status(server), "idle")
    await eventually(web.level, 0)


async def test_pause_stops_the_clock_and_play_goes_on(web: WebPage, server: WebServer) -> None:
    await play(server, *CALM)
    before = await web.hears_music()
    await (
        web.page.get_by_role("contentinfo")
        .get_by_role("button", name="Pause", exact=True)
        .first.click()
    )
    await eventually(web.state, lambda state: state["status"] == "paused")
    assert await web.level() == 0
    held = (await web.state())["position_s"]
    await asyncio.sleep(0.4)
    assert (await web.state())["position_s"] == held
    await (
        web.page.get_by_role("contentinfo")
        .get_by_role("button", name="Play", exact=True)
        .first.click()
    )
    after = await web.hears_music()
    assert after["position_s"] > before["position_s"]
    assert after["item_id"] == before["item_id"]


async def test_mute_is_silent_and_volume_is_heard(web: WebPage, server: WebServer) -> None:
    await play(server, *CALM)
    await web.hears_music()
    loud = await web.level()
    await web.page.keyboard.press("m")
    await eventually(web.level, lambda level: level < 1e-4)
    await web.page.keyboard.press("m")
    await eventually(web.level, lambda level: level > loud / 10)
    await asyncio.to_thread(server.post, "/api/player/volume", volume=30)
    await eventually(web.level, lambda level: 0 < level < loud / 2)
    await asyncio.to_thread(server.post, "/api/player/volume", volume=100)


async def test_after_a_reload_play_goes_on_with_the_queue(web: WebPage, server: WebServer) -> None:
    items = await play(server, *CALM)
    await web.hears_music()
    await web.page.reload()
    await web.page.locator(".send-button:enabled").wait_for()
    await (
        web.page.get_by_role("contentinfo")
        .get_by_role("button", name="Play", exact=True)
        .first.click()
    )
    assert (await web.hears_music())["item_id"] == items[0]


async def test_a_browser_that_forbids_sound_asks_for_a_click(
    strict_browser: Browser, server: WebServer
) -> None:
    async with open_page(strict_browser, server.url, untouched=True) as web:
        ids = server.track_ids()
        await eventually(lambda: _connected(server), wanted=True)
        answer = await asyncio.to_thread(
            server.client.post, "/api/queue/play", json={"track_ids": [ids[CALM[0]]]}
        )
        assert answer.status_code >= 400
        assert (await web.state())["status"] == "idle"
        prompt = web.page.get_by_role("button", name="Turn on sound")
        await expect(prompt).to_be_visible()
        await prompt.click()
        await web.hears_music()
        await expect(prompt).to_be_hidden()


async def test_typing_a_request_is_enough_to_allow_sound(
    strict_browser: Browser, server: WebServer
) -> None:
    async with open_page(strict_browser, server.url) as web:
        await web.ask("play slow lanterns")
        await web.hears_music()
        assert await web.title() == "Slow Lanterns"
        assert web.problems == []


async def _queue_position(server: WebServer) -> int | None:
    position: int | None = server.get("/api/queue")["position"]
    return position


async def _connected(server: WebServer) -> bool:
    return bool(server.get("/api/player")["connected"])


async def _status(server: WebServer) -> str:
    return str(server.get("/api/player")["status"])
