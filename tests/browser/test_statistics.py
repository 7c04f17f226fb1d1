"""The statistics: what was played is counted, drawn, and can be taken along."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from web_page import WebPage
from web_server import WebServer

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.fixture
def export(tmp_path: Path, server: WebServer) -> Iterator[Path]:
    """A small export of Spotify; its listens are gone afterwards."""
    yesterday = datetime.now(UTC) - timedelta(days=1)
    listens = [
        {
            "ts": (yesterday - timedelta(minutes=5 * number)).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "master_metadata_track_name": title,
            "master_metadata_album_artist_name": artist,
            "master_metadata_album_album_name": "Somewhere",
            "ms_played": 200_000,
            "skipped": False,
        }
        for number, (title, artist) in enumerate(
            [("Brass Yard", "Mid Atlantic"), ("Unheard", "Nobody Here"), ("Unseen", "Nobody Here")]
        )
    ]
    path = tmp_path / "Streaming_History_Audio_2026.json"
    path.write_text(json.dumps(listens), "utf-8")
    yield path
    for report in server.get("/api/imports")["items"]:
        server.client.delete(f"/api/imports/{report['id']}")


async def test_what_plays_is_counted(web: WebPage, server: WebServer) -> None:
    ids = server.track_ids()
    await asyncio.to_thread(server.post, "/api/queue/play", track_ids=[ids["Night Ferry"]])
    await web.hears_music()
    await asyncio.to_thread(server.client.post, "/api/player/pause", json={})
    await web.page.get_by_role("link", name="Statistics").click()
    await expect(web.page.get_by_role("heading", name="Statistics")).to_be_visible()
    favourites = web.page.get_by_role("region", name="Top songs")
    await expect(favourites).to_contain_text("Night Ferry")
    await expect(web.page.get_by_role("img", name="Time listened")).to_be_visible()
    await expect(web.page.get_by_role("img", name="Listening by hour of the week")).to_be_visible()
    await web.page.get_by_role("button", name="Month").click()
    await expect(web.page.get_by_role("button", name="Month")).to_have_attribute(
        "aria-pressed", "true"
    )


async def test_an_import_is_told_and_marked(web: WebPage, server: WebServer, export: Path) -> None:
    page = web.page
    await web.go("#/taste")
    await page.get_by_label("Choose an export").set_input_files(export)
    report = page.locator(".import")
    await expect(report).to_contain_text("3 listens: 1 of your songs")
    await expect(report).to_contain_text("Spotify")
    await web.go("#/statistics")
    await expect(page.locator(".figures")).to_contain_text("3 plays imported")
    artists = page.get_by_role("region", name="Top artists")
    await expect(artists.locator("li", has_text="Nobody Here")).to_contain_text(
        "not in your library"
    )


async def test_plots_are_saved_as_files_and_empty_days_say_so(
    web: WebPage, export: Path, tmp_path: Path
) -> None:
    page = web.page
    await web.go("#/taste")
    await page.get_by_label("Choose an export").set_input_files(export)
    await page.locator(".import").wait_for()
    await web.go("#/statistics")
    async with page.expect_download() as table:
        await page.get_by_role("button", name="Save “Top artists” as a table").click()
    await (await table.value).save_as(tmp_path / "artists.csv")
    text = (tmp_path / "artists.csv").read_text("utf-8-sig")
    assert text.splitlines()[0] == "name,by,plays,imported plays,seconds"
    assert "Nobody Here,,2,2,400" in text
    async with page.expect_download() as picture:
        await page.get_by_role("button", name="Save “Time listened” as a picture").click()
    await (await picture.value).save_as(tmp_path / "time.png")
    assert (tmp_path / "time.png").read_bytes().startswith(b"\x89PNG")
    await page.get_by_role("combobox", name="Range").select_option("own")
    await page.get_by_label("First day").fill("2001-01-01")
    await page.get_by_label("Last day").fill("2001-01-31")
    await expect(page.get_by_text("Nothing heard in these days")).to_be_visible()
