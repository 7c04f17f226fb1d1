"""Why this, what one thinks of it, what Refrain believes, and how a song sounds."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import expect

from web_page import WebPage, eventually
from web_server import WebServer
from web_sound import SoundStub

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

REASONS = {
    "track_id": 1,
    "reasons": [
        {"kind": "mood", "words": "calm for most of it", "weight": 0.6},
        {"kind": "artist", "words": "you like <b>Clara</b>", "weight": 0.2},
    ],
}


@pytest.fixture(autouse=True)
def no_taste(server: WebServer) -> Iterator[None]:
    yield
    server.client.delete("/api/taste").raise_for_status()


def rules(server: WebServer) -> list[tuple[str, str, str]]:
    lines = server.get("/api/taste")["lines"]
    return [
        (one["kind"], one["subject"], one["value"]) for one in lines if one["kind"] != "learned"
    ]


async def rules_now(server: WebServer) -> list[Any]:
    return await asyncio.to_thread(rules, server)


async def test_why_is_told_as_bars_with_words(web: WebPage, server: WebServer) -> None:
    track = server.track_ids()["Slow Lanterns"]
    await SoundStub({f"/api/tracks/{track}/why": REASONS}).attach(web.page)
    await web.go("#/songs")
    row = web.page.locator(".row", has_text="Slow Lanterns")
    await row.hover()
    await row.get_by_role("button", name="More for").click()
    await web.page.get_by_role("menuitem", name="Why this?").click()
    why = web.page.get_by_role("dialog", name="Why this?")
    await expect(why.locator(".reason")).to_have_count(2)
    await expect(why.locator(".reason").first).to_contain_text("calm for most of it")
    await expect(why.locator(".reason").last).to_contain_text("you like <b>Clara</b>")
    bars = why.locator(".reason-bar i")
    widths = [(await bars.nth(place).bounding_box() or {"width": 0})["width"] for place in (0, 1)]
    assert widths[0] > 2 * widths[1]


async def test_a_real_reason_is_given_without_trouble(web: WebPage) -> None:
    await web.go("#/songs")
    row = web.page.locator(".row", has_text="Copper Wire")
    await row.hover()
    await row.get_by_role("button", name="More for").click()
    await web.page.get_by_role("menuitem", name="Why this?").click()
    why = web.page.get_by_role("dialog", name="Why this?")
    await expect(why.locator(".reason, .why-reasons > p").first).to_be_visible()
    await expect(why.locator(".dots")).to_have_count(0)


async def test_what_plays_can_be_judged_and_the_judgement_taken_back(
    web: WebPage, server: WebServer
) -> None:
    track = server.track_ids()["Night Ferry"]
    await asyncio.to_thread(server.post, "/api/queue/play", track_ids=[track])
    await web.hears_music()
    await web.page.locator(".cover-button").click()
    sheet = web.page.get_by_role("dialog", name="Now playing")
    await sheet.get_by_role("button", name="Less like this").click()
    await eventually(lambda: rules_now(server), [("less", "track", str(track))])
    await web.page.locator("#toasts").get_by_role("button", name="Undo").click()
    await eventually(lambda: rules_now(server), [])


async def test_suggestions_in_the_chat_can_be_judged(web: WebPage, server: WebServer) -> None:
    await web.ask("recommend something calm")
    card = web.page.locator(".card.track").first
    await card.get_by_role("button", name="Never play this").click()
    await eventually(
        lambda: rules_now(server), lambda found: [one[0] for one in found] == ["never"]
    )
    await expect(web.page.locator("#toasts")).to_contain_text("never suggested again")


async def test_a_taste_is_read_corrected_and_deleted(web: WebPage, server: WebServer) -> None:
    page = web.page
    await page.get_by_role("link", name="Your taste").click()
    await page.get_by_role("combobox", name="How much").select_option("never")
    await page.get_by_role("combobox", name="Of what").select_option("genre")
    await page.get_by_role("textbox", name="Name").fill("Techno")
    await page.get_by_role("button", name="Add").click()
    said = page.get_by_role("region", name="What you said")
    await expect(said.locator("li")).to_contain_text("Techno")
    await said.get_by_role("combobox", name="Correct:").select_option("less")
    await eventually(lambda: rules_now(server), [("less", "genre", "Techno")])
    await expect(said.locator("li")).to_contain_text("Less of Techno")
    await said.get_by_role("button", name="Delete:").click()
    await eventually(lambda: rules_now(server), [])
    await page.locator("#toasts").get_by_role("button", name="Undo").click()
    await eventually(lambda: rules_now(server), [("less", "genre", "Techno")])
    await page.get_by_role("button", name="Start over").click()
    await page.get_by_role("dialog").get_by_role("button", name="Start over").click()
    await eventually(lambda: rules_now(server), [])


async def test_a_song_shows_how_it_sounds_and_what_is_like_it(
    web: WebPage, server: WebServer
) -> None:
    track = server.track_ids()["Copper Wire"]
    await web.go(f"#/tracks/{track}")
    await expect(web.page.get_by_role("heading", name="How it sounds")).to_be_visible()
    await expect(web.page.locator(".axis").first).to_be_visible()
    await expect(web.page.locator(".axis", has_text="Mood")).to_contain_text("weak hint")
    await expect(web.page.locator(".similar-list .row").first).to_be_visible()
    calmer = web.page.get_by_role("button", name="calmer", exact=True)
    await calmer.click()
    await expect(calmer).to_have_attribute("aria-pressed", "true")
    await expect(web.page.locator(".row-why").first).to_contain_text("calmer")


async def test_words_with_times_follow_the_song(web: WebPage, server: WebServer) -> None:
    track = server.track_ids()["Quiet Harbour"]
    lines = [{"text": "First line", "start_s": 0.0}, {"text": "Second line", "start_s": 6.0}]
    stub = SoundStub({f"/api/tracks/{track}/lyrics": {"lines": lines, "synced": True}})
    await stub.attach(web.page)
    await asyncio.to_thread(server.post, "/api/queue/play", track_ids=[track])
    await web.hears_music()
    await web.go(f"#/tracks/{track}")
    await expect(web.page.locator(".lyric.sung")).to_have_text("First line")
    await web.page.get_by_role("button", name="Second line").click()
    await expect(web.page.locator(".lyric.sung")).to_have_text("Second line")


async def test_albums_are_found_by_the_colour_of_their_cover(
    web: WebPage, server: WebServer
) -> None:
    albums = server.get("/api/albums")["items"]
    found = {
        "cover_id": albums[0]["cover_id"],
        "cover_url": albums[0]["cover_url"],
        "score": 0.9,
        "reasons": ["yellow"],
        "albums": [albums[0]],
    }
    await SoundStub({"/api/covers/search": {"items": [found], "waiting": 0}}).attach(web.page)
    await web.go("#/albums")
    await web.page.get_by_role("button", name="Yellow covers").click()
    shown = web.page.locator(".cover-found .tile-title")
    await expect(shown).to_have_text([albums[0]["title"]])
    await web.page.get_by_role("button", name="All albums").click()
    await expect(web.page.locator(".grid .tile-title").nth(1)).to_be_visible()
